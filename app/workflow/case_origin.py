"""Where a case's values come from: its rows in every table, and the raw text of each value."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.core.mapping import Link, Pick, Project
from app.core.ordering import picked
from app.workflow.views import SourceRow, ValueView

if TYPE_CHECKING:
    import polars as pl

    from app.engine.analysis import Analysis
    from app.engine.export import Export

_BESIDE_VALUES = {"case", "row"}


def source_rows(export: "Export", project: Project, row: int) -> tuple[SourceRow, ...]:
    """Return a case's rows in every table as they stand there; `row` is its line in its own."""
    import polars as pl

    from app.engine.export import ROW
    from app.engine.keys import case_keys

    own = project.source_of(project.case_table)
    if own is None or own.name not in export.tables:
        return ()
    line = export.tables[own.name].filter(pl.col(ROW) == row)
    found = list(_rows(line, own.name, export))
    key = case_keys(line, own.keys)[0] if line.height else None
    others = (one for one in project.sources if one.name != own.name and key is not None)
    for source in others:
        table = export.tables.get(source.name)
        if table is not None and set(source.keys) <= set(table.columns):
            mine = table.filter(case_keys(table, source.keys) == key)
            found += _rows(mine, source.name, export)
    return tuple(found)


def _rows(rows: "pl.DataFrame", table: str, export: "Export") -> Iterator[SourceRow]:
    from app.engine.export import ROW, file_of, line_of

    files = export.files.get(table, ())
    for row in rows.iter_rows(named=True):
        place = int(row.pop(ROW))
        cells = tuple((name, cell or "") for name, cell in row.items())
        yield SourceRow(table, line_of(place), cells, file_of(files, place))


def values_of(
    analysis: "Analysis", project: Project, case: str, rows: tuple[SourceRow, ...]
) -> tuple[ValueView, ...]:
    """Return every value of a case with the raw text it was made from."""
    found: list[ValueView] = []
    for group, mine in analysis.values(case).items():
        for index, values in enumerate(mine.iter_rows(named=True), start=1 if group else 0):
            place = _place(analysis, project, group, values.get("row") or 0)
            for variable, value in values.items():
                if variable not in _BESIDE_VALUES and value:
                    link = project.link_of(variable) or Link(variable)
                    origin = _origin(project, group, link, place, rows)
                    found.append(_view(group, index, value, link, origin))
    return tuple(found)


def _place(analysis: "Analysis", project: Project, group: str, row: int) -> tuple[int, str]:
    """Return the line and the file that the values of a row stand in."""
    from app.engine.export import file_of, line_of

    chosen = project.group_link_of(group) if group else None
    table = chosen.table if chosen else project.case_table
    return line_of(row), file_of(analysis.files.get(table, ()), row)


def _origin(
    project: Project,
    group: str,
    link: Link,
    place: tuple[int, str],
    rows: tuple[SourceRow, ...],
) -> SourceRow | None:
    """Return the export row that a link read, None for a constant."""
    if not link.columns:
        return None
    chosen = project.group_link_of(group) if group else None
    table = chosen.table if chosen else link.table or project.case_table
    there = [one for one in rows if one.table == table]
    if not group and table != project.case_table:
        return _picked(there, link.pick)
    exact = (one for one in there if (one.row, one.file) == place)
    return next(exact, there[0] if there else None)


def _picked(rows: list[SourceRow], pick: Pick) -> SourceRow | None:
    """Return the row of a case that a link picks, by what the core means by that."""
    cells = [dict(one.cells) for one in rows]
    try:
        chosen = picked(cells, pick)
    except KeyError:  # a column that the table no longer has
        return None
    return next((one for one, row in zip(rows, cells, strict=True) if row is chosen), None)


def _view(group: str, index: int, value: str, link: Link, origin: SourceRow | None) -> ValueView:
    cells = dict(origin.cells) if origin else {}
    raw = tuple(cells.get(column, "") for column in link.columns)
    table = origin.table if origin else ""
    return ValueView(link.variable, group, index, value, table, link.columns, raw)
