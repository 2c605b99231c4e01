"""The cases of the list grouped by what is wrong with them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.core.finding import Tier
from app.core.progress import Progress, silent
from app.workflow.case_book import book_of
from app.workflow.case_views import CauseGroup
from app.workflow.desk import Desk
from app.workflow.views import CaseFilter


def cause_groups(
    desk: Desk, case_filter: CaseFilter, _progress: Progress = silent
) -> tuple[CauseGroup, ...]:
    """Return what is wrong with the cases that a filter lets through, most frequent first."""
    from app.engine.causes import causes_of

    book = book_of(desk)
    return tuple(_group(row) for row in causes_of(book.cases, book.places(case_filter)))


def _group(row: Mapping[str, Any]) -> CauseGroup:
    """Return a cause with its values."""
    whole = CauseGroup(
        row["code"],
        Tier(row["tier"]),
        row["variable"] or "",
        row["table"] or "",
        row["column"] or "",
        "",
        row["cases"],
        tuple(row["examples"]),
        values=row["values"],
    )
    parts = tuple(
        replace(
            whole,
            value=part["value"],
            cases=part["cases"],
            examples=tuple(part["examples"]),
            values=0,
        )
        for part in row["parts"] or ()
    )
    return replace(whole, parts=parts)
