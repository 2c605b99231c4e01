"""Records whose fields are not known beforehand, gathered into columns of text."""

from collections.abc import Iterable

import polars as pl

from app.files.reading import FILE, ROW

BETWEEN = "|"  # values of one field that occurs several times


class Records:
    """Takes records one by one; a field that a record lacks is empty in its row."""

    def __init__(self) -> None:
        self.height = 0
        self.joined: dict[str, int] = {}  # fields that occur several times, and where first
        self._names: dict[str, None] = {}
        self._rows: list[dict[str, str]] = []
        self._lines: list[int] = []
        self._frames: list[pl.DataFrame] = []

    @property
    def width(self) -> int:
        """How many fields there are."""
        return len(self._names)

    def add(self, line: int, fields: Iterable[tuple[str, str]]) -> None:
        """Take one record."""
        row: dict[str, str] = {}
        for given, value in fields:
            name = f"{given} 2" if given in {ROW, FILE} else given
            if name in row:
                self.joined.setdefault(name, line)
                value = BETWEEN.join(filter(None, (row[name], value)))  # noqa: PLW2901 - both
            row[name] = value
        self._rows.append(row)
        self._lines.append(line)
        self._names.update(dict.fromkeys(row))
        self.height += 1

    def settle(self) -> None:
        """Turn the records taken so far into columns, which takes less memory."""
        if not self._rows:
            return
        columns = {
            name: pl.Series(name, [row.get(name, "") for row in self._rows], pl.String)
            for name in self._names
        }
        lines = pl.Series(ROW, self._lines, pl.UInt32)
        self._frames.append(pl.DataFrame({**columns, ROW: lines}))
        self._rows, self._lines = [], []

    def frame(self) -> pl.DataFrame:
        """Return all of them as one table."""
        self.settle()
        empty = pl.DataFrame(schema={ROW: pl.UInt32()})
        table = pl.concat(self._frames or [empty], how="diagonal", rechunk=False)
        return table.select(*self._names, ROW).fill_null("")
