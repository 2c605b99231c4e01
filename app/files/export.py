"""The hospital's export: one table of text per file or sheet, every row with its place."""

from csv import reader
from pathlib import Path

import polars as pl

from app.core.errors import ExportError
from app.core.mapping import Source
from app.core.progress import Progress, silent
from app.files import encodings
from app.files.delimited import DELIMITERS, read_delimited, without_unnamed
from app.files.disk import read_bytes
from app.files.preview import Preview
from app.files.reading import FILE, ROW, FileNote, ReadFile, RowTrouble
from app.files.workbook import is_workbook, read_sheet, sheet_names

__all__ = [
    "FILE",
    "ROW",
    "FileNote",
    "Preview",
    "ReadFile",
    "RowTrouble",
    "guess_encodings",
    "guess_source",
    "guess_sources",
    "locate",
    "preview",
    "read_table",
    "sheets",
]


def locate(source: Source, base: Path) -> Path:
    """Return where a source's file lies; its path is relative to the project's folder."""
    return base / source.path


def read_table(source: Source, base: Path, progress: Progress = silent) -> ReadFile:
    """Return a source's rows as text, with the line of each in `__row__`.

    Raises ExportError when the file is missing, empty, locked, wrongly encoded, no table, or
    lacks the column that holds the behandlingsnummer.
    """
    path = locate(source, base)
    progress(0, 1, "reading")
    data = read_bytes(path)
    if is_workbook(data):
        table = read_sheet(data, source.sheet, path.name)
    else:
        text = encodings.decode(data, source.encoding, path.name)
        del data
        table = read_delimited(text, source.delimiter, path.name)
    table = without_unnamed(table)
    if source.key not in table.columns:
        raise ExportError("key-missing", name=path.name, column=source.key)
    return ReadFile(table, files=(path.name,))


def preview(source: Source, base: Path) -> Preview:
    """Return the head of a source's file; reads no more of it than that."""
    table = read_table(source, base).table.head(50)
    rows = tuple(table.drop(ROW).rows())
    return Preview((), tuple(table.drop(ROW).columns), rows, 1, tuple(table[ROW]))


def guess_sources(path: Path) -> list[Source]:
    """Return how a file seems to be read: a source per sheet, archive member or XML record."""
    return [guess_source(path)]


def sheets(path: Path) -> list[str]:
    """Return the sheets of a workbook; none for a text file."""
    data = read_bytes(path)
    return sheet_names(data, path.name) if is_workbook(data) else []


def guess_encodings(path: Path) -> list[tuple[str, str, bool]]:
    """Return possible encodings, likeliest first: name, the same telling line, doubtful or not."""
    data = read_bytes(path)
    if is_workbook(data):
        return []
    return encodings.guess_encodings(path, data)


def guess_source(path: Path) -> Source:
    """Return how a file seems to be read; a person may correct it."""
    data = read_bytes(path)
    plain = Source(name=path.stem, path=path.as_posix(), key="")
    if is_workbook(data):
        table = read_sheet(data, "", path.name)
        return _with_key(plain, without_unnamed(table), sheet_names(data, path.name)[0])
    encoding = encodings.guess_encodings(path, data)[0][0]
    text = encodings.decode(data, encoding, path.name)
    source = Source(plain.name, plain.path, "", encoding, _delimiter(text))
    return _with_key(source, read_delimited(text, source.delimiter, path.name), "")


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the first lines into equally many, and most, cells."""
    lines = [line for line in text[:65536].splitlines() if line.strip()][:20]

    def regularity(delimiter: str) -> tuple[bool, int]:
        widths = [len(cells) for cells in reader(lines, delimiter=delimiter)]
        return len(set(widths)) == 1 and widths[0] > 1, widths[0]

    return max(DELIMITERS, key=regularity)


def _with_key(source: Source, table: pl.DataFrame, sheet: str) -> Source:
    """Return the source with the first column that is filled and unique as key, else the first."""
    names = [name for name in table.columns if name != ROW]
    if not names:
        raise ExportError("file-empty", name=Path(source.path).name)

    def is_key(name: str) -> bool:
        column = table[name]
        return bool((column != "").all()) and column.n_unique() == table.height

    key = next((name for name in names if is_key(name)), names[0])
    return Source(source.name, source.path, key, source.encoding, source.delimiter, sheet)
