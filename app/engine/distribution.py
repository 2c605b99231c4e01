"""How values lie: bars, quarters, and what is far outside of them."""

from math import floor, log10

import polars as pl

from app.core.distribution import Bar, Spread
from app.engine.typed_columns import moments

_BARS = 20  # at most, between the fences
_FEW = 25  # whole numbers that get a bar each
_HAIR = 1e-9  # of a bar, so that 0.3 is not put below 0.3
_ENOUGH = 12  # values below which nothing is called far outside
MOST_CODES = 30
_NICE = (1.0, 2.0, 5.0, 10.0)


def codes(values: pl.Series) -> tuple[Bar, ...]:
    """Return the codes, most frequent first; the last bar is the rest where there are many."""
    counts = values.drop_nulls().alias("value").value_counts(name="n")
    ordered = counts.sort(["n", "value"], descending=[True, False])
    bars = [Bar(str(value), int(n)) for value, n in ordered.head(MOST_CODES).iter_rows()]
    rest = int(ordered["n"].slice(MOST_CODES).sum())
    return (*bars, Bar("", rest, is_odd=True)) if rest else tuple(bars)


def hours(times: pl.Series) -> tuple[Bar, ...]:
    """Return how many moments lie in each hour of the day, as they are sent."""
    return _every(times.drop_nulls().str.slice(11, 2), [f"{hour:02}" for hour in range(24)])


def months(times: pl.Series) -> tuple[Bar, ...]:
    """Return how many moments or days lie in each month, from the first to the last that has any.

    Where they span many months only those that have any are shown.
    """
    found = times.drop_nulls().str.slice(0, 7)
    return _every(found, sorted(found.unique().to_list()))


def _every(found: pl.Series, labels: list[str]) -> tuple[Bar, ...]:
    counts = dict(found.alias("value").value_counts(name="n").iter_rows())
    return tuple(
        Bar(label, counts.get(label, 0), place, place + 1) for place, label in enumerate(labels)
    )


def numbers(texts: pl.Series) -> pl.Series:
    """Return the values as numbers, null where they are none."""
    return texts.cast(pl.Float64, strict=False)


def days(texts: pl.Series) -> pl.Series:
    """Return the days of dates or moments as numbers, null where they are none."""
    return (
        texts.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).cast(pl.Int32).cast(pl.Float64)
    )


def minutes_between(frame: pl.DataFrame, begin: str, end: str) -> pl.Series:
    """Return the minutes from one moment to the other, null where either cannot be read."""
    span = moments(pl.col(end)) - moments(pl.col(begin))
    return frame.select((span.dt.total_seconds() / 60).alias("minutes"))["minutes"]


def quarters(values: pl.Series) -> Spread | None:
    """Return the values' quarters, None where there are no values."""
    known = values.drop_nulls().drop_nans()
    if known.is_empty():
        return None
    found = [known.quantile(at, "nearest") or 0.0 for at in (0.0, 0.25, 0.5, 0.75, 1.0)]
    return Spread(*found)


def far_outside(values: pl.Series, spread: Spread | None) -> tuple[pl.Series, pl.Series]:
    """Return which values lie far below and far above; none do where the middle half is alike."""
    low, high = spread.fences if spread else (0.0, 0.0)
    if low >= high or values.drop_nulls().len() < _ENOUGH:
        nothing = pl.Series([False]).new_from_index(0, len(values))
        return nothing, nothing
    return (values < low).fill_null(value=False), (values > high).fill_null(value=False)


def histogram(values: pl.Series, spread: Spread | None) -> tuple[Bar, ...]:
    """Return bars of equal width between the fences, and one at each end for what lies outside."""
    if spread is None:
        return ()
    below, above = far_outside(values, spread)
    inside = values.filter(~(below | above)).drop_nulls().drop_nans()
    bars = _bars(inside)
    least, greatest = spread.least, spread.greatest
    before = Bar("", int(below.sum()), least, bars[0].low, is_odd=True)
    after = Bar("", int(above.sum()), bars[-1].high, greatest, is_odd=True)
    return tuple(one for one in (before, *bars, after) if one.count or not one.is_odd)


def _bars(inside: pl.Series) -> list[Bar]:
    least, greatest = float(str(inside.min())), float(str(inside.max()))
    width = _width(inside, least, greatest)
    first = floor(least / width + _HAIR)
    places = (inside / width + _HAIR).floor().cast(pl.Int64) - first
    counts = dict(places.alias("place").value_counts(name="n").iter_rows())
    last = max(counts, default=0)
    return [
        Bar("", counts.get(at, 0), (first + at) * width, (first + at + 1) * width)
        for at in range(last + 1)
    ]


def _width(inside: pl.Series, least: float, greatest: float) -> float:
    """Return a width that is easily read, so that there are neither many nor few bars."""
    room = greatest - least
    if room < _FEW and (inside == inside.floor()).all():
        return 1.0
    if not room:
        return max(1.0, 10.0 ** floor(log10(abs(least)))) if least else 1.0
    rough = room / _BARS
    unit = 10.0 ** floor(log10(rough))
    return next(nice * unit for nice in _NICE if nice * unit >= rough)
