"""The journal, page by page."""

from app.core.progress import Progress, silent
from app.workflow.case_views import EventPage
from app.workflow.certificate_views import CertificateEventPage
from app.workflow.desk import Desk
from app.workflow.views import JournalPage


def journal_page(
    desk: Desk, offset: int, count: int, case: str = "", _progress: Progress = silent
) -> JournalPage:
    """Return some attempts, newest first, of one case or of all."""
    journal = desk.journal()
    attempts = journal.attempts(case, offset, count)
    return JournalPage(journal.count(case), offset, attempts)


def journal_events(
    desk: Desk, offset: int, count: int, case: str = "", _progress: Progress = silent
) -> EventPage:
    """Return some of what was done with cases beside sending them, newest first."""
    journal = desk.journal()
    events = journal.events(case, offset, count)
    return EventPage(journal.event_count(case), offset, events)


def certificate_events(
    desk: Desk, offset: int, count: int, _progress: Progress = silent
) -> CertificateEventPage:
    """Return some of what was done with certificates, newest first."""
    journal = desk.journal()
    events = journal.certificate_events(offset, count)
    return CertificateEventPage(journal.certificate_event_count(), offset, events)
