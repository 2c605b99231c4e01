"""first_of, for columns."""

import polars as pl

from app.core.mapping import Step
from app.engine.conversions.column import present


def combine(parts: list[pl.Series], _step: Step) -> pl.Series:
    """Take the first text that is not blank."""
    frame = pl.DataFrame([present(part).alias(str(at)) for at, part in enumerate(parts)])
    return frame.select(pl.coalesce(pl.all())).to_series()
