"""What was done with certificates: got, chosen, shown to an entrance, removed; all encrypted."""

from collections.abc import Callable

from app.core.errors import WorkbenchError
from app.core.journal_event import CertificateEvent, CertificateEventKind
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.widgets.attempt_words import grouped, moment
from app.gui.widgets.long_list import Arrived, LongList
from app.gui.widgets.rows import Column
from app.gui.widgets.table import Table
from app.language.sentences import name_of
from app.language.text import _
from app.workflow.certificate_views import CertificateEventPage

ICONS = {
    CertificateEventKind.IMPORTED: "file-key-outline",
    CertificateEventKind.ORDERED: "file-sign",
    CertificateEventKind.COMPLETED: "file-certificate-outline",
    CertificateEventKind.CANCELLED: "file-cancel-outline",
    CertificateEventKind.CHOSEN: "certificate-outline",
    CertificateEventKind.REMOVED: "trash-can-outline",
    CertificateEventKind.TRIED: "lan-connect",
    CertificateEventKind.FETCHED: "file-download-outline",
}


class CertificateEventTable(Table[CertificateEvent]):
    """The events, newest first."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.list: LongList[CertificateEvent] = LongList(_columns(), self._fetch)
        super().__init__(_("Certificates"), self.list)

    def reload(self) -> None:
        """Fetch the events anew."""
        self.list.reload()

    def _fetch(self, offset: int, count: int, arrived: Arrived, failed: Callable[[], None]) -> None:
        def done(page: CertificateEventPage) -> None:
            arrived(page.total, page.events)

        def trouble(error: WorkbenchError) -> None:
            failed()
            self._page.context.messages.show_error(error)

        self._page.run(deeds.CERTIFICATE_EVENTS, offset, count, done=done, failed=trouble)


def _columns() -> tuple[Column[CertificateEvent], ...]:
    return (
        Column(_("Time"), lambda one: moment(one.at), width=152),
        Column(
            _("What was done"),
            lambda one: name_of(f"certificate-event-{one.kind}"),
            icon=lambda one: ICONS[one.kind],
            width=236,
        ),
        Column(_("HSA-id"), lambda one: one.hsa_id, width=176),
        Column(_("Entrance"), lambda one: name_of(one.entrance) if one.entrance else "", width=116),
        Column(_("Fingerprint (SHA-256)"), lambda one: grouped(one.fingerprint), quiet=True),
    )
