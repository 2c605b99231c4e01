"""One value type as expressions over a column: all of them true means that the value fits.

Each demands at least what the schema demands. A facet that cannot be held against a column this
way, or a type that is not known, makes every value doubtful: None.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache, reduce
from math import inf
from operator import and_

import polars as pl

from app.core.content import SimpleType
from app.engine.proof.built_in import (
    BUILT_INS,
    DAYS,
    MOST_DIGITS,
    NUMBERS,
    TEXTS,
    BuiltIn,
    with_fraction,
)
from app.engine.proof.patterns import translated

Check = Callable[[pl.Expr], pl.Expr]
LONGEST = 500  # bytes of one value; longer ones are rare, and documents have a greatest size

_ILLEGAL = "[^\\x{9}\\x{A}\\x{D}\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]"
_REPLACED = "[^\\S ]"  # all of Unicode's: xmlschema takes no-break spaces for white space
_COLLAPSED = "[^\\S ]|^ | $|  "
_BOUND = "-?(?:[0-9]{1,15}|[0-9]{1,9}[.][0-9]{1,6})"  # no more digits than a float can hold
_FIRST, _LAST = "1001", "9998"  # years of four digits, and days beyond them too
_WIDEST = 4  # bytes of a character
_COMPARED = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")
_ELSEWHERE = frozenset({"pattern", "enumeration", "whiteSpace", "fractionDigits", *_COMPARED})


@cache
def check_of(kind: SimpleType, fixed: str | None = None) -> Check | None:
    """Return what holds for values that surely fit, None when none does."""
    built_in = BUILT_INS.get(kind.built_in)
    if built_in is None:
        return None
    bounds = (("minInclusive", built_in.least), ("maxInclusive", built_in.most))
    own = [(name, value) for name, value in bounds if value]
    facets = [*own, *(facet for step in kind.steps for facet in step)]
    checks = [
        *_form(kind, built_in),
        *(_pattern(step) for step in kind.steps if any(name == "pattern" for name, _ in step)),
        *_range(kind, [one for one in facets if one[0] in _COMPARED]),
        *(_facet(kind, *one) for one in dict.fromkeys(facets) if one[0] not in _ELSEWHERE),
    ]
    known = [one for one in checks if one is not None]
    if len(known) < len(checks) or not _works(known):
        return None
    lists = [[value for name, value in step if name == "enumeration"] for step in kind.steps]
    allowed = [set(one) for one in lists if one] + ([{fixed}] if fixed is not None else [])
    return _one_of(set.intersection(*allowed), known) if allowed else _all(known)


def _all(checks: list[Check]) -> Check:
    return lambda column: reduce(and_, [check(column) for check in checks])


def _one_of(allowed: set[str], checks: list[Check]) -> Check:
    """Return a check for values that are listed; what else they must be is found out now."""
    values = pl.Series("", sorted(allowed), dtype=pl.String)
    fit = values.to_frame().filter(_all(checks)(pl.col("")))[""]
    return lambda column: column.is_in(fit.implode())


def _works(checks: list[Check]) -> bool:
    """Whether the expressions can be run: a pattern may be too large for the machine."""
    try:
        pl.select(_all(checks)(pl.lit("0")))
    except pl.exceptions.PolarsError:
        return False
    return True


def _form(kind: SimpleType, built_in: BuiltIn) -> Iterator[Check]:
    """Yield what the built-in type demands; the length keeps the whole document in bounds."""
    facets = [facet for step in kind.steps for facet in step]
    limits = [int(value) for name, value in facets if name in {"length", "maxLength"}]
    if not built_in.form and min(limits, default=LONGEST) > LONGEST // _WIDEST:
        yield lambda column: column.str.len_bytes() <= LONGEST
    if built_in.form:
        digits = [int(value) for name, value in facets if name == "fractionDigits"]
        yield _matches(f"^(?:{with_fraction(built_in.form, min([*digits, MOST_DIGITS]))})$")
        return
    usual = {"normalizedString": "replace", "token": "collapse"}.get(kind.built_in, "preserve")
    space = [usual, *(value for name, value in facets if name == "whiteSpace")][-1]
    if space != "preserve":
        yield _lacks(_REPLACED if space == "replace" else _COLLAPSED)
    if not any(name == "pattern" for name, _ in facets):
        yield _lacks(_ILLEGAL)  # patterns are translated to legal characters alone


def _matches(expression: str) -> Check:
    return lambda column: column.str.contains(expression)


def _lacks(expression: str) -> Check:
    return lambda column: ~column.str.contains(expression)


def _pattern(step: tuple[tuple[str, str], ...]) -> Check | None:
    """Return the alternatives of one step, those of them that can be translated."""
    found = [translated(value) for name, value in step if name == "pattern"]
    known = [one for one in found if one is not None]
    return _matches("|".join(known)) if known else None


def _facet(kind: SimpleType, name: str, value: str) -> Check | None:
    """Return one facet that is no pattern, list or bound as a check."""
    if name in {"length", "minLength", "maxLength"} and kind.built_in in TEXTS:
        return _length(name, int(value))
    if name == "totalDigits" and kind.built_in in NUMBERS:
        return lambda column: column.str.count_matches("[0-9]") <= int(value)
    return None


def _length(name: str, limit: int) -> Check:
    if name == "length":
        return lambda column: column.str.len_chars() == limit
    if name == "minLength":
        return lambda column: column.str.len_chars() >= limit
    return lambda column: column.str.len_chars() <= limit


def _range(kind: SimpleType, facets: list[tuple[str, str]]) -> Iterator[Check | None]:
    """Yield the bounds; both ends of a span of numbers together, which is faster."""
    if kind.built_in in NUMBERS and all(re.fullmatch(_BOUND, value) for _, value in facets):
        limits = {
            name: [float(value) for one, value in facets if one == name] for name in _COMPARED
        }
        least, most = limits["minInclusive"], limits["maxInclusive"]
        if least or most:
            low, high = max(least, default=-inf), min(most, default=inf)
            yield lambda column: _number(column).is_between(low, high)
        above, below = limits["minExclusive"], limits["maxExclusive"]
        if above or below:
            over, under = max(above, default=-inf), min(below, default=inf)
            yield lambda column: _number(column).is_between(over, under, closed="none")
        return
    for name, value in facets:
        yield _day(name, value) if kind.built_in in DAYS else None


def _number(column: pl.Expr) -> pl.Expr:
    return column.cast(pl.Float64, strict=False)


def _day(name: str, limit: str) -> Check | None:
    """Return a bound for days; it keeps off the limit by more than zones can make out."""
    found = pl.select(pl.lit(limit[:10]).str.to_date("%Y-%m-%d", strict=False)).item()
    if found is None or not _FIRST < limit[:4] < _LAST or limit[4:5] != "-":
        return None
    is_least = name.startswith("min")
    day = str(found + timedelta(days=3 if is_least else -3))
    if is_least:
        return lambda column: column.str.slice(0, len(day)) >= day
    return lambda column: column.str.slice(0, len(day)) <= day
