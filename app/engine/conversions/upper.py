"""upper, for a column."""

import polars as pl

from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fine


def change(values: pl.Series, _step: Step, _around: Surroundings) -> Column:
    """Write in capitals."""
    return fine(values.str.to_uppercase())
