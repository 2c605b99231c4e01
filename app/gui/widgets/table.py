"""The table of rows that every page uses: 28 px rows, whole rows selected, copied as TSV."""

from collections.abc import Collection
from dataclasses import replace
from typing import Any, Generic

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTableView

from app.gui import theme
from app.gui.widgets.rows import Column, Row, RowsModel

_NARROWEST = 72  # pixels
_FOCUS = 2  # pixels
_EDGES, _ICON, _ARROW = 24, 22, 14  # pixels: beside a text, its icon, and a title's sort arrow
_ENDS = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: 1}
ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
ADDED = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
_ONLY_GO = QItemSelectionModel.SelectionFlag.NoUpdate


class Table(QTableView, Generic[Row]):
    """Shows a `RowsModel`; says which rows are chosen."""

    current_changed = Signal(object)  # the row (or None) that the inspector should show
    sort_wanted = Signal(str, bool)  # a column's `sort` key, descending

    def __init__(self, name: str, model: RowsModel[Row], *, several: bool = False) -> None:
        super().__init__()
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.ROW)
        self.verticalHeader().setMinimumSectionSize(theme.ROW)
        self._filled: frozenset[str] = frozenset()
        self._lay_out_columns()
        self.selectionModel().selectionChanged.connect(self._tell)
        model.modelReset.connect(self._keep_current)

    def chosen(self) -> tuple[Row, ...]:
        """Return the selected rows, top down."""
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = (self.rows.row_at(number) for number in numbers)
        return tuple(row for row in rows if row is not None)

    def current_row(self) -> Row | None:
        """Return the row that has the focus, if it is selected."""
        index = self.currentIndex()
        return self.rows.row_at(index.row()) if index.isValid() else None

    def choose(self, number: int) -> None:
        """Select one row alone and bring it into view."""
        if 0 <= number < self.rows.rowCount():
            index = self.rows.index(number, 0)
            # Not selectRow: it adds to what is chosen while a key's Ctrl or Shift is still down.
            self.selectionModel().setCurrentIndex(index, ALONE)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.as_tsv())
            return
        if event.key() in _ENDS and not self.horizontalScrollBar().maximum():
            self._go_to_end(_ENDS[Qt.Key(event.key())] * (self.rows.rowCount() - 1), event)
            return
        super().keyPressEvent(event)

    def _go_to_end(self, number: int, event: QKeyEvent) -> None:
        """Go to the first or last row; with Shift all rows on the way are chosen too.

        Qt goes to the first or last column, which nobody sees where whole rows are chosen.
        """
        extends = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        several = self.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
        if number < 0 or not (extends and several):
            self.choose(number)
            return
        here, model = max(0, self.currentIndex().row()), self.selectionModel()
        first, last = sorted((here, number))
        way = QItemSelection(self.rows.index(first, 0), self.rows.index(last, 0))
        model.select(way, ADDED)
        model.setCurrentIndex(self.rows.index(number, 0), _ONLY_GO)
        self.scrollTo(self.rows.index(number, 0))

    def as_tsv(self) -> str:
        """Return the selected rows as lines with tabs between the cells."""
        columns = self.rows.columns
        return "\n".join("\t".join(column.text(row) for column in columns) for row in self.chosen())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame too: a style sheet's edge lies under the header."""
        super().paintEvent(event)
        self.paint_focus()

    def paint_focus(self) -> None:
        """Frame the rows while they have the focus."""
        if self.hasFocus() and self.rows.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(theme.color("accent"), _FOCUS))
            edge = _FOCUS // 2
            painter.drawRect(self.viewport().rect().adjusted(edge, edge, -edge, -edge))
            painter.end()

    def _lay_out_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setFixedHeight(theme.ROW)
        header.setFont(theme.font("note"))
        header.setSortIndicatorShown(any(column.sort for column in self.rows.columns))
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsClickable(any(column.sort for column in self.rows.columns))
        header.sectionClicked.connect(self._ask_to_sort)
        for number, column in enumerate(self.rows.columns):
            if column.is_fixed:
                header.resizeSection(number, max(column.width, self._room_for(column)))

    def show_filled(self, keys: Collection[str]) -> None:
        """Have room for the columns with these `sort` keys: they stay once they say something."""
        self._filled |= frozenset(keys)
        self._share_width()

    def fit_numbers(self) -> None:
        """Widen the columns of numbers to the few rows that there are, and the table with them."""
        rows = [self.rows.row_at(number) for number in range(self.rows.rowCount())]
        for number, column in enumerate(self.rows.columns):
            if column.number and column.is_fixed:
                texts = [column.text(row) for row in rows if row is not None]
                width = max(column.width, self._room_for(replace(column, words=texts)))
                self.setColumnWidth(number, width)
        fixed = [number for number, column in enumerate(self.rows.columns) if column.is_fixed]
        others = len(self.rows.columns) - len(fixed)
        self.setMinimumWidth(sum(map(self.columnWidth, fixed)) + others * _NARROWEST)
        self._share_width()

    def _room_for(self, column: Column[Row]) -> int:
        """Return how wide a column is in which nothing of its words is cut off."""
        if not column.words:
            return 0
        header = QFontMetrics(self.horizontalHeader().font())
        title = header.horizontalAdvance(column.title) + (_ARROW if column.sort else 0)
        texts = max(map(self.fontMetrics().horizontalAdvance, column.words))
        has_icon = column.status is not None or column.icon is not None
        return max(title, texts + (_ICON if has_icon else 0)) + _EDGES

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Divide what the columns of fixed width leave among the others, by their weights."""
        columns = self.rows.columns
        for number, column in enumerate(columns):
            needed = max(column.spare, 0 if column.sort in self._filled else column.idle)
            if column.spare or column.idle:
                self.setColumnHidden(number, self.viewport().width() < needed)
        taken = sum(
            self.columnWidth(number) for number, column in enumerate(columns) if column.is_fixed
        )
        sharing = [
            (number, column)
            for number, column in enumerate(columns)
            if not column.is_fixed and not self.isColumnHidden(number)
        ]
        weights = sum(column.weight for _number, column in sharing)
        left = self.viewport().width() - taken
        for number, column in sharing:
            self.setColumnWidth(number, max(_NARROWEST, left * column.weight // weights))

    def _ask_to_sort(self, section: int) -> None:
        key = self.rows.columns[section].sort
        if not key:
            return
        order = self.horizontalHeader().sortIndicatorOrder()
        self.sort_wanted.emit(key, order == Qt.SortOrder.DescendingOrder)

    def _tell(self, _new: QItemSelection, _old: QItemSelection) -> None:
        has_some = self.selectionModel().hasSelection()
        self.current_changed.emit(self.current_row() if has_some else None)

    def _keep_current(self) -> None:
        self.current_changed.emit(None)


AnyTable = Table[Any]
