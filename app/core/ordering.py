"""Which of a case's rows come first, and which one is picked; one case at a time.

Numbers come by size, dates by time, other texts by their letters and after the numbers. Rows
without a text come last in either direction; rows that are alike stand as in their file.
"""

import re
from collections.abc import Mapping, Sequence
from operator import itemgetter

from app.core.conversion import BLANKS
from app.core.mapping import Pick

NUMBER = r"[-+]?[0-9]{1,15}(?:[.,][0-9]+)?"
DAY_FIRST = r"([0-9]{2})[./]([0-9]{2})[./]([0-9]{4})"  # 31.12.2026, 31/12/2026
# What is written with one digit is read as with two: before it, the digit, and after it.
ONE_DIGIT = (
    r"^()([0-9])([./][0-9]{1,2}[./][0-9]{4})",  # 1.2.2026
    r"^([0-9]{2}[./])([0-9])([./][0-9]{4})",
    r"^([0-9]{4}-)([0-9])(-[0-9]{1,2})",  # 2026-2-1
    r"^([0-9]{4}-[0-9]{2}-)([0-9])([ T]|$)",
    r"^((?:.*[ T])?)([0-9])(:[0-9]{2})",  # 8:15
)
BETWEEN = "|"  # several values of a filter

Row = Mapping[str, str]


def wanted_values(wanted: str) -> tuple[str, ...]:
    """Return the values that a filter lets through."""
    return tuple(one.strip(BLANKS) for one in wanted.split(BETWEEN))


def passing(rows: Sequence[Row], column: str, wanted: str) -> list[Row]:
    """Return the rows that a filter lets through; without a column all of them."""
    values = wanted_values(wanted)
    return [row for row in rows if not column or row[column].strip(BLANKS) in values]


def ordered(rows: Sequence[Row], column: str, *, descending: bool) -> list[Row]:
    """Return rows, given as in their file, in the order of a column."""
    if not column:
        return list(reversed(rows)) if descending else list(rows)
    return _by_column(rows, column, descending=descending)


def picked(rows: Sequence[Row], pick: Pick) -> Row | None:
    """Return the row of a case that is picked, given its rows as in their file, else None.

    Counted from the end a row without a text comes last too: it never is the latest one.
    """
    left = passing(rows, pick.filter_column, pick.filter_value)
    backwards = pick.nth < 0
    if backwards and pick.order_column:
        left.reverse()
    left = ordered(left, pick.order_column, descending=pick.descending != backwards)
    place = abs(pick.nth or 1) - 1
    return left[place] if place < len(left) else None


def _by_column(rows: Sequence[Row], column: str, *, descending: bool) -> list[Row]:
    numbers: list[tuple[float, Row]] = []
    texts: list[tuple[str, Row]] = []
    empty: list[Row] = []
    for row in rows:
        text = row[column].strip(BLANKS)
        if re.fullmatch(NUMBER, text):
            numbers.append((float(text.replace(",", ".")), row))
        elif text:
            texts.append((_by_time(text), row))
        else:
            empty.append(row)
    numbers.sort(key=itemgetter(0), reverse=descending)
    texts.sort(key=itemgetter(0), reverse=descending)
    return [*(row for _, row in numbers), *(row for _, row in texts), *empty]


def _by_time(text: str) -> str:
    """Return a text so that days and times come in their order when sorted by letters."""
    for one in ONE_DIGIT:
        text = re.sub(one, r"\g<1>0\2\3", text)
    return re.sub(f"^{DAY_FIRST}", r"\3-\2-\1", text)
