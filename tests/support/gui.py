"""A window without a worker: deeds answered by name, and made-up tables and results."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from app.core.errors import WorkbenchError
from app.core.mapping import Link, LinkState, Project, Source, Step, ValueMap
from app.core.register import Profile
from app.files.profile import load_shipped
from app.gui.background.backend import Backend, Job
from app.gui.background.deed import Begin, Failed, Order, Reply, Request, Succeeded
from app.gui.document import Document
from app.gui.frame.context import Context
from app.gui.frame.messages import Messages
from app.gui.frame.navigator import Navigator
from app.gui.frame.session import Session
from app.gui.settings import Settings
from app.workflow.certificate_views import CertificateShelf
from app.workflow.entrance_views import AuthorityFile
from app.workflow.source_views import ColumnProfile, Preview
from app.workflow.views import (
    Cause,
    ColumnView,
    EncodingGuess,
    JournalPage,
    LinkResult,
    OpenProject,
    RowsPage,
    Summary,
    TableView,
    ValueCount,
)
from tests.support.gui_contract import answers as contract_answers
from tests.support.gui_mapping import mapping_answers

COLUMNS = (
    ColumnView("OPNR", 400, 400, ("2600000", "2600001"), "number"),
    ColumnView("PNR", 400, 398, ("19770101-****",), "person_id"),
    ColumnView("ANMDAT", 400, 250, ("2025-12-25", "2026-02-07"), "date"),
    ColumnView("ANMTID", 400, 240, ("21:40", "03:40"), "time"),
    ColumnView("AKEL", 396, 2, ("E", "A"), "text"),
    ColumnView("VKT", 320, 200, ("54,4", "105,8"), "number"),
)
SOURCES = (
    Source("operationer", "operationer.csv", "OPNR", "cp1252"),
    Source("planeringar", "planeringar.csv", "OPNR", "cp1252"),
)
TABLES = (
    TableView(SOURCES[0], 400, COLUMNS, duplicates=1),
    TableView(SOURCES[1], 512, COLUMNS[:3], orphans=2, without=14),
)
PROJECT = Project(
    name="Provsjukhuset",
    profile="spor-4.1",
    sources=SOURCES,
    case_table="operationer",
    links=(
        Link("V310", "operationer", ("ANMDAT", "ANMTID"), (Step("datetime"),)),
        Link(
            "V320",
            "operationer",
            ("AKEL",),
            (Step("trim"), Step("value_map", (("name", "akut"),))),
            LinkState.APPROVED,
        ),
        Link("behandlingsnummer", "operationer", ("OPNR",), (), LinkState.APPROVED),
    ),
    value_maps=(ValueMap("akut", (("A", "akut"), ("E", "elektiv"))),),
)
SUMMARY = Summary(
    cases=400,
    verdicts=(("genomford", 300), ("planerad", 100)),
    clean=380,
    stopped=12,
    blocked=1,
    causes=(Cause("duplicate-case", "blocks", 2),),  # type: ignore[arg-type]
    unapproved=1,
    fingerprint="f" * 64,
)
RESULTS = (
    LinkResult("V310", ("2025-12-25", "21:40"), "2025-12-25T21:40:00+01:00", 398, 2, 400),
    LinkResult("V320", ("E",), "elektiv", 396, 0, 400),
    LinkResult("behandlingsnummer", ("2600000",), "2600000", 400, 0, 400),
)
Answer = Any  # a result, an error to fail with, or a function of the deed's arguments

ANSWERS: Mapping[str, Answer] = {
    "read_tables": TABLES,
    "rows_page": RowsPage(("OPNR", "PNR"), 2, 0, (("2600000", "x"), ("2600001", "y"))),
    "guess_encodings": (
        EncodingGuess("cp1252", "Övrigt; Åsa", False),
        EncodingGuess("utf-8", "�vrigt; �sa", True),
    ),
    "preview_source": Preview(()),
    "key_proposals": (),
    "column_profile": lambda _project, _table, column, _shared: ColumnProfile(
        column, 0, 0, 0, (), "", "", (), ""
    ),
    "analyse": SUMMARY,
    "link_results": RESULTS,
    "value_counts": (ValueCount("E", 300, "elektiv"), ValueCount("A", 96, "akut")),
    "suggest_links": (),
    "certificates": CertificateShelf(),
    "running_stage": None,
    "journal_page": JournalPage(0, 0, ()),
    "templates": (),
    "recovery_of": None,
    "save_project": lambda _project, path: path,
    "register_status": (),
    "keep_load": False,
    "read_authorities": AuthorityFile,
    "keep_authorities": lambda path: path,
    **contract_answers(),
    **mapping_answers(),
}


class AnswerChannel:
    """Answers every deed at once from a table, and remembers what was asked."""

    def __init__(self, reply: Callable[[Reply], None], answers: Mapping[str, Answer]) -> None:
        self._reply = reply
        self._answers = answers
        self.asked: list[tuple[str, tuple[object, ...]]] = []
        self.orders: list[Order] = []
        self.held: set[str] = set()  # deeds that a test answers itself

    def send(self, request: Request) -> None:
        """Answer a deed; an order is only noted."""
        if not isinstance(request, Begin):
            self.orders.append(request)
            return
        name = request.deed.name
        self.asked.append((name, request.arguments))
        if name in self.held:
            return
        answer = self._answers[name]
        if callable(answer):
            answer = answer(*request.arguments)
        if isinstance(answer, WorkbenchError):
            self._reply(Failed(request.number, answer))
        else:
            self._reply(Succeeded(request.number, answer))

    def close(self) -> None:
        """Nothing runs."""

    def times(self, name: str) -> int:
        """Return how often a deed was asked for."""
        return sum(asked == name for asked, _arguments in self.asked)


class Desktop:
    """Everything a page or the window needs, on made-up answers."""

    def __init__(self, folder: Path, answers: Mapping[str, Answer] | None = None) -> None:
        self.answers = {**ANSWERS, **(answers or {})}
        self.backend = Backend(object, self._channel)
        self.backend.warm_up()
        self.document = Document()
        session = Session(self.document, self.backend)
        settings = Settings(folder / "window.ini")
        self.messages = Messages()
        self.navigator = Navigator()
        self.context = Context(
            self.document, self.backend, session, self.messages, self.navigator, settings
        )
        self.session = session
        self.said: list[str] = []
        self.went: list[tuple[str, dict[str, str]]] = []
        self.messages.posted.connect(lambda message: self.said.append(message.text))
        self.navigator.requested.connect(
            lambda place: self.went.append((place.page, dict(place.target)))
        )

    def _channel(self, _make: object, reply: Callable[[Reply], None]) -> AnswerChannel:
        self._reply = reply
        self.channel = AnswerChannel(reply, self.answers)
        return self.channel

    def hold(self, name: str) -> None:
        """Keep deeds of this name waiting until `answer`."""
        self.channel.held.add(name)

    def waiting(self, name: str) -> list[Job]:
        """Return the deeds of this name that are under way, the oldest first."""
        return [job for job in self.backend.jobs if job.deed.name == name]

    def answer(self, job: Job, result: object) -> None:
        """Answer one deed that the channel has kept waiting."""
        self._reply(Succeeded(job.number, result))

    def open(self, project: Project = PROJECT, path: str = "/x/prov.sporproject") -> None:
        """Open a project with the shipped profile."""
        self.document.open(OpenProject(project, path, shipped()))


def shipped() -> Profile:
    """Return the profile that comes with the program."""
    return load_shipped("spor-4.1")


def settle(qtbot: Any, desktop: Desktop) -> None:
    """Wait until every deed has been answered."""
    qtbot.waitUntil(lambda: not desktop.backend.jobs)


def the_app() -> QApplication:
    """Return the running application."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("no application is running")
    return app
