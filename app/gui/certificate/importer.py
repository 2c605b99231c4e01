"""Import a certificate file: the file and its password, in the page itself."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import Button, Field
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.language.text import _


class Importer(QWidget):
    """A panel that is there only while a file waits for its password."""

    def __init__(self, import_file: Callable[[str, str], None]) -> None:
        super().__init__()
        self._import_file = import_file
        self._path = ""
        self.name = Label(bold=True)
        self.password = Field(_("Password of the file"), placeholder=_("Password of the file"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setMaximumWidth(280)
        self.confirm = Button(_("Import"), self._confirm, kind="primary")
        self.cancel = Button(_("Cancel"), self.close_panel, kind="quiet")
        self.password.returnPressed.connect(self._confirm)
        self._lay_out()
        self.hide()

    def ask_file(self, folder: str) -> None:
        """Let the user choose a file; the dialog does not stop the window."""
        dialog = QFileDialog(self.window(), _("Choose a certificate file"), folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([_("Certificates (*.p12 *.pfx)"), _("All files (*)")])
        dialog.fileSelected.connect(self.take_file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_file(self, path: str) -> None:
        """Ask for the password of this file."""
        self._path = path
        self.name.setText(Path(path).name)
        self.password.clear()
        self.set_busy(busy=False)
        self.show()
        self.password.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Allow one import at a time."""
        self.confirm.setEnabled(not busy)
        self.password.setEnabled(not busy)

    def close_panel(self) -> None:
        """Forget the file and the password."""
        self.password.clear()
        self._path = ""
        self.hide()

    def _confirm(self) -> None:
        if self._path and self.confirm.isEnabled():
            self._import_file(self._path, self.password.text())

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(theme.GRID)
        for part in (self.password, self.confirm, self.cancel):
            fields.addWidget(part)
        fields.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 2 * theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addWidget(SectionTitle(_("Import a certificate")))
        layout.addWidget(self.name)
        layout.addLayout(fields)
        layout.addWidget(
            Note(_("The key is kept encrypted; its passphrase lies in the computer's keystore."))
        )
