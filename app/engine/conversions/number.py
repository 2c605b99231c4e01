"""number, for a column."""

import polars as pl

from app.core.conversions.number import BAD_FORMAT, NUMBER, UNREADABLE, decimals_of, factor_of
from app.core.mapping import Step
from app.engine.conversions.column import Column, Surroundings, fail, refuse, stripped

_MOST = 12  # decimals of a number, see NUMBER
_WIDE = pl.Int128  # a number times a factor has up to 36 digits

Parts = tuple[pl.Series, pl.Series, pl.Series]  # sign, whole part, decimals


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Read numbers, multiply them, and round them half away from zero."""
    decimals, factor = decimals_of(step), factor_of(step)
    if decimals == -1 or factor is None:
        return fail(values, BAD_FORMAT)
    plain = stripped(values)
    fits = plain.str.contains(f"^(?:{NUMBER})$")
    if decimals is None and not step.option("times"):
        return refuse(values, fits, UNREADABLE, plain.str.strip_prefix("+"))
    parts = _parts(plain)
    if step.option("times"):
        parts = _multiplied(parts, *factor)
    written = _as_it_is(parts) if decimals is None else _rounded(parts, decimals)
    return refuse(values, fits, UNREADABLE, written)


def _parts(numbers: pl.Series) -> Parts:
    groups = numbers.str.extract_groups(f"^(?:{NUMBER})$").struct
    sign, whole, fraction = (groups.field(str(at)) for at in (1, 2, 3))
    return sign.set((sign == "+").fill_null(value=False), ""), whole, fraction.fill_null("")


def _multiplied(parts: Parts, times: int, places: int) -> Parts:
    """Return numbers times a factor, exactly; zeros at the end of their decimals are left out."""
    sign, whole, fraction = parts
    places += _MOST
    scaled = _whole(whole + fraction.str.pad_end(_MOST, "0")) * pl.Series([times], dtype=_WIDE)
    digits = scaled.cast(pl.String).str.zfill(places + 1)
    nothing = (scaled == 0).fill_null(value=False)
    decimals = digits.str.tail(places).str.strip_chars_end("0")
    return sign.set(nothing, ""), digits.str.head(-places), decimals


def _whole(texts: pl.Series) -> pl.Series:
    return texts.cast(_WIDE, strict=False)


def _as_it_is(parts: Parts) -> pl.Series:
    sign, whole, fraction = parts
    point = ("." + fraction).set((fraction == "").fill_null(value=False), "")
    return sign + whole + point


def _rounded(parts: Parts, decimals: int) -> pl.Series:
    """Return numbers with that many decimals, halves rounded away from zero."""
    sign, whole, fraction = parts
    digits = fraction.str.pad_end(decimals + 1, "0")
    up = (digits.str.slice(decimals, 1) >= "5").cast(_WIDE)
    scaled = _whole(whole + digits.str.head(decimals)) + up
    text = scaled.cast(pl.String).str.zfill(decimals + 1)
    minus = sign.set((scaled == 0).fill_null(value=False), "")
    if decimals == 0:
        return minus + text
    return minus + text.str.head(-decimals) + "." + text.str.tail(decimals)
