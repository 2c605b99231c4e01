"""What the command line shows: results on stdout, progress and questions on stderr."""

import json
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Event
from types import FrameType

from app.core.errors import Cancelled
from app.core.finding import Tier
from app.core.outcome import OutcomeKind
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.language.sentences import cause_sentence, name_of
from app.language.text import _, current
from app.workflow.views import SendPlan, SendReport, Summary

_MOST_PLACES = 8  # of a finding that are told


def say(line: str = "") -> None:
    """Write a line of the result."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def remark(line: str) -> None:
    """Write a line that is not part of the result."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def ask(question: str) -> str:
    """Ask on stderr, so that stdout holds the result alone; return what was typed."""
    sys.stderr.write(f"{question}: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def say_json(value: Mapping[str, object]) -> None:
    """Write the result for a machine."""
    say(json.dumps(value, ensure_ascii=False, sort_keys=True))


@contextmanager
def progress_bar(wanted: bool = True) -> Iterator[Progress]:
    """Give a progress that draws a bar on stderr, where a person is looking."""
    if not (wanted and sys.stderr.isatty()):
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)

        def show(done: int, total: int, step: str = "") -> None:
            bars.update(task, completed=done, total=total, description=name_of(step))

        yield show


@contextmanager
def until_interrupted(progress: Progress) -> Iterator[Progress]:
    """Give a progress that lets Ctrl+C stop the work between two cases; a second one stops at once.

    So the case under way gets its answer into the journal, and what was done is told.
    """
    pressed = Event()

    def press(_number: int, _frame: FrameType | None) -> None:
        pressed.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def show(done: int, total: int, step: str = "") -> None:
        if pressed.is_set():
            raise Cancelled
        progress(done, total, step)

    former = signal.signal(signal.SIGINT, press)
    try:
        yield show
    finally:
        signal.signal(signal.SIGINT, former)


def show_summary(summary: Summary, profile: Profile) -> None:
    """Write how many cases there are, how they count, and what is wrong with them."""
    say(
        _("{cases} cases: {clean} without findings, {stopped} held back.").format(
            cases=summary.cases, clean=summary.clean, stopped=summary.stopped
        )
    )
    if summary.unapproved:
        say(_("Links not approved, and so not used: {count}").format(count=summary.unapproved))
    names = {verdict.id: verdict.name.in_language(current()) for verdict in profile.verdicts}
    for verdict, count in summary.verdicts:
        say(f"  {count:>6}  {names.get(verdict, verdict)}")
    if summary.causes:
        say(_("Findings:"))
    for cause in summary.causes:
        tier = name_of(cause.tier.value)
        say(f"  {cause.cases:>6}  {tier}: {cause_sentence(cause.code, profile)} [{cause.code}]")
        if any(cause.places):
            say(f"{'':10}{_where(cause.places)}")


def _where(places: tuple[tuple[str, str], ...]) -> str:
    """Return the variables and columns of a finding, the first of them where they are many."""
    told = [" ".join(filter(None, place)) for place in places if any(place)]
    return ", ".join(told[:_MOST_PLACES]) + (" …" if len(told) > _MOST_PLACES else "")


def summary_json(summary: Summary) -> dict[str, object]:
    """Return the summary as counts; no case is named."""
    return {
        "time": _now(),
        "cases": summary.cases,
        "clean": summary.clean,
        "stopped": summary.stopped,
        "blocked": summary.blocked,
        "unapproved_links": summary.unapproved,
        "rules_not_checked": summary.profile_rules_unchecked,
        "mapping": summary.fingerprint,
        "verdicts": dict(summary.verdicts),
        "findings": [
            {
                "code": cause.code,
                "tier": cause.tier.value,
                "cases": cause.cases,
                "places": [
                    {"variable": variable, "column": column} for variable, column in cause.places
                ],
            }
            for cause in summary.causes
        ],
    }


def has_findings(summary: Summary) -> bool:
    """Whether anything is wrong with any case, beyond a note."""
    return any(cause.tier is not Tier.NOTE for cause in summary.causes)


def show_plan(plan: SendPlan) -> None:
    """Write what would be sent where, and what is held back."""
    entrance = plan.entrance.name.in_language(current())
    remark(_("Entrance: {entrance} ({address})").format(entrance=entrance, address=plan.address))
    if plan.certificate is not None:
        remark(
            _("Certificate: {subject}, HSA-id {hsa_id}, valid to {to}").format(
                subject=plan.certificate.subject,
                hsa_id=plan.certificate.hsa_id,
                to=plan.certificate.valid_to[:10],
            )
        )
    remark(_("Cases to send: {count}").format(count=len(plan.cases)))
    for reason, count in withheld_by_reason(plan).items():
        remark(_("Held back: {count}. {reason}").format(count=count, reason=name_of(reason)))


def withheld_by_reason(plan: SendPlan) -> dict[str, int]:
    """Return how many cases are held back for each reason."""
    counts: dict[str, int] = {}
    for one in plan.withheld:
        counts[one.reason] = counts.get(one.reason, 0) + 1
    return counts


def show_report(report: SendReport) -> None:
    """Write what came of a batch, and each answer that was not OK."""
    say(_("Cases sent: {count}").format(count=len(report.outcomes)))
    for kind in OutcomeKind:
        if report.count(kind):
            say(f"  {report.count(kind):>6}  {name_of(kind.value)}")
    for outcome in report.outcomes:
        if not outcome.kind.accepted:
            said = outcome.text or name_of(outcome.code)
            say(f"  {outcome.case}: {name_of(outcome.kind.value)}. {said}")
    if report.left:
        say(_("Cases left: {count}").format(count=len(report.left)))


def report_json(plan: SendPlan, report: SendReport) -> dict[str, object]:
    """Return what came of a batch as counts; no case is named."""
    return {
        "time": _now(),
        "entrance": report.entrance,
        "address": plan.address,
        "mapping": plan.fingerprint,
        "planned": len(plan.cases),
        "sent": len(report.outcomes),
        "left": len(report.left),
        "stopped": report.stopped,
        "outcomes": {kind.value: report.count(kind) for kind in OutcomeKind},
        "withheld": withheld_by_reason(plan),
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
