"""The filters above the case list."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.finding import Tier
from app.core.register import Profile
from app.gui import theme
from app.gui.widgets.controls import Choice, SearchField
from app.gui.widgets.filter_chip import FilterChip
from app.language.sentences import cause_sentence, name_of
from app.language.text import _, current, ngettext
from app.workflow.views import CaseFilter, Summary

_TYPING = 250  # ms of rest before a search begins


class FilterBar(QWidget):
    """What the case list shows; says when it changes."""

    changed = Signal()

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self._cause = ""
        self._cases: tuple[str, ...] = ()
        self.search = SearchField(_("Search behandlingsnummer"))
        tiers = (("", _("All findings")), *((tier.value, name_of(tier.value)) for tier in Tier))
        self.tier = Choice(_("Worst finding"), tiers)
        self.sendable = FilterChip(_("Can be sent"))
        self.differing = FilterChip(_("New or changed"))
        self.cause = FilterChip("")
        self.cases = FilterChip("")
        self.verdicts = {
            verdict.id: FilterChip(verdict.name.in_language(current()), verdict.icon)
            for verdict in profile.verdicts
        }
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING)
        self._lay_out()
        self._connect()

    def wanted(self, sort: str, *, descending: bool) -> CaseFilter:
        """Return the filter that the bar says, with this order."""
        return CaseFilter(
            text=self.search.text().strip(),
            verdicts=tuple(one for one, chip in self.verdicts.items() if chip.isChecked()),
            tier=Tier(self.tier.value()) if self.tier.value() else None,
            cause=self._cause,
            cases=self._cases,
            sendable=self.sendable.isChecked(),
            changed=self.differing.isChecked(),
            sort=sort,
            descending=descending,
        )

    def show_counts(self, summary: Summary) -> None:
        """Say on each verdict how many cases have it."""
        counts = dict(summary.verdicts)
        for verdict in self._profile.verdicts:
            name = verdict.name.in_language(current())
            self.verdicts[verdict.id].setText(f"{name}  {counts.get(verdict.id, 0)}")

    def set_cause(self, code: str) -> None:
        """Show only the cases with one cause, or all again."""
        self._cause = code
        self.cause.setVisible(bool(code))
        self.cause.setText(cause_sentence(code, self._profile) if code else "")
        self.cause.set_on(on=bool(code))
        self.changed.emit()

    def set_cases(self, cases: tuple[str, ...]) -> None:
        """Show only these cases, or all again."""
        self._cases = cases
        self.cases.setVisible(bool(cases))
        count = len(cases)
        text = ngettext("{count} chosen case", "{count} chosen cases", count)
        self.cases.setText(text.format(count=count))
        self.cases.set_on(on=bool(cases))
        self.changed.emit()

    def set_search(self, text: str) -> None:
        """Search for a number at once."""
        self.search.setText(text)
        self._timer.stop()
        self.changed.emit()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for part in (self.search, self.tier, self.sendable, self.differing, self.cause, self.cases):
            first.addWidget(part)
        for chip in self.verdicts.values():
            second.addWidget(chip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for line in (first, second):
            line.setSpacing(theme.GRID)
            line.addStretch(1)
            layout.addLayout(line)
        self.search.setFixedWidth(232)
        self.cause.hide()
        self.cases.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self._timer.timeout.connect(self.changed)
        self.tier.currentIndexChanged.connect(lambda _index: self.changed.emit())
        for chip in (self.sendable, self.differing, *self.verdicts.values()):
            chip.toggled.connect(lambda _on: self.changed.emit())
        self.cause.toggled.connect(lambda on: None if on else self.set_cause(""))
        self.cases.toggled.connect(lambda on: None if on else self.set_cases(()))
