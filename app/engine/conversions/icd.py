"""icd, for a column."""

import polars as pl

from app.core.conversions.icd import FORM, UNREADABLE, WITH_DOT, WITH_MARK
from app.core.conversions.kind import BLANKS
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, unfit


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Write codes as the register's list does."""
    plain = values.str.replace_all(f"[{BLANKS}.-]", "").str.to_uppercase()
    fits = plain.str.contains(f"^(?:{FORM})$")
    groups = plain.str.extract_groups(f"^(?:{FORM})$").struct
    first, rest, mark = (groups.field(str(at)) for at in (1, 2, 3))
    if step.option("dot") == WITH_DOT:
        rest = ("." + rest).set((rest == "").fill_null(value=False), "")
    code = first + rest + mark if step.option("mark") == WITH_MARK else first + rest
    return unfit(values, fits, code, step, UNREADABLE)
