"""The shape of a source: its columns, what has changed in them, and the mapping moved along."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from app.core.mapping import Blocking, Duplicates, GroupLink, Link, Pick, Project, Source, Step
from app.workflow.source_views import FileChange, Renaming
from app.workflow.views import TableView

_COLUMN_OPTIONS = frozenset({"column", "columns"})  # of a step, where it names columns
_BETWEEN = "|"


def repointed(project: Project, table: str, renamings: Iterable[Renaming]) -> Project:
    """Return the project with every place that names a renamed column naming the new one."""
    names = {one.before: one.after for one in renamings}

    def new(column: str) -> str:
        return names.get(column, column)

    is_case_table = table == project.case_table
    return replace(
        project,
        sources=tuple(_source(one, new) if one.name == table else one for one in project.sources),
        groups=tuple(_group(one, new) if one.table == table else one for one in project.groups),
        links=tuple(
            _link(one, new) if _reads(project, one, table) else one for one in project.links
        ),
        blocking=_blocking(project.blocking, new) if is_case_table else project.blocking,
        duplicates=_duplicates(project.duplicates, new) if is_case_table else project.duplicates,
    )


def with_shape(project: Project, tables: Iterable[TableView]) -> Project:
    """Return the project with the columns as they were read now for the ones to expect."""
    read = {one.source.name: one for one in tables if one.problem is None}
    return replace(
        project,
        sources=tuple(
            replace(one, shape=tuple(column.name for column in read[one.name].columns))
            if one.name in read
            else one
            for one in project.sources
        ),
    )


def with_files(project: Project, found: FileChange, renamings: Iterable[Renaming] = ()) -> Project:
    """Return the project with other files for a table, renamed columns re-pointed, in one step."""
    name = found.source.name
    changed = repointed(project.with_source(found.source), name, renamings)
    source = changed.source_of(name) or found.source
    return changed.with_source(replace(source, shape=found.columns))


def _reads(project: Project, link: Link, table: str) -> bool:
    return link.table == table


def _source(source: Source, new: Callable[[str], str]) -> Source:
    return replace(source, key=new(source.key), key_more=tuple(new(one) for one in source.key_more))


def _group(group: GroupLink, new: Callable[[str], str]) -> GroupLink:
    return replace(
        group, filter_column=new(group.filter_column), order_column=new(group.order_column)
    )


def _link(link: Link, new: Callable[[str], str]) -> Link:
    return replace(
        link,
        columns=tuple(new(one) for one in link.columns),
        steps=tuple(_step(one, new) for one in link.steps),
        pick=_pick(link.pick, new),
    )


def _step(step: Step, new: Callable[[str], str]) -> Step:
    return replace(
        step,
        options=tuple(
            (name, _BETWEEN.join(new(one) for one in said.split(_BETWEEN)))
            if name in _COLUMN_OPTIONS
            else (name, said)
            for name, said in step.options
        ),
    )


def _pick(pick: Pick, new: Callable[[str], str]) -> Pick:
    return replace(pick, filter_column=new(pick.filter_column), order_column=new(pick.order_column))


def _blocking(blocking: Blocking, new: Callable[[str], str]) -> Blocking:
    return replace(blocking, column=new(blocking.column))


def _duplicates(duplicates: Duplicates, new: Callable[[str], str]) -> Duplicates:
    return replace(duplicates, column=new(duplicates.column))
