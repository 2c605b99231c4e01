"""An analysis of made-up cases, without any export behind it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import polars as pl

from app.core.mapping import Project
from app.engine.analysis import Analysis
from app.engine.mapping import fingerprint

FINDING = {
    "case": pl.String,
    "code": pl.String,
    "tier": pl.String,
    "variable": pl.String,
    "table": pl.String,
    "column": pl.String,
    "row": pl.UInt32,
    "values": pl.String,
}
CASE = {
    "case": pl.String,
    "row": pl.UInt32,
    "verdict": pl.String,
    "phase": pl.String,
    "counts": pl.UInt64,
    "tier": pl.String,
    "cause": pl.String,
    "findings": pl.UInt32,
    "blocked": pl.Boolean,
    "digest": pl.String,
}


@dataclass(frozen=True)
class Documents:
    """Ready documents, and no values."""

    texts: Sequence[bytes] = field(default=())

    def documents(self, places: Sequence[int]) -> Iterator[bytes]:
        """Yield the documents of cases in the given order."""
        for place in places:
            yield self.texts[place]

    def values(self, _place: int) -> Mapping[str, pl.DataFrame]:
        """Return one case's values."""
        return {}

    def blocks(self) -> Iterator[Mapping[str, pl.DataFrame]]:
        """Yield all values."""
        return iter(())


def made_case(case: str, **fields: object) -> dict[str, object]:
    """Return a row of cases in which nothing is wrong."""
    usual = dict.fromkeys(CASE) | {
        "case": case,
        "row": 2,
        "verdict": "genomford",
        "phase": "operation",
        "counts": 0,
        "findings": 0,
        "blocked": False,
        "digest": sha256(case.encode()).hexdigest(),
    }
    return usual | fields


def made_finding(case: str, code: str, tier: str, **fields: object) -> dict[str, object]:
    """Return a row of findings."""
    usual = dict.fromkeys(FINDING, "") | {"row": 2, "values": "{}"}
    return usual | {"case": case, "code": code, "tier": tier} | fields


def made_analysis(
    cases: Sequence[Mapping[str, object]],
    findings: Sequence[Mapping[str, object]] = (),
    project: Project | None = None,
) -> Analysis:
    """Return an analysis of rows; its cases have no documents worth the name."""
    texts = [f"<case>{one['case']}</case>".encode() for one in cases]
    return Analysis(
        cases=pl.DataFrame(list(cases), schema=CASE),
        findings=pl.DataFrame(list(findings), schema=FINDING),
        fingerprint=fingerprint(project) if project else "",
        store=Documents(texts),
    )
