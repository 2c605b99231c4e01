"""XML: the case's document with its findings, what is not sent and why, and the exact bytes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.cases.one.exact_bytes import ExactBytes
from app.gui.cases.one.marks import marks_of, place_at
from app.gui.cases.one.pointed import NOTHING, Pointed, at_finding, at_variable
from app.gui.cases.one.tab import CaseTab
from app.gui.cases.one.unsent import UnsentList
from app.gui.widgets.controls import Button
from app.gui.widgets.xml_marks import Mark
from app.gui.widgets.xml_panel import XmlPanel
from app.language.text import _
from app.workflow.case_views import CaseRequest
from app.workflow.views import CaseDetail


class DocumentTab(CaseTab):
    """The document above, what it lacks below; one click away what is sent to the last byte."""

    request_wanted = Signal()
    finding_chosen = Signal(int)  # which of the case's findings somebody has gone to

    def __init__(self, profile: Profile) -> None:
        super().__init__(profile)
        self.panel = XmlPanel()
        self.view = self.panel.view
        self.view.setAccessibleName(_("The case's XML"))
        self.unsent = UnsentList(profile)
        self.bytes = ExactBytes(self.show_document, person_element(profile))
        self.exact = Button(_("Exact bytes"), self.request_wanted.emit, kind="quiet")
        self.exact.setIcon(theme.icon("code-brackets", "accent"))
        self.exact.setToolTip(_("What is sent, to the last byte: its envelope, size and SHA-256"))
        self.panel.tools.addWidget(self.exact)
        document = QWidget()
        column = QVBoxLayout(document)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(self.panel, 1)
        column.addWidget(self.unsent)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(document)
        self._stack.addWidget(self.bytes)
        self._at_unsent = False  # whether the list below was used last, not the document
        self.view.cursorPositionChanged.connect(lambda: self._point(at_unsent=False))
        self.view.mark_changed.connect(self._tell_finding)
        self.unsent.table.current_changed.connect(
            lambda row: self._point(at_unsent=row is not None)
        )

    def fill(self, detail: CaseDetail | None) -> None:
        self.show_document()
        self.bytes.forget()
        self.exact.setEnabled(detail is not None)
        if detail is None:
            self.panel.show_document("", "")
            self.panel.show_marks(())
            self.unsent.show_unsent(())
            return
        self.view.reveal(detail.revealed)
        self.panel.show_document(detail.xml, person_element(self.profile), detail.row.case)
        self.panel.show_marks(marks_of(detail, self.view.lines, self.profile))
        self.unsent.show_unsent(detail.unsent)
        self._at_unsent = False

    def show_document(self) -> None:
        """Show the document, no longer the bytes."""
        self._stack.setCurrentIndex(0)

    def show_request(self, request: CaseRequest) -> None:
        """Show the request as it leaves."""
        self.bytes.show_request(request)
        self._stack.setCurrentWidget(self.bytes)
        self.bytes.text.setFocus()

    def go_to_finding(self, number: int) -> None:
        """Put the caret on one of the findings and tell about it."""
        mark = next((one for one in self.view.marks if one.number == number), None)
        self.show_document()
        self.view.setFocus()
        if mark is not None:
            self.view.go_to_mark(mark)

    def go_to(self, where: Pointed, group: str = "", index: int = 0) -> None:
        """Put the caret on a value, or on the part where it would stand."""
        self.show_document()
        self.view.setFocus()
        places = self.detail.places if self.detail is not None else ()
        same = [one for one in places if one.variable == where.variable]
        exact = (one for one in same if (one.group, one.index) == (group, index))
        place = next(exact, same[0] if same else None)
        variable = self.profile.by_id.get(where.variable)
        if place is not None:
            self.view.go_to_line(place.line - 1, place.column - 1)
        elif variable is not None and variable.path:
            self.view.go_to(variable.path[-1])

    def pointed(self) -> Pointed:
        if self.detail is None:
            return NOTHING
        row = self.unsent.table.current_row() if self._at_unsent else None
        if row is not None:
            link = self.link_of(row.variable)
            return at_variable(row.variable, self.detail, link, row.group, row.index)
        caret = self.view.textCursor()
        mark = self.view.mark_here()
        if mark is not None:
            finding = self.detail.findings[mark.number]
            return at_finding(finding, self.detail, self.profile, self.link_of(finding.variable))
        place = place_at(self.detail, caret.blockNumber(), caret.positionInBlock())
        if place is None or not place.variable:
            return self._by_path(caret.blockNumber())
        link = self.link_of(place.variable)
        return at_variable(place.variable, self.detail, link, place.group, place.index)

    def lists(self) -> tuple[QWidget, ...]:
        return (self.view, self.unsent.table)

    def _point(self, *, at_unsent: bool) -> None:
        self._at_unsent = at_unsent
        self.pointed_changed.emit()

    def _by_path(self, line: int) -> Pointed:
        """Return what an element on a line points at by its path alone."""
        path = self.view.lines.path_at(line)[1:]
        variable = next((one for one in self.profile.variables if path and one.path == path), None)
        if variable is None or self.detail is None:
            return NOTHING
        return at_variable(variable.id, self.detail, self.link_of(variable.id))

    def _tell_finding(self, mark: Mark) -> None:
        self.finding_chosen.emit(mark.number)


def person_element(profile: Profile) -> str:
    """Return the name of the element that holds the patient's number, "" when it has none."""
    variable = profile.by_id.get(profile.roles.get("person_id", ""))
    return variable.path[-1] if variable and variable.path else ""
