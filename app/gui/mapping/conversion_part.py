"""The conversion of a link, tried at once on a real row or on what is typed."""

from random import randrange

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.mapping import Link, Project
from app.gui import theme
from app.gui.background.latest import Latest, ignore
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.mapping.changes import Changes
from app.gui.mapping.steps_part import StepsPart
from app.gui.mapping.trial_bar import TrialBar
from app.workflow.mapping_views import ConditionCount, LinkTrial
from app.workflow.views import TableView


class ConversionPart(QWidget):
    """The bar that leads through the rows, and the steps with what they leave of one."""

    def __init__(self, context: Context, changes: Changes) -> None:
        super().__init__()
        self._context = context
        self._latest = Latest(context.backend, self)
        self._link: Link | None = None
        self._tried: tuple[Project, tuple[TableView, ...]] | None = None
        self._row = 0
        self._rows = 0
        self._typed: tuple[str, ...] = ()
        self.bar = TrialBar()
        self.steps = StepsPart(lambda steps: changes.set_steps(self._variable, steps))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.bar)
        layout.addWidget(self.steps)
        self.bar.step_wanted.connect(lambda way: self._try_row(self._row + way))
        self.bar.chance_wanted.connect(self._try_any)
        self.bar.typed.connect(self._try_typed)
        self.steps.count_wanted.connect(self._count)
        self.steps.formats_wanted.connect(self._detect)

    def show_link(self, link: Link) -> None:
        """Show a link's steps, and try them."""
        former, self._link = self._link, link
        if former is None or former.variable != link.variable:
            self._row, self._rows, self._typed = 0, 0, ()
            self.steps.show_trial(None)
            self.bar.show_trial(None)
        elif former.columns != link.columns:
            self._typed = ()
        self.bar.show_columns((link.table, link.columns))
        self.steps.show_link(link, self._context.document.project, self._context.session.tables)
        if self._tried != self._now or former != link:
            self._try()

    @property
    def _now(self) -> tuple[Project, tuple[TableView, ...]]:
        return self._context.document.project, self._context.session.tables

    @property
    def _variable(self) -> str:
        return self._link.variable if self._link is not None else ""

    def _try_row(self, row: int) -> None:
        self._row = row
        self._try()

    def _try_any(self) -> None:
        if self._rows:
            self._try_row(randrange(self._rows))  # noqa: S311 - no secret hangs on it

    def _try_typed(self, texts: tuple[str, ...]) -> None:
        self._typed = texts
        self._try()

    def _try(self) -> None:
        if self._link is not None and (self._typed or self._context.session.tables):
            self._tried = self._now
            arguments = (self._tried[0], self._variable, self._row, self._typed)
            self._latest.start(
                deeds.TRY_LINK, *arguments, done=self._take_trial, failed=self._lose_trial
            )

    def _take_trial(self, trial: LinkTrial) -> None:
        self._row, self._rows = trial.row, trial.rows or self._rows
        self.bar.show_trial(trial)
        self.steps.show_trial(trial)

    def _lose_trial(self, _error: Exception) -> None:
        self.bar.show_trial(None)
        self.steps.show_trial(None)

    def _count(self, number: int) -> None:
        link = self._link
        if link is None:
            return

        def show(counted: ConditionCount) -> None:
            if link == self._link:  # else the step of this number is another one
                self.steps.show_count(number, counted)

        arguments = (self._context.document.project, link.variable, link.steps[number])
        self._context.backend.start(
            deeds.COUNT_CONDITION, *arguments, done=show, failed=ignore, owner=self
        )

    def _detect(self, number: int) -> None:
        link = self._link

        def offer(formats: tuple[tuple[str, float], ...]) -> None:
            if link == self._link:
                self.steps.offer_formats(number, formats)

        arguments = (self._context.document.project, self._variable)
        self._latest.start(deeds.DETECT_TIMES, *arguments, done=offer)
