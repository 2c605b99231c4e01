"""value_map, for a column."""

import polars as pl

from app.core.conversions.value_map import UNMAPPED
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fine, refuse, stripped


def change(values: pl.Series, step: Step, around: Surroundings) -> Column:
    """Look codes up; those that are not there go as the value map says."""
    value_map = around.project.value_map_of(step.option("name"))
    entries = dict(value_map.entries) if value_map else {}
    unmapped = value_map.unmapped if value_map else "error"
    mapped = stripped(values).replace_strict(
        list(entries), list(entries.values()), default=None, return_dtype=pl.String
    )
    if unmapped == "keep":
        return fine(mapped.fill_null(values))
    if unmapped == "omit":
        return fine(mapped)
    return refuse(values, mapped.is_not_null(), UNMAPPED, mapped)
