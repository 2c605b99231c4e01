"""What the mapping as it is edited does: to one case at once, to the export a moment later."""

from collections import defaultdict
from collections.abc import Mapping
from random import randrange

from PySide6.QtCore import QObject, Signal

from app.core.finding import Finding
from app.gui.background.latest import Latest, rest_timer
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.widgets.masking import mask_cell
from app.language.text import _
from app.workflow.mapping_views import CaseTrial
from app.workflow.views import LinkResult, ValueView

_AT_ONCE = 20  # ms: several changes of one click become one question
_REST = 300  # ms without a change before the whole export is gone through again


class Live(QObject):
    """Asks anew after every change; what is under way for a former mapping is cancelled."""

    case_changed = Signal()
    results_changed = Signal()
    coverage_changed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self.results: Mapping[str, LinkResult] = {}
        self.trial: CaseTrial | None = None
        self.is_trying = False
        self._is_changed = False
        self._context = context
        self._case = ""
        self._place = 0
        self._is_named = False  # by the user, who is told when there is no such case
        self._latest = Latest(context.backend, self)
        self._soon = rest_timer(self, _AT_ONCE, self._try_case)
        self._later = rest_timer(self, _REST, self._ask_export)

    @property
    def values(self) -> Mapping[str, tuple[str, ...]] | None:
        """The values of the case that is followed by variable, None when there is none."""
        if self.trial is None or self.trial.problem is not None or not self.trial.case:
            return None
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.trial.values:
            found[one.variable].append(_masked(one, self.trial.case))
        return {variable: tuple(values) for variable, values in found.items()}

    @property
    def findings(self) -> Mapping[str, tuple[Finding, ...]]:
        """What is wrong with the case that is followed, by variable."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for one in self.trial.findings if self.trial else ():
            found[one.variable].append(one)
        return {variable: tuple(findings) for variable, findings in found.items()}

    def begin(self) -> None:
        """Follow the first case of another project."""
        self._latest.forget(deeds.TRY_CASE)
        self._case, self._place = "", 0
        self.results, self.trial = {}, None
        self.refresh()

    def refresh(self) -> None:
        """Ask anew about the mapping as it now is."""
        if self._context.document.is_open:
            for deed in (deeds.LINK_RESULTS, deeds.COVERAGE):
                self._latest.forget(deed)  # so that the case has the processor to itself
            self._later.stop()
            self._is_changed = True
            self._soon.start()

    def follow(self, case: str) -> None:
        """Follow the case of this number."""
        self._case, self._is_named = case, True
        self._try_case()

    def step(self, way: int) -> None:
        """Follow the next (1) or the previous (-1) case; after the last comes the first."""
        self._go_to(self._place + way)

    def go_anywhere(self) -> None:
        """Follow a case chosen by chance."""
        total = self.trial.total if self.trial else 0
        if total:
            self._go_to(randrange(total))  # noqa: S311 - no secret hangs on it

    def ask_coverage(self) -> None:
        """Ask how much is done; a check of the whole export changes that."""
        if self._context.document.is_open:
            project = self._context.document.project
            self._latest.start(deeds.COVERAGE, project, done=self.coverage_changed.emit)

    def _go_to(self, place: int) -> None:
        self._case, self._place = "", place
        self._try_case()

    def _try_case(self) -> None:
        self._soon.stop()
        document = self._context.document
        if document.is_open and document.project.sources:
            self.is_trying = True
            if not self._context.session.tables:
                return  # until this project's own are read the worker has those of the former
            arguments = (document.project, document.base, self._case, self._place)
            self._latest.start(
                deeds.TRY_CASE, *arguments, done=self._take_trial, failed=self._lose_trial
            )
        else:
            self._lose_trial(None)

    def _take_trial(self, trial: CaseTrial) -> None:
        if self._case and not trial.case and trial.total:
            self._stay()
            return
        self.is_trying, self._is_named = False, False
        self.trial = trial
        self._rest()
        if trial.problem is None:
            self._case, self._place = trial.case, trial.place
        self.case_changed.emit()

    def _stay(self) -> None:
        """Follow the case where the former stood: none has the number that was asked for."""
        if self._is_named:
            words = _("No case has the number {case}.")
            self._context.messages.show(words.format(case=mask_cell(self._case, case=self._case)))
        self._is_named = False
        self._go_to(self._place)

    def _lose_trial(self, _error: Exception | None) -> None:
        """Show no case: the page of sources says why a table cannot be read."""
        self.is_trying, self.trial = False, None
        self._rest()
        self.case_changed.emit()

    def _rest(self) -> None:
        """Let the whole export wait until the case is done, so that the case comes at once."""
        if self._is_changed:
            self._is_changed = False
            self._later.start()

    def _ask_export(self) -> None:
        linked = tuple(link.variable for link in self._context.document.project.links)
        if linked:
            arguments = (self._context.document.project, linked)
            self._latest.start(
                deeds.LINK_RESULTS, *arguments, done=self._take_results, failed=self._lose_results
            )
        else:
            self._take_results(())
        self.ask_coverage()

    def _take_results(self, results: tuple[LinkResult, ...]) -> None:
        self.results = {one.variable: one for one in results}
        self.results_changed.emit()

    def _lose_results(self, _error: Exception) -> None:
        self._take_results(())


def _masked(one: ValueView, case: str) -> str:
    return mask_cell(one.value, case=case)
