"""Findings as rows of a table."""

from dataclasses import dataclass

import polars as pl

from app.core.finding import TIER_ORDER, Tier
from app.core.identity import mask_text
from app.core.register import Profile, ValueType

COLUMNS: dict[str, type[pl.DataType]] = {
    "index": pl.UInt32,  # the case's number in this analysis, null for a row without a case
    "case": pl.String,
    "code": pl.String,
    "tier": pl.String,
    "variable": pl.String,
    "table": pl.String,
    "column": pl.String,
    "row": pl.UInt32,
    "values": pl.String,
}
HIDDEN = "********-****"
# Ten or twelve digits as in a personnummer, also where it stands in the wrong column.
PERSON_NUMBER = r"\b(?:[0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4}\b"
# What else the core may take for one: without these digits there is none.
_TELLING = "[0-9]{6}|[0-9]{4}-[0-9]{2}-[0-9]{2}-"
LONGEST = 60
TIERS = pl.Enum([tier.value for tier in TIER_ORDER])


@dataclass(frozen=True, slots=True)
class Place:
    """Where findings lie: the variable, the table, its column and tier and code beside them."""

    code: str
    tier: Tier
    variable: str = ""
    table: str = ""
    column: str = ""


def none_found() -> pl.DataFrame:
    """Return a table of findings with no rows."""
    return pl.DataFrame(schema=COLUMNS)


def found(
    place: Place, index: pl.Series, row: pl.Series, values: pl.Series | None = None
) -> pl.DataFrame:
    """Return one finding per case number and source row; `values` is JSON."""
    frame = pl.DataFrame(
        {
            "index": index.cast(pl.UInt32),
            "row": row.cast(pl.UInt32).fill_null(0),
            "values": "{}" if values is None else values,
        }
    )
    fixed = {
        "case": pl.lit(None, pl.String),
        "code": pl.lit(place.code),
        "tier": pl.lit(place.tier.value),
        "variable": pl.lit(place.variable),
        "table": pl.lit(place.table),
        "column": pl.lit(place.column),
    }
    return frame.with_columns(**fixed).select(list(COLUMNS)).cast(COLUMNS)  # type: ignore[arg-type]


def shown(texts: pl.Series, variable: str, profile: Profile) -> pl.Series:
    """Return texts of a variable fit to be shown: short, and without personnummer."""
    if is_secret(variable, profile):
        return texts.set(texts.is_not_null(), HIDDEN)
    return _masked(texts.str.replace_all(PERSON_NUMBER, HIDDEN)).str.slice(0, LONGEST)


def _masked(texts: pl.Series) -> pl.Series:
    """Return texts without whatever else the core takes for a person's number."""
    telling = texts.str.contains(_TELLING)
    if not telling.any():
        return texts
    known = texts.filter(telling).unique()
    return texts.replace(known, pl.Series([mask_text(text) for text in known], dtype=pl.String))


def is_secret(variable: str, profile: Profile) -> bool:
    """Whether a variable's values say who the patient is."""
    known = profile.by_id.get(variable)
    return known is not None and known.value_type is ValueType.PERSON_ID


def as_json(values: dict[str, pl.Series]) -> pl.Series:
    """Return one JSON object per row."""
    frame = pl.DataFrame(values)
    return frame.select(pl.struct(pl.all()).struct.json_encode()).to_series()
