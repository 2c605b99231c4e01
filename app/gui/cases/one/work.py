"""What a case asks for is done here: going to where it comes from, its number, its exact bytes."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from app.core.errors import WorkbenchError
from app.core.mapping import Link
from app.gui.cases.one.exact_bytes import write_bytes
from app.gui.cases.one.inspector import CaseInspector
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.language.text import _
from app.workflow.case_views import CaseRequest
from app.workflow.views import CaseDetail


class CaseWork(QObject):
    """Serves one inspector on its page."""

    def __init__(self, page: Page, inspector: CaseInspector) -> None:
        super().__init__(inspector)
        self._page = page
        self._inspector = inspector
        inspector.use_links(self._link_of)
        inspector.mapping_wanted.connect(self._show_mapping)
        inspector.source_wanted.connect(self._show_source)
        inspector.rule_wanted.connect(self._show_rule)
        inspector.reveal_wanted.connect(self._reveal)
        inspector.request_wanted.connect(self._ask_request)
        inspector.save_wanted.connect(self._ask_where)

    def _link_of(self, variable: str) -> Link | None:
        document = self._page.context.document
        return document.project.link_of(variable) if document.is_open else None

    def _show_mapping(self, variable: str) -> None:
        self._page.context.navigator.go("mapping", variable=variable)

    def _show_source(self, table: str, row: int, file: str, column: str) -> None:
        place = {"table": table, "row": str(row), "file": file, "cell": column}
        self._page.context.navigator.go("source", tab="rows", **place)

    def _show_rule(self, target: dict[str, str]) -> None:
        self._page.context.navigator.go("register", **target)

    def _reveal(self, case: str) -> None:
        """Ask for the case with its personnummer, which the journal notes first."""
        self._page.run(
            deeds.CASE_DETAIL, case, True, done=self._show_revealed, failed=self._tell_trouble
        )

    def _show_revealed(self, detail: CaseDetail) -> None:
        if detail.row.case == self._inspector.case:
            self._inspector.show_case(detail)
            note = _("The personnummer of {case} is shown. The journal has noted it.")
            self._page.context.messages.show(note.format(case=detail.row.case), "note")

    def _ask_request(self, case: str) -> None:
        """Ask for the request as it leaves for the entrance that is chosen."""
        entrance = self._page.context.session.entrance_id
        self._page.run(
            deeds.CASE_REQUEST,
            case,
            entrance,
            self._inspector.is_revealed,
            done=self._inspector.show_request,
            failed=self._tell_trouble,
        )

    def _ask_where(self, request: CaseRequest) -> None:
        dialog = QFileDialog(self._page, _("Save the request"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{request.case}.xml")
        dialog.fileSelected.connect(lambda path: self._save(path, request))
        dialog.open()

    def _save(self, path: str, request: CaseRequest) -> None:
        """Write what is sent, patient and all: whoever reveals and saves it has asked for that."""
        done = write_bytes(path, request.wrapped)
        good = _("The request is saved. The file names the patient: keep it safe.")
        bad = _("The request could not be saved there.")
        self._page.context.messages.show(good if done else bad, "note" if done else "blocks")

    def _tell_trouble(self, error: WorkbenchError) -> None:
        self._page.context.messages.show_error(error)
