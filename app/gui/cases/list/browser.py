"""The case list with its filters beside one case."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.core.errors import Cancelled, WorkbenchError
from app.gui import theme
from app.gui.background.backend import Job
from app.gui.cases.list.columns import case_columns, cause_columns
from app.gui.cases.list.filter_bar import FilterBar
from app.gui.cases.one.inspector import CaseInspector
from app.gui.cases.view import CaseView
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.grid import Grid
from app.gui.widgets.labels import Note
from app.gui.widgets.long_list import Arrived, LongList
from app.gui.widgets.parts import Splitter
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.table import Table
from app.language.text import _, ngettext
from app.workflow.views import CaseDetail, CasePage, CaseRow, Cause


class CaseBrowser(CaseView):
    """Filters, the list, the causes and the inspector."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._context = page.context
        self.profile = profile = page.context.document.profile
        self._sort = ("case", False)
        self._fetching: Job | None = None
        self._detailing: Job | None = None
        self._shown = ""  # the case in the inspector
        self.filters = FilterBar(profile)
        self.model: LongList[CaseRow] = LongList(case_columns(profile), self._fetch)
        self.table: Grid[CaseRow] = Grid(_("Cases"), self.model, several=True)
        self.causes: Table[Cause] = Table(_("Causes"), RowsModel(cause_columns(profile)))
        self.count = Note()
        self.count.setWordWrap(False)
        self.send = Button(_("Send selected"), self._send_selected, icon="send-outline")
        self.tabs = QTabWidget()
        self.inspector = CaseInspector(profile)
        self._lay_out()
        self._connect()
        self.inspector.show_case(None)

    def refresh(self) -> None:
        """Show the counts and the cases of a new summary."""
        summary = self._context.session.summary
        if summary is None:
            return
        self.filters.show_counts(summary)
        self.causes.rows.set_rows(summary.causes)
        self.tabs.setTabText(1, _("Causes") + f" ({len(summary.causes)})")
        self.reload()

    def reload(self) -> None:
        """Fetch the list anew with the filters as they stand."""
        self.model.reload()

    def step(self, way: int) -> None:
        """Go to the next (1) or the previous (-1) case with findings."""
        index = self.table.currentIndex()
        start = index.row() + way if index.isValid() else 0
        self._seek(start, way)

    def _seek(self, number: int, way: int) -> None:
        while 0 <= number < self.model.total:
            row = self.model.row_at(number)
            if row is None:
                self.model.collect([number], partial(self._seek_on, number, way))
                return
            if row.findings:
                self.table.choose(number)
                return
            number += way
        self._context.messages.show(_("There are no more cases with findings that way."))

    def _seek_on(self, number: int, way: int, _rows: list[CaseRow]) -> None:
        self._seek(number, way)

    def _fetch(self, offset: int, count: int, arrived: Arrived, failed: Callable[[], None]) -> None:
        if self._fetching is not None:
            self._fetching.cancel()
        sort, descending = self._sort

        def done(page: CasePage) -> None:
            self._fetching = None
            arrived(page.total, page.rows)

        def trouble(error: WorkbenchError) -> None:
            failed()
            self._context.messages.show_error(error)

        self._fetching = self.page.run(
            deeds.CASE_PAGE,
            self.filters.wanted(sort, descending=descending),
            offset,
            count,
            done=done,
            failed=trouble,
        )

    def _loaded(self) -> None:
        total = self.model.total
        text = ngettext("{count} case", "{count} cases", total).format(count=total)
        self.count.setText(text if total else _("No case fits the filters."))
        if self._shown:
            self.model.collect(range(min(total, 1)), self._show_again)

    def _show_again(self, _rows: object) -> None:
        """Keep the case that was shown: mark it if it is near the top, and show it as it now is."""
        for number in range(min(self.model.total, 200)):
            row = self.model.row_at(number)
            if row is not None and row.case == self._shown:
                self.table.choose(number)
                return
        self._ask_detail(self._shown)

    def _choose(self, row: CaseRow | None) -> None:
        self._explain_send()
        if row is not None:
            self._ask_detail(row.case)

    def _ask_detail(self, case: str) -> None:
        if self._detailing is not None:
            self._detailing.cancel()
        self._shown = case
        self._detailing = self.page.run(
            deeds.CASE_DETAIL, case, done=self._show_detail, failed=self._no_detail
        )

    def _show_detail(self, detail: CaseDetail) -> None:
        if detail.row.case == self._shown:
            self._detailing = None
            self.inspector.show_case(detail)

    def _no_detail(self, error: WorkbenchError) -> None:
        if not isinstance(error, Cancelled):
            self._shown = ""
            self.inspector.show_case(None)
            self._context.messages.show_error(error)

    def _explain_send(self) -> None:
        chosen = self.table.selectionModel().hasSelection()
        self.send.explain("" if chosen else _("Select one or more cases in the list first."))

    def _send_selected(self) -> None:
        numbers = [index.row() for index in self.table.selectionModel().selectedRows()]
        self.model.collect(sorted(numbers), self._go_send)

    def _go_send(self, rows: list[CaseRow]) -> None:
        self._context.navigator.go("sending", cases=",".join(row.case for row in rows))

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort = (key, descending)
        self.reload()

    def _choose_cause(self) -> None:
        cause = self.causes.current_row()
        if cause is not None:
            self.tabs.setCurrentIndex(0)
            self.filters.set_cause(cause.code)

    def _connect(self) -> None:
        self.filters.changed.connect(self.reload)
        self.model.loaded.connect(self._loaded)
        self.table.current_changed.connect(self._choose)
        self.table.sort_wanted.connect(self._sort_by)
        go = self._context.navigator.go
        self.inspector.register_wanted.connect(lambda target: go("register", **target))
        self.causes.activated.connect(lambda _index: self._choose_cause())
        self.causes.clicked.connect(lambda _index: self._choose_cause())

    def _lay_out(self) -> None:
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(_("Cases and causes"))
        self.tabs.addTab(self.table, _("Cases"))
        self.tabs.addTab(self.causes, _("Causes"))
        foot = QWidget()
        left = QVBoxLayout(foot)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(theme.GRID)
        left.addWidget(self.tabs, 1)
        below = QHBoxLayout()
        below.addWidget(self.count, 1)
        below.addWidget(self.send)
        left.addLayout(below)
        splitter = Splitter("cases", self._context.settings, foot, self.inspector)
        splitter.share(66, 34)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.filters)
        layout.addWidget(splitter, 1)
        self._explain_send()
