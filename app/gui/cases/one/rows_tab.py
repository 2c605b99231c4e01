"""Rader: the case's rows in every file as they stand there, and what each cell is used for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.cases.one.masked_table import MaskedTable
from app.gui.cases.one.pointed import NOTHING, Pointed
from app.gui.cases.one.tab import CaseTab
from app.gui.widgets.masking import mask_cell
from app.gui.widgets.rows import Column
from app.language.text import _
from app.workflow.views import CaseDetail, SourceRow, ValueView

_Row = tuple[str, str, int]  # table, file and line


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the export as it stands in the file; a heading has no column."""

    table: str
    row: int
    file: str
    column: str
    value: str
    variables: tuple[str, ...] = ()  # that are made of it
    heading: str = ""

    @property
    def key(self) -> str:
        """What tells the cell from the others, "" for a heading."""
        return f"{self.table} {self.file} {self.row} {self.column}" if self.column else ""


class RowsTab(CaseTab):
    """A heading for each row, and below it a line for each of its cells."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        columns: tuple[Column[Cell], ...] = (
            Column(_("Column"), lambda cell: cell.heading or cell.column, weight=32),
            Column(_("In the file"), lambda cell: cell.value, weight=40),
            Column(_("Gives"), lambda cell: ", ".join(cell.variables), quiet=True, weight=28),
        )
        self.table: MaskedTable[Cell] = MaskedTable(
            _("Rows in the export"), columns, lambda cell: cell.key, self._hidden
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID // 2, 0, 0)
        layout.addWidget(self.table)
        self.table.current_changed.connect(lambda _row: self.pointed_changed.emit())

    def fill(self, detail: CaseDetail | None) -> None:
        row = self.table.current_row()
        person = self.profile.roles.get("person_id", "")
        cells = cells_of(detail, person) if detail is not None else ()
        self.table.show_rows(cells, row.key if row is not None else "")

    def pointed(self) -> Pointed:
        cell = self.table.current_row()
        if cell is None or not cell.key:
            return NOTHING
        variable = cell.variables[0] if cell.variables else ""
        register = {"variable": variable} if variable else {}
        return Pointed(variable, cell.table, cell.row, cell.file, cell.column, register)

    def choose(self, where: Pointed) -> None:
        """Choose the cell that is pointed at."""
        self.table.choose_key(Cell(where.table, where.row, where.file, where.column, "").key)

    def _hidden(self, cell: Cell) -> Cell:
        case = self.detail.row.case if self.detail is not None else ""
        return _masked(cell, self.profile.roles.get("person_id", ""), case)

    def lists(self) -> tuple[QWidget, ...]:
        return (self.table,)


def cells_of(detail: CaseDetail, person_id: str) -> tuple[Cell, ...]:
    """Return the cells of a case's rows, personnummer masked unless they were asked for."""
    made: dict[_Row, list[ValueView]] = {}
    for value in detail.values:
        made.setdefault((value.table, value.file, value.row), []).append(value)
    return tuple(
        cell for row in detail.source_rows for cell in _cells(row, made, detail, person_id)
    )


def _cells(
    row: SourceRow, made: Mapping[_Row, list[ValueView]], detail: CaseDetail, person_id: str
) -> Iterator[Cell]:
    used: dict[str, list[str]] = {}
    for line in sorted({0, row.row}):  # 0: the value says only the table
        for value in made.get((row.table, row.file, line), ()):
            for column in value.columns:
                used.setdefault(column, []).append(value.variable)
    yield Cell(row.table, row.row, row.file, "", "", heading=_heading(row))
    for column, text in row.cells:
        cell = Cell(row.table, row.row, row.file, column, text, tuple(used.get(column, ())))
        yield cell if detail.revealed else _masked(cell, person_id, detail.row.case)


def _masked(cell: Cell, person_id: str, case: str) -> Cell:
    """Return a cell masked, though the worker has done so already: twice does no harm."""
    value = mask_cell(cell.value, person=person_id in cell.variables, case=case)
    return replace(cell, value=value)


def _heading(row: SourceRow) -> str:
    if row.file:
        return _("{table}, {file}, line {row}").format(table=row.table, file=row.file, row=row.row)
    return _("{table}, line {row}").format(table=row.table, row=row.row)
