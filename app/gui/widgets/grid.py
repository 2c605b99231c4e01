"""The table of a very long list: it paints its rows itself, and its selection may be a million.

Qt asks a model some hundred times per row and frame, and each answer is Python; painting what the
columns say straight from the rows takes a third of the time. A header that follows the selection
asks about every row of the list; this one does not follow it.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHoverEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QStaticText,
    QTransform,
)

from app.gui import theme
from app.gui.widgets.rows import Column, Row, RowsModel
from app.gui.widgets.table import ALONE, Table

_PADDING = 11  # pixels, as the header has them
_ICON = 16
_GAP = 6  # between icon and text
_KEPT = 6000  # cut and laid out texts
_WAITING = "…"
_COPIED = 2000  # rows that are copied as they are shown


class Grid(Table[Row]):
    """Shows the rows of a `RowsModel` of any length."""

    copy_wanted = Signal()  # of selected rows that are many, or not all here

    def __init__(self, name: str, model: RowsModel[Row], *, several: bool = False) -> None:
        super().__init__(name, model, several=several)
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._hovered = -1
        self._texts = lru_cache(_KEPT)(self._lay_out_text)

    def ranges(self) -> tuple[range, ...]:
        """Return what is selected as ranges of row numbers, top down."""
        chosen = self.selectionModel().selection()
        parts = (chosen.at(number) for number in range(chosen.count()))
        found = sorted((one.top(), one.bottom()) for one in parts)
        joined: list[range] = []
        for top, bottom in found:
            if joined and top <= joined[-1].stop:
                joined[-1] = range(joined[-1].start, max(joined[-1].stop, bottom + 1))
            else:
                joined.append(range(top, bottom + 1))
        return tuple(joined)

    def selected_count(self) -> int:
        """Return how many rows are selected."""
        return sum(map(len, self.ranges()))

    def chosen(self) -> tuple[Row, ...]:
        """Return those of the selected rows that are here, top down."""
        rows = (self.rows.row_at(number) for one in self.ranges() for number in one)
        return tuple(row for row in rows if row is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and not self._are_all_here():
            self.copy_wanted.emit()
            return
        super().keyPressEvent(event)

    def mark(self, number: int, *, scroll: bool) -> None:
        """Select one row alone; without `scroll` what is looked at stays in place."""
        self.setAutoScroll(scroll)
        self.selectionModel().setCurrentIndex(self.rows.index(number, 0), ALONE)
        if scroll:
            self.scrollTo(self.rows.index(number, 0))
        self.setAutoScroll(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        columns = tuple(self._columns_in(event.rect()))
        for number in self._rows_in(event.rect()):
            self._paint_row(painter, number, columns)
        painter.end()
        self.paint_focus()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHoverEvent):
            gone = event.type() == QEvent.Type.HoverLeave
            self._hover(-1 if gone else self.rowAt(int(event.position().y())))
        return super().viewportEvent(event)

    def _are_all_here(self) -> bool:
        """Whether the selected rows are few and fetched, so that they can be copied at once."""
        if self.selected_count() > _COPIED:
            return False
        kept = self.rows.kept_row
        return all(kept(number) is not None for one in self.ranges() for number in one)

    def _hover(self, number: int) -> None:
        if number != self._hovered:
            former, self._hovered = self._hovered, number
            for one in (former, number):
                if one >= 0:
                    self.viewport().update(self._band(one))

    def _band(self, number: int) -> QRect:
        return QRect(0, self.rowViewportPosition(number), self.viewport().width(), theme.ROW)

    def _rows_in(self, rect: QRect) -> range:
        total = self.rows.rowCount()
        if not total:
            return range(0)
        top = self.verticalOffset() + rect.top()
        bottom = self.verticalOffset() + rect.bottom()
        return range(max(0, top // theme.ROW), min(total, bottom // theme.ROW + 1))

    def _columns_in(self, rect: QRect) -> Iterator[tuple[Column[Row], int, int]]:
        for number, column in enumerate(self.rows.columns):
            left, width = self.columnViewportPosition(number), self.columnWidth(number)
            if width and left <= rect.right() and left + width >= rect.left():
                yield column, left, width

    def _paint_row(
        self, painter: QPainter, number: int, columns: Sequence[tuple[Column[Row], int, int]]
    ) -> None:
        band = self._band(number)
        chosen = self.selectionModel().isRowSelected(number)
        if chosen or number == self._hovered:
            painter.fillRect(band, _colour("selection" if chosen else "hover"))
        painter.fillRect(band.left(), band.bottom(), band.width(), 1, _colour("line"))
        row = self.rows.row_at(number)
        for column, left, width in columns:
            cell = QRect(left + _PADDING, band.top(), width - 2 * _PADDING, theme.ROW - 1)
            if row is None:
                self._write(painter, cell, _WAITING, _colour("quiet"), right=False)
            else:
                self._paint_cell(painter, cell, column, row, chosen=chosen)
        if self.hasFocus() and number == self.currentIndex().row():
            painter.setPen(QPen(_colour("accent"), 1))
            painter.drawRect(band.adjusted(2, 0, -3, -2))

    def _paint_cell(
        self, painter: QPainter, cell: QRect, column: Column[Row], row: Row, *, chosen: bool
    ) -> None:
        status = column.status(row) if column.status else ""
        tone = "on_selection" if chosen else "quiet" if column.quiet else "text"
        icon = column.icon(row) if column.icon and not status else ""
        if status:
            look = theme.STATUS[status]
            icon = look.icon
            tone = look.tone if column.tinted and not chosen else tone
            self._draw_icon(painter, cell, icon, look.tone)
        elif icon:
            self._draw_icon(painter, cell, icon, "quiet")
        if icon:
            cell = cell.adjusted(_ICON + _GAP, 0, 0, 0)
        self._write(painter, cell, column.text(row), _colour(tone), right=column.number)

    def _draw_icon(self, painter: QPainter, cell: QRect, icon: str, tone: str) -> None:
        top = cell.top() + (cell.height() - _ICON) // 2
        picture = _picture(icon, tone, theme.scheme(), self.devicePixelRatioF())
        painter.drawPixmap(QPoint(cell.left(), top), picture)

    def _write(
        self, painter: QPainter, cell: QRect, text: str, color: QColor, *, right: bool
    ) -> None:
        if not text or cell.width() <= 0:
            return
        laid, width, height = self._texts(text, cell.width())
        left = cell.right() - width if right else cell.left()
        painter.setPen(color)
        painter.drawStaticText(left, cell.top() + (cell.height() - height) // 2, laid)

    def _lay_out_text(self, text: str, room: int) -> tuple[QStaticText, int, int]:
        metrics: QFontMetrics = self.fontMetrics()
        shown = QStaticText(metrics.elidedText(text, Qt.TextElideMode.ElideRight, room))
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.prepare(QTransform(), self.font())
        size = shown.size().toSize()
        return shown, size.width(), size.height()


@lru_cache
def _picture(icon: str, tone: str, _scheme: str, ratio: float) -> QPixmap:
    """Return an icon as it is drawn: the icons are a font, and drawing one takes long."""
    return theme.icon(icon, tone).pixmap(QSize(_ICON, _ICON), ratio)


def _colour(tone: str) -> QColor:
    return _named(tone, theme.scheme())


@lru_cache
def _named(tone: str, _scheme: str) -> QColor:
    return theme.color(tone)
