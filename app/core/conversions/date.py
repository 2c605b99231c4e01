"""date: a day as the register writes it."""

from datetime import datetime

from app.core.conversions.kind import BLANKS, Converted, Entry, Kind, Option, Surroundings
from app.core.dateform import Shape, date_shapes, lacks_pivot
from app.core.mapping import Step

DATE_FORMAT = "%Y-%m-%d"
BAD_FORMAT, NO_PIVOT = "format-unreadable", "pivot-missing"
UNREADABLE = "date-unreadable"
FORMAT = Option("format", Entry.FORMAT, default=DATE_FORMAT)
PIVOT = Option("pivot", Entry.NUMBER)


def read(text: str, shapes: tuple[Shape, ...]) -> datetime | None:
    """Return what a text says by the first of the ways to write that it fits."""
    plain = text.strip(BLANKS)
    return next((found for one in shapes if (found := one.read(plain))), None)


def form_problem(step: Step) -> str:
    """Return the code of what is wrong with a step's format that cannot be used."""
    return NO_PIVOT if lacks_pivot(step.option("format"), step.option("pivot")) else BAD_FORMAT


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Read a day by the step's format."""
    shapes = date_shapes(step.option("format", DATE_FORMAT), step.option("pivot"))
    if not shapes:
        return Converted(problem=form_problem(step))
    found = read(text, shapes)
    return Converted(found.date().isoformat()) if found else Converted(problem=UNREADABLE)


KIND = Kind(change, (FORMAT, PIVOT), (UNREADABLE, BAD_FORMAT, NO_PIVOT))
