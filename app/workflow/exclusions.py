"""Cases that a person leaves out of sending, each with a reason; all of it is journalled."""

from collections.abc import Iterator

from app.core.errors import WorkbenchError
from app.core.identity import mask_text
from app.core.journal_event import EventKind
from app.core.progress import Progress, silent
from app.workflow.case_book import CaseBook, Chosen, book_of
from app.workflow.desk import Desk

LONGEST = 500  # signs of a reason
_STEP = 1000


def exclude_cases(desk: Desk, chosen: Chosen, reason: str, progress: Progress = silent) -> int:
    """Leave cases out of sending from now on; return how many were not left out for it already."""
    told = mask_text(" ".join(reason.split()))[:LONGEST]
    if not told:
        raise WorkbenchError("exclusion-reason-missing")
    book = book_of(desk)
    out = excluded_now(book)
    cases = [case for case in book.names(chosen) if out.get(case) != told]
    _note(desk, EventKind.EXCLUDED, cases, told, progress)
    return len(cases)


def include_cases(desk: Desk, chosen: Chosen, progress: Progress = silent) -> int:
    """Let cases in again; return how many were left out."""
    book = book_of(desk)
    out = excluded_now(book)
    cases = [case for case in book.names(chosen) if case in out]
    _note(desk, EventKind.INCLUDED, cases, "", progress)
    return len(cases)


def excluded_now(book: CaseBook) -> dict[str, str]:
    """Return the cases that are left out now, each with the reason."""
    return dict(book.cases.past.excluded.iter_rows())


def _note(desk: Desk, kind: EventKind, cases: list[str], text: str, progress: Progress) -> None:
    """Write down the same about cases: of all of them, or of none when it is cancelled."""

    def told() -> Iterator[tuple[str, str]]:
        for number, case in enumerate(cases):
            if number % _STEP == 0:
                progress(number, len(cases), "journalling")
            yield case, text

    if cases:
        desk.journal().note(kind, told(), desk.clock())
    progress(len(cases), len(cases), "journalling")
