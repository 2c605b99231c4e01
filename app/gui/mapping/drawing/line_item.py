"""One line as it is painted: solid when approved, dashed when suggested, dotted when flagged."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.core.mapping import LinkState
from app.gui import theme
from app.gui.mapping.variable_rows import APPROVED, FLAGGED, STATES, TO_APPROVE

# pixels drawn and left out; a line that is not here is solid
DASHES = {LinkState.SUGGESTED: (7.0, 4.0), LinkState.FLAGGED: (2.0, 3.5)}
_STATES = {
    LinkState.APPROVED: APPROVED,
    LinkState.SUGGESTED: TO_APPROVE,
    LinkState.FLAGGED: FLAGGED,
}
PLAIN, STRONG, FADED = "plain", "strong", "faded"
_OPACITY = {PLAIN: 0.75, STRONG: 1.0, FADED: 0.13}
_THIN, _THICKEST = 1.5, 6.5
_REACH = 10  # pixels beside a line that still hit it
_BADGE = QRectF(-13, -9, 26, 18)
_STUB, _TIP = 24.0, 3.0


def line_tone(state: LinkState) -> str:
    """Return the colour that lines of a state have."""
    return theme.STATUS[STATES[_STATES[state]][0]].tone


def line_pen(state: LinkState, count: int = 1, *, strong: bool = False) -> QPen:
    """Return how a line is drawn: thicker the more lines it stands for."""
    width = min(_THIN + 0.6 * (count - 1), _THICKEST) + (1 if strong else 0)
    pen = QPen(theme.color(line_tone(state)), width)
    if state in DASHES:
        pen.setDashPattern([max(length, width) / width for length in DASHES[state]])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


@dataclass(frozen=True, slots=True)
class Course:
    """Where a line runs. Of a `stub` only what leaves `start` is drawn, towards `end`."""

    start: QPointF
    end: QPointF
    is_stub: bool = False
    badge: float = 0.5  # where on it its number stands

    def path(self) -> QPainterPath:
        """Return the curve."""
        made = QPainterPath(self.start)
        if self.is_stub:
            return self._stub(made)
        sideways = QPointF((self.end.x() - self.start.x()) / 2, 0)
        made.cubicTo(self.start + sideways, self.end - sideways, self.end)
        return made

    def _stub(self, made: QPainterPath) -> QPainterPath:
        """Return a short bend with a tip, upwards or downwards to what is out of sight."""
        way = 1 if self.end.x() > self.start.x() else -1
        turn = 1 if self.end.y() > self.start.y() else -1
        tip = self.start + QPointF(way * _STUB, turn * _STUB / 3)
        made.quadTo(self.start + QPointF(way * _STUB, 0), tip)
        made.moveTo(tip - QPointF(_TIP, turn * _TIP))
        made.lineTo(tip)
        made.lineTo(tip + QPointF(_TIP, -turn * _TIP))
        return made


class LineItem(QGraphicsItem):
    """A curve between two entries, with a number when it stands for several."""

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self._course: Course | None = None
        self._pen = QPen()
        self._count = 1
        self._state = LinkState.APPROVED
        self._look = PLAIN

    def run(self, course: Course) -> None:
        """Run along another course."""
        if course != self._course:
            self.prepareGeometryChange()
            self._course = course
            self._path = course.path()

    def show_state(self, state: LinkState, count: int, look: str) -> None:
        """Look as a line of this state and weight does, put forward or not."""
        self.prepareGeometryChange()
        self._state, self._count, self._look = state, count, look
        self._pen = line_pen(state, count, strong=look == STRONG)
        self.setZValue({FADED: 0.0, PLAIN: 1.0, STRONG: 2.0}[look] + (0.5 if count > 1 else 0))
        self.setOpacity(_OPACITY[look])
        self.update()

    @property
    def look(self) -> str:
        """How it is put forward: plain, strong or faded."""
        return self._look

    def boundingRect(self) -> QRectF:
        margin = self._pen.widthF() + _BADGE.height() / 2
        return self._path.boundingRect().adjusted(-margin, -margin, margin, margin)

    def shape(self) -> QPainterPath:
        """Return what a click hits."""
        stroker = QPainterPathStroker()
        stroker.setWidth(max(_REACH, self._pen.widthF()))
        return stroker.createStroke(self._path)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.drawPath(self._path)
        course = self._course
        if self._count > 1 and self._look != FADED and course and not course.is_stub:
            self._paint_count(painter, course.badge)

    def _paint_count(self, painter: QPainter, share: float) -> None:
        badge = _BADGE.translated(self._path.pointAtPercent(share))
        painter.setPen(QPen(self._pen.color(), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(badge, 9, 9)
        painter.setFont(theme.font("note", bold=True))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, str(self._count))
