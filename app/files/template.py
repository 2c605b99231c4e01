"""Templates: mappings without a hospital, one file each in the user's folder, written as projects.

A template's name is its file's name, so that copying a file is all that sharing it takes.
"""

import re
from pathlib import Path

from app.core.errors import ProjectError
from app.core.mapping import Project
from app.files.project import read_project, write_project

SUFFIX = ".sportemplate"

_NAME = re.compile(r"[^\s\\/:*?\"<>|.][^\\/:*?\"<>|\x00-\x1f]{0,79}")
_TAKEN_BY_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def template_names(folder: Path) -> tuple[str, ...]:
    """Return the names of the templates in a folder, sorted."""
    return tuple(sorted(path.stem for path in folder.glob(f"*{SUFFIX}")))


def read_template(folder: Path, name: str) -> Project:
    """Return a template; raises ProjectError when there is none of that name."""
    path = _path(folder, name)
    if not path.is_file():
        raise ProjectError("template-missing", template=name)
    return read_project(path)


def write_template(folder: Path, name: str, template: Project) -> None:
    """Keep a template, in place of the former one of that name."""
    path = _path(folder, name)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ProjectError("project-unwritable", name=path.name, reason=reason) from None
    write_project(template, path)


def remove_template(folder: Path, name: str) -> None:
    """Forget a template."""
    path = _path(folder, name)
    try:
        path.unlink()
    except FileNotFoundError:
        raise ProjectError("template-missing", template=name) from None
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        raise ProjectError("project-unwritable", name=path.name, reason=reason) from None


def _path(folder: Path, name: str) -> Path:
    """Return where a template lies; a name that some system refuses is refused on all."""
    fits = _NAME.fullmatch(name) and name == name.rstrip(" .")
    if not fits or _TAKEN_BY_WINDOWS.fullmatch(name):
        raise ProjectError("template-name", template=name)
    return folder / f"{name}{SUFFIX}"
