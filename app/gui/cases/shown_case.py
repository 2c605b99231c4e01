"""The case that is looked at: its details are asked for, and its ways to other pages followed."""

from collections.abc import Mapping

from PySide6.QtCore import QObject

from app.core.errors import Cancelled, WorkbenchError
from app.gui.background.backend import Job
from app.gui.cases.one.inspector import CaseInspector
from app.gui.cases.one.work import CaseWork
from app.gui.frame import deeds
from app.gui.frame.page import Page
from app.workflow.views import CaseDetail


class ShownCase(QObject):
    """Fills an inspector with one case after another.

    While a case is under way the one wanted last waits, so that a held arrow key never piles up
    questions to the worker.
    """

    def __init__(self, page: Page, inspector: CaseInspector) -> None:
        super().__init__(inspector)
        self._page = page
        self._context = page.context
        self._inspector = inspector
        self._job: Job | None = None
        self.case = ""  # wanted in the inspector
        self._connect()
        CaseWork(page, inspector)
        inspector.show_case(None)

    def show(self, case: str) -> None:
        """Show another case, or the same one as it now is."""
        self.case = case
        if self._job is None:
            self._ask()

    def _ask(self) -> None:
        case = self.case

        def done(detail: CaseDetail) -> None:
            self._job = None
            self._take(case, detail)

        def failed(error: WorkbenchError) -> None:
            self._job = None
            self._fail(case, error)

        self._job = self._page.run(
            deeds.CASE_DETAIL, case, done=done, failed=failed, owner=self._inspector
        )

    def _take(self, case: str, detail: CaseDetail) -> None:
        if case == self.case:
            self._inspector.show_case(detail)
        else:
            self._ask()

    def _fail(self, case: str, error: WorkbenchError) -> None:
        if case != self.case:
            self._ask()
        elif self._context.session.is_checking:
            self._inspector.show_case(None)  # it comes again with the cases of the new check
        elif not isinstance(error, Cancelled):
            self.case = ""
            self._inspector.show_case(None)
            self._context.messages.show_error(error)

    def _reveal(self, case: str) -> None:
        """Ask for the case with its personnummer; the worker journals it before it answers."""

        def done(detail: CaseDetail) -> None:
            if case == self.case:
                self._inspector.show_case(detail)

        self._page.run(deeds.CASE_DETAIL, case, True, done=done, owner=self._inspector)

    def _go_to_rule(self, target: Mapping[str, str]) -> None:
        self._context.navigator.go("register", **target)

    def _go_to_mapping(self, variable: str) -> None:
        self._context.navigator.go("mapping", variable=variable)

    def _go_to_source(self, table: str, row: int, file: str, column: str) -> None:
        target = {"table": table, "row": str(row), "file": file, "column": column}
        self._context.navigator.go("source", **target)

    def _connect(self) -> None:
        inspector = self._inspector
        inspector.rule_wanted.connect(self._go_to_rule)
        inspector.mapping_wanted.connect(self._go_to_mapping)
        inspector.source_wanted.connect(self._go_to_source)
        inspector.reveal_wanted.connect(self._reveal)
