"""The head of a file as it lies there and as a table, before the whole of it is read."""

from dataclasses import dataclass

from app.files.reading import FileNote


@dataclass(frozen=True, slots=True)
class Preview:
    """The first of a file; `lines` are masked, `rows` are as they stand and masked where shown.

    `lines` are the raw lines, or the rows of a sheet or records with tabs between their cells.
    `header` is the line of the heading counted from 1, 0 when there is none; `numbers` are the
    lines of `rows`. `problem` is the code of what hinders a table, "" when nothing does.
    """

    lines: tuple[str, ...]
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    header: int = 0
    numbers: tuple[int, ...] = ()
    notes: tuple[FileNote, ...] = ()
    problem: str = ""
    values: tuple[tuple[str, str], ...] = ()
