"""kva, for a column."""

import polars as pl

from app.core.conversions.kind import BLANKS
from app.core.conversions.kva import FORM, UNREADABLE
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, unfit


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Write codes as the register's list does."""
    plain = values.str.replace_all(f"[{BLANKS}.-]", "").str.to_uppercase()
    return unfit(values, plain.str.contains(f"^(?:{FORM})$"), plain, step, UNREADABLE)
