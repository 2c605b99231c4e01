"""split, for a column."""

import polars as pl

from app.core.conversions.kind import BAD_OPTION
from app.core.conversions.split import BLANK, nth_of
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fail, fine, stripped


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Keep one part; one that is not there is a missing value."""
    nth = nth_of(step)
    if not nth:
        return fail(values, BAD_OPTION)
    parts = stripped(values).str.split(step.option("at") or BLANK)
    return fine(stripped(parts.list.get(nth - 1 if nth > 0 else nth, null_on_oob=True)))
