"""join, for columns."""

import polars as pl

from app.core.mapping import Step
from app.engine.conversions.column import join_texts


def combine(parts: list[pl.Series], step: Step) -> pl.Series:
    """Join what is filled, blanks taken away."""
    return join_texts(parts, step.option("sign"))
