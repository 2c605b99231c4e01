"""The hospital's export as tables of text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

ROW = "__row__"  # the row's line in its file; the header is line 1
FILE = "__file__"  # which of a table's files the row stands in
LINES = 1 << 24  # more than any file has: a row of several files is told by file * LINES + line
MOST_FILES = 1 << 8  # of one table


@dataclass(frozen=True, slots=True)
class Lost:
    """A row that could not be read: the code and values of why, and its case if that is known.

    `row` is as in the column ROW; `key` is the row's key, "" where it could not be read surely.
    """

    code: str
    row: int
    key: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """Tables by source name: every column text, plus `ROW` as UInt32.

    `lost` are the first rows of a table that could not be read, `lost_count` is how many there
    are; `files` are the names of a table's files where it has several. `asked` are the tables to
    look things up in, where `tables` holds only the rows of some cases. `doubts` is what makes
    values of a table doubtful though all of its rows were read.
    """

    tables: Mapping[str, pl.DataFrame]
    lost: Mapping[str, tuple[Lost, ...]] = field(default_factory=dict)
    lost_count: Mapping[str, int] = field(default_factory=dict)
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asked: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    doubts: Mapping[str, tuple[Lost, ...]] = field(default_factory=dict)

    @property
    def looked_up(self) -> Mapping[str, pl.DataFrame]:
        """The tables to look things up in: every row of them, whichever case it is of."""
        return {**self.tables, **self.asked}


def numbered(table: pl.DataFrame) -> pl.DataFrame:
    """Return a table whose `ROW` is each row's own, also where it was read from several files."""
    if FILE not in table.columns:
        return table
    row = pl.col(FILE).cast(pl.UInt32) * LINES + pl.col(ROW)
    return table.with_columns(row.cast(pl.UInt32).alias(ROW)).drop(FILE)


def line_of(row: int) -> int:
    """Return the line of a row in its own file."""
    return row % LINES


def file_of(files: tuple[str, ...], row: int) -> str:
    """Return the name of the file that a row stands in, "" where there is only one."""
    place = row // LINES
    return files[place] if row and place < len(files) else ""
