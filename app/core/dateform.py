"""Formats of dates and times in an export: what each directive allows, strictly and in digits.

A format is written as for strptime with %Y %m %d %H %M %S; a part in square brackets may be left
out, as in `%Y-%m-%d %H:%M[:%S]`. Nothing is guessed: two-digit years are not understood.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

# Zone data of different makers agree on Sweden from 1950, and no operation in an export is older.
DIRECTIVES = {
    "Y": "(?:19[5-9][0-9]|20[0-9][0-9])",
    "m": "(?:0[1-9]|1[0-2])",
    "d": "(?:0[1-9]|[12][0-9]|3[01])",
    "H": "(?:[01][0-9]|2[0-3])",
    "M": "[0-5][0-9]",
    "S": "[0-5][0-9]",
}
OLD_YEARS = "(?:18|19|20)[0-9][0-9]"  # of a date without a time, such as a birth date
_DATE = {"Y", "m", "d"}
_TIMES = (_DATE | {"H", "M"}, _DATE | {"H", "M", "S"})


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of writing: a strptime format, and the expression that texts must match."""

    format: str
    expression: str

    def read(self, text: str) -> datetime | None:
        """Return the date and time that the text says, None when it does not fit."""
        if not re.fullmatch(self.expression, text):
            return None
        try:
            return datetime.strptime(text, self.format)  # noqa: DTZ007 - a wall clock has no zone
        except ValueError:
            return None


@cache
def date_shapes(form: str) -> tuple[Shape, ...]:
    """Return the ways of writing a date in this format, none when the format is unreadable."""
    return _shapes(form, (_DATE,), {**DIRECTIVES, "Y": OLD_YEARS})


@cache
def time_shapes(form: str) -> tuple[Shape, ...]:
    """Return the ways of writing a date with a time, none when the format is unreadable."""
    return _shapes(form, _TIMES, DIRECTIVES)


@cache
def day_shapes(form: str) -> tuple[Shape, ...]:
    """Return the way of writing only the date of a format for a date with a time."""
    plain = re.sub(r"\[.*\]", "", form) if time_shapes(form) else ""
    found = re.search("%[Ymd].*%[Ymd]", re.sub("%[HM].*%[HM]", "", plain))
    return _shapes(found[0], (_DATE,), DIRECTIVES) if found else ()


def _shapes(
    form: str, allowed: tuple[set[str], ...], directives: dict[str, str]
) -> tuple[Shape, ...]:
    """Return one shape per variant; none at all as soon as one variant is unreadable."""
    shapes = []
    for variant in _variants(form):
        used = re.findall(r"%(.)", variant)
        if len(set(used)) != len(used) or set(used) not in allowed:
            return ()
        shapes.append(Shape(variant, _expression(variant, directives)))
    return tuple(shapes)


def _variants(form: str) -> tuple[str, ...]:
    """Return the format with and without its part in square brackets."""
    found = re.fullmatch(r"([^\[\]]*)\[([^\[\]]*)\]([^\[\]]*)", form)
    if not found:
        return (form,)
    before, optional, after = found.groups()
    return before + optional + after, before + after


def _expression(variant: str, directives: dict[str, str]) -> str:
    """Return the expression for a format; letters between the directives stand for themselves."""
    parts = re.split(r"(%.)", variant)
    return "".join(
        directives[part[1]] if re.fullmatch("%.", part) else re.escape(part) for part in parts
    )
