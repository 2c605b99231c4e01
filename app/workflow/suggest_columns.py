"""The columns of an export as what a suggestion chooses among: a time together with its date."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from app.core.mapping import Project, Source
from app.workflow.content import format_of
from app.workflow.desk import Desk
from app.workflow.suggest_words import Reader

if TYPE_CHECKING:
    import polars as pl

    from app.workflow.content import Content

_CLEAR = 0.95
_DAY = r"(?:0[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0[1-9]|1[0-2])"
_CLOCK = r"(?:[01]\d|2[0-3])[0-5]\d"
_YEAR = r"(?:19|20)\d\d"
# Further ways of writing that are told from other numbers only when every value has them.
_FORMS = (
    (rf"{_YEAR}{_MONTH}{_DAY}{_CLOCK}[0-5]\d", "datetime", "%Y%m%d%H%M%S"),
    (rf"{_YEAR}{_MONTH}{_DAY}{_CLOCK}", "datetime", "%Y%m%d%H%M"),
    (rf"{_YEAR}{_MONTH}{_DAY}[ T]{_CLOCK}", "datetime", "%Y%m%d %H%M"),
    (rf"{_YEAR}-{_MONTH}-{_DAY} \d\d:\d\d:\d\d\.0+", "datetime", "%Y-%m-%d %H:%M:%S.000"),
    (_CLOCK, "time", "%H%M"),
)
_FEWEST = 8  # different values before four digits are taken for a clock
_ENDINGS = ("d", "t", "dat", "tid", "datum", "kl")  # of a date and a time that are one


@dataclass(frozen=True, slots=True)
class Candidate:
    """One column, or a date and a time column, that may hold a variable's value."""

    table: str
    columns: tuple[str, ...]
    names: tuple[str, ...]  # what it is called: the name that counts, and without its ending
    kind: str
    content: "Content"
    format: str = ""  # how dates and times are written
    borrowed: bool = False  # the date is another time's too
    single: bool = True  # at most one row a case
    values: tuple[str, ...] = ()  # the most common ones, without the space around them

    @property
    def place(self) -> tuple[str, str]:
        """The table and the column whose name counts."""
        return self.table, self.columns[-1]

    def with_content(self, content: "Content") -> "Candidate":
        """Return the candidate with what it holds in some of the rows."""
        kind, form = kind_of(content)
        return replace(self, content=content, kind=kind, format=form, values=_stripped(content))


@dataclass(frozen=True)
class Table:
    """One loaded table: its columns as candidates, and what tells its rows apart."""

    source: Source
    frame: "pl.DataFrame"
    contents: "Mapping[str, Content]"
    candidates: tuple[Candidate, ...]
    single: bool  # at most one row a case

    @property
    def name(self) -> str:
        """What the mapping calls it."""
        return self.source.name


def loaded_tables(desk: Desk, project: Project, reader: Reader) -> dict[str, Table]:
    """Return the project's tables that are on the desk, the case table first."""
    first = sorted(project.sources, key=lambda one: one.name != project.case_table)
    return {one.name: _table(desk, one, reader) for one in first if one in desk.tables}


def _table(desk: Desk, source: Source, reader: Reader) -> Table:
    read = desk.tables[source]
    keys = [one for one in source.keys if one in read.table.columns]
    single = bool(keys) and not bool(read.table.select(keys).is_duplicated().any())
    candidates = tuple(
        replace(one, single=single, values=_stripped(one.content))
        for one in _candidates(source.name, read.contents, reader)
        if one.columns[-1] not in keys
    )
    return Table(source, read.table, read.contents, candidates, single)


def _candidates(
    table: str, contents: "Mapping[str, Content]", reader: Reader
) -> Iterable[Candidate]:
    """Yield the table's columns, each time column together with its date column."""
    told = {name: kind_of(content) for name, content in contents.items()}
    dates = {name: form for name, (kind, form) in told.items() if kind == "date"}
    own = {
        name: _own_date(name, tuple(contents), dates, reader)
        for name, (kind, _) in told.items()
        if kind == "time"
    }
    latest = ""  # a date stands before the times that lack one of their own
    for name, (kind, form) in told.items():
        latest = name if kind == "date" else latest
        if kind == "time":
            date = own[name] or latest or next(iter(dates), "")
            if date:
                written = f"{dates[date]} {form}"
                names = _names(name, bool(own[name]))
                pair = Candidate(
                    table, (date, name), names, "datetime", contents[name], written, not own[name]
                )
                yield pair
        elif name not in own.values():
            yield Candidate(table, (name,), (name,), kind, contents[name], form)


def kind_of(content: "Content") -> tuple[str, str]:
    """Return what a column's values look like, and how they write dates and times."""
    form = format_of(content)
    if form or content.looks_like not in {"number", "text", "code", "decimal"}:
        return content.looks_like, form
    values = [value.strip() for value in content.values]
    if content.distinct >= _FEWEST:
        for expression, kind, written in _FORMS:
            if sum(bool(re.fullmatch(expression, one)) for one in values) >= _CLEAR * len(values):
                return kind, written
    return content.looks_like, ""


def _stripped(content: "Content") -> tuple[str, ...]:
    return tuple(value.strip() for value in content.values)


def _names(time: str, has_own: bool) -> tuple[str, ...]:
    """Return what a time is called; with a date of its own its ending says only that it is one."""
    stems = [time[: -len(one)] for one in _ENDINGS if time.lower().endswith(one)]
    longest = min((one for one in stems if one), key=len, default="")
    return (time, longest) if has_own and longest else (time,)


def _own_date(time: str, columns: tuple[str, ...], dates: Mapping[str, str], reader: Reader) -> str:
    """Return the date column that is called as the time column is, "" when none is."""
    from app.workflow.naming import plain

    stems = {plain(one) for one in _all_stems(time)}
    alike = [one for one in dates if stems & {plain(stem) for stem in _all_stems(one)}]
    words = reader.read(time)
    alike = alike or [one for one in dates if words and reader.read(one) == words]
    if len(alike) == 1:
        return alike[0]
    near = columns.index(time)
    beside = [one for one in alike if abs(columns.index(one) - near) == 1]
    return beside[0] if len(beside) == 1 else ""


def _all_stems(name: str) -> list[str]:
    low = name.lower()
    stems = [low[: -len(one)] for one in _ENDINGS if low.endswith(one)]
    return [one for one in stems if len(re.sub(r"[^a-zåäö0-9]", "", one)) > 1]
