"""The list of cases: pages of it, where a case stands in it, and the next one with a finding."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.core.finding import Tier
from app.core.outcome import OutcomeKind
from app.core.progress import Progress, silent
from app.workflow.case_book import book_of
from app.workflow.desk import Desk
from app.workflow.views import CaseFilter, CasePage, CaseRow

if TYPE_CHECKING:
    import polars as pl

    from app.engine.case_list import CaseList

NOWHERE = -1
_OUTCOMES = {kind.value: kind for kind in OutcomeKind}


def case_page(
    desk: Desk, case_filter: CaseFilter, offset: int, count: int, _progress: Progress = silent
) -> CasePage:
    """Return some rows of the case list, filtered and sorted."""
    book = book_of(desk)
    places = book.places(case_filter)
    rows = tuple(rows_at(book.cases, places.slice(offset, count)))
    return CasePage(len(places), offset, rows, book.trouble)


def case_place(desk: Desk, case_filter: CaseFilter, case: str, _progress: Progress = silent) -> int:
    """Return where a case stands in the filtered list, -1 when it is not in it."""
    book = book_of(desk)
    place = book.cases.analysis.place_of(case)
    found = None if place is None else book.places(case_filter).index_of(place)
    return NOWHERE if found is None else found


def next_with_findings(
    desk: Desk, case_filter: CaseFilter, number: int, way: int = 1, _progress: Progress = silent
) -> int:
    """Return where the next case with findings stands in the list, or (-1) the one before.

    `number` is where one stands, -1 before the first; it goes round, -1 means that none has any.
    """
    book = book_of(desk)
    places = book.places(case_filter)
    having = (book.cases.column("findings").gather(places) > 0).arg_true()
    if having.is_empty():
        return NOWHERE
    if way > 0:
        at = having.search_sorted(number, "right")
        return int(having[at if at < len(having) else 0])
    at = having.search_sorted(max(number, 0), "left")
    return int(having[at - 1])


def rows_at(cases: "CaseList", places: "pl.Series") -> Iterator[CaseRow]:
    """Yield the rows of the list for some places."""
    own = cases.analysis.cases[places] if len(places) else cases.analysis.cases.clear()
    said = cases.said[places] if len(places) else cases.said.clear()
    for one, more in zip(own.iter_rows(named=True), said.iter_rows(named=True), strict=True):
        yield CaseRow(
            case=one["case"],
            verdict=one["verdict"] or "",
            tier=Tier(one["tier"]) if one["tier"] else None,
            cause=one["cause"] or "",
            findings=one["findings"],
            blocked=bool(one["blocked"]),
            change=more["change"],
            attempts=more["attempts"],
            outcome=_OUTCOMES.get(more["outcome"]),
            phase=one["phase"] or "",
            fellista=more["fellista"],
            excluded=more["excluded"] or "",
        )
