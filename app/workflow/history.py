"""The journal, page by page."""

from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.views import JournalPage


def journal_page(
    desk: Desk, offset: int, count: int, case: str = "", _progress: Progress = silent
) -> JournalPage:
    """Return some attempts, newest first, of one case or of all."""
    journal = desk.journal()
    attempts = journal.attempts(case, offset, count)
    return JournalPage(journal.count(case), offset, attempts)
