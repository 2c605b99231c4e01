"""Personnummer, samordningsnummer and HSA-ids in columns; their meaning is in `core.identity`.

Every function gives null for a missing text.
"""

import polars as pl

_COORDINATION = 60  # added to the day of a samordningsnummer


def valid_person_ids(text: pl.Expr) -> pl.Expr:
    """Whether each text is a personnummer or samordningsnummer."""
    number = text.str.extract("^((?:18|19|20)[0-9]{10})$").cast(pl.Int64)
    month, day, birth = number // 10**6 % 100, number // 10**4 % 100, number // 10 % 1000
    coordinated = (day >= _COORDINATION) & (month <= 12) & (day <= 91)  # noqa: PLR2004 - the form itself
    possible = coordinated | ((day < _COORDINATION) & birth_dates(text).is_not_null())
    valid = possible & (birth > 0) & (_luhn_sum(number) % 10 == 0)
    return pl.when(text.is_not_null()).then(valid.fill_null(value=False))


def _luhn_sum(number: pl.Expr) -> pl.Expr:
    """Return the Luhn sum of the last ten digits."""
    total = pl.lit(0)
    for place in range(10):
        digit = number // 10**place % 10
        doubled = digit * 2
        total = total + (doubled // 10 + doubled % 10 if place % 2 else digit)
    return total


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
