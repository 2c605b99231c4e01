"""Changes of the project that the mapping page makes; each returns a new project."""

from collections.abc import Iterable
from dataclasses import replace

from app.core.mapping import GroupLink, Link, LinkState, Pick, Project, Step
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
    project: Project, profile: Profile, variable: Variable, table: str, columns: tuple[str, ...]
) -> Project:
    """Link a variable to columns; the link waits for approval anew."""
    former = project.link_of(variable.id)
    steps = former.steps if former and former.columns else first_steps(variable)
    note = former.note if former else ""
    pick = former.pick if former and former.table == table else Pick()
    link = Link(variable.id, table, columns, steps, LinkState.SUGGESTED, 100, note, pick)
    return with_group(project, profile, variable.group, table).with_link(link)


def map_constant(project: Project, variable: Variable, value: str) -> Project:
    """Give a variable the same value in every case."""
    former = project.link_of(variable.id)
    steps = (Step("constant", (("value", value),)),)
    note = former.note if former else ""
    return project.with_link(Link(variable.id, "", (), steps, note=note))


def with_group(project: Project, profile: Profile, group: str, table: str) -> Project:
    """Let a repeated group's rows come from this table, once it has none or another."""
    former = project.group_link_of(group) if group else None
    if not group or not table or (former and former.table == table):
        return project
    return with_group_link(project, profile, GroupLink(group, table))


def with_group_link(project: Project, profile: Profile, group_link: GroupLink) -> Project:
    """Let a repeated group's rows be chosen and ordered so; what they change is approved anew."""
    group = group_link.group
    former = project.group_link_of(group)
    rest = tuple(one for one in project.groups if one.group != group)
    changed = replace(project, groups=(*rest, group_link))
    for link in project.links:
        known = profile.by_id.get(link.variable)
        before = former or GroupLink(group, link.table)
        if known is not None and known.group == group and before != group_link:
            changed = changed.with_link(waiting(link))
    return changed


def with_steps(project: Project, link: Link, steps: tuple[Step, ...]) -> Project:
    """Give a link other steps; it waits for approval anew."""
    return project.with_link(replace(waiting(link), steps=steps))


def with_pick(project: Project, link: Link, pick: Pick) -> Project:
    """Let another row of the link's table give the value; it waits for approval anew."""
    return project.with_link(replace(waiting(link), pick=pick))


def with_note(project: Project, link: Link, note: str) -> Project:
    """Give a link another note; who approved it stays."""
    return project.with_link(replace(link, note=note))


def waiting(link: Link) -> Link:
    """Return a link that nobody has decided on."""
    return replace(link, state=LinkState.SUGGESTED, decided_by="", decided_on="")


def with_state(
    project: Project, variables: Iterable[str], state: LinkState, by: str = "", on: str = ""
) -> Project:
    """Approve or flag the links of some variables; `by` and `on` say who and which day."""
    for variable in variables:
        link = project.link_of(variable)
        if link is not None and link.state is not state:
            decided = replace(link, state=state, decided_by=by, decided_on=on)
            project = project.with_link(decided)
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
            project = with_suggestion(project, one, profile)
    return project


def with_suggestion(project: Project, one: Suggestion, profile: Profile) -> Project:
    """Take one suggestion in place of the variable's link; nobody has approved it."""
    former = project.link_of(one.link.variable)
    group = profile.by_id[one.link.variable].group
    link = replace(waiting(one.link), note=former.note if former else one.link.note)
    if one.group is not None and project.group_link_of(one.group.group) is None:
        project = with_group_link(project, profile, one.group)
    project = with_group(project, profile, group, link.table).with_link(link)
    if one.value_map is not None and project.value_map_of(one.value_map.name) is None:
        project = project.with_value_map(one.value_map)
    return project
