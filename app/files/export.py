"""The hospital's export: one table of text per source, every row with its place."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.core.mapping import Source
from app.core.progress import Progress, silent
from app.files.disk import telling
from app.files.guessing import guess_encodings, guess_source, guess_sources, sheets
from app.files.joined import joined
from app.files.losses import MOST_TROUBLES, Losses
from app.files.parts import Part, parts_of
from app.files.preview import Preview, preview
from app.files.reading import FILE, ROW, FileNote, ReadFile, RowTrouble
from app.files.tables import table_of

if TYPE_CHECKING:
    import polars as pl

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

_TRIES = 3  # at a file that changes while it is read


def locate(source: Source, base: Path) -> Path:
    """Return where a source's file lies; its path is relative to the project's folder."""
    return base / source.path


def read_table(source: Source, base: Path, progress: Progress = silent) -> ReadFile:
    """Return a source's rows as text, with the line of each in `__row__`.

    Everything that can be read is kept, and what is left out is told. Raises ExportError when
    a file is missing, locked, no table, changing all the time, lacks the key's columns, or loses
    so many rows that it must be read wrongly.
    """
    parts = parts_of(source, base)
    tables: list[pl.DataFrame] = []
    every: list[Losses] = []
    for place, part in enumerate(parts):
        losses = Losses(part.name, source.keys, source.encoding)
        tables.append(_steady(part, source, losses, _shared(progress, place, len(parts))))
        every.append(losses)
    table = joined(tables, every)
    for column in filter(None, source.keys):
        if column not in table.columns:
            raise ExportError("key-missing", name=parts[0].name, column=column)
    troubles = tuple(one for losses in every for one in losses.troubles(table))[:MOST_TROUBLES]
    return ReadFile(
        table,
        troubles,
        tuple(note for losses in every for note in losses.notes),
        sum(losses.count for losses in every),
        tuple(part.name for part in parts),
    )


def _steady(part: Part, source: Source, losses: Losses, progress: Progress) -> "pl.DataFrame":
    """Return a file's rows; read again when somebody wrote to it meanwhile."""
    for attempt in range(_TRIES):
        before = _state(part.path)
        fresh = Losses(losses.name, source.keys, source.encoding)
        try:
            table = table_of(part, source, fresh, progress)
            fresh.demand_enough(table.height)
        except ExportError:
            if _state(part.path) == before:
                raise
            continue
        if _state(part.path) == before:
            losses.take(fresh)
            if attempt:
                losses.note("file-read-again", times=attempt + 1)
            return table
    raise ExportError("file-being-written", name=part.name)


def _state(path: Path) -> tuple[int, int]:
    """Return when a file was changed and its size."""
    with telling(path):
        facts = path.stat()
    return facts.st_mtime_ns, facts.st_size


def _shared(progress: Progress, place: int, count: int) -> Progress:
    """Return a progress for one of several files."""

    def told(done: int, total: int, step: str = "") -> None:
        progress(place * total + done, count * total, step)

    return told if count > 1 else progress
