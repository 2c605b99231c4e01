"""A text to read with marks in it: folds, line numbers, squiggles, a ruler and a pop-over."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

from app.gui import theme
from app.gui.widgets.pop_over import PopOver
from app.gui.widgets.xml_folding import Folding
from app.gui.widgets.xml_gutter import RULER, Gutter, Ruler
from app.gui.widgets.xml_lines import Lines
from app.gui.widgets.xml_marks import Mark, in_order, step_from
from app.language.text import ngettext

_TINT = 32  # of 255: how strong the ground under a mark is


def make_reader(view: QPlainTextEdit) -> None:
    """Let a text view show code to read: no frame, no wrapping, no editing, fixed width."""
    view.setReadOnly(True)
    view.setUndoRedoEnabled(False)
    view.setTabChangesFocus(True)
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    view.setProperty("bare", True)
    view.setFont(theme.fixed_font())
    view.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )


class MarkedText(QPlainTextEdit):
    """Shows marks in its text; the caret can go from one to the next."""

    mark_changed = Signal(object)  # the Mark that somebody has gone to

    def __init__(self) -> None:
        super().__init__()
        self._hits: tuple[tuple[int, int], ...] = ()
        self.marks: tuple[Mark, ...] = ()
        self._at: Mark | None = None  # that somebody has gone to: several may be at one place
        self.lines = Lines()
        make_reader(self)
        self.folding = Folding(self)
        self.gutter = Gutter(self, self.folding)
        self.ruler = Ruler(self, self.go_to_mark)
        self.pop_over = PopOver(self)
        self.updateRequest.connect(self._scroll_gutter)
        self.blockCountChanged.connect(self._make_room)
        self.cursorPositionChanged.connect(self.gutter.update)
        self.folding.changed.connect(self.gutter.update)
        self._make_room()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Mark other places in the text that is shown."""
        self.marks = in_order(marks)
        self._at = None
        self.gutter.show_marks(self.marks)
        self.ruler.show_marks(self.marks)
        self.pop_over.hide()
        self._select()

    def show_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Tint what a search has found: where each begins and how long it is."""
        self._hits = tuple(hits)
        self._select()

    def go_to_line(self, line: int, column: int = 0) -> None:
        """Put the caret on a line, unfolding what hides it."""
        self.folding.bring(line)
        caret = self.textCursor()
        caret.setPosition(self._position(line, column))
        self.setTextCursor(caret)
        self.centerCursor()

    def go_to_mark(self, mark: Mark) -> None:
        """Put the caret on a mark and tell about it."""
        self._at = mark
        self.go_to_line(mark.line, mark.column)
        self.tell(mark)
        self.mark_changed.emit(mark)

    def next_mark(self, way: int) -> Mark | None:
        """Return the mark after the caret (1) or before it (-1)."""
        caret = self.textCursor()
        line, column = caret.blockNumber(), caret.positionInBlock()
        at = self.mark_here()
        if at is not None and at is self._at:
            place = self.marks.index(at) + way
            return self.marks[place] if 0 <= place < len(self.marks) else None
        if way > 0 and not caret.position() and not self.pop_over.isVisible():
            line = -1  # nobody has gone anywhere yet: the very first place counts too
        return step_from(self.marks, line, column, way)

    def step(self, way: int) -> None:
        """Go to the next mark (1) or the previous one (-1), if there is one."""
        found = self.next_mark(way)
        if found is not None:
            self.go_to_mark(found)

    def step_round(self, way: int) -> None:
        """Go to the next mark (1) or the previous one (-1), from the last to the first."""
        if self.marks:
            self.go_to_mark(self.next_mark(way) or self.marks[0 if way > 0 else -1])

    def mark_here(self) -> Mark | None:
        """Return the mark at the caret, else the first one of its line."""
        caret = self.textCursor()
        line = [one for one in self.marks if one.line == caret.blockNumber()]
        at = [one for one in line if one.column == caret.positionInBlock()]
        if self._at in at:
            return self._at
        return next(iter((*at, *line)), None)

    def tell(self, mark: Mark) -> None:
        """Open the pop-over of a mark."""
        caret = self.textCursor()
        caret.setPosition(self._position(mark.line, mark.column))
        place = self.cursorRect(caret).translated(self.viewport().pos())
        self.pop_over.show_at(place, mark.status, mark.text, mark.more)
        self.setAccessibleDescription(mark.spoken)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pop_over.hide()
        inside, left = self.contentsRect(), self.gutter.sizeHint().width()
        text = self.viewport().geometry()
        self.gutter.setGeometry(QRect(inside.left(), text.top(), left, text.height()))
        self.ruler.setGeometry(QRect(text.right() + 1, text.top(), RULER, text.height()))

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            caret = self.cursorForPosition(event.pos())
            line, column = caret.blockNumber(), caret.positionInBlock()
            under = [one for one in self.marks if one.line == line and one.covers(column)]
            if under:
                self.tell(under[0])
            return True
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say after each folded line how much is folded away there."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(theme.color("accent"))
        painter.setFont(self.font())
        for number in self.folding.folded:
            block = self.document().findBlockByNumber(number)
            if not block.isVisible():
                continue
            hidden = self.folding.hidden_by(number)
            words = ngettext("{count} line folded", "{count} lines folded", hidden)
            told = f"⋯ {words.format(count=hidden)}"
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            left = self.fontMetrics().horizontalAdvance(block.text()) + self.contentOffset().x()
            place.setLeft(left + self.document().documentMargin() + theme.GRID)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, told)
        painter.end()

    def _position(self, line: int, column: int) -> int:
        block = self.document().findBlockByNumber(line)
        return block.position() + max(0, min(column, block.length() - 1))

    def _select(self) -> None:
        """Paint the marks and the hits in the text."""
        hits = [self._shade(at, at + size, QTextCharFormat()) for at, size in self._hits]
        for hit in hits:
            hit.format.setBackground(theme.color("selection"))
        self.setExtraSelections([*hits, *map(self._squiggle, self.marks)])

    def _squiggle(self, mark: Mark) -> QTextEdit.ExtraSelection:
        wave = QTextCharFormat()
        wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        tone = theme.color(theme.STATUS[mark.status].tone)
        wave.setUnderlineColor(tone)
        tone.setAlpha(_TINT)
        wave.setBackground(tone)
        wave.setProperty(QTextFormat.Property.TextToolTip, mark.spoken)
        first = self._position(mark.line, mark.column)
        return self._shade(first, self._position(mark.line, mark.column + mark.length), wave)

    def _shade(self, first: int, end: int, shade: QTextCharFormat) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        selection.format = shade
        caret = QTextCursor(self.document())
        caret.setPosition(first)
        caret.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        selection.cursor = caret
        return selection

    def _make_room(self, _lines: int = 0) -> None:
        self.setViewportMargins(self.gutter.sizeHint().width(), 0, RULER, 0)

    def _scroll_gutter(self, area: QRect, by: int) -> None:
        if by:
            self.pop_over.hide()
            self.gutter.scroll(0, by)
        else:
            self.gutter.update(0, area.y(), self.gutter.width(), area.height())
