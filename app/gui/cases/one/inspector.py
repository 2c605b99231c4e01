"""Everything about one case, in tabs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from app.core.finding import Finding
from app.core.outcome import Attempt
from app.core.register import Profile
from app.gui import theme
from app.gui.cases.one.columns import (
    Cell,
    cell_columns,
    cells_of,
    value_columns,
    values_of,
)
from app.gui.widgets.attempt_words import attempt_columns
from app.gui.widgets.diff_view import DiffView
from app.gui.widgets.finding_list import FindingList
from app.gui.widgets.labels import Label, SectionTitle
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.table import Table
from app.gui.widgets.xml_view import XmlView
from app.language.text import _, current, ngettext
from app.workflow.views import CaseDetail, ValueView


class CaseInspector(QWidget):
    """One case from its rows in the export to the register's answers."""

    register_wanted = Signal(object)  # the target of a rule or variable on that page
    rule_wanted = Signal(object)  # the same
    mapping_wanted = Signal(str)  # the variable whose row of the mapping is wanted
    source_wanted = Signal(str, int, str, str)  # table, row, file and column in the export
    reveal_wanted = Signal(str)  # the case whose personnummer is wanted
    request_wanted = Signal(str)  # the case whose exact bytes are wanted

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self.setAccessibleName(_("The chosen case"))
        self._profile = profile
        self._person_id = profile.roles.get("person_id", "")
        self._detail: CaseDetail | None = None
        self.title = SectionTitle()
        self.meaning = Label(tone="quiet")
        self.reveal = QCheckBox(_("Show personnummer"))
        self.reveal.setAccessibleName(_("Show personnummer"))
        self.cells: Table[Cell] = Table(_("Rows in the export"), RowsModel(cell_columns()))
        self.values: Table[ValueView] = Table(_("Values"), RowsModel(value_columns(profile)))
        self.xml = XmlView()
        self.findings = FindingList()
        self.difference = DiffView()
        self.difference_note = Label(tone="quiet")
        self.attempts: Table[Attempt] = Table(
            _("Attempts"), RowsModel(attempt_columns(with_case=False))
        )
        self.tabs = QTabWidget()
        self._lay_out()
        self.reveal.toggled.connect(lambda _on: self._fill())
        self.findings.place_wanted.connect(self._show_place)
        self.findings.register_wanted.connect(self.register_wanted)

    def show_case(self, detail: CaseDetail | None) -> None:
        """Show a case, None for none."""
        self._detail = detail
        self.reveal.setChecked(False)
        self.tabs.setEnabled(detail is not None)
        self.reveal.setEnabled(detail is not None)
        if detail is None:
            self.title.setText(_("No case is chosen"))
            self.meaning.setText(_("Choose a case in the list to see it through the whole chain."))
        self._fill()

    def show_document(self) -> None:
        """Open the tab with the case's XML."""
        self.tabs.setCurrentWidget(self.xml)

    def show_in_register(self) -> None:
        """Ask for all that is known about the value that is marked, else about the finding."""
        value = self.values.current_row() if self.values.isVisible() else None
        if value is not None:
            self.register_wanted.emit({"variable": value.variable})
        else:
            self.findings.show_in_register()

    def _fill(self) -> None:
        """Fill every tab; personnummer stay masked unless they are asked for."""
        detail, revealed = self._detail, self.reveal.isChecked()
        if detail is None:
            self._empty()
            return
        self.title.setText(detail.row.case)
        self.meaning.setText(self._meaning(detail.row.verdict))
        self.cells.rows.set_rows(cells_of(detail, self._person_id, revealed=revealed))
        self.values.rows.set_rows(values_of(detail, self._person_id, revealed=revealed))
        self.xml.reveal(revealed)
        self.xml.show_document(detail.xml, self._person_element, detail.row.case)
        self.findings.show_findings(detail.findings, self._profile)
        self.attempts.rows.set_rows(detail.attempts)
        self.difference.reveal(revealed)
        self._compare(detail)
        count = len(detail.findings)
        self.tabs.setTabText(3, _("Findings") + (f" ({count})" if count else ""))

    def _empty(self) -> None:
        self.cells.rows.set_rows(())
        self.values.rows.set_rows(())
        self.attempts.rows.set_rows(())
        self.xml.show_document("", "")
        self.difference.show_difference("", "", "")
        self.difference_note.setText("")
        self.findings.show_findings((), self._profile)
        self.tabs.setTabText(3, _("Findings"))

    def _compare(self, detail: CaseDetail) -> None:
        if detail.accepted_xml:
            self.difference.show_difference(
                detail.accepted_xml, detail.xml, self._person_element, detail.row.case
            )
        else:
            self.difference.show_difference("", "", "")
        gone, new = self.difference.counts
        if not detail.accepted_xml:
            text = _("The case has never been accepted, so there is nothing to compare with.")
        elif not gone and not new:
            text = _("Nothing differs from what was accepted last.")
        else:
            lost = ngettext("{count} line goes", "{count} lines go", gone).format(count=gone)
            come = ngettext("{count} line is new", "{count} lines are new", new).format(count=new)
            text = _("{gone}, {new}. A resend replaces everything stored under the number.").format(
                gone=lost, new=come
            )
        self.difference_note.setText(text)

    @property
    def _person_element(self) -> str:
        variable = self._profile.by_id.get(self._person_id)
        return variable.path[-1] if variable and variable.path else ""

    def _meaning(self, verdict_id: str) -> str:
        found = next((one for one in self._profile.verdicts if one.id == verdict_id), None)
        if found is None:
            return _("The register does not count the case.")
        name, meaning = found.name.in_language(current()), found.meaning.in_language(current())
        return f"{name}. {meaning}"

    def _show_place(self, finding: Finding) -> None:
        variable = self._profile.by_id.get(finding.variable)
        if variable is not None and variable.path:
            self.tabs.setCurrentWidget(self.xml)
            self.xml.go_to(variable.path[-1])
            self.xml.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.reveal)
        comparison = QWidget()
        column = QVBoxLayout(comparison)
        column.setContentsMargins(0, theme.GRID, 0, 0)
        column.addWidget(self.difference_note)
        column.addWidget(self.difference, 1)
        self.xml.setAccessibleName(_("The case's XML"))
        self.difference.setAccessibleName(_("Difference from what was accepted last"))
        self.tabs.setAccessibleName(_("The chosen case"))
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setStyleSheet("QTabBar::tab { padding: 6px; }")  # six fit at 1366
        for part, name in (
            (self.cells, _("Rows")),
            (self.values, _("Values")),
            (self.xml, "XML"),
            (self.findings, _("Findings")),
            (comparison, _("Compare")),
            (self.attempts, _("Attempts")),
        ):
            self.tabs.addTab(part, name)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addLayout(head)
        layout.addWidget(self.meaning)
        layout.addWidget(self.tabs, 1)
