"""How the parts of the page ask for deeds: answers come only while the page lives."""

from collections.abc import Callable
from typing import Any, Protocol

from app.core.errors import WorkbenchError
from app.gui.background.backend import Job
from app.gui.background.deed import Deed, Result


class Run(Protocol):
    """Starts a deed."""

    def __call__(
        self,
        deed: Deed[Result],
        *arguments: object,
        done: Callable[[Result], Any] | None = None,
        failed: Callable[[WorkbenchError], None] | None = None,
    ) -> Job:
        """Start a deed; `done` or `failed` is called on the GUI thread."""


def keep_silent(_error: WorkbenchError) -> None:
    """Say nothing: the file's own row says already why it cannot be read."""
