"""The table of variables: sections as headings over their rows."""

from typing import Any

from PySide6.QtCore import Qt

from app.gui import theme
from app.gui.mapping.variable_rows import VariableRow, mapping_columns
from app.gui.widgets.rows import Index, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _


class VariablesModel(RowsModel[VariableRow]):
    """Variables under their sections; a heading cannot be chosen."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row())
        if row is not None and row.variable is None:
            if role == Qt.ItemDataRole.FontRole:
                return theme.font("note", bold=True)
            if role == Qt.ItemDataRole.ForegroundRole:
                return theme.color("quiet")
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.row_at(index.row())
        if index.isValid() and (row is None or row.variable is None):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class VariablesTable(Table[VariableRow]):
    """All variables of the register, and what each comes from."""

    def __init__(self) -> None:
        self.model_of_rows = VariablesModel(mapping_columns({}))
        super().__init__(_("Variables"), self.model_of_rows, several=True)

    def show_rows(self, rows: tuple[VariableRow, ...], keep: str) -> None:
        """Show these rows and keep the variable that was chosen."""
        self.clearSpans()
        self.model_of_rows.set_rows(rows)
        width = self.model_of_rows.columnCount()
        for number, row in enumerate(rows):
            if row.variable is None:
                self.setSpan(number, 0, 1, width)
        self.choose_variable(keep)

    def choose_variable(self, variable: str) -> None:
        """Choose a variable; the first one when it is not there."""
        rows = [self.rows.row_at(number) for number in range(self.rows.rowCount())]
        ids = [row.id if row else "" for row in rows]
        first = next((number for number, one in enumerate(ids) if one), -1)
        self.choose(ids.index(variable) if variable and variable in ids else first)

    def step_to(self, states: frozenset[str], step: int) -> None:
        """Choose the next (or previous) variable that is in one of these states."""
        total = self.rows.rowCount()
        here = self.currentIndex().row()
        for distance in range(1, total + 1):
            number = (here + step * distance) % total
            row = self.rows.row_at(number)
            if row is not None and row.variable is not None and row.state in states:
                self.choose(number)
                return
