"""What changed between two register profiles, and what it means for one project."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import ProfileError, WorkbenchError
from app.core.mapping import Project
from app.core.profile_diff import Change, ChangeKind, Subject, compare
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.workflow.desk import Desk
from app.workflow.profile_effects import effect_of
from app.workflow.profile_stand import Stand
from app.workflow.registers import with_registers

if TYPE_CHECKING:
    from app.engine.profile_effects import CaseCounter


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
    desk: Desk,
    first: str,
    second: str,
    project: Project | None = None,
    _progress: Progress = silent,
) -> ProfileDiff:
    """Return what changed, with what it means for a project when one is given.

    `first` and `second` are ids, or folders that hold a profile. Cases are counted when an export
    is loaded that has what the project's mapping needs.
    """
    before, after = profile_at(desk, first), profile_at(desk, second)
    changes = compare(before, after)
    if project is None:
        return ProfileDiff(before.id, after.id, tuple(ChangeView(one) for one in changes))
    counter = _counter(desk, project)
    sides = with_registers(desk, before), with_registers(desk, after)
    stand = Stand(project, *sides, _former(changes), counter)
    views = tuple(_view(one, stand) for one in changes)
    return ProfileDiff(before.id, after.id, views, counter is not None)


def profile_at(desk: Desk, name: str) -> Profile:
    """Return the profile of that id, or the one in that folder when the name is a path."""
    folder = Path(name)
    if os.sep in name or "/" in name or name in {".", ".."}:
        from app.files.profile import load_profile

        return load_profile(folder)
    return desk.profile(name)


def other_readings(desk: Desk, profile: Profile) -> tuple[Profile, ...]:
    """Return a profile in its other readings, in their order; none for one read by its folder."""
    name = profile.id.partition(":")[0]
    others = [one.id for one in profile.readings if one.id != profile.reading]
    try:
        return tuple(desk.profile(f"{name}:{one}") for one in others)
    except ProfileError:
        return ()


def _view(change: Change, stand: Stand) -> ChangeView:
    effect = effect_of(stand, change)
    return ChangeView(change, effect.code, effect.values, effect.work)


def _former(changes: tuple[Change, ...]) -> dict[str, str]:
    """Return the variables that have another id now, with the one they had."""
    return {
        one.after: one.before
        for one in changes
        if (one.subject, one.kind, one.field) == (Subject.VARIABLE, ChangeKind.RENAMED, "id")
    }


def _counter(desk: Desk, project: Project) -> "CaseCounter | None":
    """Return what counts the loaded export's cases, None when it cannot be counted."""
    if desk.export is None:
        return None
    from app.engine.profile_effects import CaseCounter

    try:
        return CaseCounter(desk.export, project, desk.profile(project.profile))
    except WorkbenchError:
        return None
