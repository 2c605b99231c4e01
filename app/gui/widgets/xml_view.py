"""A case's document to read; personnummer masked, also in what is copied."""

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent

from app.gui.widgets.marked_text import MarkedText
from app.gui.widgets.masking import mask_part, mask_xml
from app.gui.widgets.xml_colours import XmlColours
from app.gui.widgets.xml_lines import read_lines
from app.language.text import _

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class XmlView(MarkedText):
    """Show one document, read only.

    F8 and Shift+F8 step through the marks, Enter tells about the one on the line; minus and plus
    fold and unfold, slash and asterisk everything.
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._person_element = ""
        self._case = ""
        self._revealed = False
        self._colours = XmlColours(self.document())
        words = _("Copy, personnummer masked")
        copy = QAction(f"{words}\tCtrl+C", self)  # the text has the key itself
        copy.triggered.connect(lambda _checked=False: self.copy())
        self.addAction(copy)

    def show_document(self, text: str, person_element: str, case: str = "") -> None:
        """Show a document; `person_element` is the element whose content is a personnummer."""
        if (text, person_element, case) == (self._text, self._person_element, self._case):
            return  # what is folded, and where the caret stands, stays
        self._text = text
        self._person_element = person_element
        self._case = case
        self._refresh()

    def reveal(self, revealed: bool) -> None:
        """Show personnummer, or mask them again."""
        if revealed != self._revealed:
            self._revealed = revealed
            self._refresh()

    def go_to(self, element: str) -> None:
        """Put the caret on the first line that opens an element of this name."""
        found = self.lines.find((element,))
        if found is not None:
            self.go_to_line(found.first)

    def number_width(self) -> int:
        """Return the width of what stands to the left of the text."""
        return self.gutter.sizeHint().width()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy what is chosen, masked whatever is on the screen."""
        caret, copied = self.textCursor(), QMimeData()
        first, end = caret.selectionStart(), caret.selectionEnd()
        part = mask_part(self.toPlainText(), first, end, self._person_element, self._case)
        copied.setText(part)
        return copied

    def event(self, event: QEvent) -> bool:
        """Keep F8 while there is a mark that way; after the last one it is the page's again."""
        if self._keeps(event):
            event.accept()
            return True
        return super().event(event)

    def _keeps(self, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.ShortcutOverride:
            return False
        return event.key() == Qt.Key.Key_F8 and self.next_mark(_way(event)) is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F8:
            self.step(_way(event))
        elif event.key() == Qt.Key.Key_Escape and self.pop_over.isVisible():
            self.pop_over.hide()
        elif event.key() in _ENTER:
            self._open()
        elif not self._fold(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.pop_over.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_colours"):
            self._colours.use_scheme()

    def _open(self) -> None:
        """Tell about the mark at the caret; where there is none, fold or unfold."""
        mark = self.mark_here()
        if mark is not None:
            self.tell(mark)
        else:
            self.folding.toggle(self.textCursor().blockNumber())

    def _fold(self, event: QKeyEvent) -> bool:
        """Fold or unfold by the keys of a tree; say whether it was one of them."""
        line = self.textCursor().blockNumber()
        keys = {
            "-": lambda: self.folding.fold(line),
            "+": lambda: self.folding.unfold(line),
            "*": self.folding.unfold_all,
            "/": self.folding.fold_all,
        }
        if event.text() not in keys or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        keys[event.text()]()
        return True

    def _refresh(self) -> None:
        masked = mask_xml(self._text, self._person_element, self._case)
        text = self._text if self._revealed else masked
        self.lines = read_lines(text)
        self.folding.read(self.lines)
        self.pop_over.hide()
        self.show_marks(())
        self.show_hits(())
        self.setPlainText(text)


def _way(event: QKeyEvent) -> int:
    return -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
