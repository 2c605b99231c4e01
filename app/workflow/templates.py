"""Templates: a mapping kept for a planning system, and put to another hospital's export.

What comes from a template is a suggestion until a person approves it; what does not fit is work.
"""

from dataclasses import replace
from pathlib import Path

from app.core.errors import ProjectError
from app.core.identity import hsa_id_problem, mask_text
from app.core.mapping import Link, Project, Source, Step, ValueMap
from app.core.progress import Progress, silent
from app.workflow.desk import Desk
from app.workflow.projects import new_project, save_project
from app.workflow.template_applying import Applier
from app.workflow.template_fitting import Columns, columns_of_source
from app.workflow.template_views import AppliedTemplate, BegunProject, TemplateEntry

_FOLDER = "templates"
_CONSTANT, _VALUE = "constant", "value"


def templates(desk: Desk, _progress: Progress = silent) -> tuple[TemplateEntry, ...]:
    """Return the templates of this user; a file that is none is left out."""
    from app.files.template import read_template, template_names

    found = []
    for name in template_names(_folder(desk)):
        try:
            found.append(_entry(name, read_template(_folder(desk), name)))
        except ProjectError:
            continue
    return tuple(found)


def save_template(
    desk: Desk, project: Project, name: str, _progress: Progress = silent
) -> TemplateEntry:
    """Keep the mapping of a project as a template; one of the same name gives way."""
    from app.files.template import write_template

    if not project.links:
        raise ProjectError("template-empty")
    template = as_template(project, name.strip(), _columns(desk, project))
    write_template(_folder(desk), template.name, template)
    return _entry(template.name, template)


def remove_template(desk: Desk, name: str, _progress: Progress = silent) -> None:
    """Forget a template."""
    from app.files.template import remove_template as remove

    remove(_folder(desk), name)


def export_template(desk: Desk, name: str, path: str, _progress: Progress = silent) -> str:
    """Write a template to a file that can be given to a colleague; return where it lies."""
    from app.files.project import write_project
    from app.files.template import SUFFIX, read_template

    place = Path(path).absolute()
    place = place if place.suffix else place.with_suffix(SUFFIX)
    write_project(read_template(_folder(desk), name), place)
    return str(place)


def import_template(
    desk: Desk, path: str, name: str = "", _progress: Progress = silent
) -> TemplateEntry:
    """Keep a template, or a colleague's project, from a file; without a name its own."""
    from app.files.project import read_project

    place = Path(path).absolute()
    return save_template(desk, read_project(place), name or place.stem)


def apply_template(
    desk: Desk, project: Project, name: str, _progress: Progress = silent
) -> AppliedTemplate:
    """Return the project with the template's links as suggestions; nothing is saved.

    What a person has approved or flagged in the project stays.
    """
    from app.files.template import read_template

    template = read_template(_folder(desk), name)
    applier = Applier(template, project, desk.profile_for(project), _columns(desk, project))
    return AppliedTemplate(name, *applier.apply())


def new_from_template(
    desk: Desk,
    path: str,
    files: tuple[str, ...],
    name: str,
    profile_id: str = "",
    progress: Progress = silent,
) -> BegunProject:
    """Begin a project from export files with a template; nothing in it is approved."""
    from app.files.template import read_template

    read_template(_folder(desk), name)  # before anything is made
    begun = new_project(desk, path, files, profile_id, progress)
    applied = apply_template(desk, begun.project, name)
    save_project(desk, applied.project, begun.path)
    return BegunProject(replace(begun, project=applied.project), applied)


def as_template(project: Project, name: str, columns: Columns) -> Project:
    """Return a project without what is one hospital's own: files, settings, names, values."""
    return replace(
        project,
        name=name,
        notes="",
        settings=(),
        sources=tuple(_bare_source(project, one, columns) for one in project.sources),
        links=tuple(_bare_link(one) for one in project.links),
        value_maps=tuple(_bare_map(one) for one in project.value_maps),
    )


def _bare_source(project: Project, source: Source, columns: Columns) -> Source:
    shape = source.shape or columns.get(source.name) or columns_of_source(project, source)
    return replace(source, path="", more=(), member="", shape=shape)


def _bare_link(link: Link) -> Link:
    steps = tuple(_bare_step(one) for one in link.steps)
    note = mask_text(link.note)
    return replace(link, steps=steps, note=note, decided_by="", decided_on="")


def _bare_step(step: Step) -> Step:
    """Return the step; a constant that names the hospital or a unit of it is emptied."""
    if step.kind == _CONSTANT and hsa_id_problem(step.option(_VALUE)) is None:
        return Step(_CONSTANT, ((_VALUE, ""),))
    return step


def _bare_map(value_map: ValueMap) -> ValueMap:
    kept = tuple(one for one in value_map.entries if mask_text(one[0]) == one[0])
    return replace(value_map, entries=kept)


def _entry(name: str, template: Project) -> TemplateEntry:
    tables = tuple(one.name for one in template.sources)
    return TemplateEntry(name, template.profile, tables, len(template.links))


def _columns(desk: Desk, project: Project) -> Columns:
    """Return the columns of every table, as loaded or as the project says they are."""
    from app.engine.export import ROW

    loaded = desk.export.tables if desk.export is not None else {}
    beside = {ROW, "__file__"}
    return {
        one.name: tuple(name for name in loaded[one.name].columns if name not in beside)
        if one.name in loaded
        else one.shape
        for one in project.sources
    }


def _folder(desk: Desk) -> Path:
    return desk.data / _FOLDER
