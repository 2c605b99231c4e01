"""Moments of the wall clock in columns; what they mean is written in `app.core.condition`."""

import ast

import polars as pl

from app.core.condition_language import CLOCK_DAYS, time_of, whole_number
from app.engine.columns import ZONE

_HOUR = pl.duration(hours=1)


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
