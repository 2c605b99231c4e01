"""`send` and `resend`: the same gates and the same journal as in the window."""

import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from app.cli.checking import checked
from app.cli.options import (
    AsJson,
    Authorities,
    Package,
    ProjectFile,
    To,
    Way,
    Yes,
    desk_of,
    equipped,
)
from app.cli.output import (
    ask,
    progress_bar,
    remark,
    report_json,
    say_json,
    show_plan,
    show_report,
    until_interrupted,
)
from app.cli.program import GATE, INTERRUPTED, OK, SOME_NOT, complain
from app.core.errors import Cancelled, GateClosed
from app.core.mapping import Project
from app.language.sentences import name_of, sentence_of
from app.language.text import _
from app.workflow.desk import Desk
from app.workflow.fellista import read_fellista
from app.workflow.send import plan_sending
from app.workflow.send import send as send_batch
from app.workflow.views import FellistaView, SendPlan, SendReport

Only = Annotated[
    Path | None, typer.Option("--only", help=_("A file with the behandlingsnummer to send."))
]
ListFile = Annotated[Path, typer.Option("--fellista", help=_("The fellista as CSV or text."))]
PRODUCTION_WORD = "PRODUKTION"
YES_WORDS = frozenset({"y", "yes", "j", "ja"})


def send(  # noqa: PLR0913, PLR0917 - one parameter per option
    context: typer.Context,
    project: ProjectFile,
    to: To,
    only: Only = None,
    yes: Yes = False,
    json: AsJson = False,
    ca: Authorities = None,
    certificate: Package = None,
) -> int:
    """Send the cases that are new or changed; show the summary and ask first."""
    way = Way(to, ca, certificate)
    with desk_of(context) as desk, equipped(desk, way):
        opened, _summary = checked(desk, project, shown=not json)
        cases: tuple[str, ...] = ()
        if only is not None:
            cases = _cases_of(read_fellista(desk, str(only)))
        return _plan_and_send(desk, opened.project, cases, way, yes, json)


def resend(  # noqa: PLR0913, PLR0917 - one parameter per option
    context: typer.Context,
    project: ProjectFile,
    fellista: ListFile,
    to: To,
    yes: Yes = False,
    json: AsJson = False,
    ca: Authorities = None,
    certificate: Package = None,
) -> int:
    """Send the cases on a fellista again that are corrected; say what becomes of the others."""
    way = Way(to, ca, certificate)
    with desk_of(context) as desk, equipped(desk, way):
        opened, _summary = checked(desk, project, shown=not json)
        view = read_fellista(desk, str(fellista))
        _show_forecasts(view)
        corrected = tuple(one.entry.case for one in view.cases if one.forecast == "green")
        if not corrected:
            raise GateClosed("nothing-corrected", count=len(view.cases))
        return _plan_and_send(desk, opened.project, corrected, way, yes, json)


def _plan_and_send(
    desk: Desk, project: Project, cases: tuple[str, ...], way: Way, yes: bool, json: bool
) -> int:
    plan = plan_sending(desk, project, cases, way.to)
    show_plan(plan)
    if not plan.is_open:
        return _refuse(plan, json)
    if not _confirmed(plan, yes):
        remark(_("Nothing was sent."))
        return SOME_NOT
    with progress_bar(not json) as shown, until_interrupted(shown) as progress:
        report = send_batch(desk, plan, progress)
    if json:
        say_json(report_json(plan, report))
    else:
        show_report(report)
    if report.stopped:
        host = urlsplit(plan.address).netloc
        complain(sentence_of(report.stopped, {"host": host}), report.stopped)
    if report.stopped == Cancelled().code:
        return INTERRUPTED
    return OK if _all_accepted(report) else SOME_NOT


def _refuse(plan: SendPlan, json: bool) -> int:
    """Say which gates are closed."""
    for gate in plan.gates:
        if not gate.is_open:
            problem = dict(gate.values).get("problem", "")
            complain(sentence_of(problem or gate.code, gate.values), gate.code)
    if json:
        closed = [gate.code for gate in plan.gates if not gate.is_open]
        say_json(report_json(plan, SendReport(plan.entrance.id, ())) | {"closed": closed})
    return GATE


def _confirmed(plan: SendPlan, yes: bool) -> bool:
    """Ask before anything leaves; production always demands a word, so that no slip gets there."""
    if plan.entrance.kind == "production":
        question = _("Type {word} to send {count} cases to production").format(
            word=PRODUCTION_WORD, count=len(plan.cases)
        )
        return ask(question) == PRODUCTION_WORD
    if yes:
        return True
    if not sys.stdin.isatty():
        return False
    answer = ask(_("Send {count} cases? (yes/no)").format(count=len(plan.cases)))
    return answer.casefold() in YES_WORDS


def _cases_of(view: FellistaView) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.entry.case for one in view.cases))


def _show_forecasts(view: FellistaView) -> None:
    for forecast in ("green", "still", "unchanged", "missing"):
        count = sum(one.forecast == forecast for one in view.cases)
        if count:
            remark(f"  {count:>6}  {name_of(forecast)}")


def _all_accepted(report: SendReport) -> bool:
    accepted = all(outcome.kind.accepted for outcome in report.outcomes)
    return accepted and not report.left and not report.stopped
