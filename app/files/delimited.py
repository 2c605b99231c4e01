"""A delimited text as columns of text, block by block, every row with its line in the file."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Protocol

import polars as pl

from app.core.errors import ExportError
from app.core.mapping import NO_HEADING
from app.files.headings import column_names, demand_readable, numbered
from app.files.lines import ended, with_last
from app.files.losses import MARK, Losses
from app.files.reading import ROW

DELIMITERS = (";", ",", "\t", "|")

_CELL_LIMIT = 1_000_000  # a longer cell is a quote that was never closed
_HEADING_LIMIT = 4 << 20
_LAST_QUOTES = 200  # lines at the end of a block among which a record may begin
_PIECE = 128 * 1024  # bytes that are read record by record at once
_MOST_PIECES = 100
_MARK = MARK.encode()


class Records(Protocol):
    """Reads records one by one."""

    @property
    def line_num(self) -> int:
        """How many lines were taken."""

    def __iter__(self) -> Iterator[list[str]]: ...


@dataclass(frozen=True, slots=True)
class Form:
    """How the cells of a text are told apart."""

    delimiter: str = ";"
    quote: str = '"'

    def cut(self, text: str) -> tuple[str, ...]:
        """Return the first cells of a broken record, as far as they are surely whole."""
        if self.quote:
            text = text.partition(self.quote)[0]
        return tuple(text.split(self.delimiter)[:-1])

    def records(self, lines: Iterable[str]) -> Records:
        """Return a reader of records."""
        csv.field_size_limit(_CELL_LIMIT)
        if not self.quote:
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE, strict=True)
        return csv.reader(lines, delimiter=self.delimiter, quotechar=self.quote, strict=True)


def read_delimited(
    blocks: Iterable[bytes], form: Form, header: int, losses: Losses
) -> pl.DataFrame:
    """Return the table with its own column names and the line of each row in `__row__`.

    `blocks` are UTF-8 and end with a line each. What cannot be read is told to `losses`.
    """
    if form.delimiter not in DELIMITERS or len(form.quote) > 1:
        raise ExportError("delimiter-unknown", name=losses.name, delimiter=form.delimiter)
    losses.cut = form.cut
    reader: _Reader | None = None
    frames: list[pl.DataFrame] = []
    rest = b""
    line = 1
    for block, last in with_last(blocks):
        text = rest + (ended(block) if last else block)
        if reader is None:
            if not text.strip():
                rest = text
                continue
            names, after, line = read_heading(text, form, header, losses)
            reader, text = _Reader(form, names, losses), text[after:]
        usable, rest = (text, b"") if last else reader.split(text)
        frame, tail = reader.read(usable, line, last=last)
        frames.append(frame)
        line += usable.count(b"\n") - tail.count(b"\n")
        rest = tail + rest
        losses.demand_hope(sum(one.height for one in frames))
    if reader is None:
        losses.demand_enough(0)
        raise ExportError("file-empty", name=losses.name)
    return pl.concat(frames, rechunk=False)


def read_heading(
    text: bytes, form: Form, header: int, losses: Losses
) -> tuple[list[str], int, int]:
    """Return the columns' names, where the rows begin, and on which line."""
    start = _line_start(text, header - 1) if header > 0 else 0
    skipped = text.count(b"\n", 0, start)
    head = text[start : start + _HEADING_LIMIT].decode("utf-8", "ignore")
    records = form.records(StringIO(head, newline="\n"))
    taken = 0
    try:
        for cells in records:
            if any(cells) or header > 0:
                break
            taken = records.line_num
        else:
            raise ExportError("file-empty", name=losses.name)
    except csv.Error:
        line = skipped + taken + 1
        raise ExportError("quote-unbalanced", name=losses.name, line=line) from None
    demand_readable(cells, skipped + taken + 1, losses)
    losses.header = 0 if header == NO_HEADING else skipped + taken + 1
    if header == NO_HEADING:
        return numbered(len(cells), losses), 0, 1
    taken = records.line_num
    after = _line_start(text, skipped + taken)
    return column_names(cells, losses), after, skipped + taken + 1


