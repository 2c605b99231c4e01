"""replace, for a column."""

import polars as pl

from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fine


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Put another text in the place of one."""
    find = step.option("find")
    if not find:
        return fine(values)
    return fine(values.str.replace_all(find, step.option("with"), literal=True))
