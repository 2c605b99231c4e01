"""datetime: a day with a time, as the register writes it: with Stockholm's offset."""

from datetime import datetime

from app.core.conversions.date import BAD_FORMAT, NO_PIVOT, PIVOT, form_problem, read
from app.core.conversions.kind import OMIT, STOP, Converted, Entry, Kind, Option, Surroundings
from app.core.dateform import day_shapes, time_shapes
from app.core.mapping import Step
from app.core.stockholm import AMBIGUOUS, FIRST, FORWARD, MISSING_HOUR, SECOND, with_offset

TIME_FORMAT = "%Y-%m-%d %H:%M[:%S]"
UNREADABLE = "time-unreadable"
MIDNIGHT = "midnight"
POLICIES = {AMBIGUOUS: "ambiguous", MISSING_HOUR: "missing_hour"}


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Read a day with a time; an odd hour and a day without a time go as the step says."""
    form, pivot = step.option("format", TIME_FORMAT), step.option("pivot")
    shapes = time_shapes(form, pivot)
    if not shapes:
        return Converted(problem=form_problem(step))
    local = read(text, shapes)
    if local is None:
        day = read(text, day_shapes(form, pivot))
        if day is None or step.option("time_missing") not in {OMIT, MIDNIGHT}:
            return Converted(problem=UNREADABLE)
        if step.option("time_missing") == OMIT:
            return Converted()
        local = day
    return _placed(local, step)


def _placed(local: datetime, step: Step) -> Converted:
    """Return a wall-clock time with its offset, by the step's policies for the odd hours."""
    value, problem = with_offset(local, step.option("ambiguous"), step.option("missing_hour"))
    policy = POLICIES.get(problem, "")
    return Converted() if policy and step.option(policy) == OMIT else Converted(value, problem)


KIND = Kind(
    change,
    (
        Option("format", Entry.FORMAT, default=TIME_FORMAT),
        PIVOT,
        Option("time_missing", Entry.CHOICE, (STOP, OMIT, MIDNIGHT)),
        Option("ambiguous", Entry.CHOICE, (STOP, FIRST, SECOND, OMIT)),
        Option("missing_hour", Entry.CHOICE, (STOP, FORWARD, OMIT)),
    ),
    (UNREADABLE, AMBIGUOUS, MISSING_HOUR, BAD_FORMAT, NO_PIVOT),
)
