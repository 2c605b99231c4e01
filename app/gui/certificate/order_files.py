"""The two files of an order: the request that goes out, and the certificate that comes back."""

from functools import partial

from PySide6.QtWidgets import QWidget

from app.gui.certificate import files
from app.gui.certificate.work import Failed, ShelfWork
from app.gui.settings import Settings
from app.language.text import _
from app.workflow.certificate_views import OrderView


class OrderFiles:
    """Asks for each file, and hands it to the work."""

    def __init__(self, parent: QWidget, settings: Settings, work: ShelfWork) -> None:
        self._parent = parent
        self._settings = settings
        self._work = work

    def ask_save(self, order: OrderView) -> None:
        """Ask where the request is to be written."""
        title, name = _("Save the certificate request"), f"{order.form.common_name}.csr"
        take = partial(self._work.save_request, order.id)
        files.ask_where(self._parent, self._settings, title, files.REQUEST_FILES, name, take)

    def ask_answer(self, order: OrderView, failed: Failed) -> None:
        """Ask for the certificate that came back."""
        title = _("Choose the certificate that came back")
        take = partial(self._work.complete, order.id, failed=failed)
        files.ask_file(self._parent, self._settings, title, files.ANSWER_FILES, take)
