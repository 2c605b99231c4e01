"""Propose which child table's rows become which repeated group, by what the table is called."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.core.mapping import GroupLink, Project, Source
from app.core.register import Group, Words
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.workflow.content import Content

_MOST_KINDS = 6  # values of a column that tells kinds of rows apart


def suggest_groups(desk: Desk, project: Project) -> tuple[GroupLink, ...]:
    """Return a link for every group that one table alone can be meant for."""
    profile = desk.profile(project.profile)
    groups = tuple(one for one in profile.groups if one.path)
    found = [
        link
        for source in project.sources
        if source.name != project.case_table and source in desk.tables
        for link in _links(source, groups, desk.tables[source].contents, profile.words)
    ]
    named = [link.group for link in found]
    alone = (link for link in found if named.count(link.group) == 1)
    return tuple(sorted(alone, key=lambda one: one.group))


def _links(
    source: Source, groups: tuple[Group, ...], contents: "Mapping[str, Content]", known: Words
) -> list[GroupLink]:
    """Return the groups that a table is called like, or that one of its columns tells apart."""
    from app.workflow.naming import same_words

    table, key = source.name, source.key
    order = _order_column(contents, key)
    whole = [one for one in groups if _is_called(table, one, known)]
    if whole:
        # rows of several kinds in one table: which of them belong here is for a person to say
        mixed = any(_tells_kinds(name, content, known) for name, content in contents.items())
        return [] if mixed else [GroupLink(one.id, table, order_column=order) for one in whole]
    return [
        GroupLink(group.id, table, column, value, order)
        for column, content in contents.items()
        if column != key and 1 < content.distinct <= _MOST_KINDS
        for value in content.values
        for group in groups
        if any(same_words(f"{table} {value}", name, known) for name in (group.id, group.name.sv))
    ]


def _is_called(table: str, group: Group, known: Words) -> bool:
    from app.workflow.naming import same_words

    return any(same_words(table, name, known) for name in (group.id, group.name.sv))


def _tells_kinds(column: str, content: "Content", known: Words) -> bool:
    """Whether a column says of which kind each row is."""
    from app.workflow.naming import read_name

    words = set(read_name(column, known).words)
    return 1 < content.distinct <= _MOST_KINDS and bool(known.kinds & words)


def _order_column(contents: "Mapping[str, Content]", key: str) -> str:
    """Return the first column beside the key when it holds whole numbers: the rows' own order."""
    first = next((name for name in contents if name != key), "")
    return first if first and contents[first].looks_like == "number" else ""
