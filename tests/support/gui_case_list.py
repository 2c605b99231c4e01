"""A made-up case list of any length, as its deeds answer."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from app.core.finding import Tier
from app.workflow.case_views import CauseGroup, Written
from app.workflow.views import CaseFilter, CasePage, CaseRow
from tests.support.gui_pages import START_AFTER_END, case_row


def case_page(total: int, wanted: CaseFilter, offset: int, count: int) -> CasePage:
    """Return one page of an endless list, filtered by what a row tells; nothing is sorted."""
    if replace(wanted, sort="case", descending=False) != CaseFilter():
        rows = cases_like(total, wanted)
        return CasePage(len(rows), offset, tuple(rows[offset : offset + count]))
    rows = [case_row(number) for number in range(offset, min(offset + count, total))]
    return CasePage(total, offset, tuple(rows))


def cases_like(total: int, wanted: CaseFilter) -> list[CaseRow]:
    """Return the rows that a filter lets through, of the first 2000."""
    return [row for row in map(case_row, range(min(total, 2000))) if _fits(row, wanted)]


def _fits(row: CaseRow, wanted: CaseFilter) -> bool:
    tier = row.tier.value if row.tier else "clean"
    pairs = (
        (row.case, wanted.cases),
        (row.verdict, wanted.verdicts),
        (tier, wanted.tiers),
        (row.change, wanted.changes),
        (row.outcome.value if row.outcome else "never", wanted.outcomes),
    )
    if not all(value in allowed for value, allowed in pairs if allowed):
        return False
    is_named = wanted.text in row.case and wanted.cause in ("", row.cause)
    return is_named and wanted.excluded in (None, bool(row.excluded))


def case_counts(total: int, wanted: CaseFilter) -> tuple[tuple[str, str, int], ...]:
    """Return how many cases have each verdict among those that a filter lets through."""
    rows = cases_like(total, replace(wanted, verdicts=()))
    verdicts = Counter(row.verdict for row in rows)
    return tuple(("verdicts", verdict, number) for verdict, number in verdicts.items())


def case_numbers(
    total: int, wanted: CaseFilter, spans: tuple[tuple[int, int], ...]
) -> tuple[str, ...]:
    """Return the cases that stand in some spans of the list."""
    rows = cases_like(total, wanted)
    return tuple(row.case for first, end in spans for row in rows[first:end])


def case_place(total: int, wanted: CaseFilter, case: str) -> int:
    """Return where a case stands in the list, -1 for nowhere."""
    found = (place for place, row in enumerate(cases_like(total, wanted)) if row.case == case)
    return next(found, -1)


def next_with_findings(total: int, wanted: CaseFilter, number: int, way: int) -> int:
    """Return where the next case with findings stands, round the end."""
    having = [place for place, row in enumerate(cases_like(total, wanted)) if row.findings]
    if way > 0:
        return next((place for place in having if place > number), having[0])
    return next((place for place in reversed(having) if place < number), having[-1])


CAUSE_GROUPS = (
    CauseGroup(
        "value-not-mapped",
        Tier.BLOCKS,
        "V310",
        "Operationer",
        "ANMTID",
        "",
        12,
        ("2200002", "2200009"),
        (
            CauseGroup("value-not-mapped", Tier.BLOCKS, "V310", "Operationer", "ANMTID", "X", 9),
            CauseGroup("value-not-mapped", Tier.BLOCKS, "V310", "Operationer", "ANMTID", "Y", 3),
        ),
        values=2,
    ),
    CauseGroup(START_AFTER_END, Tier.CORRUPT, "V565", "", "", "", 5, ("2200003",)),
)


def list_answers(total: int) -> dict[str, Callable[..., Any]]:
    """Return what the deeds of the case list answer about so many cases."""
    deeds = (case_page, case_counts, case_numbers, case_place, next_with_findings)
    return {
        **{deed.__name__: partial(deed, total) for deed in deeds},
        "cause_groups": lambda _wanted: CAUSE_GROUPS,
        "exclude_cases": lambda cases, _reason: len(cases),
        "include_cases": len,
        "write_cases": lambda cases, _folder, kinds: (
            Written(len(cases)) if kinds == ("xml",) else Written(0, (f"cases.{kinds[0]}",))
        ),
    }
