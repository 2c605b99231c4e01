"""What is wrong with many cases, grouped: by cause, and within a cause by the value at fault."""

from typing import Any

import polars as pl

from app.core.finding import TIER_ORDER
from app.engine.case_list import CaseList

EXAMPLES = 5  # cases of a group that are named
PARTS = 50  # values of a cause that are told apart
CAUSE = ("code", "tier", "variable", "table", "column")
_VALUE = r'"value":"((?:[^"\\]|\\.)*)"'
_ESCAPED = pl.col("value").str.contains("\\", literal=True)

Row = dict[str, Any]


def causes_of(cases: CaseList, places: pl.Series) -> list[Row]:
    """Return one row per cause of the cases at some places, the most frequent first.

    Each has the fields of `CAUSE`, cases (how many), examples, and the same for each value at
    fault: parts (a list of value, cases and examples) and values (how many different ones).
    """
    findings = _findings(cases, places)
    whole = _counted(findings, CAUSE, cases)
    by_value = _by_value(findings, cases)
    joined = whole.join(by_value, on=CAUSE, how="left", nulls_equal=True)
    order = pl.col("tier").cast(pl.Enum([tier.value for tier in TIER_ORDER]))
    ordered = joined.sort(-pl.col("cases").cast(pl.Int64), order, "code", "column")
    return ordered.with_columns(pl.col("values").fill_null(0)).to_dicts()


def _findings(cases: CaseList, places: pl.Series) -> pl.DataFrame:
    """Return the findings of the cases at some places."""
    own = cases.analysis.findings.select(*CAUSE, "values", place=cases.index.finding_places)
    if len(places) == len(cases):
        return own.filter(pl.col("place").is_not_null())
    among = pl.Series([False], dtype=pl.Boolean).new_from_index(0, len(cases))
    through = among.scatter(places, True).gather(own["place"])
    return own.filter(through)


def _counted(findings: pl.DataFrame, by: tuple[str, ...], cases: CaseList) -> pl.DataFrame:
    """Return how many cases each group has, and the first of them."""
    place = pl.col("place")
    groups = findings.group_by(by).agg(
        place.n_unique().alias("cases"), place.unique().bottom_k(EXAMPLES).sort().alias("first")
    )
    names = cases.analysis.cases["case"]
    named = groups["first"].explode()
    examples = (
        groups.with_row_index("group")
        .select(pl.col("group").repeat_by(pl.col("first").list.len()).explode())
        .with_columns(names.gather(named).alias("case"))
        .group_by("group", maintain_order=True)
        .agg("case")["case"]
    )
    return groups.drop("first").with_columns(examples.alias("examples"))


def _by_value(findings: pl.DataFrame, cases: CaseList) -> pl.DataFrame:
    """Return the values at fault of each cause, the most frequent first."""
    telling = findings.filter(pl.col("values").str.contains('"value":"', literal=True))
    value = pl.col("values").str.extract(_VALUE).alias("value")
    valued = telling.with_columns(value).filter(pl.col("value").fill_null("") != "")
    said = pl.concat_str(pl.lit('"'), pl.col("value"), pl.lit('"')).str.json_decode(pl.String)
    if valued.select(_ESCAPED.any()).item():
        valued = valued.with_columns(pl.when(_ESCAPED).then(said).otherwise("value").alias("value"))
    counted = _counted(valued, (*CAUSE, "value"), cases)
    ordered = counted.sort(-pl.col("cases").cast(pl.Int64), "value")
    return ordered.group_by(CAUSE, maintain_order=True).agg(
        pl.struct("value", "cases", "examples").head(PARTS).alias("parts"),
        pl.len().alias("values"),
    )
