"""Asking before changes are lost: one question, and never in the way of the event loop."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.gui.document import Document
from app.gui.frame.projects import Projects
from app.language.text import _


class Closing(QObject):
    """Knows whether the window may close."""

    def __init__(self, window: QWidget, document: Document, projects: Projects) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._projects = projects
        self._is_agreed = False

    def may_close(self) -> bool:
        """Whether nothing would be lost; otherwise ask, and close after the answer."""
        if self._is_agreed or not self._document.is_modified:
            return True
        self._ask()
        return False

    def _ask(self) -> None:
        choice = QMessageBox.StandardButton
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "SPOR Workbench",
            _("The project has changes that are not saved."),
            choice.Save | choice.Discard | choice.Cancel,
            self._window,
        )
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.button(choice.Save).clicked.connect(self._save_and_close)
        box.button(choice.Discard).clicked.connect(self._close)
        box.open()

    def _save_and_close(self) -> None:
        single = Qt.ConnectionType.SingleShotConnection
        self._document.saved.connect(self._close, single)
        self._projects.save()

    def _close(self) -> None:
        self._is_agreed = True
        self._window.close()
