"""person_id, for a column."""

import polars as pl

from app.core.conversions.kind import BAD_OPTION
from app.core.conversions.person_id import CENTURY, PERSON_ID, SHORT, UNREADABLE, latest_year
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fail, refuse, stripped


def change(values: pl.Series, step: Step, around: Surroundings) -> Column:
    """Return twelve digits without a sign."""
    latest, plain = latest_year(step, around.this_year), stripped(values)
    if latest is None:
        return fail(values, BAD_OPTION)
    fits = plain.str.contains(f"^(?:{PERSON_ID})$")
    digits = plain.str.replace_all("-", "", literal=True)
    if not latest or fits.fill_null(value=True).all():
        return refuse(values, fits, UNREADABLE, digits)
    long = digits.zip_with(fits.fill_null(value=False), _with_century(plain, latest))
    return refuse(values, long.is_not_null(), UNREADABLE, long)


def _with_century(plain: pl.Series, latest: int) -> pl.Series:
    """Return ten digits with the century before them, null for what has not ten."""
    groups = plain.str.extract_groups(f"^(?:{SHORT})$").struct
    year, day, sign, number = (groups.field(str(at)) for at in (1, 2, 3, 4))
    older = (sign == "+").cast(pl.Int64) * CENTURY
    born = latest - (latest - year.cast(pl.Int64, strict=False)) % CENTURY - older
    return born.cast(pl.String) + day + number
