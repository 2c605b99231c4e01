"""Så räknas det: how the register counts the case, what decides it, what would change it."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.counting import CaseCount, Explained
from app.core.reasons import row_of
from app.core.register import Count, Fact, Profile
from app.gui import theme
from app.gui.cases.one import counting_words as words
from app.gui.cases.one.pointed import NOTHING, Pointed, at_variable
from app.gui.cases.one.tab import CaseTab
from app.gui.widgets.badge import Badge, BadgeRow, fact_badge
from app.gui.widgets.fold import Fold
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.link_list import LinkList
from app.gui.widgets.parts import Inspector
from app.gui.widgets.tab_order import lead_through, next_beyond
from app.gui.widgets.truth_list import TRUTHS, TruthList, truth_word
from app.language.source_text import source_text
from app.language.text import N_, _, current
from app.workflow.views import CaseDetail

_PARTS = (
    (words.TERM, N_("What the register calls it")),
    (words.REPORT, N_("In the register's reports")),
    (words.TRIGGER, N_("Reasons to send")),
)


class CountingTab(CaseTab):
    """The verdict and every count of the profile, each with the values that decide it."""

    value_wanted = Signal(str, str, int)  # a variable, its group and row, to see among the values

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.area = Inspector(_("How the case is counted"))
        self.lists_shown: list[LinkList] = []
        self.folds: list[Fold] = []
        self._chosen: Mapping[str, str] = {}  # the target of the line that was used last
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID // 2, 0, 0)
        layout.addWidget(self.area)

    def fill(self, detail: CaseDetail | None) -> None:
        self.lists_shown.clear()
        self.folds.clear()
        self._chosen = {}
        count = detail.count if detail is not None else None
        if detail is None or count is None:
            self.area.fill()
            return
        parts, after = [*self._verdict(count), *self._counts(count)], next_beyond(self.area)
        self.area.fill(*parts)
        if after is not None:
            lead_through(parts, after)

    def pointed(self) -> Pointed:
        if self.detail is None:
            return NOTHING
        if "term" in self._chosen:
            return Pointed(register=self._chosen)
        if self._chosen:
            variable, group, index = _place(self._chosen)
            return at_variable(variable, self.detail, self.link_of(variable), group, index)
        verdict = self.detail.row.verdict
        return Pointed(register={"term": verdict}) if verdict else NOTHING

    def lists(self) -> tuple[QWidget, ...]:
        return (self.area,)

    def _verdict(self, count: CaseCount) -> list[QWidget]:
        """Return the verdict, what decides it, and what would make it another."""
        found = words.verdict_of(count.verdict.id, self.profile)
        if found is None:
            return [
                SectionTitle(_("Not counted")),
                Label(_("The register does not count the case.")),
            ]
        phase = next((one for one in self.profile.phases if one.id == count.phase), None)
        badges = [fact_badge(found.fact)]
        if phase is not None:
            badges.append(
                Badge("note", words.name_of_count(phase), phase.meaning.in_language(current()))
            )
        title = SectionTitle(words.name_of_count(found))
        title.setWordWrap(True)
        parts: list[QWidget] = [
            title,
            BadgeRow(*badges),
            Label(found.meaning.in_language(current())),
        ]
        parts += self._deciders(_("What decides it"), count.verdict)
        parts.append(self._source(found.fact))
        if count.verdict.changes:
            fold = Fold(_("What would change it"), partial(self._changes, count.verdict))
            self.folds.append(fold)
            parts.append(fold)
        return parts

    def _counts(self, count: CaseCount) -> list[QWidget]:
        parts: list[QWidget] = []
        for kind, title in _PARTS:
            found = words.counts_of(kind, count.counts, self.profile)
            if found:
                parts.append(_heading(_(title)))
            for one, explained in found:
                parts.append(self._count(one, explained))
        return parts

    def _count(self, one: Count, explained: Explained) -> QWidget:
        """Return a line that says whether a count holds, and opens to why."""
        name = words.name_of_count(one)
        icon, tone, _word = TRUTHS[explained.holds]
        text = f"{truth_word(explained.holds)}: {name}"
        fold = Fold(text, partial(self._why, one, explained))
        fold.show_state(icon, tone)
        fold.head.clicked.connect(partial(self._aim, {"term": one.id}))
        self.folds.append(fold)
        return fold

    def _why(self, one: Count, explained: Explained) -> QWidget:
        parts: list[QWidget] = [Label(one.meaning.in_language(current()))]
        if one.not_computable is not None and explained.holds is None:
            parts.append(Label(one.not_computable.in_language(current()), tone="quiet"))
        parts += self._deciders("", explained)
        if explained.changes:
            parts.append(Label(_("What would change it"), bold=True))
            parts.append(self._changes(explained))
        parts += [BadgeRow(fact_badge(one.fact)), self._source(one.fact)]
        return _column(parts)

    def _deciders(self, title: str, explained: Explained) -> list[QWidget]:
        lines = words.statements(explained.deciders, self.profile)
        if not lines:
            return []
        shown = TruthList(title or _("What decides it"), lines, _("Show the value"))
        return [*([Label(title, bold=True)] if title else []), self._led(shown)]

    def _changes(self, explained: Explained) -> QWidget:
        lines = words.changes(explained, self.profile)
        return self._led(LinkList(_("What would change it"), lines))

    def _led(self, shown: LinkList) -> LinkList:
        """Return a list whose lines lead to the case's values."""
        self.lists_shown.append(shown)
        shown.setStyleSheet("QListWidget { background: transparent; }")
        shown.wanted.connect(self._follow)
        shown.currentRowChanged.connect(partial(self._choose, shown))
        return shown

    def _aim(self, target: Mapping[str, str], _checked: bool = False) -> None:
        self._chosen = target
        self.pointed_changed.emit()

    def _choose(self, shown: LinkList, row: int) -> None:
        self._aim(shown.links[row].target if 0 <= row < len(shown.links) else {})

    def _follow(self, target: Mapping[str, str]) -> None:
        if target.get("variable"):
            self.value_wanted.emit(*_place(target))

    def _source(self, fact: Fact) -> Note:
        return Note(_("Source: {source}").format(source=source_text(fact.source)))


def _place(target: Mapping[str, str]) -> tuple[str, str, int]:
    """Return a variable, its group and its row from 1 there."""
    group, row = row_of(target.get("row", ""))
    return target.get("variable", ""), group, row + 1 if group else 0


def _heading(text: str) -> SectionTitle:
    title = SectionTitle(text)
    title.setContentsMargins(0, theme.GRID, 0, 0)
    return title


def _column(parts: Sequence[QWidget]) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(2 * theme.GRID, 0, 0, theme.GRID)
    column.setSpacing(theme.GRID // 2)
    for part in parts:
        column.addWidget(part)
    return whole
