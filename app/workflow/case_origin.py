"""Where a case's values come from: its rows in every table, and the raw text of each value."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.core.mapping import Link, Project
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

    own = project.source_of(project.case_table)
    if own is None or own.name not in export.tables:
        return ()
    line = export.tables[own.name].filter(pl.col(ROW) == row)
    found = list(_rows(line, own.name))
    key = line[own.key][0].strip() if line.height else ""
    for source in project.sources:
        if source.name != own.name and source.name in export.tables and key:
            table = export.tables[source.name]
            found += _rows(table.filter(pl.col(source.key).str.strip_chars() == key), source.name)
    return tuple(found)


def _rows(rows: "pl.DataFrame", table: str) -> Iterator[SourceRow]:
    from app.engine.export import ROW

    for row in rows.iter_rows(named=True):
        line = int(row.pop(ROW))
        yield SourceRow(table, line, tuple((name, cell or "") for name, cell in row.items()))


def values_of(
    analysis: "Analysis", project: Project, case: str, rows: tuple[SourceRow, ...]
) -> tuple[ValueView, ...]:
    """Return every value of a case with the raw text it was made from."""
    import polars as pl

    found: list[ValueView] = []
    for group, frame in analysis.values.items():
        mine = frame.filter(pl.col("case") == case)
        for index, values in enumerate(mine.iter_rows(named=True), start=1 if group else 0):
            line = values.get("row") or 0
            for variable, value in values.items():
                if variable not in _BESIDE_VALUES and value:
                    link = project.link_of(variable) or Link(variable)
                    origin = _origin(project, group, link, line, rows)
                    found.append(_view(group, index, value, link, origin))
    return tuple(found)


def _origin(
    project: Project, group: str, link: Link, line: int, rows: tuple[SourceRow, ...]
) -> SourceRow | None:
    """Return the export row that a link read, None for a constant."""
    if not link.columns:
        return None
    chosen = project.group_link_of(group) if group else None
    table = chosen.table if chosen else link.table or project.case_table
    there = [one for one in rows if one.table == table]
    exact = (one for one in there if one.row == line and (group or table == project.case_table))
    return next(exact, there[0] if there else None)


def _view(group: str, index: int, value: str, link: Link, origin: SourceRow | None) -> ValueView:
    cells = dict(origin.cells) if origin else {}
    raw = tuple(cells.get(column, "") for column in link.columns)
    table = origin.table if origin else ""
    return ValueView(link.variable, group, index, value, table, link.columns, raw)
