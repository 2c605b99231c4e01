"""What a case asks of its page: the project's links, its exact bytes, and where to save them."""

from urllib.parse import quote

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


class CaseWork(QObject):
    """Serves one inspector on its page."""

    def __init__(self, page: Page, inspector: CaseInspector) -> None:
        super().__init__(inspector)
        self._page = page
        self._inspector = inspector
        inspector.use_links(self._link_of)
        inspector.nowhere.connect(self._tell_nowhere)
        inspector.request_wanted.connect(self._ask_request)
        inspector.save_wanted.connect(self._ask_where)

    def _link_of(self, variable: str) -> Link | None:
        document = self._page.context.document
        return document.project.link_of(variable) if document.is_open else None

    def _tell_nowhere(self) -> None:
        words = _("Choose something that comes from the export or has a rule.")
        self._page.context.messages.show(words)

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
            owner=self._inspector,
        )

    def _ask_where(self, request: CaseRequest) -> None:
        dialog = QFileDialog(self._page, _("Save the request"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(f"{quote(request.case, safe=' ')}.xml")
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
