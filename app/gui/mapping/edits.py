"""Changes of the project that the mapping page makes; each returns a new project."""

from collections.abc import Iterable
from dataclasses import replace

from app.core.mapping import GroupLink, Link, LinkState, Project, Step, ValueMap
from app.core.register import Profile, ValueType, Variable
from app.workflow.views import Suggestion

_FIRST_STEPS = {
    ValueType.DATETIME: (Step("datetime"),),
    ValueType.DATE: (Step("date"),),
    ValueType.NUMBER: (Step("decimal_comma"), Step("number")),
    ValueType.PERSON_ID: (Step("trim"), Step("person_id")),
}


def first_steps(variable: Variable) -> tuple[Step, ...]:
    """Return the conversion that a variable of this type begins with."""
    return _FIRST_STEPS.get(variable.value_type, (Step("trim"),))


def map_columns(
    project: Project, variable: Variable, table: str, columns: tuple[str, ...]
) -> Project:
    """Link a variable to columns; the link waits for approval anew."""
    former = project.link_of(variable.id)
    steps = former.steps if former and former.columns else first_steps(variable)
    note = former.note if former else ""
    link = Link(variable.id, table, columns, steps, LinkState.SUGGESTED, 100, note)
    return with_group(project, variable.group, table).with_link(link)


def map_constant(project: Project, variable: Variable, value: str) -> Project:
    """Give a variable the same value in every case."""
    steps = (Step("constant", (("value", value),)),)
    return project.with_link(Link(variable.id, "", (), steps))


def with_group(project: Project, group: str, table: str) -> Project:
    """Let a repeated group's rows come from this table, once it has none or another."""
    former = project.group_link_of(group) if group else None
    if not group or not table or (former and former.table == table):
        return project
    rest = tuple(one for one in project.groups if one.group != group)
    return replace(project, groups=(*rest, GroupLink(group, table)))


def with_steps(project: Project, link: Link, steps: tuple[Step, ...]) -> Project:
    """Give a link other steps; it waits for approval anew."""
    return project.with_link(replace(link, steps=steps, state=LinkState.SUGGESTED))


def with_state(project: Project, variables: Iterable[str], state: LinkState) -> Project:
    """Approve or flag the links of some variables."""
    for variable in variables:
        link = project.link_of(variable)
        if link is not None:
            project = project.with_link(replace(link, state=state))
    return project


def without(project: Project, variables: Iterable[str]) -> Project:
    """Remove the links of some variables."""
    for variable in variables:
        project = project.without_link(variable)
    return project


def with_suggestions(
    project: Project, suggestions: tuple[Suggestion, ...], profile: Profile
) -> Project:
    """Add the suggestions for variables that have no link yet; nobody has approved them."""
    for one in suggestions:
        if project.link_of(one.link.variable) is None:
            group = profile.by_id[one.link.variable].group
            link = replace(one.link, state=LinkState.SUGGESTED)
            project = with_group(project, group, link.table).with_link(link)
            if one.value_map is not None and project.value_map_of(one.value_map.name) is None:
                project = project.with_value_map(one.value_map)
    return project


def with_mapped_value(project: Project, name: str, value: str, mapped: str) -> Project:
    """Map one local code to a register code, or to nothing; its links wait for approval anew."""
    former = project.value_map_of(name) or ValueMap(name, ())
    rest = [entry for entry in former.entries if entry[0] != value]
    entries = sorted([*rest, (value, mapped)])
    changed = project.with_value_map(replace(former, entries=tuple(entries)))
    for link in project.links:
        if uses_map(link, name):
            changed = changed.with_link(replace(link, state=LinkState.SUGGESTED))
    return changed


def uses_map(link: Link, name: str) -> bool:
    """Whether one of a link's steps is this value map."""
    return any(step.kind == "value_map" and step.option("name") == name for step in link.steps)
