"""The views of the Cases page, side by side: each is made when it is first looked at."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.gui.cases.batch.view import BatchView
from app.gui.cases.list.browser import CaseBrowser
from app.gui.cases.list.causes import CausesView
from app.gui.cases.list.query import CaseQuery
from app.gui.cases.quality.view import QualityView
from app.gui.cases.view import CaseView
from app.gui.frame.page import Page
from app.language.text import N_

LIST, CAUSES = "list", "causes"


@dataclass(frozen=True, slots=True)
class ViewKind:
    """One view: its id, its English name and what makes it."""

    id: str
    name: str
    make: Callable[[Page, CaseQuery], CaseView]


KINDS = (
    ViewKind(LIST, N_("Cases"), CaseBrowser),
    ViewKind(CAUSES, N_("Causes"), CausesView),
    ViewKind("quality", N_("Quality"), lambda page, _query: QualityView(page)),
    ViewKind("batch", N_("Test batch"), lambda page, _query: BatchView(page)),
)


class CaseViews(QStackedWidget):
    """The views of one project; those that were never looked at do not exist."""

    cases_wanted = Signal(tuple)  # behandlingsnummer to show in the list
    filter_wanted = Signal(object)  # a CaseFilter to show in the list

    def __init__(self, page: Page) -> None:
        super().__init__()
        page.add_body(self)
        self._page = page
        self._made: dict[str, CaseView] = {}
        self._stale: set[str] = set()
        self.profile = page.context.document.profile
        self.query = CaseQuery()
        self.list = CaseBrowser(page, self.query)
        self._add(LIST, self.list)
        self.query.changed.connect(lambda: self._stale.add(CAUSES))

    @property
    def seen(self) -> CaseView:
        """The view that is looked at."""
        return next(made for made in self._made.values() if made is self.currentWidget())

    def show_view(self, view: str) -> None:
        """Show a view, and in it everything as it now is."""
        if view not in self._made:
            kind = next(kind for kind in KINDS if kind.id == view)
            self._add(view, kind.make(self._page, self.query))
        self.setCurrentWidget(self._made[view])
        self._freshen()

    def refresh(self) -> None:
        """Show a new check's cases: the seen view now, the others when they are next seen."""
        self._stale = set(self._made)
        self._freshen()

    def _add(self, view: str, made: CaseView) -> None:
        self._made[view] = made
        self._stale.add(view)
        made.cases_wanted.connect(self.cases_wanted)
        made.filter_wanted.connect(self.filter_wanted)
        self.addWidget(made)

    def _freshen(self) -> None:
        seen = next(view for view, made in self._made.items() if made is self.currentWidget())
        if seen in self._stale and self._page.context.session.summary is not None:
            self._stale.discard(seen)
            self._made[seen].refresh()
