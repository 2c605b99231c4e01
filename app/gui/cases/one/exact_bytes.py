"""The request as it leaves: envelope and all, its size, its digest; it can be saved."""

from collections.abc import Callable

from PySide6.QtCore import QSaveFile, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.attempt_words import grouped
from app.gui.widgets.controls import Button
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.labels import Note, SectionTitle
from app.gui.widgets.numbers import count
from app.gui.widgets.xml_view import XmlView
from app.language.text import _
from app.workflow.case_views import CaseRequest


class ExactBytes(QWidget):
    """Shows the text of a request; its numbers are of the bytes themselves, never masked ones."""

    save_wanted = Signal(object)  # the CaseRequest to be saved

    def __init__(self, back: Callable[[], object], person_element: str) -> None:
        super().__init__()
        self._person_element = person_element
        self._back = back
        self.request: CaseRequest | None = None
        self.facts = FactRows()
        self.text = XmlView()
        self.text.setAccessibleName(_("The request as it is sent"))
        self.note = Note()
        self.save = Button(_("Save…"), self._save, icon="content-save-outline")
        self.close_button = Button(_("Back to the XML"), back, icon="arrow-left", kind="quiet")
        head = QHBoxLayout()
        head.addWidget(SectionTitle(_("Exact bytes")), 1)
        head.addWidget(self.save)
        head.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID // 2, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(head)
        for part in (self.facts, self.note):
            layout.addWidget(part)
        layout.addWidget(self.text, 1)

    def show_request(self, request: CaseRequest) -> None:
        """Show another request."""
        self.request = request
        self.text.reveal(bool(request.wrapped))
        self.text.show_document(request.text, self._person_element, request.case)
        self.facts.show_facts(
            (
                (_("Size"), _("{count} bytes").format(count=count(request.size))),
                (_("SHA-256"), grouped(request.digest)),
                (_("Address"), request.address),
                (_("SOAPAction"), request.action),
            )
        )
        masked = _("The patient's number is masked here; size and SHA-256 are of what is sent.")
        self.note.setText("" if request.wrapped else masked)
        self.note.setVisible(not request.wrapped)
        self.save.explain("" if request.wrapped else _("Show the personnummer first to save them."))

    def forget(self) -> None:
        """Let go of the request: it may name the patient."""
        self.request = None
        self.text.reveal(False)
        self.text.show_document("", "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    def _save(self) -> None:
        if self.request is not None:
            self.save_wanted.emit(self.request)


def write_bytes(path: str, content: bytes) -> bool:
    """Write a file whole or not at all; say whether it could be done."""
    file = QSaveFile(path)
    return (
        file.open(QSaveFile.OpenModeFlag.WriteOnly)
        and file.write(content) == len(content)
        and file.commit()
    )
