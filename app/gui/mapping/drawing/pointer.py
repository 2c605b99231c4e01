"""The drawing by pointer: a click chooses, ring or drag takes in hand, click or drop connects."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.gui.mapping.drawing.entries import LEFT, RIGHT, Entry
from app.gui.mapping.drawing.entry_item import HEIGHT, RING

if TYPE_CHECKING:
    from app.gui.mapping.drawing.canvas import Canvas

_TICK = 40  # ms between two steps of scrolling while dragging along an edge


class Pointer:
    """Turns what the pointer does into what the canvas does."""

    def __init__(self, canvas: "Canvas") -> None:
        self._canvas = canvas
        self._pressed: Entry | None = None
        self._from = QPoint()
        self._at = QPointF()
        self._is_dragging = False
        self._timer = QTimer(canvas)
        self._timer.setInterval(_TICK)
        self._timer.timeout.connect(self._scroll_along)

    def press(self, event: QMouseEvent) -> None:
        """Note where a click or a drag begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._at = self._canvas.place(event)
            self._from = event.position().toPoint()
            self._pressed = self._canvas.board.entry_at(self._at)
            self._is_dragging = False

    def move(self, event: QMouseEvent) -> None:
        """Draw a line to the pointer from what is in hand; begin a drag when it goes far enough."""
        self._at = self._canvas.place(event)
        held = event.buttons() & Qt.MouseButton.LeftButton
        entry = self._pressed
        if held and entry is not None and not entry.is_heading and not self._is_dragging:
            way = (event.position().toPoint() - self._from).manhattanLength()
            if way >= QApplication.startDragDistance():
                self._is_dragging = True
                self._canvas.choose(entry, see=False)
                self._canvas.take(entry)
                self._timer.start()
        self.follow()
        self._show_cursor()

    def release(self, event: QMouseEvent) -> None:
        """Finish a click or a drag."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._at = self._canvas.place(event)
        entry = self._canvas.board.entry_at(self._at)
        pressed, self._pressed = self._pressed, None
        self._timer.stop()
        if self._is_dragging:
            self._is_dragging = False
            if entry is None or not self._canvas.meet(entry):
                self._canvas.take(None)
        elif entry is None:
            self._click_between()
        elif pressed is not None and entry.key == pressed.key:
            self._click(entry)

    def follow(self) -> None:
        """Draw the line from what is in hand to the pointer, or none."""
        taken = self._canvas.taken
        if taken is None:
            self._canvas.board.drop()
        elif self._canvas.underMouse() or self._is_dragging:
            self._canvas.board.stretch(taken, self._at)

    def _click(self, entry: Entry) -> None:
        canvas = self._canvas
        if entry.is_heading:
            canvas.choose(entry, see=False)
            canvas.ask_fold(entry, folded=not entry.is_folded)
        elif not canvas.meet(entry):
            canvas.choose(entry)
            if self._is_on_ring() or canvas.taken is not None:
                canvas.take(entry)

    def _click_between(self) -> None:
        """Choose a line by its variable; a click on nothing drops what is in hand."""
        canvas = self._canvas
        line = canvas.board.line_at(self._at)
        if canvas.taken is not None:
            canvas.take(None)
        elif line is not None:
            canvas.choose(canvas.board.sides[RIGHT].entry_of(line.right), line=line)

    def _is_on_ring(self) -> bool:
        for name, side in self._canvas.board.sides.items():
            edge = side.x() + side.width - RING if name == LEFT else side.x()
            if edge <= self._at.x() <= edge + RING:
                return True
        return False

    def _show_cursor(self) -> None:
        entry = self._canvas.board.entry_at(self._at)
        can_take = entry is not None and not entry.is_heading and self._is_on_ring()
        is_link = can_take or self._canvas.board.line_at(self._at) is not None
        shape = Qt.CursorShape.PointingHandCursor if is_link else Qt.CursorShape.ArrowCursor
        self._canvas.viewport().setCursor(shape)

    def _scroll_along(self) -> None:
        """Scroll the side under the pointer while it drags along the upper or lower edge."""
        height = self._canvas.board.sceneRect().height()
        step = -1 if self._at.y() < HEIGHT else 1 if self._at.y() > height - HEIGHT else 0
        if step:
            self._canvas.scroll_by(self._canvas.board.side_at(self._at.x()), step * HEIGHT)
            self.follow()
