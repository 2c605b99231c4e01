"""Read the hospital's tables and look at them: rows, columns, keys, encodings."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.core.mapping import Project, Source
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.shelf import ReadTable, states_of
from app.workflow.table_views import relations, table_view
from app.workflow.views import EncodingGuess, Problem, RowsPage, TableView

if TYPE_CHECKING:
    import polars as pl

    from app.engine.export import Export, Lost
    from app.files.export import FileNote, ReadFile, RowTrouble
    from app.workflow.content import Content

STEP = "reading"
_PARTS = 1000  # of one file in the progress of several
_DOUBTS = {  # notes on a file that are told among the findings as well
    "cells-cut",
    "cells-error",
    "column-kind-changes",
    "column-number-format",
    "columns-run-together",
    "encoding-mixed",
    "formula-empty",
    "values-joined",
}
_FILE_PARTS = 800  # of them, until the file itself is read


def read_tables(
    desk: Desk, project: Project, base: str, progress: Progress = silent
) -> tuple[TableView, ...]:
    """Read every source of a project; one that cannot be read carries its problem."""
    found: dict[str, ReadTable] = {}
    problems: dict[str, Problem] = {}
    total = len(project.sources)
    for place, source in enumerate(project.sources):
        try:
            read = read_reading(desk, source, Path(base), _part(progress, place, total))
            found[source.name] = read
            demand_keys(source, read)
        except ExportError as error:
            problems[source.name] = Problem(error.code, tuple(error.values.items()))
    progress(total * _PARTS, total * _PARTS, STEP)
    _keep(desk, found)
    joined = relations(project, found, problems)
    return tuple(
        table_view(project, source, found.get(source.name), joined, problems.get(source.name))
        for source in project.sources
    )


def load_export(desk: Desk, project: Project, base: str, progress: Progress = silent) -> None:
    """Put the whole export on the desk; the first source that cannot be read stops it."""
    if not project.sources:
        raise ExportError("sources-missing")
    found: dict[str, ReadTable] = {}
    total = len(project.sources)
    for place, source in enumerate(project.sources):
        part = _part(progress, place, total)
        found[source.name] = read_source(desk, source, Path(base), part)
    _keep(desk, found)


def read_source(desk: Desk, source: Source, base: Path, progress: Progress = silent) -> ReadTable:
    """Return one source's table; a file that has not changed since is not read again."""
    read = read_reading(desk, source, base, progress)
    demand_keys(source, read)
    return read


def read_reading(desk: Desk, source: Source, base: Path, progress: Progress = silent) -> ReadTable:
    """Return one source's table, also where it lacks the columns of the key."""
    from app.files.export import locate

    paths = tuple(base / one for one in source.more)
    states = states_of((locate(source, base), *paths))
    with desk.lock:
        known = desk.tables.get(source)
    progress(0, _PARTS, STEP)
    same = known is not None and known.states == states
    if known and same and (not known.trouble_count or known.keys == source.keys):
        return known
    fresh = _read(source, base, states, progress)
    is_there = known is not None and [one[0] for one in known.states] == [one[0] for one in states]
    if known and is_there and known.contents.keys() != fresh.contents.keys():
        fresh = replace(fresh, former=known.contents)
    with desk.lock:
        desk.tables[source] = fresh
    return fresh


def demand_keys(source: Source, read: ReadTable) -> None:
    """Raise ExportError when a table, or one of its files, lacks a column of its source's key."""
    for column in source.keys:
        if column not in read.contents:
            raise ExportError("key-missing", name=Path(source.path).name, column=column)
        for name in _without_any(read, column):
            raise ExportError("key-missing", name=name, column=column)


