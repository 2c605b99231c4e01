"""date, for a column."""

import polars as pl

from app.core.conversions.date import DATE_FORMAT, UNREADABLE, form_problem
from app.core.dateform import (
    DAY_SECONDS,
    EXCEL_START,
    FRACTION,
    LATEST_COUNTED,
    Shape,
    date_shapes,
)
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fail, refuse, stripped

_TIME = pl.Datetime("us")


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Read days by the step's format."""
    shapes = date_shapes(step.option("format", DATE_FORMAT), step.option("pivot"))
    if not shapes:
        return fail(values, form_problem(step))
    days = read(values, shapes)
    return refuse(values, days.is_not_null(), UNREADABLE, days.dt.strftime("%Y-%m-%d"))


def read(values: pl.Series, shapes: tuple[Shape, ...]) -> pl.Series:
    """Return the wall-clock times that the texts say, null where they do not fit a shape."""
    plain = stripped(values)
    found: pl.Series | None = None
    for shape in shapes:
        times = _counted(plain, shape) if shape.excel_from else _written(plain, shape)
        if times is not None:
            found = times if found is None else found.zip_with(found.is_not_null(), times)
    return pl.Series([None], dtype=_TIME).new_from_index(0, len(values)) if found is None else found


def _written(plain: pl.Series, shape: Shape) -> pl.Series | None:
    texts = _in_full(plain, shape) if shape.short else plain
    fits = texts.str.contains(f"^(?:{shape.expression})$")
    fitting = texts if fits.all() else texts.set(~fits, None)
    if fitting.null_count() == len(fitting):
        return None
    return fitting.str.to_datetime(shape.format, time_unit="us", strict=False)


def _in_full(plain: pl.Series, shape: Shape) -> pl.Series:
    """Return texts with their year in four digits, null where they do not fit."""
    groups = plain.str.extract_groups(f"^(?:{shape.short})$").struct
    before, year, behind = (groups.field(str(at)) for at in (1, 2, 3))
    late = (year.cast(pl.Int16, strict=False) <= shape.pivot).fill_null(value=False)
    century = pl.Series(["19"]).new_from_index(0, len(plain)).set(late, "20")
    full: pl.Series = before + century + year + behind
    return full


def _counted(plain: pl.Series, shape: Shape) -> pl.Series:
    """Return the moments that a spreadsheet counts in days."""
    groups = plain.str.extract_groups(f"^(?:{shape.expression})$").struct
    days = groups.field("1").cast(pl.Int64, strict=False)
    days = days.set(~days.is_between(shape.excel_from, LATEST_COUNTED), None)
    digits = groups.field("2").fill_null("").str.pad_end(FRACTION, "0").str.head(FRACTION)
    fraction = digits.cast(pl.Int64, strict=False)
    seconds = (fraction * (2 * DAY_SECONDS) + 10**FRACTION) // (2 * 10**FRACTION)
    start = pl.Series([EXCEL_START], dtype=_TIME).new_from_index(0, len(plain))
    moments = (days * DAY_SECONDS + seconds) * 1_000_000
    counted: pl.Series = start + moments.cast(pl.Duration("us"))
    return counted.cast(_TIME)
