"""What columns were called in projects that a person approved here: names only, never values.

It lies in `memory.toml` in the user's folder, and serves only as evidence for suggestions.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from app.core.errors import ProjectError
from app.core.mapping import LinkState, Project
from app.workflow.desk import Desk

FILE = "memory.toml"
_MOST = 5000  # names that are kept, the most seen ones
_MOST_TIMES = 1000
Seen = dict[tuple[str, str], int]


def remembered(desk: Desk) -> Mapping[tuple[str, str], float]:
    """Return how sure a column's plain name is for a variable: its share of what it was before."""
    seen = _read(desk.data / FILE)
    totals: dict[str, int] = {}
    for (name, _), times in seen.items():
        totals[name] = totals.get(name, 0) + times
    return {(name, variable): times / totals[name] for (name, variable), times in seen.items()}


def former(place: Path) -> Project | None:
    """Return the project that a file holds before it is written anew, None when there is none."""
    from app.files.project import read_project

    with suppress(ProjectError, OSError):
        return read_project(place) if place.is_file() else None
    return None


def remember(desk: Desk, before: Project | None, project: Project) -> None:
    """Count the approved names of a saved project that were not approved in it before."""
    known = _approved(before) if before else set()
    fresh = _approved(project) - known
    if not fresh:
        return
    place = desk.data / FILE
    with desk.lock, suppress(OSError):  # a project is saved all the same
        seen = _read(place)
        for name in fresh:
            seen[name] = min(seen.get(name, 0) + 1, _MOST_TIMES)
        _write(place, seen)


def _approved(project: Project) -> set[tuple[str, str]]:
    """Return the plain names of approved columns, each with its variable."""
    from app.workflow.naming import plain

    links = (one for one in project.links if one.state is LinkState.APPROVED and one.columns)
    pairs = {(plain(one.columns[-1]), one.variable) for one in links}
    return {one for one in pairs if one[0]}


def _read(place: Path) -> Seen:
    import tomllib

    try:
        told = tomllib.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    rows = told.get("column", {})
    return {
        (name, variable): times
        for variable, names in (rows.items() if isinstance(rows, dict) else ())
        if isinstance(names, dict)
        for name, times in names.items()
        if isinstance(times, int) and times > 0
    }


def _write(place: Path, seen: Seen) -> None:
    from tomlkit import document, dumps, table

    from app.disk import write_atomically

    kept = sorted(seen.items(), key=lambda one: (-one[1], one[0]))[:_MOST]
    columns = table()
    for (name, variable), times in sorted(kept, key=lambda one: (one[0][1], one[0][0])):
        columns.setdefault(variable, table())[name] = times
    whole = document()
    whole["column"] = columns
    place.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(place, dumps(whole).encode())
