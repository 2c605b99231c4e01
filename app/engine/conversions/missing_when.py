"""missing_when, for a column."""

import polars as pl

from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fine, stripped


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Take away what only says that there is nothing."""
    named = stripped(values).is_in(step.option("values").split("|"))
    return fine(values.set(named, None))
