"""One file as a table, whatever kind it is of."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from app.core.mapping import Source
from app.core.progress import Progress
from app.files.delimited import Form, read_delimited
from app.files.encodings import transcoded
from app.files.headings import without_unnamed
from app.files.heads import HEAD
from app.files.lines import line_blocks
from app.files.losses import Losses
from app.files.parts import Part, chunks, opened
from app.files.workbook import head_sheet, is_workbook, read_sheet

if TYPE_CHECKING:
    import polars as pl


def table_of(part: Part, source: Source, losses: Losses, progress: Progress) -> "pl.DataFrame":
    """Return all of a file's rows; what cannot be read is told to `losses`."""
    with opened(part) as (stream, size):
        pieces = chunks(part, stream, size, progress)
        first = next(pieces, b"")
        if is_workbook(first):
            data = b"".join((first, *pieces))
            table = read_sheet(data, source, losses, progress)
        else:
            table = _text_table(chain((first,), pieces), source, losses)
    return without_unnamed(table, losses)


def head_table(part: Part, source: Source, losses: Losses, progress: Progress) -> "pl.DataFrame":
    """Return a file's first rows; no more of it is read than they take."""
    with opened(part) as (stream, size):
        pieces = chunks(part, stream, size, progress, HEAD)
        first = next(pieces, b"")
        if not is_workbook(first):
            text = chain((first,), pieces)
            return without_unnamed(_text_table(text, source, losses, cut=size > HEAD), losses)
    return without_unnamed(head_sheet(part, source, losses), losses)


def _text_table(
    pieces: Iterator[bytes], source: Source, losses: Losses, *, cut: bool = False
) -> "pl.DataFrame":
    text = transcoded(pieces, source.encoding, losses.name)
    blocks = line_blocks(text, losses, cut=cut)
    form = Form(source.delimiter, source.quote)
    return read_delimited(blocks, form, source.header, losses)
