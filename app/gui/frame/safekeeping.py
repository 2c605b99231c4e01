"""What keeps the project from being lost: its lock, its autosave, and words on both."""

from PySide6.QtCore import QObject

from app.gui.frame.chips import Choices
from app.gui.frame.context import Context
from app.gui.frame.history import lost_words, redo_warning
from app.gui.frame.lock import ProjectLock
from app.gui.frame.projects import Projects
from app.gui.frame.recovery import Autosave
from app.language.text import _


class Safekeeping(QObject):
    """Lock, autosave and quiet words for the one open project."""

    def __init__(self, context: Context, projects: Projects, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._projects = projects
        self._warning = ""
        self.lock = ProjectLock(context.document, context.messages, self)
        self.autosave = Autosave(context, self.lock, self)
        context.document.steps_lost.connect(self._tell_lost)
        context.document.undo_group.indexChanged.connect(self._warn)

    def when_locked(self) -> Choices:
        """Return what can be done with a project that is open elsewhere."""
        return (
            (_("Save a copy…"), self._projects.ask_save_as),
            (_("Open it for changes"), self._open_again),
        )

    def leave(self) -> None:
        """Let go of the project when the window closes."""
        self.autosave.forget_at_once()
        self.lock.release()

    def _open_again(self) -> None:
        """Read the project anew; it may be changed when nobody else has it open any more."""
        self._projects.open(self._context.document.path)

    def _warn(self, _index: int) -> None:
        """Say, as long as the user has gone back, what a change would take away."""
        former, self._warning = self._warning, redo_warning(self._context.document.undo_group)
        if former and former != self._warning:
            self._context.messages.withdraw(former)
        if self._warning:
            self._context.messages.show(self._warning)

    def _tell_lost(self, steps: int) -> None:
        self._context.messages.show(lost_words(steps))
