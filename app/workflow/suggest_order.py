"""Where the times of a table come in the median case, held against when a case's times come."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import copysign, log2
from typing import TYPE_CHECKING

from app.core.words import Words
from app.workflow.suggest_columns import Candidate, Table

if TYPE_CHECKING:
    import polars as pl

_ROWS = 600  # rows that are looked at
_SCALE = 5.0  # minutes that hardly tell
_REACH = 2.5  # how far off, in doublings, a time is nothing any more
_FEWEST = 3  # times of a table before their order tells
_MOST = 150  # in more than so many the order says nothing, and takes long to reckon
_SURE_NAME = 85
_MINUTE = 60_000_000


@dataclass(frozen=True, slots=True)
class Order:
    """How well each time column comes when a variable's time usually comes, 0-1."""

    near: Mapping[tuple[str, tuple[str, ...]], float]
    aligned: Mapping[tuple[str, str], str]  # a column, and the variable its place in the row says

    def of(self, variable: str, candidate: Candidate) -> float | None:
        """Return how well a column's times come at a variable's place, None when unknown."""
        return self.near.get((variable, (candidate.table, *candidate.columns)))

    def says(self, variable: str, candidate: Candidate) -> bool:
        """Whether the column stands in the order of times where the variable does."""
        return self.aligned.get(candidate.place) == variable


NOTHING = Order({}, {})
Offsets = Sequence[tuple[Candidate, float]]


def order_of(
    offsets: Offsets,
    variables: Iterable[str],
    words: Words,
    names: Mapping[tuple[str, str], int],
) -> Order:
    """Return how a table's times stand; `names` are scores by name of (variable, column)."""
    usual = {name: float(minutes) for name, minutes in words.times}
    known = {one: usual[one] for one in variables if one in usual}
    if not _FEWEST <= len(offsets) <= _MOST or not known:
        return NOTHING
    shift = _shift(offsets, known, names)
    near = {
        (variable, (one.table, *one.columns)): _nearness(offset - shift, minutes)
        for one, offset in offsets
        for variable, minutes in known.items()
    }
    return Order(near, dict(_aligned(offsets, known, shift)[1]))


def offsets_of(table: Table) -> Offsets:
    """Return each time's median minutes from the middle one of its row's times, earliest first."""
    import polars as pl

    times = [one for one in table.candidates if one.kind == "datetime"]
    times = times if len(times) <= _MOST else []
    moments = {str(at): moments_of(table, one) for at, one in enumerate(times)}
    if not moments:
        return []
    frame = pl.DataFrame(moments)
    middle = pl.concat_list(pl.all()).list.drop_nulls().list.median().alias("middle")
    frame = frame.with_columns(middle)
    found = frame.select(((pl.col(one) - pl.col("middle")) / _MINUTE).median() for one in moments)
    row = found.row(0, named=True)
    known = [(one, row[str(at)]) for at, one in enumerate(times) if row[str(at)] is not None]
    return sorted(known, key=lambda one: one[1])


def moments_of(table: Table, candidate: Candidate) -> "pl.Series":
    """Return the moments of a column's first rows, in microseconds of a wall clock."""
    import polars as pl

    texts = [table.frame[name].head(_ROWS).str.strip_chars() for name in candidate.columns]
    text = texts[0] if len(texts) == 1 else texts[0] + " " + texts[1]
    whole, optional = _forms(candidate.format)
    parsed = text.str.to_datetime(whole, strict=False)
    if optional:
        parsed = parsed.fill_null(text.str.to_datetime(optional, strict=False))
    return parsed.dt.epoch("us").cast(pl.Float64)


def _forms(form: str) -> tuple[str, str]:
    """Return a format with and without its part in square brackets."""
    if "[" not in form:
        return form, ""
    before, rest = form.split("[", 1)
    inside, after = rest.split("]", 1)
    return before + inside + after, before + after


def _shift(
    offsets: Offsets,
    known: Mapping[str, float],
    names: Mapping[tuple[str, str], int],
) -> float:
    """Return the offset of the operation's start: by the times that are named, else by fit."""
    named = sorted(
        offset - minutes
        for one, offset in offsets
        for variable, minutes in known.items()
        if names.get((variable, one.columns[-1]), 0) >= _SURE_NAME and abs(minutes) < 24 * 60
    )
    if named:
        return named[len(named) // 2]
    tried = (offset for _, offset in offsets)
    return max(tried, key=lambda shift: _aligned(offsets, known, shift)[0])


def _aligned(
    offsets: Offsets, known: Mapping[str, float], shift: float
) -> tuple[float, list[tuple[tuple[str, str], str]]]:
    """Return the best way to lay columns and variables beside each other, both in order."""
    ordered = sorted(known.items(), key=lambda one: one[1])
    best: list[tuple[float, list[tuple[tuple[str, str], str]]]] = [(0.0, [])] * (len(ordered) + 1)
    for candidate, offset in offsets:
        row = [best[0]]
        for at, (variable, minutes) in enumerate(ordered, start=1):
            gain = _nearness(offset - shift, minutes)
            choices = [row[at - 1], best[at]]
            if gain:
                before = best[at - 1]
                choices.append((before[0] + gain, [*before[1], (candidate.place, variable)]))
            row.append(max(choices, key=lambda one: one[0]))
        best = row
    return best[-1]


def _nearness(offset: float, minutes: float) -> float:
    return max(0.0, 1 - abs(_log(offset) - _log(minutes)) / _REACH)


def _log(minutes: float) -> float:
    return copysign(log2(1 + abs(minutes) / _SCALE), minutes)
