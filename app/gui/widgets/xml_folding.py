"""Folding away parts of a document: what is hidden, and bringing a hidden line back."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QTextBlock
from PySide6.QtWidgets import QPlainTextEdit

from app.gui.widgets.xml_lines import Lines


class Folding(QObject):
    """The folded parts of one view, by their first line."""

    changed = Signal()

    def __init__(self, view: QPlainTextEdit) -> None:
        super().__init__(view)
        self._view = view
        self._lines = Lines()
        self.folded: set[int] = set()

    def read(self, lines: Lines) -> None:
        """Begin with another document, nothing folded."""
        self._lines = lines
        self.folded.clear()

    def can_fold(self, line: int) -> bool:
        """Whether something on the line can be folded."""
        return line in self._lines.folds

    def hidden_by(self, line: int) -> int:
        """Return how many lines are folded away under this one."""
        return self._lines.folds[line] - line if line in self.folded else 0

    def fold(self, line: int) -> None:
        """Fold the innermost part that the line belongs to."""
        first = self._lines.fold_at(line)
        if first in self.folded:  # the next one outwards
            first = max(self._lines.folds_around(first), default=-1)
        if first >= 0:
            self._set(self.folded | {first})

    def unfold(self, line: int) -> None:
        """Unfold what begins on the line."""
        self._set(self.folded - {line})

    def toggle(self, line: int) -> None:
        """Fold what begins on the line, or unfold it."""
        if self.can_fold(line):
            self._set(self.folded ^ {line})

    def fold_all(self) -> None:
        """Fold everything but the outermost part."""
        self._set(set(sorted(self._lines.folds)[1:]))

    def unfold_all(self) -> None:
        """Show everything."""
        self._set(set())

    def bring(self, line: int) -> None:
        """Unfold all that hides a line."""
        hiding = self.folded & set(self._lines.folds_around(line))
        if hiding:
            self._set(self.folded - hiding)

    def _set(self, folded: set[int]) -> None:
        if folded == self.folded:
            return
        self.folded = folded
        self._apply()
        self.changed.emit()

    def _apply(self) -> None:
        document = self._view.document()
        hidden_to = -1
        block: QTextBlock = document.firstBlock()
        while block.isValid():
            number = block.blockNumber()
            shown = number > hidden_to
            if shown and number in self.folded:
                hidden_to = self._lines.folds[number]
            if block.isVisible() != shown:
                block.setVisible(shown)
                block.setLineCount(1 if shown else 0)
            block = block.next()
        document.markContentsDirty(0, document.characterCount())
        layout = document.documentLayout()
        layout.documentSizeChanged.emit(layout.documentSize())
        self._keep_caret_in_sight()
        self._view.viewport().update()

    def _keep_caret_in_sight(self) -> None:
        caret = self._view.textCursor()
        if not caret.block().isVisible():
            hiding = self.folded & set(self._lines.folds_around(caret.blockNumber()))
            caret.setPosition(self._view.document().findBlockByNumber(min(hiding)).position())
            self._view.setTextCursor(caret)
