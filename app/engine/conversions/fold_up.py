"""fold_up, for a column."""

import polars as pl

from app.core.conversions.fold_up import BAD_FORMAT, folds
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fail, fine, stripped


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Keep the part of local codes that the register knows; leave what has not the form."""
    form = step.option("form")
    if not folds(form):
        return fail(values, BAD_FORMAT)
    try:
        kept = stripped(values).str.extract(f"^(?:{form})$", 1)
    except pl.exceptions.PolarsError:  # too much for its engine
        return fail(values, BAD_FORMAT)
    return fine(kept.set((kept == "").fill_null(value=False), None).fill_null(values))
