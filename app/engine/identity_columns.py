"""Personnummer, samordningsnummer and HSA-ids in columns; their meaning is in `core.identity`.

Every function gives null for a missing text.
"""

from functools import cache

import polars as pl

_FIVE = 10**5  # numbers of five digits
_COORDINATION = 60  # added to the day of a samordningsnummer


def valid_person_ids(text: pl.Expr) -> pl.Expr:
    """Whether each text is a personnummer or samordningsnummer."""
    number = text.str.extract("^((?:18|19|20)[0-9]{10})$").cast(pl.UInt64)
    month, day, birth = number // 10**6 % 100, number // 10**4 % 100, number // 10 % 1000
    coordinated = (day >= _COORDINATION) & (month <= 12) & (day <= 91)  # noqa: PLR2004 - the form itself
    possible = coordinated | ((day < _COORDINATION) & birth_dates(text).is_not_null())
    valid = possible & (birth > 0) & (_luhn_sum(number) % 10 == 0)
    return pl.when(text.is_not_null()).then(valid.fill_null(value=False))


def _luhn_sum(number: pl.Expr) -> pl.Expr:
    """Return the Luhn sum of the last ten digits, five and five from tables."""
    low, high = number % _FIVE, number // _FIVE % _FIVE
    first, second = _luhn_sums()
    return pl.lit(first).gather(low.cast(pl.UInt32)) + pl.lit(second).gather(high.cast(pl.UInt32))


@cache
def _luhn_sums() -> tuple[pl.Series, pl.Series]:
    """Return the sums of five digits whose last is not doubled, and of those whose last is."""
    number, sums = pl.int_range(_FIVE), []
    for doubled_first in (False, True):
        total = pl.lit(0)
        for place in range(5):
            digit = number // 10**place % 10
            twice = digit * 2
            is_doubled = (place % 2 == 0) is doubled_first
            total = total + (twice // 10 + twice % 10 if is_doubled else digit)
        sums.append(pl.select(total.cast(pl.UInt32)).to_series())
    return sums[0], sums[1]


def birth_dates(text: pl.Expr) -> pl.Expr:
    """Return the day that each text's digits say, null when they hold no real day."""
    number = text.str.extract("^([0-9]{12})$").cast(pl.Int64)
    days = number // 10**4
    counted = pl.when(days % 100 > _COORDINATION).then(days - _COORDINATION).otherwise(days)
    return (
        pl.when(counted >= 10**4)  # the year 0 is none
        .then(counted)
        .cast(pl.String)
        .str.zfill(8)
        .str.to_date("%Y%m%d", strict=False)
    )


def valid_hsa_ids(text: pl.Expr) -> pl.Expr:
    """Whether each text has the form of an HSA-id: country, digits, a hyphen and a name."""
    formed = text.str.contains(r"^[\p{L}\p{N}]{2}[0-9]+-[^\n\r]*$")
    return formed & (text.str.len_chars() <= 64)  # noqa: PLR2004 - the form itself
