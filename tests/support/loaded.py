"""Desks with an export on them: the sample hospital's, or one made on the spot."""

from dataclasses import replace
from pathlib import Path

from app.core.mapping import Project
from app.core.outcome import Outcome, OutcomeKind
from app.workflow.analyse import analyse
from app.workflow.desk import Desk
from app.workflow.projects import open_sample
from app.workflow.views import OpenProject, Summary
from tests.support.workflow import NOON, PROFILE, make_desk

HSA_ID = "SE0000000000-TST1"


def sample_desk(folder: Path) -> tuple[Desk, OpenProject]:
    """Return a desk with the sample project open, nothing read yet."""
    desk = make_desk(folder)
    return desk, open_sample(desk)


def analysed_desk(folder: Path) -> tuple[Desk, OpenProject, Summary]:
    """Return a desk with the sample hospital checked."""
    desk, opened = sample_desk(folder)
    return desk, opened, analyse(desk, opened.project, base_of(opened))


def base_of(opened: OpenProject) -> str:
    """Return the folder that a project's paths are relative to."""
    return str(Path(opened.path).parent)


def accept(desk: Desk, case: str, document: str, entrance: str = "local") -> None:
    """Write down that an entrance accepted a document."""
    journal = desk.journal()
    number = journal.begin(case, entrance, "", HSA_ID, "map", document.encode(), NOON)
    journal.end(number, Outcome(case, OutcomeKind.CREATED, f"Skapade: {case}"), NOON)


def project_of(*sources, **fields) -> Project:
    """Return a project over some sources, the first of them the case table."""
    plain = Project("P", PROFILE, sources, sources[0].name)
    return replace(plain, **fields)
