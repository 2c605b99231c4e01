"""The rows of a file that had to be left out: counted, named, and too many of them refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.files.reading import KEY_BETWEEN, ROW, FileNote, RowTrouble

if TYPE_CHECKING:
    import polars as pl

MOST_TROUBLES = 100_000  # that are told one by one: each may hold back a case
MARK = "\ufdd0"  # no text has it: a byte stood here that the encoding does not know

NOTHING: Mapping[str, int] = MappingProxyType({})

_FEW = 100
_SHARE = 0.05
_MOST_LOST = 0.5  # of what was read so far: there is no use in reading on
_MOST_CELLS = 500  # of a row that is lost before the heading is read
_KNOWN_ROWS = 2_000  # whose cells tell what a column's values look like

# A row that is left out, and the error when it is so all over the file.
_ERRORS = {
    "left-out-ragged": "row-ragged",
    "left-out-quote": "quote-unbalanced",
    "left-out-encoding": "file-encoding",
    "left-out-nul": "file-kind",
    "left-out-long": "line-too-long",
    "left-out-json": "json-broken",
}


@dataclass(frozen=True, slots=True)
class _Lost:
    code: str
    line: int
    cells: tuple[str, ...]  # from the first one on, as far as they could be read
    exact: bool  # every cell is surely in its own column
    values: dict[str, str]


class Losses:
    """What is left out of one file, and what is to be known of it."""

    def __init__(self, name: str, keys: tuple[str, ...] = (), encoding: str = "") -> None:
        self.name = name
        self.encoding = encoding
        self.count = 0
        self.header = 0  # the line of the heading
        self.notes: list[FileNote] = []
        self.cut: Callable[[str], tuple[str, ...]] | None = None  # how a broken row is cut
        self.keys = keys
        self._names: list[str] = []  # of the file's own columns, in its own order
        self._kept = _MOST_CELLS  # cells of a lost row that its key is among
        self._lost: list[_Lost] = []

    def know(self, names: list[str]) -> None:
        """Take in the columns' names: they say how much of a lost row is needed for its key."""
        self._names = names
        places = [names.index(key) + 1 for key in self.keys if key in names]
        self._kept = max(places, default=0)

    def lose(
        self,
        code: str,
        line: int,
        cells: tuple[str, ...] = (),
        *,
        exact: bool = False,
        values: Mapping[str, int] = NOTHING,
    ) -> None:
        """Leave out the row that begins on a line; `cells` are its first ones."""
        self.count += 1
        if len(self._lost) < MOST_TROUBLES:
            texts = {name: str(value) for name, value in values.items()}
            self._lost.append(_Lost(code, line, cells[: self._kept], exact, texts))

    def lose_line(self, code: str, line: int, text: str) -> None:
        """Leave out a row of which the beginning is known; its last cell may be cut short."""
        self.lose(code, line, self.cut(text) if self.cut else ())

    def note(self, code: str, **values: object) -> None:
        """Keep something to know of the file."""
        texts = {"name": self.name} | {name: str(value) for name, value in values.items()}
        self.notes.append(FileNote(code, self.name, tuple(texts.items())))

    def note_joined(self, columns: Mapping[str, int]) -> None:
        """Keep that fields occur several times in a row, and where first."""
        for column, line in columns.items():
            self.note("values-joined", column=column, line=line)

    def take(self, other: "Losses") -> None:
        """Take over what another reading of the same file found."""
        self.count = other.count
        self.header = other.header
        self.notes = other.notes
        self._names = other._names  # noqa: SLF001 - of the same class
        self._lost = other._lost  # noqa: SLF001

    def demand_hope(self, kept: int) -> None:
        """Raise ExportError when so much is lost already that the file is read wrongly."""
        if self.count > _FEW and self.count > _MOST_LOST * (kept + self.count):
            raise self._error()

    def demand_enough(self, kept: int) -> None:
        """Raise ExportError when every row is lost, or many and a large share of them."""
        much = self.count > _FEW and self.count > _SHARE * (kept + self.count)
        if self.count and (much or not kept):
            raise self._error()

    def troubles(self, table: "pl.DataFrame") -> tuple[RowTrouble, ...]:
        """Return the rows left out; their keys are those that look like the table's own."""
        if not self._lost:
            return ()
        known = _Known(table, self._names or table.columns, self.keys)
        found = sorted(self._lost, key=lambda one: one.line)
        return tuple(self._trouble(one, known) for one in found)

    def _trouble(self, lost: _Lost, known: "_Known") -> RowTrouble:
        values = {"name": self.name, "line": str(lost.line)} | lost.values
        if lost.code == "left-out-encoding":
            values["encoding"] = self.encoding
        key = known.key(lost.cells, lost.exact)
        return RowTrouble(lost.code, self.name, lost.line, tuple(values.items()), key)

    def _error(self) -> ExportError:
        first = min(self._lost, key=lambda one: one.line)
        values = {"encoding": self.encoding} if first.code == "left-out-encoding" else {}
        return ExportError(
            _ERRORS[first.code], name=self.name, line=first.line, **values, **first.values
        )


class _Known:
    """What the cells of a file look like up to its key: a broken row's key is told by it.

    `names` are the file's own columns; the table may have others beside and in another order.
    """

    def __init__(self, table: "pl.DataFrame", names: list[str], keys: tuple[str, ...]) -> None:
        there = bool(keys) and ROW not in keys and set(keys) <= set(names)
        self._places = [names.index(key) for key in keys] if there else []
        head = table.head(_KNOWN_ROWS)
        columns = names[: max(self._places, default=-1) + 1]
        self._forms = [
            {_form(cell) for cell in head[name].unique()} if name in head.columns else {""}
            for name in columns
        ]

    def key(self, cells: tuple[str, ...], exact: bool) -> str:
        """Return the key among a row's first cells, "" when it is not sure to be the key."""
        if not self._places or len(cells) <= max(self._places):
            return ""
        parts = [cells[place].strip() for place in self._places]
        if not all(parts) or any(sign in part for part in parts for sign in (MARK, "\0")):
            return ""
        pairs = zip(cells, self._forms, strict=False)
        sure = exact or all(_form(cell) in forms for cell, forms in pairs)
        return KEY_BETWEEN.join(parts) if sure else ""


def _form(text: str) -> str:
    """Return a text with digits as 9 and letters as A."""
    return re.sub("[^\\W\\d_]", "A", re.sub("[0-9]", "9", text))
