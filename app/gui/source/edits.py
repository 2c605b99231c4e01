"""Changes of the project that the source page makes; each returns a new project."""

from collections.abc import Iterable
from dataclasses import replace

from app.core.mapping import Duplicates, Project, Source
from app.workflow.shape import repointed, with_shape
from app.workflow.source_views import Renaming
from app.workflow.views import TableView


def add_source(project: Project, source: Source) -> Project:
    """Add a file under a name that is free; the first file holds the cases."""
    taken = {one.name for one in project.sources}
    name, number = source.name, 2
    while name in taken:
        name, number = f"{source.name} {number}", number + 1
    added = replace(project, sources=(*project.sources, replace(source, name=name)))
    return added if project.case_table else replace(added, case_table=name)


def add_sources(project: Project, sources: Iterable[Source]) -> Project:
    """Add the files that the project does not have already."""
    for source in new_sources(project, sources):
        project = add_source(project, source)
    return project


def new_sources(project: Project, sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return the files that the project does not have already."""
    known = {place for one in project.sources for place in _places(one)}
    return tuple(one for one in sources if _places(one)[0] not in known)


def remove_source(project: Project, name: str) -> Project:
    """Remove a file and every link that needs it."""
    rest = tuple(one for one in project.sources if one.name != name)
    case_table = project.case_table
    if case_table == name:
        case_table = rest[0].name if rest else ""
    return replace(
        project,
        sources=rest,
        case_table=case_table,
        groups=tuple(one for one in project.groups if one.table != name),
        links=tuple(one for one in project.links if one.table != name),
        duplicates=project.duplicates if case_table == project.case_table else Duplicates(),
    )


def with_case_table(project: Project, name: str) -> Project:
    """Let another table hold the cases; what was said of the former one's duplicates is gone."""
    if name == project.case_table:
        return project
    return replace(project, case_table=name, duplicates=Duplicates())


def with_keys(project: Project, table: str, columns: Iterable[str]) -> Project:
    """Let these columns say which case a row of a table belongs to; each counts once."""
    kept = tuple(dict.fromkeys(one for one in columns if one))
    source = project.source_of(table)
    if source is None or not kept:
        return project
    return project.with_source(replace(source, key=kept[0], key_more=kept[1:]))


def with_more_files(source: Source, paths: Iterable[str]) -> Source:
    """Read further files as rows of the same table; one that is read already is not read twice."""
    known = (source.path, *source.more)
    new = tuple(dict.fromkeys(one for one in paths if one not in known))
    return replace(source, more=(*source.more, *new))


def without_file(source: Source, path: str) -> Source:
    """Leave out one of the files of a table; the last one stays."""
    rest = tuple(one for one in (source.path, *source.more) if one != path)
    return replace(source, path=rest[0], more=rest[1:]) if rest else source


def with_columns_as_read(
    project: Project, table: TableView, renamings: Iterable[Renaming]
) -> Project:
    """Let a mapping follow renamed columns, and expect the columns that were read."""
    moved = repointed(project, table.source.name, renamings)
    return with_shape(moved, (replace(table, problem=None),))


def _places(source: Source) -> tuple[tuple[str, ...], ...]:
    part = (source.sheet, source.member, source.record)
    return tuple((path, *part) for path in (source.path, *source.more))
