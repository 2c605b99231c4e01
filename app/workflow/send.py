"""Send a batch: first the plan with its gates, then one request after the other, each journalled.

A request holds one case, or as many as the contract takes. Every case in it has an attempt of its
own in the journal, which holds the document that the case would be alone.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from app.core.errors import AnswerLost, GateClosed, JournalError, NotSent, WorkbenchError
from app.core.mapping import Project
from app.core.outcome import Outcome, OutcomeKind
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.disk import alone
from app.workflow.certify import certificate
from app.workflow.desk import Desk, Target
from app.workflow.entrances import find_entrance, target_of
from app.workflow.gates import Circumstances, all_gates, closed_during, reason_to_withhold
from app.workflow.ports import RegisterService
from app.workflow.standing import (
    Standing,
    document_of,
    is_as_checked,
    is_by_contract,
    prepared,
    prepared_standings,
    standings,
)
from app.workflow.using import by_host, require_pairing
from app.workflow.views import SendPlan, SendReport, Withheld

if TYPE_CHECKING:
    from app.engine.analysis import Analysis

OF_THE_CASE = frozenset({"register-too-large"})  # why one case was not taken; others may be
SENDING_LOCK = "sending.lock"
UNFIT = "document-unfit"  # the code of a case whose document libxml2 refuses after all
TOGETHER = "batch-refused"  # the code of an attempt that failed because of its company
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
    entrance = by_host(desk, find_entrance(desk.profile(project.profile), entrance_id))
    address = target_of(desk, entrance).address
    known = standings(desk, entrance.id)
    reasons = {case: reason_to_withhold(known.get(case), again) for case in cases or known}
    chosen = tuple(case for case, reason in reasons.items() if not reason)
    withheld = tuple(Withheld(case, reason) for case, reason in reasons.items() if reason)
    here = Circumstances(
        project,
        desk.profile_for(project),
        entrance,
        certificate(desk, entrance),
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
    if project is None or not _is_as_planned(desk, project, plan):
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
    unfit: set[str] = field(default_factory=set)  # documents that the schema refuses
    alone: set[str] = field(default_factory=set)  # a request with others was refused whole
    lost: int = 0
    size: int = 1  # how many cases a request may hold
    service: RegisterService | None = None
    analysis: "Analysis | None" = None  # in which the places of `known` are
    known: Mapping[str, Standing] = field(default_factory=dict)
    events: int = -1  # the journal's last one when `known` was asked for

    def run(self) -> SendReport:
        """Send request by request until done or stopped."""
        self.progress(0, len(self.plan.cases), "connecting")
        self.desk.journal().reset_unanswered(self.desk.clock())  # of a process that was cut off
        self.size = self._size()
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
        done, total = 0, len(self.plan.cases)
        while done < total:
            self.progress(done, total, "sending")
            stopped = self._closed()
            if stopped:
                return stopped
            documents, end = self._together(done)
            stopped = self._send(documents)
            if stopped:
                return stopped
            refused = len(documents) > 1 and self.alone.issuperset(documents)
            done = done if refused else end
        self.progress(total, total, "sending")
        return ""

    def _together(self, start: int) -> tuple[Mapping[str, bytes], int]:
        """Return the documents that leave in the next request, and where the one after starts."""
        cases, documents, head = self.plan.cases, dict[str, bytes](), b""
        for place in range(start, len(cases)):
            standing = self.known.get(cases[place])
            if standing is None or reason_to_withhold(standing, self.plan.again):
                self.passed_over.add(cases[place])
                continue
            document = document_of(self.analysis or prepared(self.desk), standing)
            if not self._is_fit(cases[place], document):
                continue
            own = self._head(cases[place], document)
            if documents and (own != head or not own):
                return documents, place
            head, documents[cases[place]] = own, document
            if len(documents) == self.size:
                return documents, place + 1
        return documents, len(cases)

    def _is_fit(self, case: str, document: bytes) -> bool:
        """Whether libxml2 finds a document right; what is wrong never leaves, and is told once."""
        if case not in self.unfit and self.fits(document):
            return True
        if case not in self.unfit:
            self.unfit.add(case)
            self.outcomes.append(Outcome(case, OutcomeKind.NOT_SENT, code=UNFIT))
        return False

    def _head(self, case: str, document: bytes) -> bytes:
        """Return what a case must have in common with its company, b"" when it leaves alone."""
        if self.size == 1 or case in self.alone:
            return b""
        from app.transport.batch import head_of

        return head_of(document, self.profile.case_path)

    def _send(self, documents: Mapping[str, bytes]) -> str:
        """Send one request; return the code of what stops the batch, "" to go on."""
        if not documents:
            return ""
        outcomes = self._attempt(documents)
        if outcomes[0].code == TOGETHER:
            self.alone.update(documents)  # so that those without fault are taken
            return self._answered()
        self.outcomes += outcomes
        kinds, code = {outcome.kind for outcome in outcomes}, outcomes[0].code
        if kinds == {OutcomeKind.NOT_SENT}:
            return self._answered() if code in OF_THE_CASE else code
        return self._after_lost_answer() if kinds == {OutcomeKind.UNKNOWN} else self._answered()

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

    def _attempt(self, documents: Mapping[str, bytes]) -> tuple[Outcome, ...]:
        """Journal the intent on each case durably, send, journal the outcomes."""
        certificate, journal = self.plan.certificate, self.desk.journal()
        request = self._request(documents)
        numbers = journal.begin_many(
            documents,
            entrance=self.plan.entrance.id,
            address=self.target.address,
            hsa_id=certificate.hsa_id if certificate else "",
            mapping=self.plan.fingerprint,
            started=self.desk.clock(),
            certificate=certificate.fingerprint if certificate else "",
        )
        outcomes = self._post(tuple(documents), request)
        if len(outcomes) > 1 and _is_refused_whole(outcomes):
            outcomes = tuple(replace(outcome, code=TOGETHER) for outcome in outcomes)
        ended = dict(zip(numbers.values(), outcomes, strict=True))
        journal.end_many(ended, self.desk.clock())
        return outcomes

    def _request(self, documents: Mapping[str, bytes]) -> bytes:
        """Return the one document that is sent."""
        if len(documents) == 1:
            return next(iter(documents.values()))
        from app.transport.batch import joined

        return joined(tuple(documents.values()), self.profile.case_path)

    def _post(self, cases: tuple[str, ...], request: bytes) -> tuple[Outcome, ...]:
        """Send one request and return what came of each of its cases, in their order."""
        service = self.service or self._connect()
        try:
            if len(cases) == 1:
                return (service.post(cases[0], request),)
            found = {one.case: one for one in service.post_many(cases, request)}
        except NotSent as error:
            return tuple(Outcome(case, OutcomeKind.NOT_SENT, code=error.code) for case in cases)
        except AnswerLost as error:
            return tuple(Outcome(case, OutcomeKind.UNKNOWN, code=error.code) for case in cases)
        unmatched = partial(Outcome, kind=OutcomeKind.UNKNOWN, code="answer-unmatched")
        return tuple(found.get(case) or unmatched(case) for case in cases)

    def _closed(self) -> str:
        """Return what stops the batch when something has changed since the plan was made."""
        events = self.desk.journal().stamp()[2]  # a case may be left out meanwhile
        if prepared(self.desk) is not self.analysis or events != self.events:
            self.events = events
            self.analysis, self.known = prepared_standings(self.desk, self.plan.entrance.id)
        left = len(self.plan.cases) - len(self.outcomes)
        as_checked = _is_as_planned(self.desk, self.project, self.plan)
        return closed_during(
            Circumstances(
                self.project,
                self.profile,
                self.plan.entrance,
                self.plan.certificate,
                self.desk.clock(),
                as_checked,
                left,
                0,
            )
        )

    def _connect(self) -> RegisterService:
        """Connect with the very certificate of the plan, if it still may be shown there."""
        planned = self.plan.certificate
        identity = None if planned is None else self.desk.kept().get(planned.id)
        if identity is not None:
            require_pairing(self.desk, identity, self.plan.entrance)
        return self.desk.connect(self.profile, self.target, identity)

    def _size(self) -> int:
        from app.transport.batch import largest_batch

        return largest_batch(self.profile)

    @cached_property
    def fits(self) -> Callable[[bytes], bool]:
        """What judges every document right before it leaves."""
        return self.desk.fits(self.profile)

    @cached_property
    def profile(self) -> Profile:
        """The register profile that the batch is sent by."""
        return self.desk.profile_for(self.project)

    def _disconnect(self) -> None:
        service, self.service = self.service, None
        if service is not None:
            service.close()

    def _report(self, stopped: str) -> SendReport:
        done = {outcome.case for outcome in self.outcomes} | self.passed_over
        left = tuple(case for case in self.plan.cases if case not in done)
        outcomes, address = tuple(self.outcomes), self.target.address
        return SendReport(self.plan.entrance.id, outcomes, left, stopped, address)


def _is_as_planned(desk: Desk, project: Project, plan: SendPlan) -> bool:
    """Whether the documents are those of the plan, and of the contract that they are sent by."""
    return prepared(desk).fingerprint == plan.fingerprint and is_by_contract(desk, project)


def _is_refused_whole(outcomes: tuple[Outcome, ...]) -> bool:
    """Whether a request was not taken for what stood in it, so that its cases may go alone."""
    return all(
        outcome.kind is OutcomeKind.FORMAT_ERROR
        or (outcome.kind is OutcomeKind.NOT_SENT and outcome.code in OF_THE_CASE)
        for outcome in outcomes
    )


def _require_open(plan: SendPlan) -> None:
    """Raise the first gate that is closed."""
    closed = next((gate for gate in plan.gates if not gate.is_open), None)
    if closed is not None:
        values = dict(closed.values)
        raise GateClosed(values.pop("problem", closed.code), **values)
