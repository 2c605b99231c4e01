"""The table of variables: sections as headings that fold."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent

from app.gui import theme
from app.gui.mapping.table_columns import CONVERSION, FIRST_TO_GO, NARROW, mapping_columns
from app.gui.mapping.variable_rows import VariableRow
from app.gui.widgets.rows import Index, RowsModel
from app.gui.widgets.table import Table
from app.language.text import _

_ROOM = 680  # pixels that all the columns need to be read
_SENTENCE = 170  # pixels that a conversion's sentence needs to make sense
_FOLDING = {Qt.Key.Key_Left: True, Qt.Key.Key_Right: False}
_OPENING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class _Model(RowsModel[VariableRow]):
    """Variables, and headings in quiet bold letters."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row())
        if row is not None and row.variable is None:
            if role == Qt.ItemDataRole.FontRole:
                return theme.font("note", bold=True)
            if role == Qt.ItemDataRole.ForegroundRole:
                return theme.color("quiet")
        return super().data(index, role)


class VariablesTable(Table[VariableRow]):
    """All variables of the register, and what each comes from."""

    fold_wanted = Signal(str, bool)  # a section, and whether it is to fold
    removal_wanted = Signal()  # Delete: the links of what is chosen are to go
    brief_changed = Signal()  # there is room for whole sentences now, or no longer
    entered = Signal()  # Enter on a variable: somebody wants to change its link

    def __init__(self) -> None:
        self._narrow = False
        self.is_brief = False
        super().__init__(_("Variables"), _Model(mapping_columns({})), several=True)
        self.clicked.connect(self._fold_by_click)

    def show_rows(self, rows: Sequence[VariableRow], keep: str) -> None:
        """Show these rows and choose the one of this key; the first when it is gone.

        The same rows stay where they are: a click that first ends what was being written would
        otherwise hit another row.
        """
        place = self.verticalScrollBar().value()
        chosen = {row.key for row in self.chosen()}
        before = [self._key_at(number) for number in range(self.rows.rowCount())]
        self.rows.set_rows(rows)
        is_same = before == [row.key for row in rows]
        if not is_same:
            self._span(rows)
            chosen = {keep}
        if len(chosen) <= 1:
            self.choose_variable(keep)
        if is_same:
            self.verticalScrollBar().setValue(place)

    def choose_variable(self, key: str) -> None:
        """Choose a variable (or a heading by its key); the first variable when it is not there."""
        keys = [self._key_at(number) for number in range(self.rows.rowCount())]
        first = next((at for at in range(len(keys)) if self._is_variable(at)), 0)
        self.choose(keys.index(key) if key in keys else first)

    def step_to(self, is_wanted: Callable[[VariableRow], bool], step: int) -> bool:
        """Choose the next (1) or the previous (-1) row that is wanted; say whether one is."""
        total, here = self.rows.rowCount(), self.currentIndex().row()
        for distance in range(1, total + 1):
            number = (here + step * distance) % total
            row = self.rows.row_at(number)
            if row is not None and row.variable is not None and is_wanted(row):
                self.choose(number)
                return True
        return False

    def set_narrow(self, *, narrow: bool) -> None:
        """Show only the columns that there is room for beside the drawing."""
        self._narrow = narrow
        self._share_width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current_row(), event.key()
        if row is not None and key in _FOLDING and not event.modifiers():
            self.fold_wanted.emit(row.section, _FOLDING[Qt.Key(key)])
        elif key == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        elif row is not None and key in _OPENING:
            if row.variable is None:
                self.fold_wanted.emit(row.section, not row.is_folded)
            else:
                self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _fold_by_click(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        is_alone = QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
        if row is not None and row.variable is None and is_alone:
            self.fold_wanted.emit(row.section, not row.is_folded)

    def _span(self, rows: Sequence[VariableRow]) -> None:
        self.clearSpans()
        for number, row in enumerate(rows):
            if row.variable is None:
                self.setSpan(number, 0, 1, len(self.rows.columns))

    def _key_at(self, number: int) -> str:
        row = self.rows.row_at(number)
        return row.key if row is not None else ""

    def _is_variable(self, number: int) -> bool:
        row = self.rows.row_at(number)
        return row is not None and row.variable is not None

    def _share_width(self) -> None:
        """Divide what the columns of fixed width leave among the others that are shown."""
        is_tight = self.viewport().width() < _ROOM
        for number in range(len(self.rows.columns)):
            is_out = number not in NARROW if self._narrow else is_tight and number in FIRST_TO_GO
            if self.isColumnHidden(number) != is_out:
                self.setColumnHidden(number, is_out)
        shown = [
            (number, column)
            for number, column in enumerate(self.rows.columns)
            if not self.isColumnHidden(number)
        ]
        taken = sum(column.width for _number, column in shown)
        weights = sum(column.weight for _number, column in shown if not column.width)
        left = self.viewport().width() - taken
        for number, column in shown:
            width = column.width or max(theme.ROW * 2, left * column.weight // weights)
            self.setColumnWidth(number, width)
        is_brief = self.columnWidth(CONVERSION) < _SENTENCE
        if is_brief != self.is_brief:
            self.is_brief = is_brief
            self.brief_changed.emit()
            self._share_width()  # a sentence gets more of the room than a word
