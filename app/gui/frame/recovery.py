"""What a bad end would lose: kept beside the file, and offered when the project is next opened."""

from datetime import datetime
from functools import partial

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.core.clock import Clock, in_stockholm
from app.core.errors import WorkbenchError
from app.core.mapping import Project
from app.gui import theme
from app.gui.background.backend import Job
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.lock import ProjectLock
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label
from app.language.text import _
from app.workflow.autosave import forget_autosave
from app.workflow.template_views import Recovery

EVERY = 10_000  # ms between two looks at whether there is something to keep


class Autosave(QObject):
    """Keeps changes beside the project file, and knows what an earlier run left there."""

    changed = Signal()  # there is something to recover, or no longer

    def __init__(self, context: Context, lock: ProjectLock, parent: QObject) -> None:
        super().__init__(parent)
        self.pending: Recovery | None = None
        self._context = context
        self._kept: Project | None = None  # what lies beside the file
        self._path = ""  # of the project that it belongs to
        self._is_troubled = False
        self._job: Job | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.keep)
        self._timer.start(EVERY)
        lock.taken.connect(self._look)
        context.document.opened.connect(self._begin)
        context.document.saved.connect(self.forget)
        context.document.undo_stack.cleanChanged.connect(self._settle)

    def keep(self) -> None:
        """Write the project beside its file when it has changed since it was last written."""
        document = self._context.document
        may_write = document.path and not document.is_read_only and self._job is None
        if not may_write or not document.is_modified or document.project == self._kept:
            return
        self._kept, self._path = document.project, document.path
        self._job = self._context.backend.start(
            deeds.AUTOSAVE,
            self._kept,
            self._path,
            done=self._end,
            failed=self._fail,
            owner=self,
        )

    def forget(self) -> None:
        """Remove what lies beside the file: it is saved, or thrown away."""
        if self._kept is not None:
            self._kept = None
            self._remove()

    def forget_at_once(self) -> None:
        """Do the same without the worker, which is about to end."""
        if self._kept is not None:
            self._kept = None
            forget_autosave(self._path)

    def restore(self) -> None:
        """Take the lost changes into the project, as one step that can be undone."""
        if self.pending is not None:
            self._context.document.change(_("Restore unsaved changes"), self.pending.project)
            self.keep()
            self.discard()

    def discard(self) -> None:
        """Throw the lost changes away."""
        if self.pending is not None:
            self._context.backend.start(deeds.DISCARD_RECOVERY, self.pending.path, owner=self)
            self._know(None)

    def _begin(self) -> None:
        """Let go of what belongs to the project that was open before."""
        if not self._context.document.is_modified:
            self.forget()
        if self.pending is not None and self.pending.path != self._context.document.path:
            self._know(None)

    def _look(self) -> None:
        """Ask what an earlier run left, unless the project was changed since it was opened."""
        document = self._context.document
        if document.path and not document.is_modified:
            done = partial(self._hear, document.path)
            self._context.backend.start(
                deeds.RECOVERY_OF, document.path, done=done, failed=_ignore, owner=self
            )

    def _settle(self, is_clean: bool) -> None:
        # A window that is destroyed empties its history too; nothing is saved by that.
        if is_clean and shiboken6.isValid(self._context.document.undo_stack):
            self.forget()

    def _hear(self, path: str, recovery: Recovery | None) -> None:
        if path == self._context.document.path:  # another project may have been opened since
            self._know(recovery)

    def _know(self, recovery: Recovery | None) -> None:
        self.pending = recovery
        self.changed.emit()

    def _remove(self) -> None:
        """Remove what lies beside the file, once nothing writes there."""
        if self._job is None:
            self._context.backend.start(deeds.DISCARD_AUTOSAVE, self._path, owner=self)

    def _end(self, _place: str) -> None:
        self._job, self._is_troubled = None, False
        if self._kept is None:
            self._remove()

    def _fail(self, error: WorkbenchError) -> None:
        """Say once that changes are not kept; the next look tries again."""
        self._job, self._kept = None, None
        if not self._is_troubled:
            self._context.messages.show_error(error)
        self._is_troubled = True


class RecoveryStrip(QFrame):
    """Offers changes that were never saved; hidden when there are none."""

    def __init__(self, autosave: Autosave, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("messages")
        self._autosave = autosave
        self._clock = clock
        self._words = Label()
        picture = QLabel()
        picture.setPixmap(theme.icon("backup-restore", "accent").pixmap(16, 16))
        self.restore = Button(_("Restore"), autosave.restore, icon="backup-restore")
        self.discard = Button(_("Throw away"), autosave.discard, kind="quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * theme.GRID, 4, 2 * theme.GRID, 4)
        layout.setSpacing(theme.GRID)
        layout.addWidget(picture)
        layout.addWidget(self._words, 1)
        layout.addWidget(self.restore)
        layout.addWidget(self.discard)
        autosave.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what there is to recover, or nothing."""
        found = self._autosave.pending
        self.setVisible(found is not None)
        if found is None:
            return
        words = _("There are changes from {time} that were not saved.")
        if found.passed is not None:
            words = _(
                "There are changes from {time} that were not saved. The file was saved after that,"
                " {later}: restoring them takes its content away."
            )
        later = self._moment(found.passed or found.saved)
        self._words.setText(words.format(time=self._moment(found.saved), later=later))
        self.setAccessibleName(self._words.text())

    def _moment(self, moment: datetime) -> str:
        """Return when something was, with the day unless that is today."""
        local, now = in_stockholm(moment), in_stockholm(self._clock())
        return local.strftime("%H:%M" if local.date() == now.date() else "%Y-%m-%d %H:%M")


def _ignore(_error: WorkbenchError) -> None:
    """Offer nothing: the project itself was opened just now."""
