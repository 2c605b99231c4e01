"""The whole journey on the sample hospital against the local stage, told step by step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.core.errors import WorkbenchError
from app.core.mapping import Project
from app.core.outcome import OutcomeKind
from app.core.progress import Progress, silent
from app.workflow.analyse import analyse
from app.workflow.build import write_documents
from app.workflow.certificate_views import RungState
from app.workflow.desk import Desk
from app.workflow.fellista import read_stage_fellista
from app.workflow.ladder import try_connection
from app.workflow.load import read_tables
from app.workflow.local_stage import import_stage_certificate, start_stage
from app.workflow.projects import open_sample
from app.workflow.send import plan_sending, send
from app.workflow.views import FellistaView, OpenProject, SendPlan, SendReport, Summary

CORRECTED = "corrected"  # the folder beside the sample's files with the same tables, put right
LOCAL = "local"

Say = Callable[[str, Mapping[str, object]], None]


@dataclass
class Journey:
    """What was done so far; the report is made from it."""

    opened: OpenProject
    before: Summary | None = None
    after: Summary | None = None
    plan: SendPlan | None = None
    sent: SendReport | None = None
    fellista: FellistaView | None = None
    resent: SendReport | None = None
    left: FellistaView | None = None
    documents: int = 0
    steps: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def succeeded(self) -> bool:
        """Whether all that may be sent was accepted, and a case left the fellista corrected."""
        reports = [report for report in (self.sent, self.resent) if report is not None]
        accepted = all(one.kind.accepted for report in reports for one in report.outcomes)
        whole = len(reports) == 2 and not any(report.left or report.stopped for report in reports)  # noqa: PLR2004 - sent and resent
        corrected = self.resent is not None and self.resent.count(OutcomeKind.UPDATED) > 0
        return accepted and whole and corrected


def make_journey(desk: Desk, out: Path, say: Say, progress: Progress = silent) -> Journey:
    """Do every step: load, map, check, build, connect, send, correct, send again."""
    journey = Journey(open_sample(desk))

    def tell(code: str, **values: object) -> None:
        journey.steps.append((code, {name: str(value) for name, value in values.items()}))
        say(code, values)

    _prepare(desk, journey, out, tell, progress)
    _connect(desk, tell)
    _send(desk, journey, tell, progress)
    _correct(desk, journey, tell, progress)
    return journey


def _prepare(
    desk: Desk, journey: Journey, out: Path, tell: Callable[..., None], progress: Progress
) -> None:
    project, base = journey.opened.project, _base(journey)
    tables = read_tables(desk, project, base, progress)
    tell("demo-loaded", tables=len(tables), rows=sum(table.rows for table in tables))
    tell("demo-mapped", approved=len(project.used_links), links=len(project.links))
    journey.before = summary = analyse(desk, project, base, progress)
    tell("demo-checked", cases=summary.cases, clean=summary.clean, stopped=summary.stopped)
    journey.documents = write_documents(desk, str(out / "xml"), progress)
    tell("demo-built", count=journey.documents)


def _connect(desk: Desk, tell: Callable[..., None]) -> None:
    stage = start_stage(desk)
    tell("demo-stage", address=stage.endpoint)
    certificate = import_stage_certificate(desk).certificates[0]
    tell("demo-certificate", hsa_id=certificate.hsa_id, days=certificate.days_left)
    ladder = try_connection(desk, LOCAL)
    broken = next((rung for rung in ladder.rungs if rung.state is RungState.BROKEN), None)
    if broken is not None:
        raise WorkbenchError(broken.problem or broken.code, **dict(broken.values))
    tell("demo-connected")


def _send(desk: Desk, journey: Journey, tell: Callable[..., None], progress: Progress) -> None:
    plan = plan_sending(desk, journey.opened.project, (), LOCAL)
    tell("demo-planned", count=len(plan.cases), withheld=len(plan.withheld))
    report = send(desk, plan, progress)
    journey.plan, journey.sent = plan, report
    tell("demo-sent", created=report.count(OutcomeKind.CREATED), sent=len(report.outcomes))
    journey.fellista = view = read_stage_fellista(desk)
    tell("demo-fellista", cases=len(view.cases), causes=len(view.reasons))


def _correct(desk: Desk, journey: Journey, tell: Callable[..., None], progress: Progress) -> None:
    """Load the corrected export, and send what is predicted to leave the list."""
    base = _base(journey)
    project = _corrected(journey.opened.project, Path(base))
    journey.after = analyse(desk, project, base, progress)
    desk.project = project
    view = read_stage_fellista(desk)
    green = tuple(dict.fromkeys(one.entry.case for one in view.cases if one.forecast == "green"))
    tell("demo-corrected", green=len(green), cases=len(view.cases))
    journey.resent = report = send(desk, plan_sending(desk, project, green, LOCAL), progress)
    tell("demo-resent", updated=report.count(OutcomeKind.UPDATED), sent=len(report.outcomes))
    journey.left = read_stage_fellista(desk)
    tell("demo-left", left=len(journey.left.cases), gone=len(view.cases) - len(journey.left.cases))


def _corrected(project: Project, base: Path) -> Project:
    """Return the project with the corrected files in place of those that were put right."""
    sources = []
    for source in project.sources:
        path = Path(CORRECTED) / source.path
        found = (base / path).is_file()
        sources.append(replace(source, path=path.as_posix()) if found else source)
    return replace(project, sources=tuple(sources))


def _base(journey: Journey) -> str:
    return str(Path(journey.opened.path).parent)
