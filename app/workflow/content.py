"""What the values of a column look like, whatever the column is called."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import polars as pl

from app.core.identity import mask_text, person_id_problem
from app.core.progress import Progress

PERSON_ID = "person_id"
EMPTY = "empty"
MOST_COMMON = 300  # distinct values that are looked at
_AT_ONCE = 2  # columns that are looked at
_CLEAR = 0.95  # share of a column's values that must look alike
_SOME = 3  # how many of them must be different where chance could do it

_YEAR, _MONTH, _DAY = r"(?:19|20)\d\d", r"(?:0[1-9]|1[0-2])", r"(?:0[1-9]|[12]\d|3[01])"
_DATES = {
    f"{_YEAR}-{_MONTH}-{_DAY}": "%Y-%m-%d",
    f"{_YEAR}{_MONTH}{_DAY}": "%Y%m%d",
    f"{_YEAR}/{_MONTH}/{_DAY}": "%Y/%m/%d",
    rf"{_DAY}\.{_MONTH}\.{_YEAR}": "%d.%m.%Y",
    f"{_DAY}/{_MONTH}/{_YEAR}": "%d/%m/%Y",
}
_HOUR, _SIXTIETH = r"(?:[01]\d|2[0-3])", r"[0-5]\d"
_TIMES = {
    f"{_HOUR}:{_SIXTIETH}(?::{_SIXTIETH})?": "%H:%M[:%S]",
    rf"{_HOUR}\.{_SIXTIETH}(?:\.{_SIXTIETH})?": "%H.%M[.%S]",
}
_MOMENTS = {
    date + between + time: f"{date_form}{between}{time_form}"
    for date, date_form in _DATES.items()
    for between in (" ", "T")
    for time, time_form in _TIMES.items()
}
_KINDS = (
    ("datetime", re.compile("|".join(_MOMENTS))),
    ("date", re.compile("|".join(_DATES))),
    ("time", re.compile("|".join(_TIMES))),
    ("decimal", re.compile(r"[-+]?\d+,\d+|[-+]?\d+\.\d+")),
    ("number", re.compile(r"[-+]?\d+(?:[.,]\d+)?")),
    ("hsa_id", re.compile(r"SE\d{10}-[A-Za-z0-9-]+", re.IGNORECASE)),
    ("kva", re.compile(r"[A-Z]{3}\d{2}|[A-Z]{2}\d{3}")),
    ("icd", re.compile(r"[A-Z]\d{2}\.?[0-9A-Z]{0,2}")),
)
_WITHOUT_SIGNS = str.maketrans("", "", "-+")
_YEARS = 4  # digits of a year
_FEW = 40  # a column with at most so many values is a code


@dataclass(frozen=True, slots=True)
class Content:
    """What one column holds: the most common values first, and what they look like.

    `least` and `greatest` are "" where it takes more than a look to say which they are.
    """

    filled: int
    distinct: int
    common: tuple[tuple[str, int], ...]
    looks_like: str
    least: str = ""
    greatest: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """The most common values, without their counts."""
        return tuple(value for value, _ in self.common)


def contents_of(table: pl.DataFrame, progress: Progress) -> dict[str, Content]:
    """Return what the columns of a table of text hold, by name."""
    workers = ThreadPoolExecutor(_AT_ONCE)
    try:
        contents: dict[str, Content] = {}
        for content in workers.map(content_of, table.get_columns()):
            progress(len(contents), table.width)
            contents[table.columns[len(contents)]] = content
        return contents
    finally:
        workers.shutdown(cancel_futures=True)


def content_of(column: pl.Series) -> Content:
    """Return what a column of text holds."""
    name = "value"
    counted = column.alias(name).drop_nulls().value_counts(name="count")
    if (column.str.strip_chars() == "").any():
        counted = counted.filter(pl.col(name).str.strip_chars() != "")
    order = [pl.col("count"), pl.col(name)]  # not all are sorted: most values occur once
    most = counted.top_k(MOST_COMMON, by=order, reverse=[False, True])
    values = tuple(most.sort(order, descending=[True, False]).rows())
    filled = int(counted["count"].sum())
    looks = _looks_like(values, counted.height)
    return Content(filled, counted.height, values, looks, *_ends(counted[name], values, looks))


def _ends(values: pl.Series, common: tuple[tuple[str, int], ...], looks: str) -> tuple[str, str]:
    """Return the least and the greatest value where one look at each tells them."""
    if values.is_empty() or looks == PERSON_ID:
        return "", ""
    if looks in {"number", "decimal"}:
        plain = values.str.replace(",", ".", literal=True) if looks == "decimal" else values
        size = plain.cast(pl.Float64, strict=False)
        least, greatest = size.arg_min(), size.arg_max()
        return ("", "") if least is None or greatest is None else (values[least], values[greatest])
    if looks in {"date", "datetime"} and not all(one[:_YEARS].isdigit() for one, _ in common):
        return "", ""  # the day stands first: by its letters the order is another
    return str(values.min()).strip(), str(values.max()).strip()


def format_of(content: Content) -> str:
    """Return how a column of dates, times or both writes them, "" when it is none of these."""
    values = [value.strip() for value in content.values]
    for form, written in (_MOMENTS | _DATES | _TIMES).items():
        if values and _share(values, re.compile(form).fullmatch) >= _CLEAR:
            return written
    return ""


def shown_samples(content: Content, count: int) -> tuple[str, ...]:
    """Return some values to show; whatever could be a person id is masked."""
    return tuple(mask_text(value) for value in content.values[:count])


def _looks_like(common: tuple[tuple[str, int], ...], distinct: int) -> str:
    if not common:
        return EMPTY
    values = [value.strip() for value, _ in common]
    if _share(values, _is_person_id) >= _CLEAR:
        return PERSON_ID
    for kind, form in _KINDS:
        if _share(values, form.fullmatch) >= _CLEAR:
            return _checked(kind, values)
    return "code" if distinct <= _FEW else "text"


def _checked(kind: str, values: list[str]) -> str:
    """Return the kind, or "code" where a few local codes only happen to have its form."""
    if kind == "number" and any("," in value or "." in value for value in values):
        return "decimal"
    if kind in {"kva", "icd"} and len(set(values)) < _SOME:
        return "code"
    return kind


def _share(values: list[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(value)) for value in values) / len(values)


def _is_person_id(value: str) -> bool:
    """Whether a text is a person id that checks, written in any usual way."""
    digits = value.translate(_WITHOUT_SIGNS)
    full = (digits,) if len(digits) == len("YYYYMMDDNNNN") else ("19" + digits, "20" + digits)
    return any(person_id_problem(one) is None for one in full)
