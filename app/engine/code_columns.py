"""What is known of whole columns of codes; what it means is written in `app.core.codes`."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_

import polars as pl

from app.core.codes import MARKS, register_of
from app.core.register import Code, CodeRegister, Profile

_LAST_DAY = date.max.isoformat()


def says_of_codes(
    function: str, text: pl.Expr, name: str, days: list[pl.Expr], profile: Profile
) -> pl.Expr:
    """Return what a function of the rule language says of a column of codes, null when unknown.

    `name` is that of a code list or of a national register; `days` holds the day that it asks by.
    """
    if function in {"in_register", "in_grace"}:
        register = register_of(profile, name)
        if register is None:
            return pl.lit(None, pl.Boolean)
        years = profile.register_codes.get(name, {})
        return _in_register(function, text, register, years, days[0])
    codes = profile.codes_of(name)
    if function == "in_list":
        return _among(text, codes)
    known = text.is_not_null() & days[0].is_not_null()
    return pl.when(known).then(_valid(text, codes, days[0]))


def _valid(text: pl.Expr, codes: tuple[Code, ...], day: pl.Expr) -> pl.Expr:
    """Return whether one of the codes is the text and may be used on the day."""
    that = day.dt.to_string("%Y-%m-%d")
    spans: dict[tuple[str, str], list[Code]] = {}
    for code in codes:
        spans.setdefault((code.valid_from, code.valid_to or _LAST_DAY), []).append(code)
    said = (
        _among(text, within) & that.is_between(pl.lit(first), pl.lit(last))
        for (first, last), within in spans.items()
    )
    return reduce(or_, said, pl.lit(value=False))


def _among(text: pl.Expr, codes: Iterable[Code]) -> pl.Expr:
    return text.str.to_lowercase().is_in([one.code.lower() for one in codes])


def _in_register(
    function: str,
    text: pl.Expr,
    register: CodeRegister,
    years: Mapping[int, frozenset[str]],
    day: pl.Expr,
) -> pl.Expr:
    """Return whether a national register has the codes, in the order of `core.codes.standing`."""
    plain = (
        text.str.to_lowercase().str.replace_all(".", "", literal=True).str.strip_chars_end(MARKS)
    )
    has_form = text.str.to_uppercase().str.contains(f"^(?:{register.pattern})$")
    unknown = pl.when(~has_form).then(pl.lit(value=False))  # else null: it may be a code
    year, late = day.dt.year(), day.dt.month() > register.months
    asks_grace = pl.lit(function == "in_grace")
    in_grace = (
        pl.when(late)
        .then(pl.lit(value=False))
        .when(~(year - 1).is_in(list(years)))
        .then(unknown)
        .otherwise(_has(plain, year - 1, years))
    )
    said = (
        pl.when(day.is_null() | ~year.is_in(list(years)))
        .then(unknown)
        .when(_has(plain, year, years))
        .then(~asks_grace)
        .otherwise(in_grace)
    )
    return pl.when(text.is_not_null()).then(said)


def _has(plain: pl.Expr, year: pl.Expr, years: Mapping[int, frozenset[str]]) -> pl.Expr:
    """Return whether the codes of the year have the code."""
    found = ((year == one) & _is_one_of(plain, codes) for one, codes in years.items())
    return reduce(or_, found, pl.lit(value=False))


def _is_one_of(plain: pl.Expr, codes: frozenset[str]) -> pl.Expr:
    """Return whether each is among very many codes: few are different, and only they are sought."""

    def sought(texts: pl.Series) -> pl.Series:
        return texts.is_in([one for one in texts.unique() if one in codes])

    return plain.map_batches(sought, return_dtype=pl.Boolean)
