"""One try of a connection: the desk follows the settings, then it climbs."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.core.errors import Cancelled, WorkbenchError
from app.gui.background.backend import Job
from app.gui.background.deed import Deed
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.workflow.certificate_views import LadderView
from app.workflow.entrance_views import EntranceView


class LadderRun(QObject):
    """At most one try at a time; it can be stopped between two rungs."""

    began = Signal()
    advanced = Signal(int, int, str)
    ended = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._job: Job | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether a connection is being tried."""
        return self._job is not None

    def start(
        self, deed: Deed[LadderView], entrance_id: str, done: Callable[[LadderView], None]
    ) -> None:
        """Climb, unless somebody climbs already."""
        if self._job is not None:
            return

        def arrived(view: LadderView) -> None:
            self._job = None
            done(view)
            self.ended.emit()

        def ready(_facts: EntranceView) -> None:
            self._job = self._page.run(
                deed,
                entrance_id,
                done=arrived,
                failed=self._fail,
                progress=self.advanced.emit,
                owner=self,
            )

        settings = self._page.context.document.project.settings
        self._job = self._page.run(
            deeds.ENTRANCE_FACTS, entrance_id, settings, done=ready, failed=self._fail, owner=self
        )
        self.began.emit()

    def cancel(self) -> None:
        """Stop at the next rung."""
        if self._job is not None:
            self._job.cancel()

    def _fail(self, error: WorkbenchError) -> None:
        self._job = None
        self.ended.emit()
        if not isinstance(error, Cancelled):
            self._page.context.messages.show_error(error)
