"""Send a batch: first the plan with its gates, then one case after the other, each journalled."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.core.errors import AnswerLost, GateClosed, JournalError, NotSent, WorkbenchError
from app.core.mapping import Project
from app.core.outcome import Outcome, OutcomeKind
from app.core.progress import Progress, silent
from app.disk import alone
from app.workflow.certify import certificate
from app.workflow.desk import Desk, Target
from app.workflow.entrances import find_entrance, target_of
from app.workflow.gates import Circumstances, all_gates, closed_during, reason_to_withhold
from app.workflow.ports import RegisterService
from app.workflow.standing import Standing, document_of, is_as_checked, prepared, standings
from app.workflow.views import SendPlan, SendReport, Withheld

if TYPE_CHECKING:
    from app.engine.analysis import Analysis

OF_THE_CASE = frozenset({"register-too-large"})  # why one case was not taken; others may be
SENDING_LOCK = "sending.lock"
LOST_IN_A_ROW = 3  # answers lost, one after the other, until the batch stops


def plan_sending(
    desk: Desk,
    project: Project,
    cases: tuple[str, ...],
    entrance_id: str,
    again: bool = False,
    progress: Progress = silent,
) -> SendPlan:
    """Return what would be sent where, what is held back and why, and how every gate stands."""
    progress(0, 1, "planning")
    entrance = find_entrance(desk.profile(project.profile), entrance_id)
    address = target_of(desk, entrance).address
    known = standings(desk, entrance.id)
    reasons = {case: reason_to_withhold(known.get(case), again) for case in cases or known}
    chosen = tuple(case for case, reason in reasons.items() if not reason)
    withheld = tuple(Withheld(case, reason) for case, reason in reasons.items() if reason)
    here = Circumstances(
        project,
        desk.profile(project.profile),
        entrance,
        certificate(desk),
        desk.clock(),
        is_as_checked(desk, project),
        len(chosen),
        len(withheld),
    )
    progress(1, 1, "planning")
    return SendPlan(
        entrance=entrance,
        address=address,
        certificate=here.certificate,
        cases=chosen,
        withheld=withheld,
        gates=all_gates(here),
        fingerprint=prepared(desk).fingerprint,
        again=again,
    )


def send(desk: Desk, plan: SendPlan, progress: Progress = silent) -> SendReport:
    """Send the batch; the report tells also of one that was stopped early."""
    _require_open(plan)
    project = desk.project
    if project is None or prepared(desk).fingerprint != plan.fingerprint:
        raise GateClosed("stopped-mapping")
    with _alone(desk):
        target = target_of(desk, plan.entrance)
        return _Batch(desk, project, plan, target, progress).run()


@contextmanager
def _alone(desk: Desk) -> Iterator[None]:
    """Let one batch of this user leave at a time, from whichever window or command line.

    Two would send the same cases twice, and each would call the other's open attempts lost.
    """
    lock = desk.data / SENDING_LOCK
    with ExitStack() as held:
        try:
            held.enter_context(alone(lock, 0))
        except TimeoutError:
            raise GateClosed("already-sending") from None
        except OSError:
            raise JournalError("journal-failed", name=lock.name) from None
        yield


@dataclass
class _Batch:
    """One batch under way."""

    desk: Desk
    project: Project
    plan: SendPlan
    target: Target
    progress: Progress
    outcomes: list[Outcome] = field(default_factory=list)
    passed_over: set[str] = field(default_factory=set)  # since the plan they may not leave
    lost: int = 0
    service: RegisterService | None = None
    analysis: "Analysis | None" = None
    known: Mapping[str, Standing] = field(default_factory=dict)

    def run(self) -> SendReport:
        """Send case by case until done or stopped."""
        self.progress(0, len(self.plan.cases), "connecting")
        self.desk.journal().reset_unanswered(self.desk.clock())  # of a process that was cut off
        self.service = self._connect()
        try:
            stopped = self._send_all()
        except WorkbenchError as error:
            # Cancelled, or the journal or keystore failed: what was sent is journalled already.
            stopped = error.code
        finally:
            self._disconnect()
        return self._report(stopped)

    def _send_all(self) -> str:
        """Send the cases; return the code of what stopped the batch, "" when nothing did."""
        total = len(self.plan.cases)
        for done, case in enumerate(self.plan.cases):
            self.progress(done, total, "sending")
            stopped = self._closed() or self._send(case)
            if stopped:
                return stopped
        self.progress(total, total, "sending")
        return ""

    def _send(self, case: str) -> str:
        """Send one case; return the code of what stops the batch, "" to go on."""
        standing = self.known.get(case)
        if standing is None or reason_to_withhold(standing, self.plan.again):
            self.passed_over.add(case)
            return ""
        outcome = self._attempt(case, document_of(prepared(self.desk), standing))
        self.outcomes.append(outcome)
        if outcome.kind is OutcomeKind.NOT_SENT:
            return self._answered() if outcome.code in OF_THE_CASE else outcome.code
        return (
            self._after_lost_answer() if outcome.kind is OutcomeKind.UNKNOWN else self._answered()
        )

    def _answered(self) -> str:
        self.lost = 0
        return ""

    def _after_lost_answer(self) -> str:
        """Go on over a new connection, but not for ever."""
        self.lost += 1
        if self.lost >= LOST_IN_A_ROW:
            return "lines-lost"
        self._disconnect()
        self.service = self._connect()
        return ""

    def _attempt(self, case: str, document: bytes) -> Outcome:
        """Journal the intent durably, send, journal the outcome."""
        certificate, journal = self.plan.certificate, self.desk.journal()
        number = journal.begin(
            case=case,
            entrance=self.plan.entrance.id,
            address=self.target.address,
            hsa_id=certificate.hsa_id if certificate else "",
            mapping=self.plan.fingerprint,
            document=document,
            started=self.desk.clock(),
        )
        outcome = self._post(case, document)
        journal.end(number, outcome, self.desk.clock())
        return outcome

    def _post(self, case: str, document: bytes) -> Outcome:
        service = self.service or self._connect()
        try:
            return service.post(case, document)
        except NotSent as error:
            return Outcome(case, OutcomeKind.NOT_SENT, code=error.code)
        except AnswerLost as error:
            return Outcome(case, OutcomeKind.UNKNOWN, code=error.code)

    def _closed(self) -> str:
        """Return what stops the batch when something has changed since the plan was made."""
        analysis = prepared(self.desk)
        if analysis is not self.analysis:
            self.analysis, self.known = analysis, standings(self.desk, self.plan.entrance.id)
        left = len(self.plan.cases) - len(self.outcomes)
        as_checked = analysis.fingerprint == self.plan.fingerprint
        return closed_during(
            Circumstances(
                self.project,
                self.desk.profile(self.project.profile),
                self.plan.entrance,
                self.plan.certificate,
                self.desk.clock(),
                as_checked,
                left,
                0,
            )
        )

    def _connect(self) -> RegisterService:
        profile = self.desk.profile(self.project.profile)
        return self.desk.connect(profile, self.target, self.desk.identity())

    def _disconnect(self) -> None:
        service, self.service = self.service, None
        if service is not None:
            service.close()

    def _report(self, stopped: str) -> SendReport:
        done = {outcome.case for outcome in self.outcomes} | self.passed_over
        left = tuple(case for case in self.plan.cases if case not in done)
        return SendReport(self.plan.entrance.id, tuple(self.outcomes), left, stopped)


def _require_open(plan: SendPlan) -> None:
    """Raise the first gate that is closed."""
    closed = next((gate for gate in plan.gates if not gate.is_open), None)
    if closed is not None:
        raise GateClosed(closed.code, **dict(closed.values))
