"""hsa_id, for a column."""

import polars as pl

from app.core.conversions.hsa_id import FORM, UNREADABLE
from app.core.conversions.kind import BLANKS
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, unfit


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Take blanks away and write in capitals what has the form of an HSA-id."""
    plain = values.str.replace_all(f"[{BLANKS}]", "").str.to_uppercase()
    return unfit(values, plain.str.contains(f"^(?:{FORM})$"), plain, step, UNREADABLE)
