"""A document with its tools: search, folding, and the way from one finding to the next."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.icon_button import IconButton
from app.gui.widgets.labels import Note
from app.gui.widgets.xml_find import FindBar
from app.gui.widgets.xml_marks import Mark
from app.gui.widgets.xml_view import XmlView
from app.language.text import _


class XmlPanel(QWidget):
    """Ctrl+F finds in the document while it, or the search, has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.view = XmlView()
        self.finder = FindBar(self.view)
        self.told = Note()
        self.told.setWordWrap(False)
        self.before = IconButton(
            "arrow-up", _("Previous finding"), lambda: self.view.step_round(-1), key="Shift+F8"
        )
        self.after = IconButton(
            "arrow-down", _("Next finding"), lambda: self.view.step_round(1), key="F8"
        )
        self.tools = QHBoxLayout()
        self._lay_out()
        for part in (self.view, self.finder.field):
            part.installEventFilter(self)
        self.view.cursorPositionChanged.connect(self._count)

    def show_document(self, text: str, person_element: str, case: str = "") -> None:
        """Show a document; its marks come after it."""
        self.view.show_document(text, person_element, case)
        self.finder.seek_again()

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Mark places in the document."""
        self.view.show_marks(marks)
        for button in (self.before, self.after):
            button.setEnabled(bool(marks))
        self._count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of a search before the page does: there they find something else."""
        if isinstance(event, QKeyEvent) and _is_search(event):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._search(event)
                return True
        return super().eventFilter(watched, event)

    def _search(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F or not self.finder.isVisible():
            self.finder.open()
        else:
            self.finder.step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)

    def _count(self) -> None:
        """Say which of the marks the caret is at."""
        marks, here = self.view.marks, self.view.mark_here()
        if not marks:
            self.told.setText(_("No findings"))
        elif here is None:
            self.told.setText(_("Findings: {count}").format(count=len(marks)))
        else:
            number = marks.index(here) + 1
            words = _("Finding {number} of {count}").format(number=number, count=len(marks))
            self.told.setText(words)

    def _lay_out(self) -> None:
        folding = self.view.folding
        for button in (
            IconButton("magnify", _("Find in the document"), self.finder.open, key="Ctrl+F"),
            IconButton("unfold-less-horizontal", _("Fold all"), folding.fold_all, key="/"),
            IconButton("unfold-more-horizontal", _("Unfold all"), folding.unfold_all, key="*"),
            self.before,
            self.after,
        ):
            self.tools.addWidget(button)
        self.tools.addWidget(self.told, 1)
        self.tools.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID // 2, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addLayout(self.tools)
        layout.addWidget(self.finder)
        layout.addWidget(self.view, 1)


def _is_search(event: QKeyEvent) -> bool:
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return (event.key() == Qt.Key.Key_F and control) or event.key() == Qt.Key.Key_F3
