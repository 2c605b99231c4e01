"""The road from the first file to production: which steps are done and which is next."""

from dataclasses import dataclass, replace

from app.core.mapping import LinkState, Project
from app.gui.frame.expiry import is_ending, misfit, time_left, tone_of, working_days
from app.gui.frame.session import Session
from app.gui.widgets.numbers import count
from app.language.text import N_, _

DONE, NEXT, LATER = "done", "next", "later"


@dataclass(frozen=True, slots=True)
class RoadStep:
    """One step: the page it is done on, how it stands, and what is known about it.

    `tone` colours the note where it is more than a remark.
    """

    page: str
    title: str
    state: str
    note: str
    tone: str = "quiet"


_TITLES = (
    ("source", N_("Read the export")),
    ("mapping", N_("Map columns to variables")),
    ("cases", N_("Check the cases")),
    ("certificate", N_("Install the certificate")),
    ("sending", N_("Send a batch")),
    ("fellista", N_("Correct the fellista")),
    ("acceptance", N_("Be accepted")),
)


def road(session: Session, project: Project | None, attempts: int) -> tuple[RoadStep, ...]:
    """Return every step; the first that is not done is the next one."""
    known = {
        "source": _source(session),
        "mapping": _mapping(project),
        "cases": _cases(session),
        "certificate": _certificate(session),
        "sending": (attempts > 0, _sending(attempts)),
        "fellista": _fellista(session),
        "acceptance": (False, ""),
    }
    steps = tuple(
        RoadStep(page, _(title), DONE if known[page][0] else LATER, known[page][1])
        for page, title in _TITLES
    )
    steps = tuple(_warned(step, session) for step in steps)
    following = next(step for step in steps if step.state != DONE)
    return tuple(replace(step, state=NEXT) if step is following else step for step in steps)


def _source(session: Session) -> tuple[bool, str]:
    tables = session.tables
    problems = sum(table.problem is not None for table in tables)
    if problems:
        return False, _("{count} files cannot be read").format(count=problems)
    rows = sum(table.rows for table in tables)
    words = _("{files} files, {rows} rows").format(files=len(tables), rows=count(rows))
    return bool(tables), words if tables else ""


def _mapping(project: Project | None) -> tuple[bool, str]:
    if project is None or not project.links:
        return False, ""
    approved = sum(link.state is LinkState.APPROVED for link in project.links)
    words = _("{approved} of {total} links approved")
    return approved == len(project.links), words.format(approved=approved, total=len(project.links))


def _cases(session: Session) -> tuple[bool, str]:
    summary = session.summary
    if summary is None:
        return False, _("Checking…") if session.is_checking else ""
    words = _("{cases} cases, {stopped} held back")
    return summary.clean > 0, words.format(
        cases=count(summary.cases), stopped=count(summary.stopped)
    )


def _certificate(session: Session) -> tuple[bool, str]:
    """Return whether the chosen entrance has a certificate that opens it, and how long it lasts."""
    one, entrance = session.certificate, session.entrance
    if one is None:
        return False, ""
    if entrance is not None and misfit(one, entrance.id):
        return False, _("The chosen one does not open this entrance")
    left = time_left(one)
    if one.days_left > 0 and one.working_days_left and is_ending(one):
        left = _("{days} ({working})").format(days=left, working=working_days(one))
    return one.days_left >= 0, left


def _warned(step: RoadStep, session: Session) -> RoadStep:
    """Return a step with its note in the colour of a certificate that ends or does not fit."""
    one, entrance = session.certificate, session.entrance
    if step.page != "certificate" or one is None:
        return step
    if entrance is not None and misfit(one, entrance.id):
        return replace(step, tone="blocks")
    return replace(step, tone=tone_of(one)) if is_ending(one) else step


def _sending(attempts: int) -> str:
    return _("{count} attempts").format(count=count(attempts)) if attempts else ""


def _fellista(session: Session) -> tuple[bool, str]:
    view = session.fellista
    if view is None:
        return False, ""
    return not view.cases, _("{count} cases on the list").format(count=len(view.cases))
