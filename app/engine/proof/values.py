"""One value type as expressions over a column: all of them true means that the value fits.

Each demands at least what the schema demands. A facet that cannot be held against a column this
way, or a type that is not known, makes every value doubtful: None.
"""

from collections.abc import Callable, Iterator
from functools import reduce
from operator import and_
from typing import Any

import polars as pl

from app.core.content import SimpleType
from app.engine.proof.built_in import BUILT_INS, DAYS, NUMBERS, TEXTS
from app.engine.proof.patterns import translated

Check = Callable[[pl.Expr], pl.Expr]
LONGEST = 500  # bytes of one value; longer ones are rare, and documents have a greatest size

_ILLEGAL = "[^\\x{9}\\x{A}\\x{D}\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]"
_REPLACED = "[\\t\\n\\r]"
_COLLAPSED = "[\\t\\n\\r]|^ | $|  "
_BOUND = "^-?(?:[0-9]{1,15}|[0-9]{1,9}[.][0-9]{1,6})$"
_FIRST, _LAST = "1001", "9998"  # years of four digits, and days beyond them too
_SILENT = frozenset({"whiteSpace"})


def check_of(kind: SimpleType, fixed: str | None = None) -> Check | None:
    """Return what holds for values that surely fit, None when none does."""
    built_in = BUILT_INS.get(kind.built_in)
    if built_in is None:
        return None
    bounds = (("minInclusive", built_in.least), ("maxInclusive", built_in.most))
    own = [(name, value) for name, value in bounds if value]
    facets = [*own, *(facet for step in kind.steps for facet in step)]
    checks = [
        *_form(kind, built_in.form),
        *(_pattern(step) for step in kind.steps if any(name == "pattern" for name, _ in step)),
        *(_facet(kind, name, value) for name, value in dict.fromkeys(facets)),
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


def _form(kind: SimpleType, form: str) -> Iterator[Check]:
    """Yield what the built-in type demands; the length keeps the whole document in bounds."""
    yield lambda column: column.str.len_bytes() <= LONGEST
    spaces = [value for step in kind.steps for name, value in step if name == "whiteSpace"]
    if form:
        yield _matches(f"^(?:{form})$")
        return
    usual = {"normalizedString": "replace", "token": "collapse"}.get(kind.built_in, "preserve")
    space = spaces[-1] if spaces else usual
    if space != "preserve":
        yield _lacks(_REPLACED if space == "replace" else _COLLAPSED)
    if not any(name == "pattern" for step in kind.steps for name, _ in step):
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
    """Return one facet other than a pattern or an enumeration as a check."""
    if name in _SILENT or name in {"pattern", "enumeration"}:
        return lambda _column: pl.lit(value=True)
    if name in {"length", "minLength", "maxLength"} and kind.built_in in TEXTS:
        return _length(name, int(value))
    if name in _COMPARED:
        return _range(kind, name, value)
    if name in {"totalDigits", "fractionDigits"} and kind.built_in in NUMBERS:
        return _digits(name, int(value))
    return None


def _length(name: str, limit: int) -> Check:
    if name == "length":
        return lambda column: column.str.len_chars() == limit
    if name == "minLength":
        return lambda column: column.str.len_chars() >= limit
    return lambda column: column.str.len_chars() <= limit


_COMPARED: dict[str, Callable[[pl.Expr, Any], pl.Expr]] = {
    "minInclusive": lambda value, limit: value >= limit,
    "minExclusive": lambda value, limit: value > limit,
    "maxInclusive": lambda value, limit: value <= limit,
    "maxExclusive": lambda value, limit: value < limit,
}


def _range(kind: SimpleType, name: str, limit: str) -> Check | None:
    compare = _COMPARED[name]
    if kind.built_in in NUMBERS and pl.select(pl.lit(limit).str.contains(_BOUND)).item():
        number = float(limit)
        return lambda column: compare(column.cast(pl.Float64, strict=False), number)
    if kind.built_in in DAYS and (day := _day_beyond(name, limit)):
        return lambda column: compare(column.str.slice(0, len(day)), day)
    return None


def _day_beyond(name: str, limit: str) -> str:
    """Return a day past the limit by more than zones can make out, "" where there is none."""
    day = pl.select(pl.lit(limit[:10]).str.to_date("%Y-%m-%d", strict=False)).item()
    if day is None or not _FIRST < limit[:4] < _LAST or limit[4:5] != "-":
        return ""
    days = 3 if name.startswith("min") else -3
    return str(pl.select(pl.lit(day).dt.offset_by(f"{days}d").dt.to_string("%Y-%m-%d")).item())


def _digits(name: str, most: int) -> Check:
    if name == "totalDigits":
        return lambda column: column.str.count_matches("[0-9]") <= most
    return _lacks(f"[.][0-9]{{{most + 1}}}" if most else "[.]")
