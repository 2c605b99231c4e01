"""yes_no, for a column."""

import polars as pl

from app.core.conversions.kind import BAD_OPTION
from app.core.conversions.yes_no import UNKNOWN, sends_nothing, words
from app.core.mapping import Step
from app.engine.conversions.column import (
    Column,
    Surroundings,
    after,
    empty,
    refuse,
    stripped,
    unfit,
)


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Send what is said for yes or for no; an empty one sends nothing."""
    said = stripped(values).str.to_lowercase()
    yes, no = (said.is_in(words(step, one)).fill_null(value=False) for one in ("yes", "no"))
    sent = empty(len(values)).set(no, step.option("no_sends")).set(yes, step.option("yes_sends"))
    done = unfit(values, yes | no, sent, step, UNKNOWN)
    if not sends_nothing(step):
        return done
    return after(done, refuse(values, ~(yes | no), BAD_OPTION, done.values))
