"""Pictures of every page, taken from the real window without a display."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, QSize, QTimer
from PySide6.QtWidgets import QApplication, QTableView, QWidget

from app.core.errors import WorkbenchError
from app.gui.actions import PAGES
from app.gui.background.backend import Backend, Job, ThreadChannel
from app.gui.frame import deeds
from app.gui.frame.context import Context

SMALL = QSize(1366, 768)
LARGE = QSize(1920, 1080)
_QUIET = 300  # ms without work before a page is taken to be complete
_PATIENCE = 120_000  # ms

BuildWindow = Callable[[QApplication, Backend, Path], Any]


class Settled(QObject):
    """Waits until the backend has had nothing to do for a moment."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._backend = backend
        self._loop = QEventLoop(self)
        self._quiet = self._timer(_QUIET)
        self._limit = self._timer(_PATIENCE)
        backend.began.connect(self._wait)
        backend.finished.connect(self._wait)

    def wait(self) -> None:
        """Let the window live until it has come to rest."""
        self._limit.start()
        self._wait()
        self._loop.exec()
        self._limit.stop()

    def _timer(self, length: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(length)
        timer.timeout.connect(self._loop.quit)
        return timer

    def _wait(self, _job: Job | None = None) -> None:
        self._quiet.stop()
        if not self._backend.jobs:
            self._quiet.start()


def take_pictures(
    desk: object,
    project: Path,
    out: Path,
    build_window: BuildWindow,
    sizes: Iterable[QSize] = (SMALL,),
) -> list[Path]:
    """Open the project in the real window and take every page in light and dark."""
    out.mkdir(parents=True, exist_ok=True)
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["pictures"])
    backend = Backend(lambda: desk, ThreadChannel)
    window = build_window(app, backend, out / "window.ini")
    settled = Settled(backend)
    taken: list[Path] = []
    try:
        window.show()
        window.context.session.ask_certificate()
        window.projects.open(str(project))
        settled.wait()
        _ask_fellista(window.context)
        settled.wait()
        for size in sizes:
            window.resize(size)
            for scheme in ("light", "dark"):
                window.dress.use_scheme(scheme)
                taken.extend(_take(window, settled, out, _name(scheme, size)))
    finally:
        backend.close()
        window.safekeeping.lock.release()
        window.panels.leave()
        window.deleteLater()
        (out / "window.ini").unlink(missing_ok=True)
    return taken


def _ignore(_error: WorkbenchError) -> None:
    """Leave the page empty, as the user would see it."""


def _ask_fellista(context: Context) -> None:
    """Read the fellista as a click would, so that its page shows something."""
    done = context.session.set_fellista
    context.backend.start(deeds.READ_STAGE_FELLISTA, done=done, failed=_ignore)


def _ask_plan(context: Context) -> None:
    """Sum up what would be sent, all of it, as a click would."""
    arguments = (context.document.project, (), context.session.entrance_id, True)
    done = context.session.set_plan
    context.backend.start(deeds.PLAN_SENDING, *arguments, done=done, failed=_ignore)


def _show_document(page: Any) -> None:
    """Go to the first case with findings, as F8 does, and open its document."""
    page.browser.step(1)
    page.browser.inspector.show_document()


def _choose_first(page: QWidget) -> None:
    """Choose the first row where nothing is chosen, so that the inspector has something to show."""
    for table in page.findChildren(QTableView):
        if table.isVisible() and table.model().rowCount() and not table.currentIndex().isValid():
            table.selectRow(0)
            return


def _name(scheme: str, size: QSize) -> str:
    return scheme if size == SMALL else f"{scheme}-{size.width()}"


def _take(window: Any, settled: Settled, out: Path, name: str) -> Iterable[Path]:
    for row in PAGES:
        window.go(row.id)
        settled.wait()
        if row.id == "sending":
            _ask_plan(window.context)
        _choose_first(window.page)
        settled.wait()
        if row.id == "cases":
            _show_document(window.page)
            settled.wait()
        path = out / f"{row.id}-{name}.png"
        window.grab().save(str(path))
        yield path
