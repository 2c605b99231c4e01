"""What reading the export gives: the rows, those that had to be left out, and what to know."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

ROW = "__row__"  # the line of a row in its own file
FILE = "__file__"  # which file a row is of, where a table has several: 0 is the first

KEY_BETWEEN = "\x1f"  # the cells of a key of several columns; stands in no file's cell

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RowTrouble:
    """A row that was left out: why, and where it stands.

    `values` are those of its sentence, the file's name and the line among them. `key` is the cell
    that says which case it is of, those of several columns with KEY_BETWEEN between, "" where
    that could not be read surely.
    """

    code: str
    file: str
    line: int
    values: Values
    key: str = ""


@dataclass(frozen=True, slots=True)
class FileNote:
    """What to know of a file that was read: nothing was left out for it."""

    code: str
    file: str
    values: Values


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A source as it was read; everything that could be read is in the table.

    `troubles` are the first of the rows left out, `trouble_count` is all of them. `files` are the
    names of the files by their number in the column FILE.
    """

    table: "pl.DataFrame"
    troubles: tuple[RowTrouble, ...] = ()
    notes: tuple[FileNote, ...] = ()
    trouble_count: int = 0
    files: tuple[str, ...] = ()
