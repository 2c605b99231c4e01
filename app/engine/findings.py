"""The findings of one case as values."""

import json

import polars as pl

from app.core.finding import Finding, Tier
from app.engine.analysis import Analysis


def findings_of(analysis: Analysis, case: str) -> tuple[Finding, ...]:
    """Return the findings of one case, worst first."""
    rows = analysis.findings.filter(pl.col("case") == case)
    return tuple(_finding(row) for row in rows.iter_rows(named=True))


def _finding(row: dict[str, str]) -> Finding:
    values = json.loads(row["values"])
    return Finding(
        case=row["case"],
        code=row["code"],
        tier=Tier(row["tier"]),
        variable=row["variable"],
        table=row["table"],
        column=row["column"],
        row=int(row["row"]),
        values=tuple((name, str(value)) for name, value in values.items() if value),
    )