def _line_start(text: bytes, line: int) -> int:
    """Return where a line begins, counted from 0; the end of the text when it has fewer."""
    place = 0
    for _ in range(line):
        found = text.find(b"\n", place)
        if found < 0:
            return len(text)
        place = found + 1
    return place


class _Reader:
    """Reads blocks of whole lines: fast where a block is regular, else record by record."""

    def __init__(self, form: Form, names: list[str], losses: Losses) -> None:
        self._form = form
        self._names = names
        self._losses = losses
        self._quote = form.quote.encode()
        self._delimiter = form.delimiter.encode()

    def split(self, block: bytes) -> tuple[bytes, bytes]:
        """Return the block up to where no cell is open, and the lines after that."""
        if not self._quote or block.count(self._quote) % 2 == 0:
            return block, b""
        end = len(block)
        for _ in range(_LAST_QUOTES):
            start = block.rfind(b"\n", 0, end - 1) + 1
            if block.count(self._quote, start, end) % 2:
                return block[:start], block[start:]
            if not start:
                break
            end = start
        return block, b""

    def read(
        self, block: bytes, line: int, *, last: bool, piece: bool = False
    ) -> tuple[pl.DataFrame, bytes]:
        """Return the rows of a block, and the lines of a record that it does not hold whole."""
        if not block:
            return self._empty(), b""
        frame, tail = self._regular(block, line), b""
        if frame is None and not piece and len(block) > _PIECE:
            return self._in_pieces(block, line, last=last)
        if frame is None:
            frame, tail = self._careful(block, line, last=last)
        if b"\0" in block:
            frame = self._without(frame, "\0", "left-out-nul")
        if _MARK in block:
            frame = self._without(frame, MARK, "left-out-encoding")
        return frame, tail

    def _in_pieces(self, block: bytes, line: int, *, last: bool) -> tuple[pl.DataFrame, bytes]:
        """Read a block piece by piece, so that only those around a broken record are slow."""
        frames: list[pl.DataFrame] = []
        rest = b""
        start = 0
        while start < len(block):
            end = block.find(b"\n", start + max(_PIECE, len(block) // _MOST_PIECES)) + 1
            end = end or len(block)
            text = rest + block[start:end]
            final = end == len(block)
            usable, rest = (text, b"") if final else self.split(text)
            frame, tail = self.read(usable, line, last=last and final, piece=True)
            frames.append(frame)
            line += usable.count(b"\n") - tail.count(b"\n")
            rest = tail + rest
            start = end
        return pl.concat(frames, rechunk=True), rest

    def _empty(self) -> pl.DataFrame:
        return pl.DataFrame(schema={**dict.fromkeys(self._names, pl.String()), ROW: pl.UInt32()})

    def _regular(self, block: bytes, first: int) -> pl.DataFrame | None:
        """Read a block whose every record has the heading's cells; None when it is not so."""
        try:
            table = pl.read_csv(
                block,
                has_header=False,
                separator=self._form.delimiter,
                quote_char=self._form.quote or None,
                schema=dict.fromkeys(self._names, pl.String()),
            ).fill_null("")
        except pl.exceptions.PolarsError:  # its text quotes the file
            return None
        breaks = self._count_in_cells(table, "\n", block)
        delimiters = (table.width - 1) * table.height
        delimiters += int(self._count_in_cells(table, self._form.delimiter, block).sum())
        lines = table.height + int(breaks.sum())
        # Polars fills a short record in silence; counted signs show it, and blank lines as well
        if lines != block.count(b"\n") + (not block.endswith(b"\n")):
            return None
        if delimiters != block.count(self._delimiter):
            return None
        rows = pl.int_range(first, first + table.height, eager=True) + breaks.cum_sum() - breaks
        table = table.with_columns(rows.cast(pl.UInt32).alias(ROW))
        return self._without_blank(table) if self._may_be_blank(block) else table

    def _may_be_blank(self, block: bytes) -> bool:
        """Whether some row may have nothing but delimiters and quotes."""
        signs = {self._delimiter, self._quote or self._delimiter}
        if len(self._names) == 1:
            return True
        return any(block.startswith(sign) or b"\n" + sign in block for sign in signs)

    def _without_blank(self, table: pl.DataFrame) -> pl.DataFrame:
        return table.filter(pl.any_horizontal(pl.col(self._names) != ""))

    def _count_in_cells(self, table: pl.DataFrame, sign: str, block: bytes) -> pl.Series:
        """Return how often a sign occurs in the cells of each row; only quoted cells hold it."""
        if not self._quote or self._quote not in block:
            return pl.repeat(0, table.height, dtype=pl.Int64, eager=True)
        counts = pl.sum_horizontal(pl.all().str.count_matches(sign, literal=True))
        return table.select(counts.cast(pl.Int64).alias("count"))["count"]

    def _careful(self, block: bytes, first: int, *, last: bool) -> tuple[pl.DataFrame, bytes]:
        """Read record by record; what is no row is left out with its line."""
        text = block.decode("utf-8").split("\n")
        lines = [*(f"{one}\n" for one in text[:-1]), *text[-1:]]
        kept: list[list[str]] = []
        places: list[int] = []
        start = 0
        while start < len(lines):
            start, fault = self._records(lines, start, first, kept, places)
            if not fault:
                break
            rest = "".join(lines[start:])
            if fault == _OPEN and not last and len(rest) < _CELL_LIMIT:
                return self._frame(kept, places), rest.encode("utf-8")
            code = "left-out-quote" if fault != _LONG else "left-out-long"
            self._losses.lose_line(code, first + start, lines[start])
            start += 1
        return self._frame(kept, places), b""

    def _records(
        self, lines: list[str], start: int, first: int, kept: list[list[str]], places: list[int]
    ) -> tuple[int, str]:
        """Keep the records from a line on; return where the first broken one begins, and how."""
        reader = self._form.records(lines[place] for place in range(start, len(lines)))
        width = len(self._names)
        place = start
        try:
            for cells in reader:
                line, place = first + place, start + reader.line_num
                if not any(cells):
                    continue
                if len(cells) < width or any(cells[width:]):
                    self._lose_ragged(line, cells)
                else:
                    kept.append(cells[:width])
                    places.append(line)
        except csv.Error as problem:
            return place, _fault(problem, start + reader.line_num - place)
        return place, ""

    def _lose_ragged(self, line: int, cells: list[str]) -> None:
        code = "left-out-ragged"
        if any(MARK in cell for cell in cells):
            code = "left-out-encoding"
        elif any("\0" in cell for cell in cells):
            code = "left-out-nul"
        counts = {"cells": len(cells), "columns": len(self._names)}
        values = counts if code == "left-out-ragged" else {}
        self._losses.lose(code, line, tuple(cells), values=values)

    def _frame(self, kept: list[list[str]], places: list[int]) -> pl.DataFrame:
        if not kept:
            return self._empty()
        columns = zip(*kept, strict=True)
        data = {
            name: pl.Series(name, cells, pl.String)
            for name, cells in zip(self._names, columns, strict=True)
        }
        return pl.DataFrame(data).with_columns(pl.Series(ROW, places, pl.UInt32))

    def _without(self, table: pl.DataFrame, sign: str, code: str) -> pl.DataFrame:
        """Leave out the rows that hold a sign that no text has."""
        has = pl.any_horizontal(pl.col(self._names).str.contains(sign, literal=True))
        bad = table.filter(has)
        for *cells, line in bad.iter_rows():
            self._losses.lose(code, line, tuple(cells), exact=True)
        return table.filter(~has) if bad.height else table


_OPEN = "open"
_LONG = "long"
_WRONG = "wrong"


def _fault(problem: csv.Error, lines: int) -> str:
    """Return what is wrong with a record that takes so many lines."""
    text = str(problem)
    if "field larger" in text:
        return _LONG if lines <= 1 else _WRONG
    return _OPEN if "unexpected end" in text else _WRONG
