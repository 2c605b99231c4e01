"""The cases of the checked export: a page of the list, and one case through the whole chain."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.core.finding import TIER_ORDER, Tier
from app.core.outcome import OutcomeKind
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.workflow.desk import Desk
from app.workflow.standing import prepared
from app.workflow.views import CaseDetail, CaseFilter, CasePage, CaseRow

if TYPE_CHECKING:
    import polars as pl

    from app.engine.analysis import Analysis

_NEW, _CHANGED, _SAME = "new", "changed", "same"
_ALL_ATTEMPTS = 1000


@dataclass(frozen=True, slots=True)
class _Past:
    """What the journal knows: digests that entrances surely hold, and the attempts."""

    held: Mapping[str, frozenset[str]]
    attempts: Mapping[str, tuple[int, OutcomeKind | None]]

    def change(self, case: str, digest: str) -> str:
        """Return how a case as it now stands differs from what was accepted."""
        held = self.held.get(case)
        if not held:
            return _NEW
        return _SAME if digest in held else _CHANGED


def case_page(
    desk: Desk, case_filter: CaseFilter, offset: int, count: int, _progress: Progress = silent
) -> CasePage:
    """Return some rows of the case list, filtered and sorted."""
    analysis, past = prepared(desk), _past(desk)
    found = _chosen(analysis, case_filter)
    if case_filter.changed:
        found = found.filter(_differs(found, past))
    page = _sorted(found, case_filter, desk.profile()).slice(offset, count)
    return CasePage(found.height, offset, tuple(_rows(page, past)))


def case_detail(desk: Desk, case: str, _progress: Progress = silent) -> CaseDetail:
    """Return one case from its export rows to the register's answers."""
    from app.engine.findings import findings_of
    from app.workflow.case_origin import source_rows, values_of
    from app.workflow.load import prepared_export

    analysis = prepared(desk)
    place = analysis.place_of(case)
    if place is None:
        raise ExportError("case-unknown", case=case)
    row = analysis.cases.slice(place, 1)
    export, project = prepared_export(desk), desk.project
    rows = source_rows(export, project, int(row["row"][0])) if project else ()
    accepted = desk.journal().accepted_document(case)
    return CaseDetail(
        row=next(_rows(row, _past(desk))),
        source_rows=rows,
        values=values_of(analysis, project, case, rows) if project else (),
        xml=analysis.document(place).decode("utf-8"),
        accepted_xml=accepted.decode("utf-8") if accepted else "",
        findings=findings_of(analysis, case),
        attempts=desk.journal().attempts(case, 0, _ALL_ATTEMPTS),
    )


def _past(desk: Desk) -> _Past:
    """Ask the journal what every entrance holds, and how often each case was sent."""
    journal = desk.journal()
    held: dict[str, frozenset[str]] = {}
    for entrance in desk.profile().entrances:
        for case, digest in journal.last_accepted(entrance.id).items():
            held[case] = held.get(case, frozenset()) | {digest}
    return _Past(held, journal.attempt_counts())


def _chosen(analysis: "Analysis", wanted: CaseFilter) -> "pl.DataFrame":
    """Return the cases that the filter lets through, whatever was sent before."""
    import polars as pl

    cases: pl.DataFrame = analysis.cases
    if wanted.text:
        text = wanted.text.casefold()
        cases = cases.filter(pl.col("case").str.to_lowercase().str.contains(text, literal=True))
    if wanted.verdicts:
        cases = cases.filter(pl.col("verdict").is_in(wanted.verdicts))
    if wanted.tier:
        cases = cases.filter(pl.col("tier") == wanted.tier.value)
    if wanted.cause:
        having = analysis.findings.filter(pl.col("code") == wanted.cause)
        cases = cases.join(having.select("case").unique(), on="case", how="semi")
    if wanted.sendable:
        stops = [tier.value for tier in Tier if tier.stops_sending]
        held_back = pl.col("tier").is_in(stops).fill_null(value=False) | pl.col("blocked")
        cases = cases.filter(~held_back)
    if wanted.cases:
        cases = cases.filter(pl.col("case").is_in(wanted.cases))
    return cases


def _differs(cases: "pl.DataFrame", past: _Past) -> "pl.Series":
    """Return which cases were never accepted, or have changed since."""
    import polars as pl

    pairs = cases.select("case", "digest").iter_rows()
    return pl.Series(
        [past.change(case, digest) != _SAME for case, digest in pairs], dtype=pl.Boolean
    )


def _sorted(cases: "pl.DataFrame", wanted: CaseFilter, profile: Profile) -> "pl.DataFrame":
    """Return the cases in the wanted order; cases that are alike by number, then by letters."""
    import polars as pl

    number = pl.col("case").cast(pl.Int64, strict=False)
    ranks = {
        "verdict": _rank("verdict", [one.id for one in profile.verdicts]),
        "tier": _rank("tier", [tier.value for tier in TIER_ORDER]),
        "findings": pl.col("findings"),
    }
    keys = [*([ranks[wanted.sort]] if wanted.sort in ranks else []), number, pl.col("case")]
    first_only = [wanted.descending, *(False for _ in keys[1:])]
    directions = first_only if wanted.sort in ranks else [wanted.descending] * len(keys)
    return cases.sort(keys, descending=directions, nulls_last=True)


def _rank(column: str, order: list[str]) -> "pl.Expr":
    """Return a column's values by their place in an order; unknown and missing ones come last."""
    import polars as pl

    ranks = list(range(len(order)))
    last = len(order)
    ranked = pl.col(column).replace_strict(order, ranks, default=last, return_dtype=pl.UInt32)
    return ranked.fill_null(last)


def _rows(cases: "pl.DataFrame", past: _Past) -> Iterator[CaseRow]:
    for row in cases.iter_rows(named=True):
        attempts, outcome = past.attempts.get(row["case"], (0, None))
        yield CaseRow(
            case=row["case"],
            verdict=row["verdict"] or "",
            tier=Tier(row["tier"]) if row["tier"] else None,
            cause=row["cause"] or "",
            findings=row["findings"],
            blocked=bool(row["blocked"]),
            change=past.change(row["case"], row["digest"] or ""),
            attempts=attempts,
            outcome=outcome,
        )
