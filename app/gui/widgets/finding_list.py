"""A case's findings: what is wrong, why, what to do, and where."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.core.finding import TIER_ORDER, Finding, Tier
from app.core.register import Confidence, Profile
from app.gui import theme
from app.gui.widgets.controls import Button
from app.gui.widgets.fact_rows import SELECTABLE, FactRows
from app.gui.widgets.fold import Fold
from app.gui.widgets.labels import Label, Note
from app.gui.widgets.numbers import count
from app.language.sentences import finding_sentence
from app.language.source_text import source_text
from app.language.text import N_, _, current

_ICON = 16
_MOST = 500  # findings of one case that are listed, the worst ones
_EDGES, _HIGHEST = 6, 240  # pixels of the list
_WORDING = "xerces"  # among a finding's values: what the register's own checker says
_CONFIDENCE = {
    Confidence.STATED: N_("stated by the register"),
    Confidence.INFERRED: N_("inferred from the register's texts"),
    Confidence.ASSUMED: N_("assumed; the register has not said so"),
}
_OWN_REASON = {
    Tier.BLOCKS: N_("The program stops the case before it is sent."),
    Tier.SCHEMA: N_("The register's schema demands it; it would answer with a format error."),
    Tier.REJECTED: N_("The register would answer ERROR and not store the case."),
    Tier.CORRUPT: N_("The register would accept the case and put it on the fellista."),
    Tier.INCONSISTENT: N_("The register would accept the case and leave parts out of reports."),
    Tier.NOTE: N_("It does not stop anything."),
}


def facts_of(finding: Finding, profile: Profile) -> tuple[tuple[str, str], ...]:
    """Return why a finding is one, what to do and where, as labels and values."""
    remedy = finding_sentence(finding, profile)[1]
    rule = profile.rules_by_id.get(finding.code)
    is_own = rule is not None and rule.own
    source = rule.fact.source if rule and not is_own else ""
    sure = _(_CONFIDENCE[rule.fact.confidence]) if rule else ""
    own = _("It breaks a rule of your own, which only this project knows.")
    return (
        (_("Do this"), remedy),
        (_("Why"), own if is_own else _(_OWN_REASON[finding.tier])),
        (_("Variable"), _variable(finding, profile)),
        (_("Place"), _place(finding)),
        (_("Source"), f"{source_text(source)} ({sure})" if source else ""),
        (_("Code"), finding.code),
    )


def _variable(finding: Finding, profile: Profile) -> str:
    variable = profile.by_id.get(finding.variable)
    if variable is None or variable.name.in_language(current()) == finding.variable:
        return finding.variable
    return f"{finding.variable} {variable.name.in_language(current())}"


def _place(finding: Finding) -> str:
    row = _("row {row}").format(row=finding.row) if finding.row else ""
    return ", ".join(part for part in (finding.table, finding.file, finding.column, row) if part)


Deciding = Callable[[Finding], tuple[tuple[str, str], ...]]


class FindingList(QWidget):
    """The findings of one case, worst first, and all about the one that is chosen."""

    place_wanted = Signal(Finding)  # somebody wants to see it in the document
    register_wanted = Signal(object)  # the target of its rule or variable on that page
    chosen_changed = Signal()

    def __init__(self, deciding: Deciding | None = None) -> None:
        super().__init__()
        self._deciding = deciding
        self._profile: Profile | None = None
        self._findings: tuple[Finding, ...] = ()
        self.lines = QListWidget()
        self.lines.setWordWrap(True)
        self.lines.setAccessibleName(_("Findings"))
        self.lines.setIconSize(QSize(_ICON, _ICON))
        self.lines.setSizeAdjustPolicy(QAbstractItemView.SizeAdjustPolicy.AdjustToContents)
        self.lines.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.lines.currentRowChanged.connect(self._choose)
        self.lines.itemActivated.connect(lambda _item: self._show_place())
        self._none = QLabel(_("No findings. The case breaks none of the rules that are checked."))
        self._none.setWordWrap(True)
        self.rest = Note()
        self.facts = FactRows()
        self._place = Button(_("Show in XML"), self._show_place, icon="xml")
        self._known = Button(
            _("Show in the register"), self.show_in_register, icon="book-search-outline"
        )
        self._offers_place = self._offers_register = True
        self.deciding = FactRows(share=True)
        self._deciding_title = Label(_("What decides it"), bold=True)
        self.wording = Fold(_("Likely wording of the register's answer"), self._make_wording)
        self._wording = Label(tone="quiet")
        self._lay_out()

    @property
    def chosen(self) -> Finding | None:
        """The finding that is marked."""
        row = self.lines.currentRow()
        return self._findings[row] if 0 <= row < len(self._findings) else None

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings, worst first."""
        return self._findings

    def show_findings(self, findings: Sequence[Finding], profile: Profile) -> None:
        """Show the findings of another case."""
        self._profile = profile
        ordered = sorted(findings, key=lambda one: TIER_ORDER.index(one.tier))
        self._findings = tuple(ordered[:_MOST])
        words = _("The {shown} worst of {count} findings are listed.")
        self.rest.setText(words.format(shown=count(_MOST), count=count(len(findings))))
        self.rest.setVisible(len(findings) > _MOST)
        self.lines.clear()
        for finding in self._findings:
            self.lines.addItem(_item(finding, profile))
        for part in (self.lines, self.facts):
            part.setVisible(bool(findings))
        for below in (self.deciding, self._deciding_title, self.wording):
            below.hide()
        self._place.setVisible(bool(findings) and self._offers_place)
        self._known.setVisible(bool(findings) and self._offers_register)
        self._none.setVisible(not findings)
        self._fit()
        self.lines.setCurrentRow(0 if findings else -1)
        if not findings:
            for facts in (self.facts, self.deciding):
                facts.show_facts(())
            self._wording.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Make the list as high as its lines are, up to a limit."""
        self.lines.doItemsLayout()
        last = self.lines.item(self.lines.count() - 1) if self.lines.count() else None
        room = self.lines.visualItemRect(last).bottom() + self.lines.verticalOffset() if last else 0
        self.lines.setFixedHeight(min(_HIGHEST, room + _EDGES))

    def offer_place(self, *, offered: bool) -> None:
        """Offer to show a finding in the document, or not where there is no document."""
        self._offers_place = offered
        self._place.setVisible(offered)

    def offer_register(self, *, offered: bool) -> None:
        """Offer to show a finding's rule, or not where something else does."""
        self._offers_register = offered
        self._known.setVisible(offered)

    def choose(self, finding: Finding) -> None:
        """Mark a finding."""
        if finding in self._findings:
            self.lines.setCurrentRow(self._findings.index(finding))

    def show_in_register(self) -> None:
        """Ask to see the rule or the variable of the finding that is marked."""
        target = self._register_target()
        if target:
            self.register_wanted.emit(target)

    def _register_target(self) -> dict[str, str]:
        """Return where the register tells more about the finding: its rule, else its variable."""
        finding, profile = self.chosen, self._profile
        if finding is None or profile is None:
            return {}
        rule = profile.rules_by_id.get(finding.code)
        if rule is not None:
            return {"own" if rule.own else "rule": rule.id}
        return {"variable": finding.variable} if finding.variable in profile.by_id else {}

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._none)
        layout.addWidget(self.lines)
        layout.addWidget(self.rest)
        for part in (self.facts, self._deciding_title, self.deciding, self.wording):
            layout.addWidget(part)
        ways = QHBoxLayout()
        for button in (self._place, self._known):
            ways.addWidget(button)
        ways.addStretch(1)
        layout.addLayout(ways)
        layout.addStretch(1)

    def _choose(self, row: int) -> None:
        if self._profile is not None and 0 <= row < len(self._findings):
            finding = self._findings[row]
            self.facts.show_facts(facts_of(finding, self._profile))
            self._show_deciding(finding)
            self._place.setEnabled(bool(finding.variable))
            self._known.setEnabled(bool(self._register_target()))
        self.chosen_changed.emit()

    def _show_deciding(self, finding: Finding) -> None:
        """Show the values that decide a finding, and how the register itself would say it."""
        facts = self._deciding(finding) if self._deciding is not None else ()
        self.deciding.show_facts(facts)
        for part in (self.deciding, self._deciding_title):
            part.setVisible(bool(facts))
        wording = dict(finding.values).get(_WORDING, "")
        self._wording.setText(wording)
        self._wording.setAccessibleName(wording)
        self.wording.setVisible(bool(wording))

    def _make_wording(self) -> QWidget:
        self._wording.setFont(theme.fixed_font())
        self._wording.setTextInteractionFlags(SELECTABLE)
        return self._wording

    def _show_place(self) -> None:
        if self._offers_place and self.chosen is not None and self.chosen.variable:
            self.place_wanted.emit(self.chosen)


def _item(finding: Finding, profile: Profile) -> QListWidgetItem:
    what, _remedy = finding_sentence(finding, profile)
    status = theme.status_of(finding.tier)
    item = QListWidgetItem(theme.status_icon(status), what)
    item.setToolTip(theme.status_word(status))
    spoken = f"{theme.status_word(status)}: {what}"
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    return item
