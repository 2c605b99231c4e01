"""The open project: one value, one undo stack, one kind of command."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoGroup, QUndoStack

from app.core.mapping import Project
from app.core.register import Profile, Rule
from app.gui.drafts import Drafts, Replace
from app.workflow.views import OpenProject


class Document(QObject):
    """The project that the window shows, and every change made to it."""

    opened = Signal()  # another project, none, or the same against another contract
    changed = Signal()  # the same project with another value
    saved = Signal()
    guarded = Signal()  # the project became read-only, or may be changed again
    refused = Signal()  # a change of a project that is read-only
    steps_lost = Signal(int)  # undone steps that a change has made impossible to redo

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # The page that is shown says whose undo it is. First: Qt deletes children in order, and
        # a stack that goes before its group takes the group's memory with it.
        self.undo_group = QUndoGroup(self)
        self.undo_stack = QUndoStack(self)
        self.undo_group.addStack(self.undo_stack)
        self.undo_group.setActiveStack(self.undo_stack)
        self.drafts = Drafts(self.undo_group, self)
        self._open: OpenProject | None = None
        self._profiles: dict[str, Profile] = {}  # as they last were, for undoing a move
        self._judging: tuple[Profile, tuple[Rule, ...], Profile] | None = None
        self._project = self._told = Project("", "")
        self._path = ""
        self.opening = 0  # counted: what was asked for a former project is not of this one
        self._is_read_only = False
        self.undo_stack.indexChanged.connect(self._tell)

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
        """The register profile with the project's own rules; only when a project is open."""
        if self._open is None:
            raise LookupError("no project is open")
        profile, rules = self._profiles[self._project.profile], self._project.rules
        if self._judging is None or self._judging[0] is not profile or self._judging[1] != rules:
            self._judging = (profile, rules, _with_own(profile, rules))
        return self._judging[2]

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
        # A window that is destroyed lets go of its things one by one, the history among the first.
        return shiboken6.isValid(self.undo_stack) and not self.undo_stack.isClean()

    @property
    def is_read_only(self) -> bool:
        """Whether the project may not be changed here, as it is open elsewhere."""
        return self._is_read_only

    def set_read_only(self, is_read_only: bool) -> None:
        """Refuse every change of the project, or allow them again."""
        if is_read_only != self._is_read_only:
            self._is_read_only = is_read_only
            self.guarded.emit()

    def open(self, one: OpenProject) -> None:
        """Show another project; its history starts here."""
        self._open = one
        self.opening += 1
        self._project = self._told = one.project
        self._profiles = {one.project.profile: one.profile}
        self._path = one.path
        self.undo_stack.clear()
        self.opened.emit()

    def change(self, text: str, project: Project) -> bool:
        """Make one change that the user can undo; `text` says what in the menu.

        Return False where it is refused: then nobody may say that it was done.
        """
        if project == self._project:
            return True
        if self._is_read_only:
            self.refused.emit()
            return False
        lost = self.undo_stack.count() - self.undo_stack.index()
        apply = partial(self._apply, self.base)
        self.undo_stack.push(Replace(text, self._project, project, apply))
        if lost:
            self.steps_lost.emit(lost)
        return True

    def move(self, text: str, project: Project, profile: Profile) -> None:
        """Let the project follow another contract, as one change that the user can undo."""
        self._profiles[project.profile] = profile
        self.change(text, project)

    def use_profile(self, profile_id: str, profile: Profile) -> None:
        """Know that a profile has changed; the project that follows it begins anew."""
        self._profiles[profile_id] = profile
        if self.is_open and self._project.profile == profile_id:
            self.opened.emit()

    def project_at(self, folder: str) -> Project:
        """Return the project with its sources' paths as seen from a folder."""
        return _relocated(self._project, self.base, folder)

    def mark_saved(self, path: str, project: Project | None = None) -> None:
        """Remember that `project`, or the project as it stands, is in the file.

        What was changed while it was written is not.
        """
        self._project = self._told = self.project_at(str(Path(path).parent))
        self._path = path
        if project is None or project == self._project:
            self.undo_stack.setClean()
        self.saved.emit()

    def _apply(self, base: str, project: Project) -> None:
        """Take a value from the history; the file may have been saved elsewhere since `base`."""
        self._project = _relocated(project, base, self.base)

    def _tell(self, _index: int) -> None:
        """Say once what one step, or a leap over many, has changed."""
        if self._project is self._told:
            return
        has_moved = self._project.profile != self._told.profile
        self._told = self._project
        (self.opened if has_moved else self.changed).emit()


def _relocated(project: Project, base: str, folder: str) -> Project:
    if not base or base == folder:
        return project
    from app.files.project import relocate

    return relocate(project, Path(base), Path(folder))


def _with_own(profile: Profile, rules: tuple[Rule, ...]) -> Profile:
    """Return the profile with these own rules in place of the own rules it has."""
    theirs = tuple(rule for rule in profile.rules if not rule.own)
    every = (*theirs, *rules)
    return profile if every == profile.rules else replace(profile, rules=every)
