"""A window in a process of its own: opens a project, changes it, and waits until it is killed."""

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.gui.background.backend import Backend, ThreadChannel
from app.gui.frame.pictures import Settled
from app.keystore.secrets import MemorySecrets
from app.main import build_desk, build_window


def main() -> None:
    """Work on the project until it lies beside its file, say so, and wait."""
    data, project, note = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    app = QApplication(sys.argv[:1])
    backend = Backend(lambda: build_desk(data, MemorySecrets()), ThreadChannel)
    window = build_window(app, backend, data / "window.ini")
    settled = Settled(backend)
    window.projects.open(project)
    settled.wait()
    document = window.context.document
    document.change("note", replace(document.project, notes=note))
    window.safekeeping.autosave.keep()
    settled.wait()
    sys.stdout.write("kept\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
