"""Write chosen cases to a folder: their documents, and a list of them without personnummer."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.core.errors import ExportError
from app.core.journal_event import EventKind
from app.core.progress import Progress, silent
from app.language.sentences import cause_sentence, name_of
from app.language.text import _, current
from app.workflow.build import made_folder, write_at
from app.workflow.case_book import CaseBook, Chosen, book_of, past_of_journal
from app.workflow.case_views import Written
from app.workflow.cases import rows_at
from app.workflow.desk import Desk
from app.workflow.views import CaseRow

XML, CSV, XLSX = "xml", "csv", "xlsx"
LIST = "cases"  # the name of the list's file
MOST_ROWS = 1_000_000  # of a sheet, by the format


def write_cases(
    desk: Desk,
    chosen: Chosen,
    folder: str,
    kinds: tuple[str, ...],
    progress: Progress = silent,
) -> Written:
    """Write the documents ("xml") of cases and lists of them ("csv", "xlsx") to a folder.

    Documents are written of every chosen case, also of one that a finding holds back: the list
    tells which. They tell who the patients are: that they are written is journalled first. Lists
    hold no personnummer.
    """
    past_of_journal(desk)  # raises: no list is written that lacks what was sent
    book = book_of(desk)
    places: list[int] = book.places_of(chosen).to_list()
    with made_folder(folder) as target:
        documents = _documents(desk, book, places, target, progress) if XML in kinds else 0
        lists = tuple(_list(book, places, target, kind) for kind in (CSV, XLSX) if kind in kinds)
    progress(len(places), len(places), "writing")
    return Written(documents, lists)


def _documents(
    desk: Desk, book: CaseBook, places: list[int], target: Path, progress: Progress
) -> int:
    """Journal that the documents of cases are written, and write them."""
    names = book.cases.column("case").gather(places).to_list()
    if names:
        desk.journal().note(EventKind.WRITTEN, ((case, "") for case in names), desk.clock())
    write_at(book.cases.analysis, places, target, progress)
    return len(places)


def _list(book: CaseBook, places: Sequence[int], target: Path, kind: str) -> str:
    """Write a list of the cases and return the name of its file."""
    from app.files.value_table import write_rows

    if kind == XLSX and len(places) > MOST_ROWS:
        raise ExportError("list-too-long", most=MOST_ROWS)
    name = f"{LIST}.{kind}"
    write_rows(target / name, _rows(book, places))
    return name


def _rows(book: CaseBook, places: Sequence[int]) -> Iterator[tuple[str | int, ...]]:
    """Yield the head of a list and its rows, in the user's words."""
    import polars as pl

    yield (
        _("Behandlingsnummer"),
        _("Phase"),
        _("Verdict"),
        _("Worst finding"),
        _("Findings"),
        _("Since last accepted"),
        _("Attempts"),
        _("Latest answer"),
        _("Fellista"),
        _("Left out because"),
    )
    told = _Words(book)
    for row in rows_at(book.cases, pl.Series(places, dtype=pl.UInt32)):
        yield told.row(row)


class _Words:
    """Says the codes of a case in the user's language, each looked up once."""

    def __init__(self, book: CaseBook) -> None:
        self._profile = book.profile
        language = current()
        rows = (*book.profile.verdicts, *book.profile.phases)
        self._names = {one.id: one.name.in_language(language) for one in rows}
        self._causes: dict[str, str] = {"": ""}

    def row(self, row: CaseRow) -> tuple[str | int, ...]:
        """Return one row of the list."""
        if row.cause not in self._causes:
            self._causes[row.cause] = cause_sentence(row.cause, self._profile)
        return (
            row.case,
            self._names.get(row.phase, row.phase),
            self._names.get(row.verdict, row.verdict),
            self._causes[row.cause],
            row.findings,
            name_of(row.change),
            row.attempts,
            name_of(row.outcome.value) if row.outcome else "",
            name_of(f"list-{row.fellista}"),
            row.excluded,
        )
