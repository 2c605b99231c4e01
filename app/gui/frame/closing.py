"""Whether the window may close: not while a batch is sent, and not with changes unsaved."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.gui.frame.context import Context
from app.gui.frame.projects import Projects
from app.gui.frame.questions import ask_about_batch, ask_about_changes, batch_under_way


class Closing(QObject):
    """Asks before something is lost, and closes after the answer."""

    def __init__(self, window: QWidget, context: Context, projects: Projects) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._projects = projects
        self._is_agreed = False

    def may_close(self) -> bool:
        """Whether nothing would be lost; otherwise ask, and close after the answer."""
        if batch_under_way(self._context.backend) is not None:
            ask_about_batch(self._window, self._stop_and_close)
            return False
        if self._is_agreed or not self._context.document.is_modified:
            return True
        ask_about_changes(self._window, self._projects.save, self._close)
        return False

    def _stop_and_close(self) -> None:
        """Stop the batch; the window closes when the case under way is answered."""
        job = batch_under_way(self._context.backend)
        if job is None:
            self._window.close()
            return
        job.ended.connect(self._window.close)
        job.cancel()

    def _close(self) -> None:
        self._is_agreed = True
        self._window.close()
