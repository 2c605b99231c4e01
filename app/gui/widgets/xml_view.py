"""A case's document to read: line numbers, quiet colours, personnummer masked."""

import re

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app.gui import theme
from app.gui.widgets.masking import mask_xml

_TAG = re.compile(r"<[/?!]?([\w:.-]*)[^>]*>")
_MARGIN = 12


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


class _Colours(QSyntaxHighlighter):
    """Element names in the accent, the rest of each tag in grey; values stay plain."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._name = QTextCharFormat()
        self._tag = QTextCharFormat()

    def use(self, palette: QPalette) -> None:
        """Take the shades from a palette."""
        self._name.setForeground(palette.color(QPalette.ColorRole.Link))
        self._tag.setForeground(palette.color(QPalette.ColorRole.PlaceholderText))
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        for found in _TAG.finditer(text):
            self.setFormat(found.start(), len(found[0]), self._tag)
            self.setFormat(found.start(1), len(found[1]), self._name)


class _Numbers(QWidget):
    """The strip of line numbers to the left of the text."""

    def __init__(self, view: "XmlView") -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self) -> QSize:
        return QSize(self._view.number_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._view.paint_numbers(self, event.rect())


class XmlView(QPlainTextEdit):
    """Show one document, read only; the person's number stays masked until it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._person_element = ""
        self._case = ""
        self._revealed = False
        make_reader(self)
        self._colours = _Colours(self.document())
        self._colours.use(self.palette())
        self._numbers = _Numbers(self)
        self.updateRequest.connect(self._scroll_numbers)
        self.blockCountChanged.connect(self._make_room)
        self._make_room()

    def show_document(self, text: str, person_element: str, case: str = "") -> None:
        """Show a document; `person_element` is the element whose content is a personnummer."""
        self._text = text
        self._person_element = person_element
        self._case = case
        self._refresh()

    def reveal(self, revealed: bool) -> None:
        """Show personnummer, or mask them again."""
        self._revealed = revealed
        self._refresh()

    def go_to(self, element: str) -> None:
        """Put the caret on the first line that opens an element of this name."""
        line = re.search(rf"<(?:[\w.-]+:)?{re.escape(element)}[ >/]", self.toPlainText())
        if line:
            caret = self.textCursor()
            caret.setPosition(line.start())
            self.setTextCursor(caret)
            self.centerCursor()

    def number_width(self) -> int:
        """Return the width that the line numbers need."""
        digits = len(str(max(99, self.blockCount())))
        return self.fontMetrics().horizontalAdvance("9") * digits + _MARGIN

    def paint_numbers(self, strip: QWidget, area: QRect) -> None:
        """Paint the numbers of the lines that lie in the area."""
        painter = QPainter(strip)
        painter.fillRect(area, self.palette().color(QPalette.ColorRole.AlternateBase))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.setFont(self.font())
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > area.bottom():
                break
            line = QRect(0, int(place.top()), strip.width() - _MARGIN // 2, int(place.height()))
            painter.drawText(line, Qt.AlignmentFlag.AlignRight, str(block.blockNumber() + 1))
            block = block.next()
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._numbers.setGeometry(
            QRect(inside.left(), inside.top(), self.number_width(), inside.height())
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_colours"):
            self._colours.use(self.palette())

    def _refresh(self) -> None:
        masked = mask_xml(self._text, self._person_element, self._case)
        self.setPlainText(self._text if self._revealed else masked)

    def _make_room(self, _lines: int = 0) -> None:
        self.setViewportMargins(self.number_width(), 0, 0, 0)

    def _scroll_numbers(self, area: QRect, by: int) -> None:
        if by:
            self._numbers.scroll(0, by)
        else:
            self._numbers.update(0, area.y(), self._numbers.width(), area.height())
