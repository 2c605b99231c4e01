"""Where a case's values come from: its rows in every table, and the raw text of each value."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from app.core.conversion import stages
from app.core.conversions.kind import Surroundings
from app.core.mapping import Link, Pick, Project
from app.core.ordering import picked
from app.workflow.case_lookups import OneCaseLookups
from app.workflow.mapping_views import StepValue
from app.workflow.views import SourceRow, ValueView

if TYPE_CHECKING:
    import polars as pl

    from app.engine.analysis import Analysis
    from app.engine.export import Export

_BESIDE_VALUES = {"case", "row"}

Place = tuple[int, str]  # the line, and the file where a table has several


def source_rows(
    export: "Export", project: Project, row: int, further: Sequence[int] = ()
) -> tuple[SourceRow, ...]:
    """Return a case's rows in every table as they stand there; `row` is its line in its own.

    `further` are more of its lines there.
    """
    from app.engine.case_rows import CaseRows

    return shown_rows(CaseRows(export, project).of(row, further), export)


def shown_rows(tables: Mapping[str, "pl.DataFrame"], export: "Export") -> tuple[SourceRow, ...]:
    """Return rows of tables as they stand there."""
    return tuple(one for name, rows in tables.items() for one in _rows(rows, name, export))


def _rows(rows: "pl.DataFrame", table: str, export: "Export") -> Iterator[SourceRow]:
    from app.engine.export import ROW, file_of, line_of

    files = export.files.get(table, ())
    for row in rows.iter_rows(named=True):
        place = int(row.pop(ROW))
        cells = tuple((name, cell or "") for name, cell in row.items())
        yield SourceRow(table, line_of(place), cells, file_of(files, place))


@dataclass(frozen=True)
class Origins:
    """One case's rows, and which of them each of its values was read from.

    `values` are its values per group; `export` is where steps look things up.
    """

    project: Project
    rows: tuple[SourceRow, ...]
    values: Mapping[str, "pl.DataFrame"]
    files: Mapping[str, tuple[str, ...]]
    export: "Export | None" = None
    year: int = 0
    _lookups: OneCaseLookups = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look things up in the whole export."""
        object.__setattr__(self, "_lookups", OneCaseLookups(self.export))

    def table_of(self, group: str) -> str:
        """Return the table whose rows become those of a group, or the cases themselves."""
        chosen = self.project.group_link_of(group) if group else None
        if chosen or not group or group not in self.values:
            return chosen.table if chosen else self.project.case_table
        links = (self.project.link_of(one) for one in self.values[group].columns)
        named = (link.table for link in links if link and link.table)
        return next(named, self.project.case_table)

    def places(self, group: str) -> list[Place]:
        """Return where the rows of a group stand, in its order; ("") where the case does."""
        from app.engine.export import file_of, line_of

        frame = self.values.get(group)
        if frame is None:
            return []
        files = self.files.get(self.table_of(group), ())
        return [(line_of(row or 0), file_of(files, row or 0)) for row in frame["row"].to_list()]

    def row_of(self, link: Link, group: str, place: Place) -> SourceRow | None:
        """Return the export row that a link read, None for a constant."""
        if not link.columns:
            return None
        table = self.table_of(group)
        if not group:
            table = link.table or table
        there = self._by_table.get(table, [])
        if not group and table != self.project.case_table:
            return _picked(there, link.pick)
        return self._by_place.get((table, *place), there[0] if there else None)

    @cached_property
    def _by_table(self) -> Mapping[str, list[SourceRow]]:
        found: dict[str, list[SourceRow]] = {}
        for row in self.rows:
            found.setdefault(row.table, []).append(row)
        return found

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, int, str], SourceRow]:
        return {(row.table, row.row, row.file): row for row in reversed(self.rows)}

    def stages(self, link: Link, origin: SourceRow | None) -> tuple[StepValue, ...]:
        """Return what the columns give together, and what every step leaves of it."""
        cells = dict(origin.cells) if origin else {}
        raw = tuple(cells.get(column, "") for column in link.columns)
        around = Surroundings(self.project, cells, self._lookups, self.year)
        return tuple(
            StepValue(done.value, done.problem) for _, done in stages(link.steps, raw, around)
        )

    def all(self) -> Iterator[ValueView]:
        """Yield every value of the case with the raw text it was made from."""
        for group, frame in self.values.items():
            rows = zip(frame.iter_rows(named=True), self.places(group), strict=True)
            for index, (values, place) in enumerate(rows, start=1 if group else 0):
                for variable, value in values.items():
                    if variable not in _BESIDE_VALUES and value:
                        link = self.project.link_of(variable) or Link(variable)
                        origin = self.row_of(link, group, place)
                        yield self._view(group, index, value, link, origin)

    def _view(
        self, group: str, index: int, value: str, link: Link, origin: SourceRow | None
    ) -> ValueView:
        cells = dict(origin.cells) if origin else {}
        return ValueView(
            link.variable,
            group,
            index,
            value,
            origin.table if origin else "",
            link.columns,
            tuple(cells.get(column, "") for column in link.columns),
            origin.row if origin else 0,
            origin.file if origin else "",
            self.stages(link, origin),
        )


def values_of(
    analysis: "Analysis",
    project: Project,
    case: str,
    rows: tuple[SourceRow, ...],
    export: "Export | None" = None,
) -> tuple[ValueView, ...]:
    """Return every value of a case with the raw text it was made from."""
    return tuple(Origins(project, rows, analysis.values(case), analysis.files, export).all())


def _picked(rows: list[SourceRow], pick: Pick) -> SourceRow | None:
    """Return the row of a case that a link picks, by what the core means by that."""
    cells = [dict(one.cells) for one in rows]
    try:
        chosen = picked(cells, pick)
    except KeyError:  # a column that the table no longer has
        return None
    return next((one for one, row in zip(rows, cells, strict=True) if row is chosen), None)
