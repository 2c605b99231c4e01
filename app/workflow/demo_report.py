"""The page about a journey: counts and sentences, no case and no patient."""

from pathlib import Path

from app.assets import RESOURCES
from app.core.outcome import OutcomeKind
from app.language.sentences import cause_sentence, name_of, sentence_of
from app.language.text import _, current
from app.workflow.demo import Journey

Row = tuple[str, int]


def write_report(journey: Journey, path: Path) -> None:
    """Write the page as HTML that stands alone."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(RESOURCES / "report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page = environment.get_template("journey.html").render(
        language=current(),
        title=_("The journey of {name}").format(name=journey.opened.project.name),
        note=journey.opened.profile.note.in_language(current()),
        steps=[sentence_of(code, values) for code, values in journey.steps],
        tables=[table for table in _tables(journey) if table[1]],
        headings=(_("What"), _("Cases")),
        steps_title=_("Step by step"),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page, encoding="utf-8")


def _tables(journey: Journey) -> list[tuple[str, list[Row]]]:
    return [
        (_("How the register will count the cases"), _verdicts(journey)),
        (_("What is wrong before correction"), _causes(journey)),
        (_("What the register answered"), _outcomes(journey)),
        (_("What the fellista said"), list(journey.fellista.reasons) if journey.fellista else []),
    ]


def _verdicts(journey: Journey) -> list[Row]:
    names = {one.id: one.name.in_language(current()) for one in journey.opened.profile.verdicts}
    counted = journey.before.verdicts if journey.before else ()
    return [(names.get(verdict, verdict), count) for verdict, count in counted]


def _causes(journey: Journey) -> list[Row]:
    causes = journey.before.causes if journey.before else ()
    profile = journey.opened.profile
    return [
        (f"{name_of(one.tier.value)}: {cause_sentence(one.code, profile)}", one.cases)
        for one in causes
    ]


def _outcomes(journey: Journey) -> list[Row]:
    reports = [report for report in (journey.sent, journey.resent) if report is not None]
    counts = [(kind, sum(report.count(kind) for report in reports)) for kind in OutcomeKind]
    return [(name_of(kind.value), count) for kind, count in counts if count]
