"""The strips beside a document: numbers, folds and states to the left, a ruler to the right."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from app.gui import theme
from app.gui.widgets.xml_folding import Folding
from app.gui.widgets.xml_marks import Mark, worst_by_line

_ICON = 14
_GAP = 4
RULER = _ICON + 4


class Gutter(QWidget):
    """To the left of the text: a finding's icon, the line's number, the handle of a fold."""

    def __init__(self, view: QPlainTextEdit, folding: Folding) -> None:
        super().__init__(view)
        self._view = view
        self._folding = folding
        self._worst: dict[int, Mark] = {}
        self.setMouseTracking(True)

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show other marks."""
        self._worst = worst_by_line(marks)
        self.update()

    def sizeHint(self) -> QSize:
        digits = len(str(max(99, self._view.blockCount())))
        number = self._view.fontMetrics().horizontalAdvance("9") * digits
        return QSize(2 * _ICON + number + 3 * _GAP, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("page"))
        painter.setFont(self._view.font())
        caret = self._view.textCursor().blockNumber()
        for number, line in self._lines(event.rect()):
            painter.setPen(theme.color("text" if number == caret else "quiet"))
            self._paint_line(painter, number, line)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._folding.toggle(self._line_at(event.position().toPoint()))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            mark = self._worst.get(self._line_at(event.pos()))
            QToolTip.showText(event.globalPos(), mark.spoken if mark else "", self)
            return True
        return super().event(event)

    def _paint_line(self, painter: QPainter, number: int, line: QRect) -> None:
        middle = line.center().y() - _ICON // 2 + 1
        if number in self._worst:
            icon = theme.status_icon(self._worst[number].status)
            icon.paint(painter, QRect(_GAP // 2, middle, _ICON, _ICON))
        place = QRect(0, line.top(), self.width() - _ICON - _GAP, line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignRight, str(number + 1))
        if self._folding.can_fold(number):
            name = "chevron-right" if number in self._folding.folded else "chevron-down"
            place = QRect(self.width() - _ICON - 1, middle, _ICON, _ICON)
            theme.icon(name, "quiet").paint(painter, place)

    def _lines(self, area: QRect) -> list[tuple[int, QRect]]:
        """Return the lines in sight, by number, with where they are."""
        found: list[tuple[int, QRect]] = []
        view = self._view
        block = view.firstVisibleBlock()
        while block.isValid():
            place = view.blockBoundingGeometry(block).translated(view.contentOffset())
            if place.top() > area.bottom():
                break
            if block.isVisible():
                line = QRect(0, int(place.top()), self.width(), int(place.height()))
                found.append((block.blockNumber(), line))
            block = block.next()
        return found

    def _line_at(self, point: QPoint) -> int:
        lines = self._lines(self.rect())
        return next((number for number, line in lines if line.contains(point)), -1)


class Ruler(QWidget):
    """To the right of the text: every finding of the whole document by its icon, in its place."""

    def __init__(self, view: QPlainTextEdit, go: Callable[[Mark], object]) -> None:
        super().__init__(view)
        self._view = view
        self._go = go
        self._marks: tuple[Mark, ...] = ()
        self.setFixedWidth(RULER)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_marks(self, marks: tuple[Mark, ...]) -> None:
        """Show other marks."""
        self._marks = marks
        self.update()

    def places(self) -> tuple[tuple[Mark, QRect], ...]:
        """Return each mark with where its icon is."""
        room = max(1, self.height() - _ICON)
        lines = max(1, self._view.blockCount() - 1)
        return tuple(
            (mark, QRect(2, room * mark.line // lines, _ICON, _ICON))
            for mark in worst_by_line(self._marks).values()
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.color("page"))
        for mark, place in reversed(self.places()):
            theme.status_icon(mark.status).paint(painter, place)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        mark = self._mark_at(event.position().toPoint())
        if mark is not None:
            self._go(mark)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            mark = self._mark_at(event.pos())
            QToolTip.showText(event.globalPos(), mark.spoken if mark else "", self)
            return True
        return super().event(event)

    def _mark_at(self, point: QPoint) -> Mark | None:
        return next((mark for mark, place in self.places() if place.contains(point)), None)
