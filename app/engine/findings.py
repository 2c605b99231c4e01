"""The findings of one case as values."""

import json

import polars as pl

from app.core.finding import Finding, Tier
from app.engine.analysis import Analysis
from app.engine.export import file_of, line_of


def findings_of(analysis: Analysis, case: str) -> tuple[Finding, ...]:
    """Return the findings of one case, worst first."""
    rows = analysis.findings.filter(pl.col("case") == case)
    return tuple(_finding(row, analysis) for row in rows.iter_rows(named=True))


def _finding(row: dict[str, str], analysis: Analysis) -> Finding:
    values = json.loads(row["values"])
    place = int(row["row"])
    return Finding(
        case=row["case"],
        code=row["code"],
        tier=Tier(row["tier"]),
        variable=row["variable"],
        table=row["table"],
        column=row["column"],
        row=line_of(place),
        values=tuple((name, str(value)) for name, value in values.items() if value),
        file=file_of(analysis.files.get(row["table"], ()), place),
    )


def further_rows(analysis: Analysis, case: str) -> tuple[int, ...]:
    """Return the further rows of the case table that are of a case."""
    found = analysis.findings.filter(
        (pl.col("case") == case) & pl.col("code").is_in(["duplicate-case", "duplicate-left-out"])
    )
    return tuple(int(row) for row in found["row"])
