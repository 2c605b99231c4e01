"""Which cases' documents are proved valid by columns alone; the rest is for libxml2 to judge.

What is proved is valid, for libxml2 and for xmlschema. What is doubtful may be valid as well: a
part of the contract that cannot be compiled leaves every document doubtful that has it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from app.core.register import Element, Profile
from app.engine.proof.plan import COUNT, Columns, Planner, Rows
from app.engine.proof.values import LONGEST
from app.safexml import MAX_BYTES

Frames = dict[str, pl.DataFrame]
_ESCAPED = 5  # as many characters as one becomes at most
_MARKUP = 3  # a name before and after a value, and the way in


@dataclass(frozen=True, slots=True)
class _Plan:
    """The rows of each group, innermost first, and how many of them a document has room for."""

    rows: tuple[Rows, ...]
    room: Mapping[str, int]


class Proof:
    """A profile's contract, compiled once for each set of columns that it meets."""

    def __init__(self, profile: Profile) -> None:
        self._root = profile.root
        self._plans: dict[tuple[tuple[str, frozenset[str]], ...], _Plan] = {}

    def doubtful(self, values: Mapping[str, pl.DataFrame]) -> pl.Series:
        """Return one Boolean per row of `values[""]`: True where the document is not proved."""
        plan = self._plan({group: frozenset(frame.columns) for group, frame in values.items()})
        frames = {group: _texts(frame) for group, frame in values.items()}
        found = [_judged(frames, rows, plan.room) for rows in plan.rows]
        own = found.pop()
        bad = [one.filter("doubt")["index"] for one in found]
        elsewhere = own["index"].is_in(pl.concat([own["index"].head(0), *bad]).unique().implode())
        return (own["doubt"] | elsewhere).alias("doubtful")

    def _plan(self, columns: Columns) -> _Plan:
        key = tuple(columns.items())
        if key not in self._plans:
            rows = tuple(Planner(columns).whole(self._root))
            self._plans[key] = _Plan(rows, _room(self._root, columns))
        return self._plans[key]


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the values as text; a column without any may have no type yet."""
    untyped = [name for name, kind in frame.schema.items() if kind == pl.Null]
    return frame.with_columns(pl.col(untyped).cast(pl.String)) if untyped else frame


def _judged(frames: Frames, rows: Rows, room: Mapping[str, int]) -> pl.DataFrame:
    """Return the doubt about each row of a group, and write the number of its rows beside."""
    wanted = [pl.col("index"), rows.said.alias("said"), rows.doubt.alias("doubt")]
    judged = frames[rows.group].select(wanted)
    if not rows.group:
        return judged if room[""] else judged.with_columns(doubt=True)
    counts = judged.filter("said").group_by("index").agg(pl.len().alias(COUNT + rows.group))
    _tell_holder(frames, rows, judged["index"], counts)
    too_many = counts.filter(pl.col(COUNT + rows.group) > room[rows.group])["index"]
    if too_many.is_empty():
        return judged
    return judged.with_columns(pl.col("doubt") | pl.col("index").is_in(too_many.implode()))


def _tell_holder(frames: Frames, rows: Rows, index: pl.Series, counts: pl.DataFrame) -> None:
    """Write how many rows of a group stand in each row that holds some.

    Rows do not say which row of an outer group they stand in: it is the case's first, and a case
    that has none gets one.
    """
    holder, name = frames[rows.holder], COUNT + rows.group
    if rows.holder:
        lonely = index.unique().to_frame().join(holder, on="index", how="anti")
        holder = pl.concat([holder, lonely], how="diagonal").sort("index", maintain_order=True)
    holder = holder.join(counts, on="index", how="left", maintain_order="left")
    is_first = pl.col("index").is_first_distinct() if rows.holder else pl.lit(value=True)
    count = pl.when(is_first).then(pl.col(name).fill_null(0)).otherwise(0)
    frames[rows.holder] = holder.with_columns(count.alias(name))


def _room(root: Element, columns: Columns) -> dict[str, int]:
    """Return how many rows of each group a document surely has room for, whatever they hold."""
    names = list(_names(root, 0))
    markup = _MARKUP * max(map(len, names)) * len(names)
    share = MAX_BYTES // len(columns)
    return {
        group: share // (len(variables) * LONGEST * _ESCAPED + markup)
        for group, variables in columns.items()
    }


def _names(element: Element, depth: int) -> Iterator[str]:
    """Yield every element's name, indented as deep as it stands."""
    yield " " * 2 * depth + "ns99:" + element.name
    for child in element.children:
        yield from _names(child, depth + 1)
