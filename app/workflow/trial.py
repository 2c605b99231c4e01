"""Try the mapping as it is edited: one row through a link, one case through the whole chain."""

from app.core.mapping import Project, Step
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.mapping_views import CaseTrial, ConditionCount, LinkTrial


def try_link(
    desk: Desk,
    project: Project,
    variable: str,
    row: int = 0,
    typed: tuple[str, ...] = (),
    _progress: Progress = silent,
) -> LinkTrial:
    """Take one row that a link reads, or typed texts, through its steps one by one.

    The row is counted from 0 and goes round: -1 is the last one.
    """
    return LinkTrial(row, 0, "", typed, (), "")


def try_case(
    desk: Desk,
    project: Project,
    base: str,
    case: str = "",
    place: int = 0,
    _progress: Progress = silent,
) -> CaseTrial:
    """Take one case through the whole chain; "" is the one at `place`, which goes round."""
    return CaseTrial(case)


def count_condition(
    desk: Desk, project: Project, variable: str, step: Step, _progress: Progress = silent
) -> ConditionCount:
    """Count the rows that a link reads for which the condition of an only_when step holds."""
    return ConditionCount(0, 0)


def detect_times(
    desk: Desk, project: Project, variable: str, _progress: Progress = silent
) -> tuple[tuple[str, float], ...]:
    """Return the formats that a link's dates or times are written in, the likeliest first.

    Each has its share of the filled values, 0.0-1.0; a format may be several with | between.
    """
    return ()
