"""One file as a table, whatever kind it is of."""

from collections.abc import Iterator
from itertools import chain
from typing import TYPE_CHECKING

from app.core.mapping import Source, SourceKind
from app.core.progress import Progress
from app.files.delimited import Form, read_delimited
from app.files.encodings import transcoded
from app.files.fixed_width import read_fixed
from app.files.headings import without_unnamed
from app.files.heads import HEAD
from app.files.json_lines import read_json_lines
from app.files.kind_changes import note_kind_changes
from app.files.lines import line_blocks
from app.files.losses import Losses
from app.files.parts import Part, chunks, opened
from app.files.workbook import head_sheet, is_workbook, read_sheet
from app.files.xml_records import read_xml

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
            table = _text_table(first, pieces, source, losses)
    note_kind_changes(table, losses)
    return without_unnamed(table, losses)


def head_table(part: Part, source: Source, losses: Losses, progress: Progress) -> "pl.DataFrame":
    """Return a file's first rows; no more of it is read than they take."""
    with opened(part) as (stream, size):
        pieces = chunks(part, stream, size, progress, HEAD)
        first = next(pieces, b"")
        if not is_workbook(first):
            table = _text_table(first, pieces, source, losses, cut=size > HEAD)
            return without_unnamed(table, losses)
    return without_unnamed(head_sheet(part, source, losses), losses)


def _text_table(
    first: bytes, rest: Iterator[bytes], source: Source, losses: Losses, *, cut: bool = False
) -> "pl.DataFrame":
    pieces = chain((first,), rest)
    if source.kind is SourceKind.XML:
        return read_xml(pieces, first[:HEAD], source.record, losses, cut=cut)
    blocks = line_blocks(transcoded(pieces, source.encoding, losses.name), losses, cut=cut)
    if source.kind is SourceKind.JSON_LINES:
        return read_json_lines(blocks, losses)
    if source.kind is SourceKind.FIXED:
        return read_fixed(blocks, source.widths, source.header, losses)
    form = Form(source.delimiter, source.quote)
    return read_delimited(blocks, form, source.header, losses)
