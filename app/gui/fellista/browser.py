"""The list itself: causes, cases, and the chosen case beside them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.fellista.columns import Reason, case_columns, reason_columns
from app.gui.fellista.inspector import FellistaInspector
from app.gui.frame import deeds
from app.gui.frame.navigator import joined
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.filter_chip import FilterChip
from app.gui.widgets.labels import Note
from app.gui.widgets.parts import Splitter
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.table import Table
from app.language.text import _, ngettext
from app.workflow.views import CaseDetail, FellistaCase, FellistaView

_REASONS_TALL = 5 * theme.ROW


class FellistaBrowser(QWidget):
    """Shows one list; a cause shows only its cases."""

    correction_wanted = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._context = page.context
        self._view = FellistaView((), ())
        self._reason = ""
        self._shown = ""  # the case in the inspector, kept when the list is read anew
        self.cases: Table[FellistaCase] = Table(_("Cases on the list"), RowsModel(case_columns()))
        self.reasons: Table[Reason] = Table(_("Causes"), RowsModel(reason_columns()))
        self.filter = FilterChip("")
        self.count = Note()
        self.resend = Button(_("Send the green again"), self._resend, icon="send-outline")
        self.correct = Button(
            _("Load a corrected export…"), self.correction_wanted.emit, icon="folder-sync-outline"
        )
        self.inspector = FellistaInspector(self._show_under_cases)
        self._lay_out()
        self.cases.current_changed.connect(self._choose)
        self.inspector.findings.register_wanted.connect(self._show_in_register)
        self.reasons.clicked.connect(lambda _index: self._filter_by_reason())
        self.reasons.activated.connect(lambda _index: self._filter_by_reason())
        self.filter.toggled.connect(lambda on: None if on else self.set_reason(""))

    def show_list(self, view: FellistaView) -> None:
        """Show a list, keeping the chosen case if it is still there."""
        self._view = view
        kept = self._shown
        shown = self._fitting()
        self.reasons.rows.set_rows(view.reasons)
        self.cases.rows.set_rows(shown)
        self._count(len(shown))
        numbers = [case.entry.case for case in shown]
        self.cases.choose(numbers.index(kept) if kept in numbers else 0)
        self._choose(self.cases.current_row() if shown else None)

    def set_reason(self, reason: str) -> None:
        """Show only the cases with one reason, or all again."""
        self._reason = reason
        self.filter.setVisible(bool(reason))
        self.filter.setText(reason)
        self.filter.setAccessibleName(reason)
        self.filter.set_on(on=bool(reason))
        self.show_list(self._view)

    def _fitting(self) -> tuple[FellistaCase, ...]:
        cases = self._view.cases
        return tuple(one for one in cases if not self._reason or self._reason in one.entry.reasons)

    def _green(self) -> tuple[str, ...]:
        return tuple(one.entry.case for one in self._view.cases if one.forecast == "green")

    def _count(self, shown: int) -> None:
        cases = ngettext("{count} case", "{count} cases", shown).format(count=shown)
        self.count.setText(
            cases if shown else _("The list is empty. Nothing waits to be corrected.")
        )
        green = len(self._green())
        name = ngettext("Send {count} green case again", "Send {count} green cases again", green)
        self.resend.setText(name.format(count=green))
        self.resend.setAccessibleName(name.format(count=green))
        self.resend.explain("" if green else _("No case on the list is right as it now stands."))

    def _choose(self, case: FellistaCase | None) -> None:
        if not self._context.document.is_open:
            return
        number = case.entry.case if case else ""
        self.inspector.show_case(case, self._context.document.profile)
        if case is not None:
            self._shown = number
            if case.forecast != "missing":
                self._page.run(deeds.CASE_DETAIL, number, done=self._show_detail)

    def _show_detail(self, detail: CaseDetail) -> None:
        self.inspector.show_difference(detail, self._context.document.profile)

    def _filter_by_reason(self) -> None:
        reason = self.reasons.current_row()
        if reason is not None:
            self.set_reason(reason[0])

    def _show_under_cases(self, case: str) -> None:
        self._context.navigator.go("cases", case=case)

    def _show_in_register(self, target: dict[str, str]) -> None:
        self._context.navigator.go("register", **target)

    def _resend(self) -> None:
        self._context.navigator.go("sending", cases=joined(self._green()))

    def _lay_out(self) -> None:
        self.reasons.setMaximumHeight(_REASONS_TALL)
        self.filter.hide()
        self.count.setWordWrap(False)
        below = QHBoxLayout()
        below.setSpacing(theme.GRID)
        below.addWidget(self.count, 1)
        below.addWidget(self.correct)
        below.addWidget(self.resend)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.reasons)
        column.addWidget(self.filter)
        column.addWidget(self.cases, 1)
        column.addLayout(below)
        splitter = Splitter("fellista", self._context.settings, left, self.inspector)
        splitter.share(58, 42)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
