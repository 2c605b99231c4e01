"""trim, for a column."""

import polars as pl

from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fine, stripped


def change(values: pl.Series, _step: Step, _around: Surroundings) -> Column:
    """Take the blanks away."""
    return fine(stripped(values))
