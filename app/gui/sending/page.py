"""Skicka: choose, read the summary, and only then send."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.errors import WorkbenchError
from app.gui.background.backend import Job
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place, parted
from app.gui.frame.page import Page
from app.gui.sending.chooser import Chooser
from app.gui.sending.report import ReportView
from app.gui.sending.running import Running
from app.gui.sending.summary import PlanSummary
from app.gui.widgets.controls import Button
from app.gui.widgets.parts import EmptyState, Splitter
from app.language.text import _
from app.workflow.views import LocalStage, SendPlan, SendReport


class SendingPage(Page):
    """A batch from choice to answers. The first button only sums up; the second sends, once."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            _("Send"),
            _("Choose where and what, read the summary, and then send."),
            _(
                "Sum up shows what would be sent, what is held back and which gates are open."
                " Nothing leaves until you press the button in the summary."
            ),
        )
        self.sum_up = Button(_("Sum up"), self._plan, icon="clipboard-list-outline", kind="primary")
        self.set_primary(self.sum_up)
        self.nothing = EmptyState(
            "send-outline",
            _("No project is open"),
            _("Open a project or the sample hospital to have something to send."),
            _("Go to Start"),
            lambda: context.navigator.go("start"),
        )
        self.hint = EmptyState(
            "clipboard-list-outline",
            _("No summary yet"),
            _("Choose entrance and cases to the left, then sum up. Nothing is sent by that."),
        )
        self.summary = PlanSummary(self._send)
        self.running = Running()
        self.report = ReportView(context.navigator.go)
        self.right = QStackedWidget()
        for part in (self.hint, self.summary, self.running, self.report):
            self.right.addWidget(part)
        self.chooser: Chooser | None = None
        self._body: QWidget | None = None
        self._ready: SendPlan | None = None  # the plan that the second button may still send
        self._job: Job | None = None
        self._open()
        self._listen()
        self._resume()

    def arrive(self, place: Place) -> None:
        """Take the cases that another page has selected."""
        cases = parted(place.target.get("cases", ""))
        if cases and self.chooser is not None and self._job is None:
            self.chooser.choose_cases(cases)
            self._drop_plan()

    def _listen(self) -> None:
        session = self.context.session
        self.context.document.opened.connect(self._open)
        for signal in (
            self.context.document.changed,
            session.entrance_changed,
            session.stage_changed,
            session.summary_changed,
        ):
            signal.connect(self.refresh)
        session.certificate_changed.connect(self._drop_plan)
        session.certificate_changed.connect(self.refresh)
        session.plan_changed.connect(self._take_plan)

    def refresh(self) -> None:
        """Show the entrances, and whether a summary can be made."""
        if self.chooser is not None:
            self.chooser.entrances.refresh()
        self.sum_up.explain(self._reason())

    def _open(self) -> None:
        """Another project may have other entrances, so the choice is made anew."""
        former, self._body, self.chooser = self._body, None, None
        if self.context.document.is_open:
            self.chooser = Chooser(self.context, self._start_stage, self._drop_plan)
            splitter = Splitter("sending", self.context.settings, self.chooser, self.right)
            splitter.share(44, 56)
            self._body = splitter
        self.show_body(self._body or self.nothing)
        if former is not None:
            former.deleteLater()
        self.right.setCurrentWidget(self.hint)
        self.refresh()

    def _resume(self) -> None:
        """Show what stood here before the window was built anew in another dress."""
        session = self.context.session
        if session.plan is not None:
            self._take_plan()
        elif session.report is not None:
            self.report.show_report(session.report)
            self.right.setCurrentWidget(self.report)

    def _reason(self) -> str:
        """Return why no summary can be made, "" when one can."""
        if not self.context.document.is_open:
            return _("Open a project first.")
        if self._job is not None:
            return _("A batch is under way.")
        if self.context.session.is_checking or self.context.session.summary is None:
            return _("The export must be checked first.")
        return ""

    def _plan(self) -> None:
        if self.chooser is None:
            return
        self.sum_up.explain(_("The summary is being made."))
        self.run(
            deeds.PLAN_SENDING,
            self.context.document.project,
            self.chooser.wanted,
            self.context.session.entrance_id,
            self.chooser.again.isChecked(),
            done=self.context.session.set_plan,
            failed=self._fail,
        )

    def _take_plan(self) -> None:
        """Follow the shared plan; while sending, what is under way stays on screen."""
        if self._job is not None:
            return
        plan = self.context.session.plan
        self._ready = plan
        if plan is not None:
            self.summary.show_plan(plan)
            self.right.setCurrentWidget(self.summary)
        elif self.right.currentWidget() is self.summary:
            self.right.setCurrentWidget(self.hint)
        self.refresh()

    def _drop_plan(self) -> None:
        self.context.session.report = None
        if self.context.session.plan is not None:
            self.context.session.set_plan(None)
        elif self._job is None:
            self.right.setCurrentWidget(self.hint)

    def _send(self) -> None:
        """Send the plan that was read; taking it away first makes a second press do nothing."""
        plan, self._ready = self._ready, None
        if plan is None or not plan.is_open or self._job is not None:
            return
        self.summary.send.setEnabled(False)
        self._job = self.run(
            deeds.SEND, plan, done=self._sent, failed=self._fail, progress=self.running.advance
        )
        self.running.follow(self._job)
        self.right.setCurrentWidget(self.running)
        self._lock()

    def _sent(self, report: SendReport) -> None:
        self._finish()
        self.context.session.report = report
        self.report.show_report(report)
        self.right.setCurrentWidget(self.report)
        if self.isVisible():
            self.report.outcomes.setFocus()  # the button that had it is gone
        self.context.session.sent.emit()

    def _fail(self, error: WorkbenchError) -> None:
        was_sending = self._job is not None
        self._finish()
        self.context.messages.show_error(error)
        if was_sending:
            self.right.setCurrentWidget(self.hint)
            self.context.session.sent.emit()

    def _finish(self) -> None:
        self._job = None
        if self.context.session.plan is not None:
            self.context.session.set_plan(None)
        self._lock()

    def _lock(self) -> None:
        if self.chooser is not None:
            self.chooser.lock(locked=self._job is not None)
        self.refresh()

    def _start_stage(self) -> None:
        if self.chooser is not None:
            self.chooser.entrances.start.setEnabled(False)
        self.run(deeds.START_STAGE, done=self._stage_runs, failed=self._no_stage)

    def _stage_runs(self, stage: LocalStage) -> None:
        self.context.session.set_stage(stage)
        self._allow_start()
        self.context.messages.show(_("The local stage is running."), "clean")

    def _no_stage(self, error: WorkbenchError) -> None:
        self._allow_start()
        self.context.messages.show_error(error)

    def _allow_start(self) -> None:
        if self.chooser is not None:
            self.chooser.entrances.start.setEnabled(True)
