"""A certificate or order that cannot be read: what is wrong with it, and that it can be removed."""

from collections.abc import Callable

from app.gui.certificate.details import Details
from app.gui.certificate.form import beside
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Note, SectionTitle
from app.gui.widgets.trouble import Trouble
from app.language.sentences import error_sentence
from app.language.text import _
from app.workflow.views import Problem


class DamagedDetails(Details):
    """Asks in place before what is damaged is removed."""

    def __init__(self, remove: Callable[[str], object]) -> None:
        super().__init__(_("A damaged certificate"))
        self._remove_it = remove
        self._problem: Problem | None = None

    def show_problem(self, problem: Problem) -> None:
        """Show what is wrong with one that cannot be read."""
        self._problem = problem
        self.remove = Button(_("Remove…"), self.ask_remove, icon="delete-outline")
        self.fill(*self._head(problem), beside(self.remove))

    def ask_remove(self) -> None:
        """Ask, here, whether it is to go."""
        problem = self._problem
        if problem is None:
            return
        damaged = id_of(problem)
        words = _("What is left of it is removed. This cannot be undone.")
        self.remove_now = Button(
            _("Remove"), lambda: self._remove_it(damaged), icon="delete-outline"
        )
        self.keep = Button(_("Keep it"), lambda: self.show_problem(problem), kind="quiet")
        asked = Trouble(words, "refused")
        self.fill(*self._head(problem), asked, beside(self.remove_now, self.keep))
        self.keep.setFocus()

    def _head(self, problem: Problem) -> tuple[SectionTitle, Trouble, Note]:
        return (
            SectionTitle(_("A damaged certificate")),
            Trouble(error_sentence(problem)),
            Note(_("Folder: {id}").format(id=id_of(problem))),
        )


def id_of(problem: Problem) -> str:
    """Return the id by which what is damaged is removed, "" when it is the choices."""
    return dict(problem.values).get("id", "")
