"""Fynd: what is wrong with the case, why, and the values that decide it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.finding import Finding
from app.core.register import Profile
from app.gui.cases.one.masked import shown_values
from app.gui.cases.one.pointed import NOTHING, Pointed, at_finding
from app.gui.cases.one.tab import CaseTab
from app.gui.cases.one.wording import group_name, variable_name
from app.gui.widgets.finding_list import FindingList
from app.gui.widgets.parts import Inspector
from app.language.text import _
from app.workflow.views import CaseDetail, ValueView


class FindingsTab(CaseTab):
    """The findings, worst first, and all about the one that is chosen."""

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.list = FindingList(self._deciding)
        self.list.offer_register(offered=False)  # one of the ways below all views
        area = Inspector(_("Findings"))
        area.fill(self.list)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.list.chosen_changed.connect(self.pointed_changed)
        self.list.place_wanted.connect(self.place_wanted)

    def fill(self, detail: CaseDetail | None) -> None:
        self.list.show_findings(detail.findings if detail else (), self.profile)

    def pointed(self) -> Pointed:
        finding = self.list.chosen
        if finding is None or self.detail is None:
            return NOTHING
        return at_finding(finding, self.detail, self.profile, self.link_of(finding.variable))

    def lists(self) -> tuple[QWidget, ...]:
        return (self.list.lines,)

    def _deciding(self, finding: Finding) -> tuple[tuple[str, str], ...]:
        """Return the values that a rule is about, as labels and values."""
        rule = self.profile.rules_by_id.get(finding.code)
        if rule is None or self.detail is None:
            return ()
        wanted = list(dict.fromkeys((finding.variable, *rule.variables)))
        values = shown_values(self.detail, self.profile)
        found = [one for one in values if one.variable in wanted]
        found.sort(key=lambda one: (wanted.index(one.variable), one.index))
        empty = [one for one in wanted if one and one not in {value.variable for value in found}]
        return (
            *((self._name(one), one.value) for one in found),
            *((variable_name(one, self.profile), _("(missing)")) for one in empty),
        )

    def _name(self, value: ValueView) -> str:
        name = variable_name(value.variable, self.profile)
        row = group_name(value.group, value.index, self.profile) if value.index else ""
        return f"{name} ({row})" if row else name
