"""Everything about one case, in tabs; from each of them the ways to where it comes from."""

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QTabWidget, QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.cases.one.attempts_tab import AttemptsTab
from app.gui.cases.one.counting_tab import CountingTab
from app.gui.cases.one.difference_tab import DifferenceTab, removal_words
from app.gui.cases.one.document_tab import DocumentTab
from app.gui.cases.one.findings_tab import FindingsTab
from app.gui.cases.one.heading import Heading
from app.gui.cases.one.pointed import NOTHING, Pointed
from app.gui.cases.one.room import RoomButton, add_key
from app.gui.cases.one.rows_tab import RowsTab
from app.gui.cases.one.tab import CaseTab, LinkOf
from app.gui.cases.one.values_tab import ValuesTab
from app.gui.cases.one.ways import Ways
from app.language.text import _
from app.workflow.case_views import CaseRequest
from app.workflow.views import CaseDetail

_NARROWEST = 440  # pixels: the names of all tabs
_ICON = QSize(14, 14)


class CaseInspector(QWidget):
    """One case from its rows in the export to the register's answers.

    It asks for what it cannot do itself: `show_case` answers `reveal_wanted` with the same case
    revealed, `show_request` answers `request_wanted`.
    """

    mapping_wanted = Signal(str)  # the variable whose row of the mapping is wanted
    source_wanted = Signal(str, int, str, str)  # table, row, file and column in the export
    rule_wanted = Signal(object)  # the target of a rule, or of a variable, in the register
    reveal_wanted = Signal(str)  # the case whose personnummer is wanted
    request_wanted = Signal(str)  # the case whose exact bytes are wanted
    save_wanted = Signal(object)  # the CaseRequest whose bytes are to be saved
    nowhere = Signal()  # somebody asked for a way that there is not from where they stand

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.setAccessibleName(_("The chosen case"))
        self.setMinimumWidth(_NARROWEST)
        self._detail: CaseDetail | None = None
        self._masked: CaseDetail | None = None
        self.heading = Heading(profile)
        self.title = self.heading.title
        self.reveal = QCheckBox(_("Show personnummer"))
        self.reveal.setAccessibleName(_("Show personnummer"))
        self.reveal.setToolTip(_("Of this case only. It is noted in the journal."))
        self.rows = RowsTab(profile)
        self.values = ValuesTab(profile)
        self.document = DocumentTab(profile)
        self.findings = FindingsTab(profile)
        self.counting = CountingTab(profile)
        self.difference = DifferenceTab(profile)
        self.attempts = AttemptsTab(profile)
        self.ways = Ways()
        self.room = RoomButton(self)
        self.tabs = QTabWidget()
        self._lay_out()
        self._connect()
        self.show_case(None)

    @property
    def case(self) -> str:
        """The case that is shown, "" for none."""
        return self._detail.row.case if self._detail is not None else ""

    @property
    def is_revealed(self) -> bool:
        """Whether the case's personnummer is shown."""
        return self._detail is not None and self._detail.revealed

    def use_links(self, link_of: LinkOf) -> None:
        """Know the project's links by their variable."""
        for tab in self._tabs:
            tab.link_of = link_of

    def show_case(self, detail: CaseDetail | None) -> None:
        """Show a case, None for none; one that is revealed until it, or another, comes masked."""
        self._detail = detail
        if detail is None or not detail.revealed:
            self._masked = detail
        with QSignalBlocker(self.reveal):
            self.reveal.setChecked(detail is not None and detail.revealed)
        self.tabs.setEnabled(detail is not None)
        self.reveal.setEnabled(detail is not None)
        self.heading.show_case(detail)
        for tab in self._tabs:
            tab.take_case(detail)
        self._count(detail)
        self.ways.follow()

    def _count(self, detail: CaseDetail | None) -> None:
        """Say on the tabs how many findings there are, and how much a resend would wipe."""
        findings = len(detail.findings) if detail is not None else 0
        wiped = detail.difference.removals if detail is not None else 0
        place = self.tabs.indexOf(self.findings)
        self.tabs.setTabText(place, _("Findings") + (f" {findings}" if findings else ""))
        place = self.tabs.indexOf(self.difference)
        icon = theme.icon("delete-alert-outline", "blocks") if wiped else QIcon()
        self.tabs.setTabIcon(place, icon)
        self.tabs.setTabToolTip(place, removal_words(wiped))

    def show_request(self, request: CaseRequest) -> None:
        """Show the exact bytes of the case, if it is still the one that is shown."""
        if request.case == self.case:
            self._open(self.document)
            self.document.show_request(request)

    def show_document(self) -> None:
        """Open the tab with the case's XML."""
        self._open(self.document)

    def show_in_register(self) -> None:
        """Ask for all that is known about what is pointed at."""
        self.ways.show_register()

    def show_mapping(self) -> None:
        """Ask for the mapping row of what is pointed at."""
        self.ways.show_mapping()

    def show_source(self) -> None:
        """Ask for the source row of what is pointed at."""
        self.ways.show_source()

    def step(self, way: int) -> None:
        """Look at the next tab (1) or the one before (-1)."""
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + way) % self.tabs.count())

    def _pointed(self) -> Pointed:
        tab = self.tabs.currentWidget()
        return tab.pointed() if self._detail and isinstance(tab, CaseTab) else NOTHING

    def _open(self, tab: CaseTab) -> None:
        self.tabs.setCurrentWidget(tab)
        tab.catch_up()

    def _turn(self) -> None:
        tab = self.tabs.currentWidget()
        if isinstance(tab, CaseTab):
            tab.catch_up()
        self.ways.follow()

    def _reveal(self, on: bool) -> None:
        """Ask for the number; it is shown when the journal has it. Hiding it takes no asking."""
        if not on:
            self.show_case(self._masked)
            return
        with QSignalBlocker(self.reveal):
            self.reveal.setChecked(False)
        self.reveal_wanted.emit(self.case)

    def _show_place(self, finding: object) -> None:
        """Show a finding in the document."""
        self._open(self.document)
        if self._detail is not None and finding in self._detail.findings:
            self.document.go_to_finding(self._detail.findings.index(finding))

    def _show_value(self, variable: str, group: str, index: int) -> None:
        self._open(self.values)
        self.values.choose(variable, group, index)
        self.values.table.setFocus()

    def _connect(self) -> None:
        self.reveal.toggled.connect(self._reveal)
        self.tabs.currentChanged.connect(lambda _place: self._turn())
        self.ways.pointed = self._pointed
        self.ways.mapping_wanted.connect(self.mapping_wanted)
        self.ways.source_wanted.connect(self.source_wanted)
        self.ways.register_wanted.connect(self.rule_wanted)
        self.ways.nowhere.connect(self.nowhere)
        self.findings.place_wanted.connect(self._show_place)
        self.counting.value_wanted.connect(self._show_value)
        self.document.request_wanted.connect(lambda: self.request_wanted.emit(self.case))
        self.document.bytes.save_wanted.connect(self.save_wanted)
        add_key(self, _("Next tab"), "Ctrl+PgDown", lambda: self.step(1))
        add_key(self, _("Tab before"), "Ctrl+PgUp", lambda: self.step(-1))
        for tab in self._tabs:
            tab.pointed_changed.connect(self.ways.follow)
            for part in tab.lists():
                self.ways.offer_at(part)

    def _lay_out(self) -> None:
        self.heading.put_beside(self.reveal, self.room)
        for part in (self.tabs, self.tabs.tabBar()):
            part.setAccessibleName(_("The chosen case"))
        self.entry = self.tabs.tabBar()  # not its first part: that shows the personnummer
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setIconSize(_ICON)
        self.tabs.tabBar().setStyleSheet("QTabBar::tab { padding: 6px 4px; }")  # seven at 1366
        named = (
            (self.rows, _("Rows")),
            (self.values, _("Values")),
            (self.document, "XML"),
            (self.findings, _("Findings")),
            (self.counting, _("Counting")),
            (self.difference, _("Compare")),
            (self.attempts, _("Attempts")),
        )
        self._tabs: tuple[CaseTab, ...] = tuple(tab for tab, _name in named)
        for tab, name in named:
            self.tabs.addTab(tab, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.heading)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.ways)
