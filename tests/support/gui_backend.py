"""A backend whose deeds are answered from a table in this process: what the pages are tested on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer

from app.core.errors import Cancelled, WorkbenchError
from app.gui.background.backend import Backend
from app.gui.background.deed import Advanced, Begin, Failed, Order, Reply, Request, Succeeded
from app.gui.document import Document
from app.gui.frame.context import Context
from app.gui.frame.messages import Messages
from app.gui.frame.navigator import Navigator
from app.gui.frame.session import Session
from app.gui.settings import Settings
from app.workflow.certificate_views import CertificateShelf
from app.workflow.mapping_views import CaseTrial
from app.workflow.source_views import Preview
from app.workflow.views import EncodingGuess, OpenProject, RowsPage
from tests.support import gui_case as one
from tests.support import gui_ladder as ladders
from tests.support import gui_pages as made
from tests.support.gui_case_list import list_answers
from tests.support.gui_contract import answers as contract_answers
from tests.support.gui_mapping import COVERAGE
from tests.support.gui_shelf import answers as shelf_answers

Answer = Callable[..., Any]


def answers() -> dict[str, Answer]:
    """Return what every deed answers unless a test says otherwise."""
    fixed: dict[str, Any] = {
        "read_tables": (),
        "rows_page": RowsPage(("OPNR",), 1, 0, (("2200001",),)),
        "guess_encodings": (EncodingGuess("utf-8", "Övrigt; Åsa", False),),
        "preview_source": Preview(()),
        "templates": (),
        "recovery_of": None,
        "key_proposals": (),
        "link_results": (),
        "suggest_links": (),
        "suggestions_for": (),
        "analyse": made.SUMMARY,
        "certificates": made.SHELF,
        "import_certificate": made.SHELF,
        "import_stage_certificate": made.SHELF,
        "choose_certificate": made.SHELF,
        "remove_certificate": CertificateShelf(),
        "try_connection": ladders.LADDER,
        "try_synthetic_case": ladders.LADDER,
        "keep_proxy_password": None,
        "start_stage": made.STAGE,
        "running_stage": None,
        "read_stage_fellista": made.FELLISTA,
        "read_fellista": made.FELLISTA,
        "read_fellista_text": made.FELLISTA,
        "checklist": made.CHECKLIST,
        "register_status": (),
        "try_case": CaseTrial(""),
        "coverage": COVERAGE,
        "keep_load": False,
    }
    table: dict[str, Answer] = {
        name: (lambda *_args, value=value: value) for name, value in fixed.items()
    }
    table.update(contract_answers())
    table.update(shelf_answers())
    table["entrance_facts"] = ladders.entrance_view
    table["keep_authorities"] = lambda path: path
    table["load_profile_of"] = lambda *_profile: made.PROFILE
    table.update(list_answers(400))
    table["case_detail"] = one.case_detail
    table["case_request"] = one.case_request
    table["journal_page"] = lambda offset, count, case="": made.journal_page(
        450, offset, count, case
    )
    table["plan_sending"] = lambda _project, cases, entrance, _again: made.plan(
        cases or ("2200001", "2200004", "2200008"), entrance=made.place_of(entrance)
    )
    table["send"] = lambda plan: made.report(plan.cases)
    return table


class Desk:
    """Answers requests; `hold` keeps the answers of one deed back until `release`."""

    def __init__(self) -> None:
        self.answers = answers()
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.orders: list[str] = []
        self.held: set[str] = set()
        self._waiting: list[Begin] = []
        self._reply: Callable[[Reply], None] = lambda _reply: None

    def __call__(self, _make_desk: object, reply: Callable[[Reply], None]) -> "Desk":
        self._reply = reply
        return self

    def times(self, name: str) -> int:
        """Return how often a deed was asked for."""
        return sum(one == name for one, _arguments in self.asked)

    def arguments(self, name: str) -> tuple[Any, ...]:
        """Return what a deed was asked with the last time."""
        return next(arguments for one, arguments in reversed(self.asked) if one == name)

    def fail(self, name: str, error: WorkbenchError) -> None:
        """Let a deed fail from now on."""

        def answer(*_arguments: object) -> None:
            raise error

        self.answers[name] = answer

    def send(self, request: Request) -> None:
        """Take a request as the worker does; the answer comes from the event loop."""
        if isinstance(request, Order):
            self._follow(request)
            return
        self.asked.append((request.deed.name, request.arguments))
        if request.deed.name in self.held:
            self._waiting.append(request)
        else:
            QTimer.singleShot(0, lambda: self._answer(request))

    def advance(self, done: int, total: int, step: str = "") -> None:
        """Report how far the deed that is held has come."""
        self._reply(Advanced(self._waiting[-1].number, done, total, step))

    def release(self) -> None:
        """Answer what was held."""
        waiting, self._waiting = self._waiting, []
        for request in waiting:
            self._answer(request)

    def close(self) -> None:
        """Stop; there is nothing to wait for."""

    def _follow(self, order: Order) -> None:
        self.orders.append(order.order)
        stopped = [one for one in self._waiting if one.number == order.number]
        if order.order == "cancel" and stopped:
            self._waiting.remove(stopped[0])
            self._reply(Failed(order.number, Cancelled()))

    def _answer(self, request: Begin) -> None:
        try:
            result = self.answers[request.deed.name](*request.arguments)
        except WorkbenchError as error:
            self._reply(Failed(request.number, error))
        else:
            self._reply(Succeeded(request.number, result))


class Window:
    """The shared parts that pages are given, over a desk that answers by itself."""

    def __init__(self, folder: Path, *, project: bool = True) -> None:
        self.desk = Desk()
        self.backend = Backend(lambda: None, self.desk)
        self.document = Document()
        self.session = Session(self.document, self.backend)
        self.messages = Messages()
        self.navigator = Navigator()
        self.said: list[str] = []
        self.places: list[tuple[str, dict[str, str]]] = []
        self.messages.posted.connect(lambda message: self.said.append(message.text))
        self.backend.troubled.connect(self.messages.show_error)
        self.navigator.requested.connect(
            lambda place: self.places.append((place.page, dict(place.target)))
        )
        self.context = Context(
            self.document,
            self.backend,
            self.session,
            self.messages,
            self.navigator,
            Settings(folder / "settings.ini"),
        )
        if project:
            path = str(folder / "exempel.sporproject")
            self.document.open(OpenProject(made.PROJECT, path, made.PROFILE))

    def close(self) -> None:
        """Forget what is under way."""
        self.backend.close()
