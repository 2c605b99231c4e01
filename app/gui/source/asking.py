"""Asking for the export's files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.gui.frame.projects import export_filter
from app.gui.settings import FOLDER, Settings


def ask_files(
    parent: QWidget, settings: Settings, title: str, done: Callable[[list[str]], object]
) -> None:
    """Ask for one file or several; the folder is remembered."""

    def take(paths: list[str]) -> None:
        settings.set_text(FOLDER, str(Path(paths[0]).parent))
        done(paths)

    dialog = QFileDialog(parent, title, settings.text(FOLDER), export_filter())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(take)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