def _without_any(read: ReadTable, column: str) -> tuple[str, ...]:
    """Return the files of several that have rows and no value in a column: they lack it."""
    import polars as pl

    from app.engine.export import LINES, ROW

    if not read.files:
        return ()
    filled = (pl.col(column) != "").any().alias("filled")
    files = read.table.group_by((pl.col(ROW) // LINES).alias("file")).agg(filled)
    return tuple(read.files[place] for place in files.filter(~pl.col("filled"))["file"].sort())


def former_contents(desk: Desk, source: Source) -> Mapping[str, "Content"]:
    """Return what a source's columns held when it was read last; nothing if it never was."""
    with desk.lock:
        known = desk.tables.get(source)
    return known.contents if known else {}


def prepared_export(desk: Desk) -> "Export":
    """Return the loaded export; raise when nothing is loaded yet."""
    if desk.export is None:
        raise ExportError("not-analysed")
    return desk.export


def loaded_table(desk: Desk, table: str) -> "pl.DataFrame":
    """Return a table of the loaded export."""
    loaded = prepared_export(desk).tables.get(table)
    if loaded is None:
        raise ExportError("source-unknown", table=table)
    return loaded


def rows_page(
    desk: Desk, table: str, offset: int, count: int, _progress: Progress = silent
) -> RowsPage:
    """Return some rows of a loaded table as they stand in the file."""
    from app.engine.export import LINES, ROW

    loaded = loaded_table(desk, table)
    names = column_names(loaded)
    page = loaded.slice(offset, count)
    places = tuple(divmod(row, LINES) for row in page[ROW].to_list())
    return RowsPage(tuple(names), loaded.height, offset, tuple(page.select(names).rows()), places)


def guess_encodings(
    _desk: Desk, path: str, _progress: Progress = silent
) -> tuple[EncodingGuess, ...]:
    """Return a file's possible encodings, each with the same telling line, the likeliest first."""
    from app.files import export

    return tuple(EncodingGuess(*guess) for guess in export.guess_encodings(Path(path)))


def column_names(table: "pl.DataFrame") -> list[str]:
    """Return a table's own columns."""
    from app.engine.export import ROW

    return [name for name in table.columns if name != ROW]


def _part(progress: Progress, place: int, files: int) -> Progress:
    """Return the progress of one file among several."""

    def advance(done: int, total: int, step: str = STEP) -> None:
        progress(place * _PARTS + done * _PARTS // max(total, 1), files * _PARTS, step)

    return advance


def _read(
    source: Source, base: Path, states: tuple[tuple[str, int, int], ...], progress: Progress
) -> ReadTable:
    from app.engine.export import MOST_FILES, numbered
    from app.workflow.content import contents_of

    def reading(done: int, total: int, step: str = "") -> None:
        progress(done * _FILE_PARTS // max(total, 1), _PARTS, step or STEP)

    read = _read_file(source, base, reading)
    if len(read.files) > MOST_FILES:
        raise ExportError("files-many", files=len(read.files), most=MOST_FILES)
    table = numbered(read.table)

    def looking(done: int, total: int, step: str = "") -> None:
        rest = (_PARTS - _FILE_PARTS) * done // max(total, 1)
        progress(_FILE_PARTS + rest, _PARTS, step or STEP)

    return ReadTable(
        source.keys,
        states,
        table,
        contents_of(table.select(column_names(table)), looking),
        read.files if len(read.files) > 1 else (),
        tuple(_lost(one, read.files) for one in read.troubles),
        read.trouble_count,
        tuple(Problem(one.code, one.values) for one in read.notes),
        tuple(_doubt(one, read.files) for one in read.notes if one.code in _DOUBTS),
    )


def _lost(trouble: "RowTrouble", files: tuple[str, ...]) -> "Lost":
    """Return a row that was left out as the engine knows rows."""
    from app.engine.export import LINES, Lost

    place = files.index(trouble.file) if trouble.file in files else 0
    return Lost(trouble.code, place * LINES + trouble.line, trouble.key, trouble.values)


def _doubt(note: "FileNote", files: tuple[str, ...]) -> "Lost":
    """Return a note on a file's values as the engine knows rows."""
    from app.engine.export import LINES, Lost

    place = files.index(note.file) if note.file in files else 0
    return Lost(note.code, place * LINES + int(dict(note.values).get("line", "1")), "", note.values)


def _read_file(source: Source, base: Path, progress: Progress) -> "ReadFile":
    """Read a source's files; one without the key's column is read all the same."""
    from app.files.export import ROW, read_table

    try:
        return read_table(source, base, progress)
    except ExportError as error:
        if error.code != "key-missing":
            raise
    return read_table(replace(source, key=ROW, key_more=()), base, progress)


def _keep(desk: Desk, found: Mapping[str, ReadTable]) -> None:
    """Put tables on the desk; what was checked with other tables no longer holds."""
    from app.engine.export import Export

    tables = {name: one.table for name, one in found.items()}
    with desk.lock:
        kept = {id(one) for one in found.values()}
        for source in [one for one, read in desk.tables.items() if id(read) not in kept]:
            del desk.tables[source]
        before = desk.export.tables if desk.export else {}
        same = before.keys() == tables.keys() and all(
            before[name] is tables[name] for name in tables
        )
        if not same:
            desk.export = Export(
                tables,
                {name: one.lost for name, one in found.items() if one.lost},
                {name: one.trouble_count for name, one in found.items() if one.trouble_count},
                {name: one.files for name, one in found.items() if one.files},
                doubts={name: one.doubts for name, one in found.items() if one.doubts},
            )
            desk.analysis = desk.book = None
            desk.ground = None
