"""One case of the fellista: why it is there, what we find now, what a resend would change."""

from collections.abc import Callable

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.fellista.columns import forecast_status
from app.gui.widgets.controls import Button
from app.gui.widgets.diff_view import DiffView
from app.gui.widgets.fact_rows import FactRows
from app.gui.widgets.finding_list import FindingList
from app.gui.widgets.labels import Label, SectionTitle, StatusLabel
from app.gui.widgets.parts import Inspector
from app.language.sentences import name_of
from app.language.text import N_, _
from app.workflow.views import CaseDetail, FellistaCase

_MEANING = {
    "green": N_("As it now stands the case breaks none of the rules. Send it again."),
    "still": N_("The case still breaks rules. Correct the mapping or the export, then check."),
    "unchanged": N_("No rule here finds anything, and the case is as the register has it."),
    "missing": N_("The case is not in the loaded export. Load an export that holds it."),
}


class FellistaInspector(QWidget):
    """Everything about the chosen case of the list."""

    def __init__(self, show_case: Callable[[str], None]) -> None:
        super().__init__()
        self.setAccessibleName(_("The chosen case"))
        self._case = ""
        self.title = SectionTitle()
        self.forecast = StatusLabel()
        self.meaning = Label(tone="quiet")
        self.reasons = FactRows()
        self.findings = FindingList()
        self.findings.offer_place(offered=False)
        self.difference = DiffView()
        self.difference.setAccessibleName(_("Difference from what was accepted last"))
        self.open = Button(_("Show under Cases"), lambda: show_case(self._case), kind="quiet")
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(_("The chosen case"))
        findings = Inspector(_("Findings now"))
        findings.fill(self.findings)
        self.tabs.addTab(findings, _("Findings now"))
        self.tabs.addTab(self.difference, _("What a resend changes"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for part in (self.title, self.forecast, self.meaning, self.reasons):
            layout.addWidget(part)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.open)
        layout.addStretch()

    def show_case(self, case: FellistaCase | None, profile: Profile) -> None:
        """Show a case, None for none."""
        self._case = case.entry.case if case else ""
        for part in (self.forecast, self.reasons, self.tabs, self.open):
            part.setVisible(case is not None)
        self.difference.show_difference("", "", "")
        if case is None:
            self.title.setText(_("No case is chosen"))
            self.meaning.setText(_("Choose a case to see why it is on the list."))
            return
        self.title.setText(case.entry.case)
        self.forecast.set_status(forecast_status(case), name_of(case.forecast))
        self.meaning.setText(_(_MEANING.get(case.forecast, "")))
        self.reasons.show_facts(((_("The register's reasons"), "\n".join(case.entry.reasons)),))
        self.findings.show_findings(case.findings, profile)
        self.open.setEnabled(case.forecast != "missing")

    def show_difference(self, detail: CaseDetail, profile: Profile) -> None:
        """Show what a resend would change of what was accepted last."""
        if detail.row.case == self._case and detail.accepted_xml:
            variable = profile.by_id.get(profile.roles.get("person_id", ""))
            element = variable.path[-1] if variable and variable.path else ""
            self.difference.show_difference(
                detail.accepted_xml, detail.xml, element, detail.row.case
            )
