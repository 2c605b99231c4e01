"""constant, for a column."""

import polars as pl

from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fine


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Return the value in every row."""
    return fine(pl.Series(values.name, [step.option("value")]).new_from_index(0, len(values)))
