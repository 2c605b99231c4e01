"""The open project: one value, one undo stack, one kind of command."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from app.core.mapping import Project
from app.core.register import Profile
from app.workflow.views import OpenProject


class _Replace(QUndoCommand):
    """Swap one project for another; projects are values, so keeping both is enough."""

    def __init__(
        self, text: str, before: Project, after: Project, apply: Callable[[Project], None]
    ) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._apply = apply

    def redo(self) -> None:
        self._apply(self._after)

    def undo(self) -> None:
        self._apply(self._before)


class Document(QObject):
    """The project that the window shows, and every change made to it."""

    opened = Signal()  # another project, or none
    changed = Signal()  # the same project with another value
    saved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.undo_stack = QUndoStack(self)
        self._open: OpenProject | None = None
        self._project = Project("", "")
        self._path = ""

    @property
    def is_open(self) -> bool:
        """Whether there is a project."""
        return self._open is not None

    @property
    def project(self) -> Project:
        """The project as it now stands; an empty one when none is open."""
        return self._project

    @property
    def profile(self) -> Profile:
        """The register profile; only when a project is open."""
        if self._open is None:
            raise LookupError("no project is open")
        return self._open.profile

    @property
    def path(self) -> str:
        """Where the project file lies, "" when never saved."""
        return self._path

    @property
    def base(self) -> str:
        """The folder that the sources' paths start from."""
        return str(Path(self._path).parent) if self._path else ""

    @property
    def is_modified(self) -> bool:
        """Whether something is not yet in the project file."""
        return not self.undo_stack.isClean()

    def open(self, one: OpenProject) -> None:
        """Show another project; its history starts here."""
        self._open = one
        self._project = one.project
        self._path = one.path
        self.undo_stack.clear()
        self.opened.emit()

    def change(self, text: str, project: Project) -> None:
        """Make one change that the user can undo; `text` says what in the menu."""
        if project != self._project:
            self.undo_stack.push(_Replace(text, self._project, project, self._apply))

    def mark_saved(self, path: str) -> None:
        """Remember that the project as it stands is in the file."""
        self._path = path
        self.undo_stack.setClean()
        self.saved.emit()

    def _apply(self, project: Project) -> None:
        self._project = project
        self.changed.emit()
