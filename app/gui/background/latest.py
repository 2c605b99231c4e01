"""Deeds asked for again and again: only the latest answer of each is wanted."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer

from app.core.errors import WorkbenchError
from app.gui.background.backend import Backend, Job
from app.gui.background.deed import Deed, Result


def ignore(_error: WorkbenchError) -> None:
    """Keep silent: the page of sources says why a table cannot be read."""


class Latest:
    """Starts deeds; one still under way is cancelled when the same is asked for again."""

    def __init__(self, backend: Backend, owner: QObject) -> None:
        self._backend = backend
        self._owner = owner
        self._jobs: dict[str, Job] = {}

    def start(
        self,
        deed: Deed[Result],
        *arguments: object,
        done: Callable[[Result], Any],
        failed: Callable[[WorkbenchError], None] = ignore,
    ) -> None:
        """Ask; what was asked before in the same way no longer matters."""
        self.forget(deed)
        self._jobs[deed.name] = self._backend.start(
            deed, *arguments, done=done, failed=failed, owner=self._owner
        )

    def is_under_way(self, deed: Deed[Any]) -> bool:
        """Whether an answer is still to come."""
        asked = self._jobs.get(deed.name)
        return any(asked is job for job in self._backend.jobs)

    def forget(self, deed: Deed[Any]) -> None:
        """Want no answer to what was asked last."""
        former = self._jobs.pop(deed.name, None)
        if former is not None and any(former is job for job in self._backend.jobs):
            former.done, former.failed = None, ignore
            former.cancel()


def rest_timer(owner: QObject, length: int, slot: Callable[[], None]) -> QTimer:
    """Return a timer that does something once it has not been started again for a while."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(length)
    timer.timeout.connect(slot)
    return timer
