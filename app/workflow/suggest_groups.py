"""Propose which child table's rows become which repeated group, by what the table is called."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from app.core.mapping import GroupLink, Project
from app.core.register import Group
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.workflow.content import Content

_KINDS = {"typ", "type", "sort", "slag", "art", "kategori", "skede"}
_MOST_KINDS = 6  # values of a column that tells kinds of rows apart


def suggest_groups(desk: Desk, project: Project) -> tuple[GroupLink, ...]:
    """Return a link for every group that one table alone can be meant for."""
    groups = desk.profile(project.profile).groups
    found = [
        link
        for source in project.sources
        if source.name != project.case_table and source in desk.tables
        for link in _links(source.name, groups, desk.tables[source].contents, source.key)
    ]
    named = [link.group for link in found]
    alone = (link for link in found if named.count(link.group) == 1)
    return tuple(sorted(alone, key=lambda one: one.group))


def _links(
    table: str, groups: tuple[Group, ...], contents: "Mapping[str, Content]", key: str
) -> list[GroupLink]:
    """Return the groups that a table is called like, or that one of its columns tells apart."""
    from app.workflow.naming import same_words

    order = _order_column(contents, key)
    whole = [one for one in groups if _is_called(table, one)]
    if whole:
        # rows of several kinds in one table: which of them belong here is for a person to say
        mixed = any(_tells_kinds(name, content) for name, content in contents.items())
        return [] if mixed else [GroupLink(one.id, table, order_column=order) for one in whole]
    return [
        GroupLink(group.id, table, column, value, order)
        for column, content in contents.items()
        if column != key and 1 < content.distinct <= _MOST_KINDS
        for value in content.values
        for group in groups
        if any(same_words(f"{table} {value}", name) for name in (group.id, group.name.sv))
    ]


def _is_called(table: str, group: Group) -> bool:
    from app.workflow.naming import same_words

    return same_words(table, group.id) or same_words(table, group.name.sv)


def _tells_kinds(column: str, content: "Content") -> bool:
    """Whether a column says of which kind each row is."""
    from app.workflow.naming import read_name

    return 1 < content.distinct <= _MOST_KINDS and bool(_KINDS & set(read_name(column).words))


def _order_column(contents: "Mapping[str, Content]", key: str) -> str:
    """Return the first column beside the key when it holds whole numbers: the rows' own order."""
    first = next((name for name in contents if name != key), "")
    return first if first and contents[first].looks_like == "number" else ""
