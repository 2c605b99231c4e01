"""Whether the window may close: not while a batch is sent, and not with changes unsaved."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.projects import Projects
from app.gui.frame.questions import Then, ask_about_batch, ask_about_changes, batch_under_way
from app.language.text import _
from app.workflow.profile_views import BindingView


class Closing(QObject):
    """Asks before something is lost, and closes after the answer."""

    def __init__(self, window: QWidget, context: Context, projects: Projects) -> None:
        super().__init__(window)
        self._window = window
        self._context = context
        self._projects = projects
        self._is_agreed = False
        self._may_leave_bindings = False

    def may_close(self) -> bool:
        """Whether nothing would be lost; otherwise ask, and close after the answer."""
        if batch_under_way(self._context.backend) is not None:
            ask_about_batch(self._window, self._stop_and_close)
            return False
        bindings = self._context.document.drafts.modified
        if bindings and not self._may_leave_bindings:
            names = ", ".join(one.view.profile for one in bindings)
            sentence = _("The binding of {name} has changes that are not saved.").format(name=names)
            ask_about_changes(self._window, self._save_bindings, self._leave_bindings, sentence)
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

    def _save_bindings(self, then: Then) -> None:
        """Save one binding after the other; one that cannot be saved keeps the window open."""
        waiting = self._context.document.drafts.modified
        if not waiting:
            then()
            return
        draft, table = waiting[0], waiting[0].table

        def done(view: BindingView) -> None:
            draft.mark_saved(table, view)
            self._save_bindings(then)

        self._context.backend.start(deeds.SAVE_BINDING, draft.view.profile, table, done=done)

    def _leave_bindings(self) -> None:
        self._may_leave_bindings = True
        self._window.close()

    def _close(self) -> None:
        self._is_agreed = True
        self._window.close()
