"""datetime, for a column."""

import polars as pl

from app.core.conversions.date import form_problem
from app.core.conversions.datetime import MIDNIGHT, TIME_FORMAT, UNREADABLE
from app.core.conversions.kind import OMIT
from app.core.dateform import day_shapes, time_shapes
from app.core.mapping import Step
from app.core.stockholm import AMBIGUOUS, FIRST, FORWARD, HOUR, MISSING_HOUR, SECOND
from app.engine.conversions.column import Column, Surroundings, after, empty, fail, refuse
from app.engine.conversions.date import read
from app.engine.conversions.zone import ZONE, moments_of, written

__all__ = ["ZONE", "change"]


def change(values: pl.Series, step: Step, _around: Surroundings) -> Column:
    """Read days with a time; odd hours and days without a time go as the step says."""
    form, pivot = step.option("format", TIME_FORMAT), step.option("pivot")
    shapes = time_shapes(form, pivot)
    if not shapes:
        return fail(values, form_problem(step))
    local = read(values, shapes)
    policy = step.option("time_missing")
    if policy in {OMIT, MIDNIGHT} and local.null_count() > values.null_count():
        days = read(values, day_shapes(form, pivot))
        if policy == MIDNIGHT:
            local = local.zip_with(local.is_not_null(), days)
        else:
            values = values.set(local.is_null() & days.is_not_null(), None)
    unread = refuse(values, local.is_not_null(), UNREADABLE)
    placed = _placed(local, step)
    if placed.problems.null_count() == len(local):
        return Column(placed.values, unread.problems, placed.moments)
    both = after(unread, placed)
    return Column(both.values, both.problems, placed.moments)


def _placed(local: pl.Series, step: Step) -> Column:
    """Return wall-clock times with Stockholm's offset, by the step's policies for odd hours."""
    usual, moments = written(local)
    odd = usual.is_null() & local.is_not_null()
    if not odd.any():
        return Column(usual, empty(len(usual)), moments)
    places = odd.arg_true()
    found = _placed_singly(local.gather(places), step)
    problems = empty(len(local)).scatter(places, found.problems)
    moments = moments.scatter(places, moments_of(found.values))
    return Column(usual.scatter(places, found.values), problems, moments)


def _placed_singly(local: pl.Series, step: Step) -> Column:
    """Do the same for times on days when the clock is changed."""
    policy, missing = step.option("ambiguous"), step.option("missing_hour")
    first = _in_zone(local, "earliest")
    lost = first.is_null() & local.is_not_null()
    if lost.any() and missing == FORWARD:
        local = local.zip_with(~lost, local + HOUR)
        first = _in_zone(local, "earliest")
    second = _in_zone(local, "latest")
    texts = (second if policy == SECOND else first).dt.strftime("%Y-%m-%dT%H:%M:%S%:z")
    if missing == OMIT:
        local = local.set(lost, None)
    there = refuse(local, first.is_not_null(), MISSING_HOUR, texts)
    if policy in {FIRST, SECOND}:
        return there
    once = (first == second) | first.is_null()
    if policy == OMIT:
        return Column(there.values.set(~once, None), there.problems)
    return after(there, refuse(local, once, AMBIGUOUS, there.values))


def _in_zone(local: pl.Series, ambiguous: str) -> pl.Series:
    """Return Stockholm's moments, null in the hour that never was."""
    return local.dt.replace_time_zone(ZONE, ambiguous=ambiguous, non_existent="null")  # type: ignore[arg-type]
