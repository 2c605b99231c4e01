"""Changes that are not saved yet, kept beside the project file until they are or are thrown away.

The autosave lies beside the file, so that it is where the project is, and is written in one step.
One that nobody has answered for yet is put aside when the next is written.
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


def autosave(
    _desk: Desk, project: Project, path: str, aside: bool = False, _progress: Progress = silent
) -> str:
    """Write the project beside its file; `aside` keeps the former autosave under another name."""
    from app.files.project import write_project

    place = _place(path, _SUFFIX)
    if aside and place.exists():
        with suppress(OSError):
            place.replace(_place(path, _ASIDE))
    write_project(project, place)
    return str(place)


def recovery_of(_desk: Desk, path: str, _progress: Progress = silent) -> Recovery | None:
    """Return the newest changes that never came into the project file, None when there are none.

    An autosave older than the file is of changes that were saved.
    """
    from app.files.project import read_project

    project, state = read_project(Path(path)), _changed(Path(path))
    kept = sorted(
        ((_changed(place), place) for place in (_place(path, _SUFFIX), _place(path, _ASIDE))),
        reverse=True,
    )
    for changed, place in kept:
        found = _read(place) if changed and changed >= state else None
        if found is not None and found != project:
            return Recovery(path, found, datetime.fromtimestamp(changed, UTC))
    return None


def discard_recovery(_desk: Desk, path: str, _progress: Progress = silent) -> None:
    """Remove what was kept beside the project file."""
    discard(path)


def discard(path: str) -> None:
    """Remove what was kept beside the project file; what cannot be removed stays."""
    for suffix in (_SUFFIX, _ASIDE):
        with suppress(OSError):
            _place(path, suffix).unlink()


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
