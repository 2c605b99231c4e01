"""Asking for a file of a certificate, or where to write one; a dialog does not stop the window."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.gui.settings import FOLDER, Settings
from app.language.text import N_, _

PACKAGES = (".p12", ".pfx")
ANSWERS = (".cer", ".crt", ".der", ".p7b", ".p7c")
CERTIFICATES = (*PACKAGES, ".pem", *ANSWERS)

CERTIFICATE_FILES = N_("Certificates (*.p12 *.pfx *.pem *.crt *.cer *.der)")
ANSWER_FILES = N_("Certificates (*.cer *.crt *.pem *.der *.p7b *.p7c)")
KEY_FILES = N_("Keys (*.pem *.key)")
REQUEST_FILES = N_("Certificate requests (*.csr)")
LIBRARIES = N_("Program libraries (*.so *.dll *.dylib)")

Take = Callable[[str], object]


def ask_file(parent: QWidget, settings: Settings, title: str, kind: str, take: Take) -> None:
    """Let the user choose a file of a kind; the folder is remembered."""
    dialog = _dialog(parent, settings, title, kind, take)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.open()


def ask_where(
    parent: QWidget, settings: Settings, title: str, kind: str, name: str, take: Take
) -> None:
    """Let the user say where a file is to be written."""
    dialog = _dialog(parent, settings, title, kind, take)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.open()


def suffix_of(path: str) -> str:
    """Return how a file's name ends, in small letters."""
    return Path(path).suffix.casefold()


def _dialog(parent: QWidget, settings: Settings, title: str, kind: str, take: Take) -> QFileDialog:
    def keep(path: str) -> None:
        settings.set_text(FOLDER, str(Path(path).parent))
        take(path)

    dialog = QFileDialog(parent.window(), title, settings.text(FOLDER))
    dialog.setNameFilters([_(kind), _("All files (*)")])
    dialog.fileSelected.connect(keep)
    dialog.finished.connect(dialog.deleteLater)
    return dialog
