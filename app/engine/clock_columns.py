"""Moments of the wall clock in columns; what they mean is written in `app.core.condition`."""

import ast
from collections.abc import Callable
from datetime import timedelta

import polars as pl

from app.core.condition_language import CLOCK_DAYS, time_of, whole_number
from app.engine.columns import ZONE

_HOUR = pl.duration(hours=1)
_USUAL = r"^[12][0-9]{3}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\+0[12]:00$"


def moments_at(day: pl.Expr, call: ast.Call) -> pl.Expr:
    """Return what `at` gives of a column of days: a moment in UTC, null beyond `CLOCK_DAYS`."""
    days, clock = whole_number(call.args[1]) or 0, time_of(call.args[2])
    moved = day + pl.duration(days=days)
    moved = pl.when(moved.is_between(*CLOCK_DAYS)).then(moved)
    local = moved.cast(pl.Date).dt.combine(clock, "us")  # type: ignore[arg-type]
    moment = pl.coalesce(_in_zone(local), _in_zone(local - _HOUR) + _HOUR)
    return moment.dt.convert_time_zone("UTC")


def _in_zone(local: pl.Expr) -> pl.Expr:
    """Return the first moment when Stockholm's clock shows this, null where it never does."""
    return local.dt.replace_time_zone(ZONE, ambiguous="earliest", non_existent="null")


def moments(text: pl.Expr, unusual: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    """Return moments in UTC: those that end as Swedish ones do fast, all others as `unusual` does.

    Nearly every time is such; reading them all by a format with an offset takes four times as long.
    """
    usual = text.str.contains(_USUAL)
    wall = pl.when(usual).then(text.str.slice(0, 19))
    local = wall.str.to_datetime("%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False)
    one = text.str.ends_with("+01:00")
    offset = pl.when(one).then(timedelta(hours=1)).otherwise(timedelta(hours=2))
    swedish = (local - offset).dt.replace_time_zone("UTC")
    return pl.when(usual).then(swedish).otherwise(unusual(pl.when(~usual).then(text)))
