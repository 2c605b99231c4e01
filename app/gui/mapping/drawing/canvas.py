"""The view of the drawing: what is chosen and what is in hand, scrolled and zoomed."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QScrollBar

from app.gui.mapping.drawing.board import Board
from app.gui.mapping.drawing.entries import LEFT, RIGHT, Entry
from app.gui.mapping.drawing.entry_item import HEIGHT
from app.gui.mapping.drawing.lines import Line
from app.gui.mapping.drawing.pointer import Pointer
from app.gui.mapping.drawing.walker import Walker
from app.language.text import _

ZOOMS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)
_NOTCH = 120  # what one step of a wheel says
_ROWS = 3  # that it scrolls
_NEAR = 0.01


class Canvas(QGraphicsView):
    """Shows the board and knows which entry is chosen and which one is in hand."""

    changed = Signal()  # what is chosen or in hand
    zoomed = Signal()
    fold_wanted = Signal(str, str, bool)  # side, heading, folded
    connect_wanted = Signal(object, object)  # the column's entry, the variable's
    remove_wanted = Signal(object)  # lines

    def __init__(self) -> None:
        self.board = Board()
        super().__init__(self.board)
        self.current: Entry | None = None
        self.taken: Entry | None = None
        self.line: Line | None = None  # the one that was clicked
        self.fades = True
        self.zoom = 1.0
        self.bars = {LEFT: QScrollBar(), RIGHT: QScrollBar()}
        self._pointer = Pointer(self)
        self._walker = Walker(self)
        for side, bar in self.bars.items():
            bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            bar.valueChanged.connect(lambda value, side=side: self.board.scroll_side(side, value))
        self._dress()

    def show_picture(
        self, left: Sequence[Entry], right: Sequence[Entry], lines: Sequence[Line]
    ) -> None:
        """Show other entries and lines; what is chosen stays so while it is there."""
        self.board.show_picture(left, right, lines)
        self._measure()
        self.taken = self._anew(self.taken)
        self._pointer.follow()
        self.choose(self._anew(self.current), see=False)

    def choose(self, entry: Entry | None, *, line: Line | None = None, see: bool = True) -> None:
        """Choose an entry (by one of its lines), bring it in sight and its lines forward."""
        self.current, self.line = entry, line
        if entry is not None and see:
            self._see(entry)
        lines = self.highlighted()
        self.board.put_forward((one.key for one in lines), fades=self.fades and bool(lines))
        self._mark()
        self.changed.emit()

    def highlighted(self) -> tuple[Line, ...]:
        """Return the lines that are put forward: those that may be removed."""
        if self.line is not None:
            return (self.line,)
        return self.board.lines_of(self.current) if self.current is not None else ()

    def take(self, entry: Entry | None) -> None:
        """Take an entry in hand, to be connected with another one; None drops it."""
        self.taken = None if entry is not None and entry.is_heading else entry
        self._pointer.follow()
        self._mark()
        self.changed.emit()

    def meet(self, entry: Entry) -> bool:
        """Connect what is in hand with an entry of the other side; say whether that was it."""
        taken = self.taken
        if taken is None or entry.is_heading or entry.side == taken.side:
            return False
        self.take(None)
        self.connect_wanted.emit(*((taken, entry) if taken.side == LEFT else (entry, taken)))
        return True

    def ask_fold(self, heading: Entry, *, folded: bool) -> None:
        """Ask for what stands under a heading to be hidden or shown."""
        self.fold_wanted.emit(heading.side, heading.key, folded)

    def set_zoom(self, zoom: float) -> None:
        """Show everything larger or smaller; the sides keep to the width there is."""
        self.zoom = min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        self.resetTransform()
        self.scale(self.zoom, self.zoom)
        self._measure()
        self.zoomed.emit()

    def step_zoom(self, step: int) -> None:
        """Zoom to the next larger (1) or smaller (-1) size."""
        beyond = [one for one in ZOOMS if (one - self.zoom) * step > _NEAR]
        if beyond:
            self.set_zoom(min(beyond) if step > 0 else max(beyond))

    def fit(self) -> None:
        """Zoom out so that as much as can be read is in sight."""
        rows = max(len(side.entries) for side in self.board.sides.values())
        self.set_zoom(min(1.0, self.viewport().height() / (HEIGHT * max(rows, 1))))

    def scroll_by(self, side: str, pixels: int) -> None:
        """Scroll one side, or both when it is ""."""
        for name in (side,) if side else (LEFT, RIGHT):
            self.bars[name].setValue(self.bars[name].value() + pixels)

    def place(self, event: QMouseEvent | QWheelEvent) -> QPointF:
        """Return where in the scene the pointer is."""
        return self.mapToScene(event.position().toPoint())

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        return self._walker.tab(forward=next) or super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._walker.press(event))  # never Qt's scrolling

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pointer.press(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step_zoom(1 if turn > 0 else -1)
        else:
            by_pixel = event.pixelDelta().y()
            pixels = by_pixel or turn * _ROWS * HEIGHT // _NOTCH
            self.scroll_by(self.board.side_at(self.place(event).x()), -pixels)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._walker.begin()
        self._mark()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark()

    def _dress(self) -> None:
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(300, 6 * HEIGHT))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Drawing of the mapping"))
        self.setAccessibleDescription(
            _("The table of variables says the same, and all that is done here is done there too.")
        )

    def _measure(self) -> None:
        """Lay out in the room that the view has at this zoom."""
        room = self.viewport().size()
        self.board.set_room(room.width() / self.zoom, room.height() / self.zoom)
        for side, bar in self.bars.items():
            one = self.board.sides[side]
            bar.setRange(0, one.reach)
            bar.setPageStep(max(HEIGHT, int(one.height)))
            bar.setSingleStep(HEIGHT)

    def _see(self, entry: Entry) -> None:
        """Bring an entry in sight, and beside it where its first line goes."""
        side = self.board.sides[entry.side]
        self.bars[entry.side].setValue(side.offset_to_see(entry.key))
        lines = self.board.lines_of(entry)
        if lines:
            name, end = (RIGHT, lines[0].right) if entry.side == LEFT else (LEFT, lines[0].left)
            offset = self.board.sides[name].offset_beside(end, side.middle(entry.key))
            self.bars[name].setValue(offset)

    def _mark(self) -> None:
        for name, side in self.board.sides.items():
            here = self.current if self.current and self.current.side == name else None
            taken = self.taken if self.taken and self.taken.side == name else None
            side.mark(
                here.key if here else "",
                framed=self.hasFocus(),
                taken=taken.key if taken else "",
            )

    def _anew(self, entry: Entry | None) -> Entry | None:
        """Return an entry as it now is, None when it is no longer shown."""
        return self.board.sides[entry.side].entry_of(entry.key) if entry is not None else None
