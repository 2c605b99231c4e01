"""only_when: the value holds only in rows where another column says so."""

import re
from datetime import datetime

from app.core.conversions.kind import (
    BAD_OPTION,
    BLANKS,
    NO_COLUMN,
    Converted,
    Entry,
    Kind,
    Option,
    Surroundings,
    words_of,
)
from app.core.conversions.number import NUMBER
from app.core.conversions.patterns import is_pattern
from app.core.dateform import Shape, date_shapes, time_shapes
from app.core.mapping import Step

IS, IS_NOT, ONE_OF, FILLED, EMPTY = "is", "is_not", "one_of", "filled", "empty"
MATCHES, BEFORE, AFTER = "matches", "before", "after"
TESTS = (IS, IS_NOT, ONE_OF, FILLED, EMPTY, MATCHES, BEFORE, AFTER)
ORDERED = (BEFORE, AFTER)


def test_of(step: Step) -> str:
    """Return which test a step makes, "" for one that cannot be made."""
    test, value = step.option("test", IS), step.option("value")
    if test not in TESTS or (test == MATCHES and not is_pattern(value)):
        return ""
    if test in ORDERED and not value.strip(BLANKS):
        return ""
    if test in ORDERED and step.option("format") and limit_of(step) is None:
        return ""
    return test


def shapes_of(step: Step) -> tuple[Shape, ...]:
    """Return how the column's days or times are written, none when it is compared as it stands."""
    form = step.option("format")
    return (*date_shapes(form), *time_shapes(form)) if form else ()


def limit_of(step: Step) -> datetime | None:
    """Return the day or time of a comparison, None when it is not written as the column is."""
    value = step.option("value").strip(BLANKS)
    return next((read for one in shapes_of(step) if (read := one.read(value))), None)


def is_number(text: str) -> bool:
    """Whether a text is compared as a number."""
    return re.fullmatch(NUMBER, text) is not None


def holds(cell: str, test: str, step: Step) -> bool:
    """Whether a row's cell, without blanks around it, passes the test."""
    value = step.option("value").strip(BLANKS)
    match test:
        case "is":
            return cell == value
        case "is_not":
            return cell != value
        case "one_of":
            return cell in words_of(step.option("value"))
        case "filled" | "empty":
            return bool(cell) is (test == FILLED)
        case "matches":
            return re.fullmatch(step.option("value"), cell) is not None
        case _:
            return bool(cell) and _is_ordered(cell, value, test, step)


def _is_ordered(cell: str, value: str, test: str, step: Step) -> bool:
    """Compare days and times by their format, numbers as numbers, and the rest letter by letter."""
    if step.option("format"):
        read = next((read for one in shapes_of(step) if (read := one.read(cell))), None)
        limit = limit_of(step)
        if read is None or limit is None:
            return False
        return read < limit if test == BEFORE else read > limit
    if is_number(value):
        if not is_number(cell):
            return False
        return float(cell) < float(value) if test == BEFORE else float(cell) > float(value)
    return cell < value if test == BEFORE else cell > value


def change(text: str, step: Step, around: Surroundings) -> Converted:
    """Keep the value where the condition holds; it is missing in all other rows."""
    test = test_of(step)
    if not test:
        return Converted(problem=BAD_OPTION)
    if step.option("column") not in around.row:
        return Converted(problem=NO_COLUMN)
    cell = around.row[step.option("column")].strip(BLANKS)
    return Converted(text if holds(cell, test, step) else "")


KIND = Kind(
    change,
    (
        Option("column", Entry.COLUMN),
        Option("test", Entry.CHOICE, TESTS, IS),
        Option("value"),
        Option("format", Entry.FORMAT),
    ),
    (BAD_OPTION, NO_COLUMN),
)
