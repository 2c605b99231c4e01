"""What libxml2 and xmlschema say about the documents of cases: asked for, stopped, read."""

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QProgressBar, QVBoxLayout, QWidget

from app.core.errors import Cancelled, WorkbenchError
from app.gui import theme
from app.gui.background.backend import Job
from app.gui.cases.list.chosen import ChosenCases, Numbers
from app.gui.cases.list.query import CaseQuery
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Note, StatusLabel
from app.gui.widgets.numbers import count
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.text import N_, _, ngettext
from app.workflow.case_views import DocumentFault, Validation
from app.workflow.views import CaseFilter

CHOSEN, LISTED, THOROUGH = "chosen", "listed", "thorough"
WAYS = (
    (CHOSEN, N_("Validate the XML of the chosen cases")),
    (LISTED, N_("Validate the XML of every listed case")),
    (THOROUGH, N_("The chosen ones by xmlschema as well (slow)")),
)
_NAMESPACE = re.compile(r"\{[^}\s]*:[^}\s]*\}")  # before an element's name
_MOST_LINES = 6  # faults before they scroll


class ValidationPanel(QWidget):
    """Stands below the list: how far it has come, then the answer and the way to what fails."""

    case_wanted = Signal(str)

    def __init__(self, page: Page, query: CaseQuery, chosen: ChosenCases) -> None:
        super().__init__()
        self._page = page
        self._query = query
        self._chosen = chosen
        self._job: Job | None = None
        self._refused: Numbers = ()
        self.said = StatusLabel()
        self.note = Note()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(160)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the work has come"))
        self.show_them = Button(
            _("Show these cases"), self._show_refused, icon="format-list-bulleted"
        )
        self.stop = Button(_("Stop"), self.close_panel, kind="quiet")
        self.faults: Table[DocumentFault] = Table(
            _("What is wrong in the documents"), RowsModel(_fault_columns())
        )
        self.faults.activated.connect(lambda _index: self._open_case())
        self._lay_out()
        page.context.session.summary_changed.connect(self.close_panel)
        self.hide()

    def start(self, way: str) -> None:
        """Validate the chosen cases, or every one that the list holds."""
        if way == LISTED:
            self._ask(self._query.wanted)
        else:
            self._chosen.with_chosen(partial(self._ask, thorough=way == THOROUGH))

    def close_panel(self) -> None:
        """Stop what is under way, and let go of an answer that may no longer hold."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
        self._refused = ()
        self.hide()

    def add_ways(self, menu: QMenu) -> None:
        """Offer the ways in a menu; what is done with chosen cases wants some."""
        for way, text in WAYS:
            action = QAction(_(text), menu)
            action.setEnabled(way == LISTED or bool(self._chosen.count()))
            action.triggered.connect(partial(self._begin, way))
            menu.addAction(action)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _begin(self, way: str, _on: bool = False) -> None:
        self.start(way)

    def _ask(self, wanted: Numbers | CaseFilter, thorough: bool = False) -> None:
        self.close_panel()
        self._show_parts(is_running=True)
        self.said.set_status("unknown", _("The documents are being validated…"))
        self.bar.setRange(0, 0)
        job = self._page.run(
            deeds.VALIDATE_DOCUMENTS,
            wanted,
            thorough,
            done=lambda found: self._take(job, partial(self._show, found)),
            failed=lambda error: self._take(job, partial(self._tell_trouble, error)),
            progress=lambda done, total, _step: self._take_step(job, done, total),
            owner=self,
        )
        self._job = job

    def _take(self, job: Job, show: Callable[[], None]) -> None:
        """Show an answer, unless it is to a question that was withdrawn."""
        if job is self._job:
            self._job = None
            show()

    def _take_step(self, job: Job, done: int, total: int) -> None:
        if job is self._job:
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            words = _("{done} of {total} documents are validated.")
            self.said.set_status("unknown", words.format(done=count(done), total=count(total)))

    def _show(self, found: Validation) -> None:
        self._refused = found.refused
        self._show_parts(is_running=False)
        refused = found.documents - found.valid
        self.said.set_status("blocks" if refused else "clean", told(found))
        self.note.setText(about(found))
        self.note.setVisible(bool(self.note.text()))
        self.show_them.setVisible(bool(found.refused))
        self.faults.rows.set_rows(found.faults)
        self.faults.setFixedHeight(theme.ROW * (min(_MOST_LINES, len(found.faults)) + 1) + 2)
        self.faults.setVisible(bool(found.faults))
        if found.faults:
            self.faults.choose(0)
            self.faults.setFocus()

    def _show_parts(self, *, is_running: bool) -> None:
        for part in (self.faults, self.show_them, self.note):
            part.hide()
        self.bar.setVisible(is_running)
        self.stop.setText(_("Stop") if is_running else _("Close"))
        self.stop.setAccessibleName(self.stop.text())
        self.show()

    def _tell_trouble(self, error: WorkbenchError) -> None:
        self.hide()
        if not isinstance(error, Cancelled):
            self._page.context.messages.show_error(error)

    def _show_refused(self) -> None:
        self._query.show(CaseFilter(cases=self._refused))

    def _open_case(self) -> None:
        row = self.faults.current_row()
        if row is not None:
            self.case_wanted.emit(row.case)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self.said, 1)
        for part in (self.bar, self.show_them, self.stop):
            head.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addLayout(head)
        layout.addWidget(self.faults)
        layout.addWidget(self.note)


def told(found: Validation) -> str:
    """Say what came of it in one sentence."""
    refused = found.documents - found.valid
    if not found.documents:
        return _("There is no document to validate.")
    if not refused:
        words = ngettext(
            "{count} document is valid.", "All {count} documents are valid.", found.documents
        )
        return words.format(count=count(found.documents))
    words = ngettext(
        "{count} of {total} documents is not valid.",
        "{count} of {total} documents are not valid.",
        refused,
    )
    return words.format(count=count(refused), total=count(found.documents))


def about(found: Validation) -> str:
    """Say what else there is to know: what is not shown, and where the two do not agree."""
    said = []
    if len(found.faults) < found.fault_count:
        words = _("The first {shown} of {count} faults are shown.")
        said.append(words.format(shown=count(len(found.faults)), count=count(found.fault_count)))
    if len(found.refused) < found.documents - found.valid:
        words = _("Only the first {count} cases can be shown in the list.")
        said.append(words.format(count=count(len(found.refused))))
    if found.disagreed:
        words = ngettext(
            "libxml2 and xmlschema judge {count} document differently: {cases}.",
            "libxml2 and xmlschema judge {count} documents differently, the first is {cases}.",
            len(found.disagreed),
        )
        said.append(words.format(count=count(len(found.disagreed)), cases=found.disagreed[0]))
    return " ".join(said)


def _fault_columns() -> tuple[Column[DocumentFault], ...]:
    return (
        Column(_("Case"), lambda one: one.case, width=92),
        Column(_("Says"), lambda one: one.processor, quiet=True, width=92),
        Column(_("What"), lambda one: _NAMESPACE.sub("", one.message), tip=lambda one: one.message),
        Column(_("Line"), lambda one: str(one.line or ""), number=True, width=64),
    )
