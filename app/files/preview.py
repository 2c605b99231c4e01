"""The head of a file as it lies there and as a table, before the whole of it is read."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.core.identity import mask_text
from app.core.mapping import Source
from app.core.progress import silent
from app.files.reading import FileNote

if TYPE_CHECKING:
    from app.files.parts import Part

LINES = 30
ROWS = 50
_WIDTH = 2_000  # signs of a line that are shown


@dataclass(frozen=True, slots=True)
class Preview:
    """The first of a file; `lines` are masked, `rows` are as they stand and masked where shown.

    `lines` are the raw lines, or the rows of a sheet with tabs between their cells. `header` is
    the line of the heading counted from 1, 0 when there is none; `numbers` are the lines of
    `rows`. `problem` is the code of what hinders a table, "" when nothing does.
    """

    lines: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    header: int = 0
    numbers: tuple[int, ...] = ()
    notes: tuple[FileNote, ...] = ()
    problem: str = ""
    values: tuple[tuple[str, str], ...] = ()


def preview(source: Source, base: Path) -> Preview:
    """Return the head of a source's first file; reads no more of it than that.

    Raises ExportError when the file itself cannot be read; what is wrong with the reading
    options is told in the preview.
    """
    from app.files.losses import Losses
    from app.files.parts import parts_of
    from app.files.reading import ROW
    from app.files.tables import head_table

    part = parts_of(source, base)[0]
    lines = tuple(mask_text(line[:_WIDTH]) for line in _lines(part, source))
    losses = Losses(part.name, source.keys, source.encoding)
    try:
        table = head_table(part, source, losses, silent).head(ROWS)
    except ExportError as error:
        return Preview(lines, problem=error.code, values=tuple(error.values.items()))
    names = [name for name in table.columns if name != ROW]
    return Preview(
        lines,
        tuple(names),
        tuple(table.select(names).rows()),
        losses.header,
        tuple(table[ROW]),
        tuple(losses.notes),
    )


def _lines(part: "Part", source: Source) -> list[str]:
    """Return a file's first lines; what the encoding does not know is shown as a question."""
    from app.files.heads import head_of
    from app.files.workbook import head_rows, is_workbook

    head, more = head_of(part)
    if is_workbook(head):
        rows = dict(head_rows(part, source.sheet))
        last = min(max(rows, default=0), LINES)  # rows that are empty may not stand in the file
        return ["\t".join(rows.get(number, ())).rstrip("\t") for number in range(1, last + 1)]
    fitting = "utf-8-sig" if source.encoding == "utf-8" else source.encoding
    try:
        text = head.decode(fitting, "replace")
    except (LookupError, UnicodeError):
        text = head.decode("latin-1")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1][:LINES] if more and len(lines) > 1 else lines[:LINES]
