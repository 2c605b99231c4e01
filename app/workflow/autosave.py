"""Changes that are not saved yet, kept beside the project file until they are or are thrown away.

They lie beside the file, so that they are where the project is, and are written in one step. What
a run that ended badly has left is put aside, so that the next autosave does not write over it.
"""

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from app.core.errors import ProjectError
from app.core.mapping import Project
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.template_views import Recovery

_SUFFIX = ".autosave"
_ASIDE = ".recovery"


def autosave(_desk: Desk, project: Project, path: str, _progress: Progress = silent) -> str:
    """Write the project beside its file; return where."""
    from app.files.project import write_project

    place = _place(path, _SUFFIX)
    write_project(project, place)
    return str(place)


def recovery_of(_desk: Desk, path: str, _progress: Progress = silent) -> Recovery | None:
    """Return the newest changes that never came into the project file, None when there are none.

    Only for the window that has the project to itself: what is found is put aside until a person
    has answered. Saving removes the autosave, so that one older than the file is of changes which
    somebody else's saving has passed by; it is offered too, and the offer says so.
    """
    from app.files.project import read_project

    project = read_project(Path(path))
    left, aside = _place(path, _SUFFIX), _place(path, _ASIDE)
    lost = _read(left)
    if lost not in {None, project}:
        with suppress(OSError):
            left.replace(aside)
            left = aside
        return _recovery(path, lost, left)
    lost = _read(aside)
    return None if lost in {None, project} else _recovery(path, lost, aside)


def discard_autosave(_desk: Desk, path: str, _progress: Progress = silent) -> None:
    """Remove the autosave of changes that were saved or thrown away."""
    forget_autosave(path)


def discard_recovery(_desk: Desk, path: str, _progress: Progress = silent) -> None:
    """Remove what was put aside, once a person has answered."""
    _remove(path, _ASIDE)


def forget_autosave(path: str) -> None:
    """Remove the autosave without a desk, while a window closes."""
    _remove(path, _SUFFIX)


def _remove(path: str, suffix: str) -> None:
    with suppress(OSError):  # what cannot be removed stays, and is offered once more
        _place(path, suffix).unlink()


def _recovery(path: str, project: Project | None, place: Path) -> Recovery | None:
    if project is None:
        return None
    kept, filed = (_changed(one) for one in (place, Path(path)))
    moment, later = (datetime.fromtimestamp(one, UTC) for one in (kept, filed))
    return Recovery(path, project, moment, later if filed > kept else None)


def _read(place: Path) -> Project | None:
    """Return the project in an autosave, None when it is none."""
    from app.files.project import read_project

    try:
        return read_project(place)
    except ProjectError:
        return None


def _place(path: str, suffix: str) -> Path:
    project = Path(path)
    return project.with_name(f".{project.name}{suffix}")


def _changed(path: Path) -> float:
    """Return when a file was written, 0 when it is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
