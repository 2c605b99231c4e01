"""Formats of dates and times in an export: what each directive allows, strictly and in digits.

A format is written as for strptime with %Y %m %d %H %M %S; a part in square brackets may be left
out, as in `%Y-%m-%d %H:%M[:%S]`, and several formats stand with | between. Nothing is guessed: a
year of two digits (%y) is understood only when a pivot says the last one of this century, and
`excel` stands for the days since 1899-12-30 that a spreadsheet counts.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
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
EXCEL = "excel"
EXCEL_START = datetime(1899, 12, 30)  # noqa: DTZ001 - a wall clock has no zone
_OLDEST, _OLDEST_TIME, LATEST_COUNTED = 61, 18264, 73050  # 1900-03-01, 1950-01-01, 2099-12-31
DAY_SECONDS = 86_400
FRACTION = 12  # digits of a day's fraction that count
_EXCEL_DAY = r"([0-9]{2,5})(?: 0)?(?:[.,](0{1,17}))?"
_EXCEL_MOMENTS = (r"([0-9]{2,5})(?: 0)?[.,]([0-9]{1,17})", "([0-9]{2,5}) (0)")
_DATE = {"Y", "m", "d"}
_PIVOT, _ANY_PIVOT = re.compile("[0-9]{2}"), "99"
_TIMES = (_DATE | {"H", "M"}, _DATE | {"H", "M", "S"})


@dataclass(frozen=True, slots=True)
class Shape:
    """One way of writing: a strptime format, and the expression that texts must match.

    `short` parts a text with a two-digit year into what stands before, the year and what stands
    after; years up to `pivot` are of this century. `excel_from` is the first day of a spreadsheet's
    count that is taken; `expression` then holds the day and its fraction.
    """

    format: str
    expression: str
    short: str = ""
    pivot: int = -1
    excel_from: int = 0

    def read(self, text: str) -> datetime | None:
        """Return the date and time that the text says, None when it does not fit."""
        if self.excel_from:
            return self._counted(text)
        if self.short:
            text = self._in_full(text)
        if not re.fullmatch(self.expression, text):
            return None
        try:
            return datetime.strptime(text, self.format)  # noqa: DTZ007 - a wall clock has no zone
        except ValueError:
            return None

    def _in_full(self, text: str) -> str:
        """Return the text with its year in four digits, "" when it does not fit."""
        found = re.fullmatch(self.short, text)
        if not found:
            return ""
        century = "20" if int(found[2]) <= self.pivot else "19"
        return found[1] + century + found[2] + found[3]

    def _counted(self, text: str) -> datetime | None:
        found = re.fullmatch(self.expression, text)
        if not found or not self.excel_from <= int(found[1]) <= LATEST_COUNTED:
            return None
        fraction = int((found[2] or "0").ljust(FRACTION, "0")[:FRACTION])
        seconds = (fraction * DAY_SECONDS * 2 + 10**FRACTION) // (2 * 10**FRACTION)
        return EXCEL_START + timedelta(days=int(found[1]), seconds=seconds)


@cache
def date_shapes(form: str, pivot: str = "") -> tuple[Shape, ...]:
    """Return the ways of writing a date in this format, none when the format is unreadable."""
    counted = (Shape("", _EXCEL_DAY, excel_from=_OLDEST),)
    return _shapes(form, (_DATE,), {**DIRECTIVES, "Y": OLD_YEARS}, pivot, counted)


@cache
def time_shapes(form: str, pivot: str = "") -> tuple[Shape, ...]:
    """Return the ways of writing a date with a time, none when the format is unreadable."""
    counted = tuple(Shape("", one, excel_from=_OLDEST_TIME) for one in _EXCEL_MOMENTS)
    return _shapes(form, _TIMES, DIRECTIVES, pivot, counted)


@cache
def day_shapes(form: str, pivot: str = "") -> tuple[Shape, ...]:
    """Return the ways of writing only the date of a format for a date with a time."""
    if not time_shapes(form, pivot):
        return ()
    found: list[Shape] = []
    counted = (Shape("", "([0-9]{2,5})()", excel_from=_OLDEST_TIME),)
    for one in form.split("|"):
        plain = re.sub(r"\[.*\]", "", one)
        day = re.search("%[Yymd].*%[Yymd]", re.sub("%[HM].*%[HM]", "", plain))
        if day or one == EXCEL:
            known = day[0] if day else EXCEL
            found += _shapes(known, (_DATE,), DIRECTIVES, pivot, counted)
    return tuple(found)


def lacks_pivot(form: str, pivot: str) -> bool:
    """Whether a format would be readable if a pivot said the century of its two-digit year."""
    if "%y" not in form or _PIVOT.fullmatch(pivot):
        return False
    return bool(date_shapes(form, _ANY_PIVOT) or time_shapes(form, _ANY_PIVOT))


def _shapes(
    form: str,
    allowed: tuple[set[str], ...],
    directives: dict[str, str],
    pivot: str,
    counted: tuple[Shape, ...],
) -> tuple[Shape, ...]:
    """Return one shape per variant; none at all as soon as one variant is unreadable."""
    shapes: list[Shape] = []
    for variant in _variants(form):
        used = re.findall(r"%(.)", variant)
        named = {"Y" if one == "y" else one for one in used}
        if variant == EXCEL:
            shapes += counted
        elif len(named) != len(used) or named not in allowed:
            return ()
        elif "y" not in used:
            shapes.append(Shape(variant, _expression(variant, directives)))
        elif _PIVOT.fullmatch(pivot):
            shapes.append(_short(variant, directives, int(pivot)))
        else:
            return ()
    return tuple(shapes)


def _short(variant: str, directives: dict[str, str], pivot: int) -> Shape:
    """Return a way of writing with a year of two digits."""
    before, after = (_expression(part, directives) for part in variant.split("%y"))
    full = variant.replace("%y", "%Y")
    short = f"({before})([0-9]{{2}})({after})"
    return Shape(full, _expression(full, directives), short, pivot)


def _variants(form: str) -> tuple[str, ...]:
    """Return every format, with and without its part in square brackets."""
    return tuple(variant for one in form.split("|") for variant in _with_and_without(one))


def _with_and_without(form: str) -> tuple[str, ...]:
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
