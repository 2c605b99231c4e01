"""Read the hospital's tables and look at them: rows, columns, keys, encodings."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.core.mapping import Project, Source
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.views import (
    ColumnView,
    EncodingGuess,
    Problem,
    RowsPage,
    TableView,
)

if TYPE_CHECKING:
    import polars as pl

    from app.engine.export import Export
    from app.workflow.content import Content

_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as it was read, and the state of its file then."""

    path: Path
    modified: int
    size: int
    table: "pl.DataFrame"
    contents: Mapping[str, "Content"]


def read_tables(
    desk: Desk, project: Project, base: str, progress: Progress = silent
) -> tuple[TableView, ...]:
    """Read every source of a project; one that cannot be read carries its problem."""
    found: dict[str, ReadTable] = {}
    problems: dict[str, Problem] = {}
    total = len(project.sources)
    for place, source in enumerate(project.sources):
        progress(place, total, "reading")
        try:
            found[source.name] = read_source(desk, source, Path(base))
        except ExportError as error:
            problems[source.name] = Problem(error.code, tuple(error.values.items()))
    progress(total, total, "reading")
    _keep(desk, found)
    cases = _cases(project, found)
    return tuple(
        TableView(source, problem=problems[source.name])
        if source.name in problems
        else _view(source, found[source.name], cases, source.name == project.case_table)
        for source in project.sources
    )


def load_export(desk: Desk, project: Project, base: str, progress: Progress = silent) -> None:
    """Put the whole export on the desk; the first source that cannot be read stops it."""
    if not project.sources:
        raise ExportError("sources-missing")
    found: dict[str, ReadTable] = {}
    for place, source in enumerate(project.sources):
        progress(place, len(project.sources), "reading")
        found[source.name] = read_source(desk, source, Path(base))
    _keep(desk, found)


def read_source(desk: Desk, source: Source, base: Path) -> ReadTable:
    """Return one source's table; a file that has not changed since is not read again."""
    from app.files.export import locate, read_table
    from app.workflow.content import content_of

    path = locate(source, base).absolute()
    modified, size = _state(path)
    with desk.lock:
        known = desk.tables.get(source)
    if known and (known.path, known.modified, known.size) == (path, modified, size):
        return known
    table = read_table(source, base).table
    contents = {name: content_of(table[name]) for name in _names(table)}
    fresh = ReadTable(path, modified, size, table, contents)
    with desk.lock:
        desk.tables[source] = fresh
    return fresh


def prepared_export(desk: Desk) -> "Export":
    """Return the loaded export; raise when nothing is loaded yet."""
    if desk.export is None:
        raise ExportError("not-analysed")
    return desk.export


def rows_page(
    desk: Desk, table: str, offset: int, count: int, _progress: Progress = silent
) -> RowsPage:
    """Return some rows of a loaded table as they stand in the file."""
    loaded = prepared_export(desk).tables.get(table)
    if loaded is None:
        raise ExportError("source-unknown", table=table)
    names = _names(loaded)
    rows = loaded.select(names).slice(offset, count).rows()
    return RowsPage(tuple(names), loaded.height, offset, tuple(rows))


def guess_encodings(
    _desk: Desk, path: str, _progress: Progress = silent
) -> tuple[EncodingGuess, ...]:
    """Return a file's possible encodings, each with the same telling line, the likeliest first."""
    from app.files import export

    return tuple(EncodingGuess(*guess) for guess in export.guess_encodings(Path(path)))


def describe_source(desk: Desk, path: str, base: str, _progress: Progress = silent) -> Source:
    """Return how a file seems to be read, its key found by the register's names for it."""
    from app.files.export import guess_source
    from app.files.project import relative_path

    guess = guess_source(Path(path))
    located = replace(guess, path=relative_path(Path(path).absolute(), Path(base).absolute()))
    columns = read_source(desk, located, Path(base)).contents
    return replace(located, key=_key(desk, tuple(columns)) or located.key)


def _key(desk: Desk, columns: tuple[str, ...]) -> str:
    """Return the column whose name is one of those seen for the case key, "" when none is."""
    from app.workflow.naming import names_of, plain

    profile = desk.profile()
    known = [plain(name) for name in names_of(profile.by_id[profile.case_key])]
    named = {plain(column): column for column in columns}
    return next((named[name] for name in known if name in named), "")


def _names(table: "pl.DataFrame") -> list[str]:
    from app.files.export import ROW

    return [name for name in table.columns if name != ROW]


def _state(path: Path) -> tuple[int, int]:
    """Return when a file was changed and its size; reading tells what is wrong with it."""
    try:
        facts = path.stat()
    except OSError:
        return 0, 0
    return facts.st_mtime_ns, facts.st_size


def _keep(desk: Desk, found: Mapping[str, ReadTable]) -> None:
    """Put tables on the desk; what was checked with other tables no longer holds."""
    from app.engine.export import Export

    tables = {name: one.table for name, one in found.items()}
    with desk.lock:
        kept = {id(one) for one in found.values()}
        desk.tables = {source: one for source, one in desk.tables.items() if id(one) in kept}
        before = desk.export.tables if desk.export else {}
        same = before.keys() == tables.keys() and all(
            before[name] is tables[name] for name in tables
        )
        if not same:
            desk.export = Export(tables)
            desk.analysis = None


def _cases(project: Project, found: Mapping[str, ReadTable]) -> "pl.Series | None":
    """Return the distinct keys of the case table, None while it is not there."""
    source = project.source_of(project.case_table)
    if source is None or source.name not in found:
        return None
    keys = found[source.name].table[source.key]
    return keys.filter(keys != "").unique()


def _view(
    source: Source, read: ReadTable, cases: "pl.Series | None", is_case_table: bool
) -> TableView:
    from app.workflow.content import shown_samples

    columns = tuple(
        ColumnView(
            name,
            content.filled,
            content.distinct,
            shown_samples(content, _SAMPLES),
            content.looks_like,
        )
        for name, content in read.contents.items()
    )
    view = TableView(source, read.table.height, columns)
    keys = read.table[source.key]
    if is_case_table:
        counts = keys.filter(keys != "").value_counts()["count"]
        return replace(view, duplicates=int((counts > 1).sum()))
    if cases is None:
        return view
    has_case = keys.is_in(cases.implode())
    return replace(
        view,
        orphans=int((~has_case).sum()),
        without=int((~cases.is_in(keys.unique().implode())).sum()),
    )
