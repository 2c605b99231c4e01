"""What was done with cases beside sending them: left out, revealed, read on a list."""

from collections.abc import Callable

from app.core.errors import WorkbenchError
from app.core.journal_event import EventKind, JournalEvent
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.widgets.attempt_words import moment
from app.gui.widgets.long_list import Arrived, LongList
from app.gui.widgets.rows import Column
from app.gui.widgets.table import Table
from app.language.sentences import name_of
from app.language.text import _
from app.workflow.case_views import EventPage

ICONS = {
    EventKind.EXCLUDED: "hand-back-left-outline",
    EventKind.INCLUDED: "undo-variant",
    EventKind.REVEALED: "eye-outline",
    EventKind.WRITTEN: "file-export-outline",
    EventKind.LISTED: "playlist-remove",
    EventKind.REJECTED: "playlist-remove",
    EventKind.CLEARED: "playlist-check",
}


class EventTable(Table[JournalEvent]):
    """The events, newest first; `searched` is what stands in the page's search."""

    def __init__(self, page: Page, searched: Callable[[], str]) -> None:
        self._page, self._searched = page, searched
        self.list: LongList[JournalEvent] = LongList(_columns(), self._fetch)
        super().__init__(_("Other events"), self.list)

    def reload(self) -> None:
        """Fetch the events anew."""
        self.list.reload()

    def _fetch(self, offset: int, count: int, arrived: Arrived, failed: Callable[[], None]) -> None:
        def done(page: EventPage) -> None:
            arrived(page.total, page.events)

        def trouble(error: WorkbenchError) -> None:
            failed()
            self._page.context.messages.show_error(error)

        asked = (offset, count, self._searched())
        self._page.run(deeds.JOURNAL_EVENTS, *asked, done=done, failed=trouble)


def _columns() -> tuple[Column[JournalEvent], ...]:
    return (
        Column(_("Time"), lambda one: moment(one.at), width=152),
        Column(_("Behandlingsnr"), lambda one: one.case, width=116),
        Column(
            _("What was done"),
            lambda one: name_of(f"event-{one.kind}"),
            icon=lambda one: ICONS[one.kind],
            width=276,
        ),
        Column(_("Entrance"), lambda one: name_of(one.entrance) if one.entrance else "", width=116),
        Column(_("Reason"), _reason, quiet=True),
    )


def _reason(event: JournalEvent) -> str:
    """Return why something was done; of a case that has left a list, which one."""
    is_list = event.kind is EventKind.CLEARED
    return name_of(f"list-{event.text}") if is_list and event.text else event.text
