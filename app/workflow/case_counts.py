"""What each value of each filter would show, and the numbers of cases chosen in the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from app.core.case_state import CLEAN
from app.core.progress import Progress, silent
from app.workflow.case_book import COLUMN_OF, CaseBook, book_of
from app.workflow.desk import Desk
from app.workflow.views import CaseFilter

if TYPE_CHECKING:
    import polars as pl

FacetCount = tuple[str, str, int]  # the filter's field, one of its values, how many cases
SENDABLE, EXCLUDED, INCLUDED = "sendable", "excluded", "included"
STANDING = "standing"  # stands for the filter's fields `sendable` and `excluded`
_NO_COUNT = ("verdict", "phase")  # a case without one has no value to be counted under


def case_counts(
    desk: Desk, wanted: CaseFilter, progress: Progress = silent
) -> tuple[FacetCount, ...]:
    """Return how many cases each value would show beside everything else that is filtered by."""
    book = book_of(desk)
    found: list[FacetCount] = []
    for done, (field, column) in enumerate(COLUMN_OF.items()):
        progress(done, len(COLUMN_OF))
        found.extend(_texts(book, wanted, field, column))
    found.extend(_counted(book, wanted))
    found.extend(_standing(book, wanted))
    return tuple(found)


def case_numbers(
    desk: Desk, wanted: CaseFilter, spans: Sequence[tuple[int, int]], _progress: Progress = silent
) -> tuple[str, ...]:
    """Return the cases that stand in some spans (first, after the last) of the filtered list."""
    book = book_of(desk)
    places = book.places(wanted)
    numbers = book.cases.column("case")
    return tuple(
        case for first, end in spans for case in numbers.gather(places.slice(first, end - first))
    )


def _texts(book: CaseBook, wanted: CaseFilter, field: str, column: str) -> Iterator[FacetCount]:
    nothing: dict[str, Any] = {field: ()}
    rest = replace(wanted, **nothing) if getattr(wanted, field) else wanted
    values = book.cases.column(column).gather(book.places(rest)).alias("value")
    for value, number in values.value_counts(name="cases").iter_rows():
        if value or column not in _NO_COUNT:
            yield field, value or CLEAN, number


def _counted(book: CaseBook, wanted: CaseFilter) -> Iterator[FacetCount]:
    places = book.places(wanted)
    for bit, one in enumerate(book.profile.counts):
        yield "counts", one.id, _number(book.cases.counted([bit]), places)


def _standing(book: CaseBook, wanted: CaseFilter) -> Iterator[FacetCount]:
    sendable = book.places(replace(wanted, sendable=False))
    yield STANDING, SENDABLE, _number(book.cases.sendable(), sendable)
    places = book.places(replace(wanted, excluded=None))
    out = _number(book.cases.left_out(), places)
    yield STANDING, EXCLUDED, out
    yield STANDING, INCLUDED, len(places) - out


def _number(mask: pl.Series, places: pl.Series) -> int:
    return int(mask.gather(places).sum() or 0)
