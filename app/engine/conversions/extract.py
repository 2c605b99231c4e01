"""extract, for a column."""

import polars as pl

from app.core.conversions.extract import UNMATCHED
from app.core.conversions.kind import BAD_OPTION
from app.core.conversions.patterns import has_group
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fail, stripped, unfit


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Keep what the first group holds."""
    form = step.option("form")
    if not has_group(form):
        return fail(values, BAD_OPTION)
    plain = stripped(values)
    try:
        kept, fits = plain.str.extract(form, 1), plain.str.contains(form)
    except pl.exceptions.PolarsError:  # too much for its engine
        return fail(values, BAD_OPTION)
    return unfit(values, fits, kept, step, UNMATCHED)
