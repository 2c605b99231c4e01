"""lookup, for a column."""

from collections.abc import Iterable, Mapping

import polars as pl

from app.core.conversions.kind import NO_COLUMN
from app.core.conversions.lookup import ABSENT, SEVERAL, place_of
from app.core.mapping import Step
from app.engine.conversions.column import (
    Column,
    Surroundings,
    after,
    fail,
    present,
    refuse,
    stripped,
    unfit,
)

Place = tuple[str, str, str]
Lookups = Mapping[Place, pl.DataFrame]


def lookups_of(
    tables: Mapping[str, pl.DataFrame], places: Iterable[Place]
) -> dict[Place, pl.DataFrame]:
    """Return what is looked up where: every key with a value, and how many values it has."""
    return {
        place: _pairs(tables[place[0]], *place[1:])
        for place in dict.fromkeys(places)
        if place[0] in tables and {*place[1:]} <= {*tables[place[0]].columns}
    }


def _pairs(table: pl.DataFrame, key: str, column: str) -> pl.DataFrame:
    keys = present(stripped(table[key])).alias("key")
    pairs = pl.DataFrame([keys, table[column].fill_null("").alias("value")]).drop_nulls("key")
    return pairs.group_by("key", maintain_order=True).agg(
        pl.col("value").first(), pl.col("value").n_unique().alias("values")
    )


def change(values: pl.Series, step: Step, around: Surroundings) -> Column:
    """Return the one value that the table has for each key."""
    table = around.lookups.get(place_of(step))
    if table is None:
        return fail(values, NO_COLUMN)
    asked = pl.DataFrame([stripped(values).alias("key")])
    found = asked.join(table, on="key", how="left", maintain_order="left")
    there = found["values"].is_not_null()
    done = unfit(values, there, found["value"], step, ABSENT)
    several = (found["values"] > 1).fill_null(value=False)
    return after(done, refuse(values, ~several, SEVERAL, done.values)) if several.any() else done
