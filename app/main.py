"""Builds everything once and hands it round; the only file that knows all rooms."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.clock import Clock, system_clock
from app.core.errors import WorkbenchError
from app.workflow.desk import Desk
from app.workflow.ports import SecretStore

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.gui.background.backend import Backend
    from app.gui.main_window import MainWindow

_NAME = "spor-workbench"


def data_folder() -> Path:
    """Return the folder where this user's data lies."""
    from platformdirs import user_data_path

    return user_data_path(_NAME, appauthor=False)


def build_desk(
    data: Path | None = None, secrets: SecretStore | None = None, clock: Clock = system_clock
) -> Desk:
    """Build the desk that deeds work at; without arguments on this user's folder and keystore."""
    folder = _prepared(data or data_folder())
    if secrets is None:
        from app.keystore.places import Places

        secrets = Places(folder)
    return Desk(folder, secrets, clock)


def _prepared(folder: Path) -> Path:
    """Return the folder, made for its owner only; one that somebody chose keeps its rights."""
    from app.keystore.hardening import close_folder

    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise WorkbenchError("data-folder-unusable", folder=folder) from None
    if folder == data_folder():
        close_folder(folder)
    return folder


def build_window(
    app: QApplication, backend: Backend, settings_file: Path, clock: Clock = system_clock
) -> MainWindow:
    """Build the window on a way to deeds."""
    from app.gui.document import Document
    from app.gui.frame.context import Context
    from app.gui.frame.messages import Messages
    from app.gui.frame.navigator import Navigator
    from app.gui.frame.session import Session
    from app.gui.main_window import MainWindow
    from app.gui.settings import Settings

    document = Document(app)
    context = Context(
        document,
        backend,
        Session(document, backend, app),
        Messages(app),
        Navigator(app),
        Settings(settings_file),
    )
    return MainWindow(context, app, clock)


def open_window(argv: list[str], data: Path | None = None) -> int:
    """Open the window, on a project when one is named, and return its exit code."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from app.gui.background.backend import Backend

    app = QApplication(sys.argv[:1])
    app.setApplicationName(_NAME)
    app.setApplicationDisplayName("SPOR Workbench")
    app.setDesktopFileName(_NAME)
    data = _prepared(data or data_folder())
    backend = Backend(partial(build_desk, data))
    window = build_window(app, backend, data / "window.ini")
    window.show()
    QTimer.singleShot(0, window, partial(_begin, window, argv))
    try:
        return app.exec()
    finally:
        backend.close()


def _begin(window: MainWindow, argv: list[str]) -> None:
    """Start the worker once the window is painted, and open what the user asked for."""
    window.context.backend.warm_up()
    window.context.session.ask_certificate()
    if argv:
        window.projects.open(str(Path(argv[0]).absolute()))


def picture_pages(desk: Desk, project_path: Path, out: Path) -> list[Path]:
    """Take a picture of every page with the project open, in light and dark, in Swedish."""
    from app.gui.frame.pictures import take_pictures

    return take_pictures(desk, project_path, out, partial(build_window, clock=desk.clock))
