"""only_when, for a column."""

import polars as pl

from app.core.conversions.kind import BAD_OPTION, BLANKS, NO_COLUMN, words_of
from app.core.conversions.number import NUMBER
from app.core.conversions.only_when import (
    BEFORE,
    FILLED,
    is_number,
    limit_of,
    shapes_of,
    test_of,
)
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, empty, fail, fine, stripped
from app.engine.conversions.date import read


def holds(cells: pl.Series, step: Step) -> pl.Series | None:
    """Return in which rows the condition holds, None when it cannot be asked."""
    test, value = test_of(step), step.option("value").strip(BLANKS)
    plain = stripped(cells).fill_null("")
    match test:
        case "":
            return None
        case "is" | "is_not":
            return (plain == value) if test == "is" else (plain != value)
        case "one_of":
            return plain.is_in(words_of(step.option("value")))
        case "filled" | "empty":
            return (plain != "") if test == FILLED else (plain == "")
        case "matches":
            return _matching(plain, step.option("value"))
        case _:
            return _ordered(plain, value, step)


def _matching(plain: pl.Series, form: str) -> pl.Series | None:
    try:
        return plain.str.contains(f"^(?:{form})$")
    except pl.exceptions.PolarsError:  # too much for its engine
        return None


def _ordered(plain: pl.Series, value: str, step: Step) -> pl.Series:
    """Compare days and times by their format, numbers as numbers, and the rest letter by letter."""
    cells: pl.Series = plain.set(plain == "", None)
    limit: object = value
    if step.option("format"):
        cells, limit = read(cells, shapes_of(step)), limit_of(step)
    elif is_number(value):
        numbers = cells.set(~cells.str.contains(f"^(?:{NUMBER})$"), None)
        cells, limit = numbers.str.strip_prefix("+").cast(pl.Float64, strict=False), float(value)
    fits = cells < limit if test_of(step) == BEFORE else cells > limit
    return fits.fill_null(value=False)


def change(values: pl.Series, step: Step, around: Surroundings) -> Column:
    """Keep the values where the condition holds; they are missing in all other rows."""
    if not test_of(step):
        return fail(values, BAD_OPTION)
    if around.rows is None or step.option("column") not in around.rows.columns:
        return fail(values, NO_COLUMN)
    fits = holds(around.rows[step.option("column")], step)
    if fits is None:
        return fail(values, BAD_OPTION)
    return fine(values.zip_with(fits, empty(len(values))))
