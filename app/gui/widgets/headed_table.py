"""A table whose rows stand in parts, each under a heading that cannot be chosen."""

from collections.abc import Callable, Sequence
from typing import Any, Generic

from PySide6.QtCore import Qt

from app.gui import theme
from app.gui.widgets.rows import Column, Index, Row, RowsModel
from app.gui.widgets.table import Table


class HeadedModel(RowsModel[Row], Generic[Row]):
    """Rows and headings; `key` is what tells a row from the others, "" for a heading."""

    def __init__(self, columns: Sequence[Column[Row]], key: Callable[[Row], str]) -> None:
        super().__init__(columns)
        self.key = key

    def key_at(self, number: int) -> str:
        """Return what names the row, "" for a heading."""
        row = self.row_at(number)
        return self.key(row) if row is not None else ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.key_at(index.row()):
            if role == Qt.ItemDataRole.FontRole:
                return theme.font("note", bold=True)
            if role == Qt.ItemDataRole.ForegroundRole:
                return theme.color("quiet")
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and not self.key_at(index.row()):
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)


class HeadedTable(Table[Row], Generic[Row]):
    """Shows rows under their headings and keeps the one that was chosen."""

    def __init__(
        self, name: str, columns: Sequence[Column[Row]], key: Callable[[Row], str]
    ) -> None:
        self.headed: HeadedModel[Row] = HeadedModel(columns, key)
        super().__init__(name, self.headed, several=True)

    def show_rows(self, rows: Sequence[Row], keep: str) -> None:
        """Show these rows and choose the one of this key; the first when it is gone."""
        self.clearSpans()
        self.headed.set_rows(rows)
        width = self.headed.columnCount()
        for number in range(len(rows)):
            if not self.headed.key_at(number):
                self.setSpan(number, 0, 1, width)
        self.choose_key(keep)

    def choose_key(self, key: str) -> None:
        """Choose a row by its key; the first one when it is not there."""
        keys = [self.headed.key_at(number) for number in range(self.headed.rowCount())]
        first = next((number for number, one in enumerate(keys) if one), -1)
        self.choose(keys.index(key) if key and key in keys else first)

    def step_to(self, is_wanted: Callable[[Row], bool], step: int) -> bool:
        """Choose the next (1) or the previous (-1) row that is wanted; say whether one is."""
        total, here = self.headed.rowCount(), self.currentIndex().row()
        for distance in range(1, total + 1):
            number = (here + step * distance) % total
            row = self.headed.row_at(number)
            if row is not None and self.headed.key(row) and is_wanted(row):
                self.choose(number)
                return True
        return False
