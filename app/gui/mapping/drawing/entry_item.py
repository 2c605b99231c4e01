"""One row of a side as it is painted: icons, text, a word and the ring that lines end in."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.gui import theme
from app.gui.mapping.drawing.entries import LEFT, Entry

HEIGHT = 24  # as low as something that is clicked may be
RING = 24  # how wide the part is that takes hold of a line
_RADIUS = 4.0
_ICON = 16
_GAP = 6
_WORDS = 270  # narrower than this the words give way to the icons
_FIGURES = 110


class EntryItem(QGraphicsItem):
    """A heading, a column or a variable; painted once and moved as a picture."""

    def __init__(self, parent: QGraphicsItem) -> None:
        super().__init__(parent)
        self.entry: Entry | None = None
        self._width = 0.0
        self._is_current = False
        self._is_framed = False
        self._is_taken = False
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_entry(self, entry: Entry, width: float) -> None:
        """Show an entry this wide."""
        if width != self._width:
            self.prepareGeometryChange()
            self._width = width
        if entry != self.entry:
            self.entry = entry
            self.setToolTip(entry.tip)
        self.update()

    def mark(self, *, current: bool, framed: bool, taken: bool) -> None:
        """Say that the entry is the chosen one, has the keys' focus, or is taken in hand."""
        new = (current, framed, taken)
        if new != (self._is_current, self._is_framed, self._is_taken):
            self._is_current, self._is_framed, self._is_taken = new
            self.update()

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._width, HEIGHT)

    def paint(
        self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None
    ) -> None:
        if self.entry is None:
            return
        self._paint_ground(painter)
        if self.entry.is_heading:
            self._paint_heading(painter, self.entry)
        else:
            self._paint_words(painter, self.entry)
        if self.entry.linked or not self.entry.is_heading:
            self._paint_ring(painter, self.entry)

    def _paint_ground(self, painter: QPainter) -> None:
        box = self.boundingRect()
        is_heading = self.entry is not None and self.entry.is_heading
        ground = "selection" if self._is_current else "page" if is_heading else "surface"
        painter.fillRect(box, theme.color(ground))
        if self._is_framed or self._is_taken:
            style = Qt.PenStyle.DashLine if self._is_taken else Qt.PenStyle.SolidLine
            painter.setPen(QPen(theme.color("accent"), 2, style))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        else:
            painter.setPen(theme.color("line"))
            painter.drawLine(box.bottomLeft() - QPointF(0, 0.5), box.bottomRight())

    def _paint_heading(self, painter: QPainter, entry: Entry) -> None:
        inner = self._inner(entry)
        chevron = "chevron-right" if entry.is_folded else "chevron-down"
        _icon(painter, chevron, self._text_tone(), inner.left())
        inner.setLeft(inner.left() + _ICON + _GAP)
        inner.setRight(self._put(painter, entry.word, inner, "quiet"))
        self._text(painter, entry.text, inner, bold=True)

    def _paint_words(self, painter: QPainter, entry: Entry) -> None:
        inner = self._inner(entry)
        is_wide = self._width >= _WORDS
        if entry.lead:
            _icon(painter, entry.lead, self._text_tone("quiet"), inner.left())
        inner.setLeft(inner.left() + _ICON + _GAP)
        icon, tone = entry.tail
        if icon:
            _icon(painter, icon, tone, inner.right() - _ICON)
            inner.setRight(inner.right() - _ICON - _GAP)
        word = (entry.word if is_wide else "", tone or "quiet")
        figure = (entry.figure if self._width >= _FIGURES else "", "quiet")
        for text, its_tone in (figure, word) if entry.side == LEFT else (word, figure):
            inner.setRight(self._put(painter, text, inner, its_tone))
        self._text(painter, entry.text, inner)

    def _paint_ring(self, painter: QPainter, entry: Entry) -> None:
        x = self._width - _RADIUS - 4 if entry.side == LEFT else _RADIUS + 4
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = theme.color("accent" if entry.linked else "field_line")
        painter.setPen(QPen(tone, 1.5))
        painter.setBrush(tone if entry.linked else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, HEIGHT / 2), _RADIUS, _RADIUS)

    def _inner(self, entry: Entry) -> QRectF:
        """Return the room beside the ring."""
        near, far = _GAP, RING - _GAP
        if entry.side == LEFT:
            return self.boundingRect().adjusted(near, 0, -far, 0)
        return self.boundingRect().adjusted(far, 0, -near, 0)

    def _put(self, painter: QPainter, text: str, room: QRectF, tone: str) -> float:
        """Write a small text at the right of the room; return where it begins, with a gap."""
        if not text:
            return room.right()
        width = QFontMetricsF(theme.font("note")).horizontalAdvance(text)
        painter.setFont(theme.font("note"))
        painter.setPen(theme.color(self._text_tone(tone)))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, text)
        return room.right() - width - _GAP

    def _text(self, painter: QPainter, text: str, room: QRectF, *, bold: bool = False) -> None:
        metrics = QFontMetricsF(theme.font(bold=bold))
        is_column = self.entry is not None and self.entry.side == LEFT and not bold
        # columns are often alike in the beginning and differ in the end
        cut = Qt.TextElideMode.ElideMiddle if is_column else Qt.TextElideMode.ElideRight
        shown = metrics.elidedText(text, cut, max(0.0, room.width()))
        painter.setFont(theme.font(bold=bold))
        painter.setPen(theme.color(self._text_tone()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _text_tone(self, tone: str = "text") -> str:
        """Return a tone that can be read on the ground the entry has."""
        return "on_selection" if self._is_current and tone in {"text", "quiet"} else tone


def _icon(painter: QPainter, name: str, tone: str, x: float) -> None:
    top = (HEIGHT - _ICON) // 2
    theme.icon(name, tone).paint(painter, int(x), top, _ICON, _ICON)
