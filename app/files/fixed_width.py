"""A text whose columns have a fixed width, as columns of text."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import polars as pl

from app.core.errors import ExportError
from app.core.mapping import NO_HEADING
from app.files.headings import column_names, demand_readable, numbered
from app.files.lines import ended, with_last
from app.files.losses import MARK, Losses
from app.files.reading import ROW

_LINE = "line"
_LEAST_LINES = 2
_MOST_COLUMNS = 500
_SELDOM = 0.05  # of the lines


def read_fixed(
    blocks: Iterable[bytes], widths: Sequence[int], header: int, losses: Losses
) -> pl.DataFrame:
    """Return the table; what stands after the last column's width is still of that column.

    `blocks` are UTF-8 and end with a line each.
    """
    if not widths or min(widths) < 1:
        raise ExportError("widths-missing", name=losses.name)
    losses.cut = lambda text: tuple(split(text, widths))
    names: list[str] | None = None
    frames: list[pl.DataFrame] = []
    gaps = _Gaps(widths)
    line = 1
    for block, last in with_last(blocks):
        lines = (ended(block) if last else block.removesuffix(b"\n")).decode("utf-8").split("\n")
        start = 0
        if names is None:
            start = _heading(lines, header)
            if start < 0:
                line += len(lines)
                continue
            cells = split(lines[start], widths)
            names = _names(cells, line + start, header, losses)
            start += header != NO_HEADING
        frames.append(_frame(lines[start:], line + start, names, widths, losses))
        gaps.add(lines[start:], line + start)
        line += len(lines)
        losses.demand_hope(sum(one.height for one in frames))
    if names is None:
        raise ExportError("file-empty", name=losses.name)
    gaps.tell(names, losses)
    return pl.concat(frames, rechunk=False)


class _Gaps:
    """Where columns that a blank parts on nearly every line run together on some."""

    def __init__(self, widths: Sequence[int]) -> None:
        self._starts = _starts(widths)[1:]
        self._counts = [0] * len(self._starts)
        self._first = [0] * len(self._starts)
        self._filled = 0

    def add(self, lines: list[str], first: int) -> None:
        """Look at some lines."""
        texts = pl.Series(lines, dtype=pl.String)
        self._filled += int((texts.str.strip_chars() != "").sum())
        for place, start in enumerate(self._starts):
            met = texts.str.slice(start - 1, 2).str.contains(r"^\S\S").arg_true()
            if len(met) and not self._counts[place]:
                self._first[place] = first + int(met[0])
            self._counts[place] += len(met)

    def tell(self, names: list[str], losses: Losses) -> None:
        """Note the first line where the columns run together; always is how some files are."""
        for place, count in enumerate(self._counts):
            if 0 < count <= _SELDOM * self._filled:
                before, after = names[place], names[place + 1]
                line = self._first[place]
                losses.note("columns-run-together", line=line, before=before, after=after)


def _heading(lines: list[str], header: int) -> int:
    """Return which line the heading or, where there is none, the first row is; -1 for none."""
    first = max(0, header - 1)
    return next((at for at in range(first, len(lines)) if lines[at].strip()), -1)


def _names(cells: list[str], line: int, header: int, losses: Losses) -> list[str]:
    demand_readable(cells, line, losses)
    losses.header = 0 if header == NO_HEADING else line
    return numbered(len(cells), losses) if header == NO_HEADING else column_names(cells, losses)


def _frame(
    lines: list[str], first: int, names: list[str], widths: Sequence[int], losses: Losses
) -> pl.DataFrame:
    rows = pl.int_range(first, first + len(lines), eager=True).cast(pl.UInt32)
    table = pl.DataFrame({_LINE: pl.Series(lines, dtype=pl.String), ROW: rows})
    table = table.filter(pl.col(_LINE).str.strip_chars() != "")
    bad = pl.col(_LINE).str.contains_any([MARK, "\0"])
    for text, row in table.filter(bad).iter_rows():
        code = "left-out-encoding" if MARK in text else "left-out-nul"
        losses.lose(code, row, tuple(split(text, widths)), exact=True)
    starts = _starts(widths)
    lengths = [*widths[:-1], None]
    columns = [
        pl.col(_LINE).str.slice(start, length).str.strip_chars().alias(name)
        for name, start, length in zip(names, starts, lengths, strict=True)
    ]
    return table.filter(~bad).select(*columns, pl.col(ROW))


def split(text: str, widths: Sequence[int]) -> list[str]:
    """Return the cells of a line."""
    starts = _starts(widths)
    ends = [*starts[1:], len(text)]
    return [text[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _starts(widths: Sequence[int]) -> list[int]:
    return [sum(widths[:place]) for place in range(len(widths))]


def guess_widths(lines: Sequence[str]) -> tuple[int, ...]:
    """Return the widths that the columns seem to have: each begins after a blank in every line."""
    texts = [line.rstrip("\r\n") for line in lines if line.strip()]
    if len(texts) < _LEAST_LINES:
        return ()
    length = max(map(len, texts))
    padded = [text.ljust(length) for text in texts]
    blank = [all(text[place] == " " for text in padded) for place in range(length)]
    starts = [
        place for place in range(length) if not blank[place] and (not place or blank[place - 1])
    ]
    if not starts or len(starts) > _MOST_COLUMNS:
        return ()
    ends = [0, *_with_values(starts[1:], padded, length), length]
    return tuple(end - start for start, end in pairwise(ends))


def _with_values(starts: Sequence[int], padded: Sequence[str], length: int) -> list[int]:
    """Return the starts of columns, without those of a further word in a heading of several.

    One blank before it parts such a word from the first, and nothing stands below it.
    """
    heading, body = padded[0], padded[1:]
    return [
        start
        for start, end in pairwise((*starts, length))
        if heading[start - 2] == " " or any(line[start:end].strip() for line in body)
    ]
