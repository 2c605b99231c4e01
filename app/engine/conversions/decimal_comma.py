"""decimal_comma, for a column."""

import polars as pl

from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fine, stripped


def change(values: pl.Series, _step: Step, _around: Surroundings) -> Column:
    """Write a point for a comma."""
    return fine(stripped(values).str.replace_all(",", ".", literal=True))
