"""A delimited text file as columns of text, every row with its line in the file."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

import polars as pl

from app.core.errors import ExportError
from app.files.reading import ROW

DELIMITERS = (";", ",", "\t", "|")

_CELL_LIMIT = 1_000_000  # a longer cell is a quote that was never closed


class _Record(NamedTuple):
    line: int
    cells: list[str]


def read_delimited(text: str, delimiter: str, name: str) -> pl.DataFrame:
    """Return the table with its own column names and the line of each row in `__row__`."""
    if delimiter not in DELIMITERS:
        raise ExportError("delimiter-unknown", name=name, delimiter=delimiter)
    text = text.rstrip("\r\n\x1a")  # old systems end a text file with control-Z
    if "\n" not in text:
        text = text.replace("\r", "\n")
    records = _records(text, delimiter, name)
    header = next(records, None)
    if header is None:
        raise ExportError("file-empty", name=name)
    names = column_names(header.cells, name)
    table = _read_regular(text, delimiter, names, header)
    if table is None:
        table = _read_strictly(records, names, name)
    return table


def column_names(cells: list[str], name: str) -> list[str]:
    """Return the header's names, an unnamed column called by its number; refuse twins."""
    names = [cell.strip() or f"#{place}" for place, cell in enumerate(cells, start=1)]
    seen: set[str] = set()
    for one in names:
        if one in seen or one == ROW:
            raise ExportError("column-duplicate", name=name, column=one)
        seen.add(one)
    return names


def without_unnamed(table: pl.DataFrame) -> pl.DataFrame:
    """Leave out columns that have neither a name nor a value, such as after a last delimiter."""
    unnamed = [one for one in table.columns if one.startswith("#") and one[1:].isdigit()]
    return table.drop([one for one in unnamed if (table[one] == "").all()])


def _records(text: str, delimiter: str, name: str) -> Iterator[_Record]:
    """Yield every record that is not blank, with the line it begins on."""
    csv.field_size_limit(_CELL_LIMIT)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise ExportError("quote-unbalanced", name=name, line=line) from None
        if any(cells):
            yield _Record(line, cells)
        line = reader.line_num + 1


def _read_regular(
    text: str, delimiter: str, names: list[str], header: _Record
) -> pl.DataFrame | None:
    """Read a file whose every record has the header's cells; None when it is not so regular."""
    try:
        table = pl.read_csv(
            text.encode("utf-8"), separator=delimiter, infer_schema=False, new_columns=names
        )
    except pl.exceptions.PolarsError:  # its text quotes the file
        return None
    if header.line != 1 or table.columns != names:
        return None
    breaks = _count_in_cells(table, "\n", text)
    in_header = sum(cell.count("\n") for cell in header.cells)
    lines = 1 + in_header + table.height + int(breaks.sum())
    delimiters = (
        (table.width - 1) * (table.height + 1)
        + sum(cell.count(delimiter) for cell in header.cells)
        + int(_count_in_cells(table, delimiter, text).sum())
    )
    # Polars fills a short record in silence; counted signs show it, and blank lines as well
    if lines != text.count("\n") + 1 or delimiters != text.count(delimiter):
        return None
    first = 2 + in_header
    rows = pl.int_range(first, first + table.height, eager=True) + breaks.cum_sum() - breaks
    filled = pl.any_horizontal(pl.all().is_not_null())
    kept = table.select(filled.alias("filled"))["filled"]
    return table.fill_null("").with_columns(rows.cast(pl.UInt32).alias(ROW)).filter(kept)


def _count_in_cells(table: pl.DataFrame, sign: str, text: str) -> pl.Series:
    """Return how often a sign occurs in the cells of each row; only quoted cells can hold it."""
    if '"' not in text:
        return pl.repeat(0, table.height, dtype=pl.Int64, eager=True)
    counts = pl.sum_horizontal(pl.all().str.count_matches(sign, literal=True).fill_null(0))
    return table.select(counts.cast(pl.Int64).alias("count"))["count"]


def _read_strictly(records: Iterator[_Record], names: list[str], name: str) -> pl.DataFrame:
    """Read record by record; name the line of the first that has other cells than the header."""
    lines: list[int] = []
    columns: list[list[str]] = [[] for _ in names]
    for line, cells in records:
        kept = cells[: len(names)]
        if len(kept) < len(names) or any(cells[len(names) :]):
            raise ExportError(
                "row-ragged", name=name, line=line, cells=len(cells), columns=len(names)
            )
        lines.append(line)
        for column, cell in zip(columns, kept, strict=True):
            column.append(cell)
    data = {
        one: pl.Series(one, cells, pl.String) for one, cells in zip(names, columns, strict=True)
    }
    return pl.DataFrame(data).with_columns(pl.Series(ROW, lines, pl.UInt32))
