"""Open, save and begin a project."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from shutil import copyfile, copytree, ignore_patterns

from app.assets import RESOURCES
from app.core.errors import ProjectError
from app.core.mapping import Project
from app.core.progress import Progress, silent
from app.disk import is_there
from app.workflow.autosave import forget_autosave
from app.workflow.desk import Desk
from app.workflow.files_described import describe_sources
from app.workflow.joining import with_case_table, with_keys
from app.workflow.load import read_tables
from app.workflow.memory import former, remember
from app.workflow.shape import with_shape
from app.workflow.suggest import suggest_links
from app.workflow.suggest_groups import suggest_groups
from app.workflow.views import OpenProject

_SAMPLE = "sample"


def open_project(desk: Desk, path: str, _progress: Progress = silent) -> OpenProject:
    """Open a project file and the register profile it is bound to."""
    from app.files.project import read_project

    place = Path(path).absolute()
    project = read_project(place)
    _remember_file(desk, place)
    return _opened(desk, project, place)


def open_sample(desk: Desk, _progress: Progress = silent) -> OpenProject:
    """Open the sample hospital in the user's own folder, copied there the first time."""
    from app.files.project import SUFFIX

    shipped = RESOURCES / _SAMPLE
    if not (shipped / f"{_SAMPLE}{SUFFIX}").is_file():
        raise ProjectError("sample-missing")
    own = desk.data / _SAMPLE / f"{_SAMPLE}{SUFFIX}"
    if not own.is_file():
        copytree(shipped, own.parent, ignore=ignore_patterns(own.name), dirs_exist_ok=True)
        copyfile(shipped / own.name, own)  # last: a copy that was cut short is made again
    return open_project(desk, str(own))


def save_project(desk: Desk, project: Project, path: str, _progress: Progress = silent) -> str:
    """Write the project in one step and return where it lies.

    Raises ProjectError once when the file was changed by another since it was opened or saved here.
    """
    from app.files.project import write_project

    place = Path(path).absolute()
    _demand_unchanged(desk, place)
    before = former(place)
    write_project(project, place)
    _remember_file(desk, place)
    forget_autosave(str(place))
    remember(desk, before, project)
    with desk.lock:
        desk.project = project
    return str(place)


def _digest(place: Path) -> bytes:
    """Return what tells whether a file is still the same, nothing when there is none."""
    try:
        return sha256(place.read_bytes()).digest()
    except OSError:
        return b""


def _remember_file(desk: Desk, place: Path) -> None:
    with desk.lock:
        desk.stamps[place] = _digest(place)


def _demand_unchanged(desk: Desk, place: Path) -> None:
    """Raise when another has written the file; a person who then saves again means it."""
    now, known = _digest(place), desk.stamps.get(place)
    if known and now and now != known:
        _remember_file(desk, place)
        raise ProjectError("project-changed", name=place.name)


def move_project(
    desk: Desk, project: Project, base: str, path: str, _progress: Progress = silent
) -> OpenProject:
    """Save the project elsewhere; its sources stay where they are and are still found."""
    from app.files.project import relocate

    place = Path(path).absolute()
    moved = relocate(project, Path(base).absolute(), place.parent)
    save_project(desk, moved, str(place))
    return _opened(desk, moved, place)


def new_project(
    desk: Desk,
    path: str,
    sources: tuple[str, ...],
    profile_id: str = "",
    progress: Progress = silent,
) -> OpenProject:
    """Begin a project from export files: everything in it is a suggestion until approved."""
    from app.files.project import SUFFIX

    place = Path(path).absolute()
    place = place if place.suffix else place.with_suffix(SUFFIX)
    if is_there(place):
        raise ProjectError("project-exists", name=place.name)
    base = str(place.parent)
    described = describe_sources(desk, sources, base, progress)
    project = Project(name=place.stem, profile=profile_id or desk.profile().id, sources=described)
    project = _joined(desk, project, base, progress)
    project = replace(project, groups=suggest_groups(desk, project, progress))
    for suggestion in suggest_links(desk, project, progress):
        project = project.with_link(suggestion.link)
        if suggestion.value_map:
            project = project.with_value_map(suggestion.value_map)
    save_project(desk, project, str(place))
    return _opened(desk, project, place)


def _opened(desk: Desk, project: Project, place: Path) -> OpenProject:
    with desk.lock:
        if desk.project != project:
            desk.analysis = desk.book = None
        desk.project = project
    return OpenProject(project, str(place), desk.profile_for(project))


def _joined(desk: Desk, project: Project, base: str, progress: Progress) -> Project:
    """Return the project with its case table, its keys, and its columns as the ones to expect."""
    views = read_tables(desk, project, base, progress)
    project = with_case_table(desk, project, views)
    views = read_tables(desk, project, base)
    return with_shape(with_keys(desk, project, views), views)
