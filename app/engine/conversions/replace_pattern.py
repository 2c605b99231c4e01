"""replace_pattern, for a column."""

import polars as pl

from app.core.conversions.kind import BAD_OPTION
from app.core.conversions.replace_pattern import GROUP, is_usable
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fail, fine, stripped


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Put another text in the place of what has the form."""
    if not is_usable(step):
        return fail(values, BAD_OPTION)
    put = GROUP.sub(r"\0{\1}", step.option("with")).replace("$", "$$").replace("\0", "$")
    try:
        return fine(stripped(values).str.replace_all(step.option("find"), put))
    except pl.exceptions.PolarsError:  # too much for its engine
        return fail(values, BAD_OPTION)
