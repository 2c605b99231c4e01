"""From one case with findings to the next in the list, however quickly the key is pressed."""

from collections import deque

from PySide6.QtCore import QObject

from app.core.errors import WorkbenchError
from app.gui.cases.list.query import CaseQuery
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.gui.widgets.grid import Grid
from app.language.text import _
from app.workflow.views import CaseRow


class FindingSteps(QObject):
    """Asks where the next case with findings stands; quick steps wait in line."""

    def __init__(self, page: Page, query: CaseQuery, grid: Grid[CaseRow]) -> None:
        super().__init__(grid)
        self._page = page
        self._query = query
        self._grid = grid
        self._waiting: deque[int] = deque()

    def step(self, way: int) -> None:
        """Go to the next (1) or the previous (-1) case with findings."""
        self._waiting.append(way)
        if len(self._waiting) == 1:
            self._ask()

    def _ask(self) -> None:
        index = self._grid.currentIndex()
        here = index.row() if index.isValid() else -1
        way = self._waiting[0]

        def done(number: int) -> None:
            self._waiting.popleft()
            self._arrive_at(number, here, way)
            if self._waiting:
                self._ask()

        def failed(error: WorkbenchError) -> None:
            self._waiting.clear()
            self._page.context.messages.show_error(error)

        asked = (self._query.wanted, here, way)
        self._page.run(deeds.NEXT_WITH_FINDINGS, *asked, done=done, failed=failed, owner=self)

    def _arrive_at(self, number: int, here: int, way: int) -> None:
        messages = self._page.context.messages
        if number < 0:
            messages.show(_("No case in the list has findings."))
            return
        if here >= 0 and (number - here) * way <= 0:
            messages.show(_("The list began again from the other end."))
        self._grid.choose(number)
