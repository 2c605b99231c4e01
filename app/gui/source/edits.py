"""Changes of the project that the source page makes; each returns a new project."""

from dataclasses import replace

from app.core.mapping import Project, Source


def add_source(project: Project, source: Source) -> Project:
    """Add a file under a name that is free; the first file holds the cases."""
    taken = {one.name for one in project.sources}
    name, number = source.name, 2
    while name in taken:
        name, number = f"{source.name} {number}", number + 1
    added = replace(project, sources=(*project.sources, replace(source, name=name)))
    return added if project.case_table else replace(added, case_table=name)


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
    )
