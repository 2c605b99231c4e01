"""Finding a text in a document: a line that opens above it, each hit tinted."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import SearchField
from app.gui.widgets.icon_button import IconButton
from app.gui.widgets.labels import Note
from app.gui.widgets.marked_text import MarkedText
from app.language.text import _

_MOST = 1000  # hits that are tinted


class FindBar(QWidget):
    """Enter and F3 go to the next hit, with Shift to the one before; Esc closes."""

    closed = Signal()

    def __init__(self, view: MarkedText) -> None:
        super().__init__()
        self._view = view
        self._hits: tuple[int, ...] = ()
        self._here = -1
        self.field = SearchField(_("Find in the document"))
        self.count = Note()
        self.count.setWordWrap(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.field)
        layout.addWidget(self.count, 1)
        layout.addWidget(
            IconButton("chevron-up", _("Previous hit"), lambda: self.step(-1), key="Shift+F3")
        )
        layout.addWidget(IconButton("chevron-down", _("Next hit"), lambda: self.step(1), key="F3"))
        layout.addWidget(IconButton("close", _("Close the search"), self.close_bar, key="Esc"))
        self.field.textChanged.connect(lambda _text: self._seek())
        self.hide()

    def open(self) -> None:
        """Show the field, with what is chosen in the document."""
        chosen = self._view.textCursor().selectedText()
        self.show()
        if chosen and "\u2029" not in chosen:  # Qt's sign between two lines
            self.field.setText(chosen)
        self.field.setFocus()
        self.field.selectAll()
        self._seek()

    def close_bar(self) -> None:
        """Close the search and go back to the document."""
        self.hide()
        self._view.show_hits(())
        self._view.setFocus()
        self.closed.emit()

    def seek_again(self) -> None:
        """Look through a document that has changed."""
        if self.isVisible():
            self._seek()

    def step(self, way: int) -> None:
        """Go to the next hit (1) or the previous one (-1), round the ends."""
        if not self._hits:
            return
        self._here = (self._here + way) % len(self._hits)
        self._show_hit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, back = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3}:
            self.step(-1 if back else 1)
        elif key == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._view.show_hits(self._tinted())

    def _seek(self) -> None:
        sought = self.field.text().casefold()
        text = self._view.toPlainText().casefold()
        caret = self._view.textCursor().selectionStart()
        self._hits = tuple(_places(text, sought))
        after = (number for number, at in enumerate(self._hits) if at >= caret)
        self._here = next(after, 0) if self._hits else -1
        self._view.show_hits(self._tinted())
        self._show_hit()

    def _tinted(self) -> tuple[tuple[int, int], ...]:
        size = len(self.field.text())
        return tuple((at, size) for at in self._hits[:_MOST])

    def _show_hit(self) -> None:
        if self._here < 0:
            self.count.setText(_("Not found") if self.field.text() else "")
            return
        shown = _("{number} of {count}").format(number=self._here + 1, count=len(self._hits))
        self.count.setText(shown)
        at = self._hits[self._here]
        block = self._view.document().findBlock(at)
        self._view.go_to_line(block.blockNumber(), at - block.position())


def _places(text: str, sought: str) -> list[int]:
    """Return where the sought text begins, each time."""
    found: list[int] = []
    at = text.find(sought) if sought else -1
    while at >= 0:
        found.append(at)
        at = text.find(sought, at + len(sought))
    return found
