"""The checklist of acceptance: what has been shown, what has failed, what waits for a person."""

from collections.abc import Callable
from dataclasses import dataclass

from app.core.errors import WorkbenchError
from app.core.mapping import Project
from app.core.outcome import OutcomeKind
from app.core.progress import Progress, silent
from app.core.register import Confidence, Mandatory, Profile
from app.workflow.certify import certificate
from app.workflow.desk import Desk
from app.workflow.fellista import read_stage_fellista
from app.workflow.views import ChecklistItem

PASSED, FAILED, WAITING = "passed", "failed", "waiting"
UNANSWERED = frozenset({OutcomeKind.NOT_SENT, OutcomeKind.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the checklist judges by."""

    desk: Desk
    project: Project
    profile: Profile
    answered: int  # attempts that the register answered
    kinds: frozenset[OutcomeKind]
    accepted: frozenset[str]  # cases


def checklist(
    desk: Desk, project: Project, progress: Progress = silent
) -> tuple[ChecklistItem, ...]:
    """Return every point of acceptance and how it stands."""
    evidence = _gathered(desk, project)
    items = []
    for done, point in enumerate(POINTS):
        progress(done, len(POINTS), "checklist")
        items.append(point(evidence))
    return tuple(items)


def profile_confirmed(here: Evidence) -> ChecklistItem:
    """Warn as long as the contract is a reconstruction."""
    bound = [one for one in here.profile.variables if one.is_bound]
    assumed = sum(one.element_confidence is Confidence.ASSUMED for one in bound)
    values = (("assumed", str(assumed)), ("total", str(len(bound))))
    return ChecklistItem("profile-confirmed", WAITING if assumed else PASSED, values)


def mapping_approved(here: Evidence) -> ChecklistItem:
    """Demand that a person has approved every link."""
    open_links = len(here.project.links) - len(here.project.used_links)
    values = (("unapproved", str(open_links)), ("total", str(len(here.project.links))))
    return ChecklistItem("mapping-approved", WAITING if open_links else PASSED, values)


def mandatory_mapped(here: Evidence) -> ChecklistItem:
    """Demand a link for every mandatory variable."""
    linked = {link.variable for link in here.project.used_links}
    demanded = [
        one.id for one in here.profile.variables if one.is_bound and one.mandatory is Mandatory.YES
    ]
    missing = [variable for variable in demanded if variable not in linked]
    values = (("missing", str(len(missing))), ("total", str(len(demanded))))
    return ChecklistItem("mandatory-mapped", FAILED if missing else PASSED, values)


def no_stopping_findings(here: Evidence) -> ChecklistItem:
    """Demand that no case is stopped, apart from patients who have declined."""
    analysis = here.desk.analysis
    if analysis is None:
        return ChecklistItem("no-stopping-findings", WAITING)
    stopped = int((analysis.stopped() & ~analysis.cases["blocked"]).sum())
    values = (("stopped", str(stopped)), ("total", str(analysis.cases.height)))
    return ChecklistItem("no-stopping-findings", FAILED if stopped else PASSED, values)


def certificate_present(here: Evidence) -> ChecklistItem:
    """Demand a client certificate that is valid now."""
    view = certificate(here.desk)
    if view is None:
        return ChecklistItem("certificate-present", WAITING)
    state = PASSED if view.days_left >= 0 else FAILED
    return ChecklistItem("certificate-present", state, (("days", str(view.days_left)),))


def connection_tried(here: Evidence) -> ChecklistItem:
    """Demand that a register has answered at least once."""
    values = (("answered", str(here.answered)),)
    return ChecklistItem("connection-tried", PASSED if here.answered else WAITING, values)


def created_accepted(here: Evidence) -> ChecklistItem:
    """Demand that a new case was accepted."""
    return _seen(here, "created-accepted", OutcomeKind.CREATED)


def updated_accepted(here: Evidence) -> ChecklistItem:
    """Demand that a case was accepted a second time."""
    return _seen(here, "updated-accepted", OutcomeKind.UPDATED)


def verdicts_accepted(here: Evidence) -> ChecklistItem:
    """Demand that a case of every kind was accepted."""
    analysis = here.desk.analysis
    verdicts = [verdict.id for verdict in here.profile.verdicts]
    if analysis is None:
        return ChecklistItem("verdict-accepted", WAITING, (("total", str(len(verdicts))),))
    rows = analysis.cases.select("case", "verdict").iter_rows()
    seen = {verdict for case, verdict in rows if case in here.accepted}
    count = sum(verdict in seen for verdict in verdicts)
    values = (("seen", str(count)), ("total", str(len(verdicts))))
    return ChecklistItem("verdict-accepted", PASSED if count == len(verdicts) else WAITING, values)


def fellista_corrected(here: Evidence) -> ChecklistItem:
    """Demand that nothing is left on the lists of the local stage."""
    try:
        left = len(read_stage_fellista(here.desk).cases)
    except WorkbenchError:
        return ChecklistItem("fellista-corrected", WAITING)
    return ChecklistItem("fellista-corrected", FAILED if left else PASSED, (("left", str(left)),))


POINTS: tuple[Callable[[Evidence], ChecklistItem], ...] = (
    profile_confirmed,
    mapping_approved,
    mandatory_mapped,
    no_stopping_findings,
    certificate_present,
    connection_tried,
    created_accepted,
    updated_accepted,
    verdicts_accepted,
    fellista_corrected,
)


def _gathered(desk: Desk, project: Project) -> Evidence:
    journal = desk.journal()
    attempts = journal.attempts(count=journal.count())
    answered = [one for one in attempts if one.kind not in {None, *UNANSWERED}]
    return Evidence(
        desk=desk,
        project=project,
        profile=desk.profile_for(project),
        answered=len(answered),
        kinds=frozenset(one.kind for one in answered if one.kind is not None),
        accepted=frozenset(one.case for one in answered if one.kind and one.kind.accepted),
    )


def _seen(here: Evidence, code: str, kind: OutcomeKind) -> ChecklistItem:
    return ChecklistItem(code, PASSED if kind in here.kinds else WAITING)
