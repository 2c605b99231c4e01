"""The case list with its filters beside one case."""

from collections.abc import Callable
from functools import cached_property

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout

from app.core.errors import Cancelled, WorkbenchError
from app.gui import theme
from app.gui.background.backend import Job
from app.gui.background.latest import Latest
from app.gui.cases.list.columns import filled_columns
from app.gui.cases.list.filter_bar import FilterBar
from app.gui.cases.list.pane import ListPane
from app.gui.cases.list.query import CaseQuery
from app.gui.cases.list.steps import FindingSteps
from app.gui.cases.one.inspector import CaseInspector
from app.gui.cases.shown_case import ShownCase
from app.gui.cases.view import CaseView
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.widgets.grid import Grid
from app.gui.widgets.labels import Label
from app.gui.widgets.long_list import Arrived, LongList
from app.gui.widgets.parts import Splitter
from app.language.sentences import error_sentence
from app.language.text import _
from app.workflow.case_counts import FacetCount
from app.workflow.views import CaseFilter, CasePage, CaseRow


class CaseBrowser(CaseView):
    """Filters, the list and the inspector."""

    def __init__(self, page: Page, query: CaseQuery) -> None:
        super().__init__(page)
        self._context = page.context
        self._latest = Latest(page.context.backend, self)
        self._fetching: Job | None = None
        self.query = query
        self.filters = FilterBar(page.context.document.profile, query, page.context.settings)
        self.pane = ListPane(page, query, self._fetch)
        self._steps = FindingSteps(page, query, self.pane.grid)
        self.unknown = Label(tone="blocks")
        self.unknown.hide()
        self._splitter = Splitter("cases", page.context.settings, self.pane)
        QTimer.singleShot(0, self, lambda: self.shown)
        self._keeps_view = False  # the list comes again: stay at the case that is shown
        self._lay_out()
        self._connect()

    @cached_property
    def inspector(self) -> CaseInspector:
        """One case beside the list; made a moment after it, so that neither holds the window."""
        made = CaseInspector(self._context.document.profile)
        self._splitter.addWidget(made)
        self._splitter.share(62, 38)
        return made

    @cached_property
    def shown(self) -> ShownCase:
        """The case that is looked at."""
        return ShownCase(self.page, self.inspector)

    @property
    def model(self) -> LongList[CaseRow]:
        """The rows of the list."""
        return self.pane.model

    @property
    def table(self) -> Grid[CaseRow]:
        """The list on screen."""
        return self.pane.grid

    def refresh(self) -> None:
        """Show the cases of a new check, or what has come of sending."""
        self._keeps_view = True
        self.reload()

    def reload(self) -> None:
        """Fetch the list anew with the filters as they stand."""
        self.model.reload()

    def show_mapping(self) -> None:
        self.inspector.show_mapping()

    def show_source(self) -> None:
        self.inspector.show_source()

    def show_in_register(self) -> None:
        self.inspector.show_in_register()

    def step(self, way: int) -> None:
        """Go to the next (1) or the previous (-1) case with findings."""
        self._steps.step(way)

    def show_case(self, case: str) -> None:
        """Show one case, alone in the list."""
        self.query.show(CaseFilter(text=case))
        self.shown.show(case)

    def _fetch(self, offset: int, count: int, arrived: Arrived, failed: Callable[[], None]) -> None:
        if self._fetching is not None:
            self._fetching.cancel()

        def done(page: CasePage) -> None:
            self._fetching = None
            self._tell_unknown(page)
            arrived(page.total, page.rows)

        def trouble(error: WorkbenchError) -> None:
            failed()
            if not isinstance(error, Cancelled) and not self._context.session.is_checking:
                self.pane.show_trouble()
                self._context.messages.show_error(error)

        self._fetching = self.page.run(
            deeds.CASE_PAGE,
            self.query.wanted,
            offset,
            count,
            done=done,
            failed=trouble,
            owner=self,
        )

    def _tell_unknown(self, page: CasePage) -> None:
        """Say above the list that it lacks what the journal knows."""
        why = error_sentence(page.trouble) if page.trouble else ""
        rest = _("What has become of the cases is not known here, and nothing can be sent.")
        self.unknown.setText(f"{why} {rest}" if why else "")
        self.unknown.setVisible(bool(why))

    def _loaded(self) -> None:
        summary = self._context.session.summary
        self.pane.show_total(summary.cases if summary else self.model.total)
        wanted = self.query.wanted
        self._latest.start(deeds.CASE_COUNTS, wanted, done=self._show_counts)
        if self.shown.case:
            self._latest.start(deeds.CASE_PLACE, wanted, self.shown.case, done=self._show_again)

    def _show_counts(self, counts: tuple[FacetCount, ...]) -> None:
        self.filters.show_counts({(facet, value): number for facet, value, number in counts})
        self.table.show_filled(filled_columns(counts))

    def _show_again(self, number: int) -> None:
        """Mark the case that is shown where it now stands, and show it as it now is."""
        keeps_view, self._keeps_view = self._keeps_view, False
        if number >= 0 and not self.table.selectionModel().hasSelection():
            self.table.mark(number, scroll=keeps_view)
        if keeps_view:
            self.shown.show(self.shown.case)

    def _choose(self, row: CaseRow | None) -> None:
        if row is not None and row.case != self.shown.case:
            self.shown.show(row.case)

    def _take_rows(self, first: QModelIndex, last: QModelIndex) -> None:
        """Show the case with the focus, if its row was not here when it got it."""
        current = self.table.currentIndex()
        if first.row() <= current.row() <= last.row() and self.table.selected_count() == 1:
            self._choose(self.model.kept_row(current.row()))

    def _open_case(self) -> None:
        """Go on from the list into the case."""
        self.inspector.tabs.setFocus()

    def _show_document(self, case: str) -> None:
        """Show the XML of one case beside the list."""
        self.shown.show(case)
        self.inspector.tabs.setCurrentWidget(self.inspector.document)

    def _add_to_menu(self, menu: QMenu) -> None:
        row = self.table.current_row()
        if row is None:
            return
        menu.addAction(_("Open"), self._open_case)
        if row.cause:
            menu.addAction(
                _("Show all cases with this cause"),
                lambda: self.query.show(CaseFilter(cause=row.cause)),
            )
        menu.addSeparator()

    def _connect(self) -> None:
        self.query.changed.connect(self.reload)
        self.filters.list_wanted.connect(self.table.setFocus)
        self.model.loaded.connect(self._loaded)
        self.model.dataChanged.connect(self._take_rows)
        self.table.current_changed.connect(self._choose)
        self.table.activated.connect(lambda _index: self._open_case())
        self.pane.menu_wanted.connect(self._add_to_menu)
        self.pane.again_wanted.connect(self.reload)
        self.pane.chosen.standing_changed.connect(self.refresh)
        self.pane.validation.case_wanted.connect(self._show_document)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.unknown)
        layout.addWidget(self.filters)
        layout.addWidget(self._splitter, 1)
