"""Propose which rows become which repeated group: by their codes, their times and their labels."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.core.mapping import GroupLink, Project
from app.core.progress import Progress, silent
from app.core.register import Group, Profile, ValueType, Variable
from app.workflow.desk import Desk
from app.workflow.suggest_choice import LIKELY, assigned
from app.workflow.suggest_columns import Candidate, Table
from app.workflow.suggest_score import Match, Scorer

if TYPE_CHECKING:
    from app.workflow.suggest_labels import Labels

_MOST_KINDS = 8  # values of a column that tells kinds of rows apart
_FEWEST_TIMES = 3  # of a group of many variables, before a table is taken for it
_CLEARLY = 1.4  # how much more a table must hold than the next best one


@dataclass(frozen=True, slots=True)
class Proposal:
    """Rows that may be a group's, and how surely (0-100)."""

    link: GroupLink
    worth: float


def suggest_groups(
    desk: Desk, project: Project, progress: Progress = silent
) -> tuple[GroupLink, ...]:
    """Return a link for every group that some rows, and no others, can be meant for."""
    return groups_in(Scorer(desk, project, progress), project)


def groups_in(scorer: Scorer, project: Project) -> tuple[GroupLink, ...]:
    """Return the same for tables that are at hand."""
    from app.workflow.suggest_labels import Labels

    profile = scorer.profile
    labels = Labels(profile, scorer.names.reader)
    coded = _coded(scorer, profile)
    groups = [one for one in profile.groups if one.path]
    found = _of_codes(scorer, project, coded, labels)
    for group in scorer.told(groups):
        if group.id not in coded:
            found += _of_many(scorer, project, profile, group)
    return tuple(sorted(_clear(found), key=lambda one: one.group))


def _coded(scorer: Scorer, profile: Profile) -> dict[str, Variable]:
    """Return the groups whose rows each hold a code of a known form, and the code's variable."""
    found: dict[str, Variable] = {}
    for group in profile.groups:
        for one in profile.of_group(group.id):
            wanted = one.value_type is ValueType.CODE and one.is_bound and not one.code_list
            if wanted and group.path and scorer.contents.has_form(one):
                found.setdefault(group.id, one)
                break
    return {
        group: variable
        for group, variable in found.items()
        if len(profile.of_group(group)) <= _FEWEST_TIMES
    }


def _clear(found: Sequence[Proposal]) -> list[GroupLink]:
    """Return the links of the groups that one table is clearly the best for."""
    links = []
    for group in {one.link.group for one in found}:
        own = sorted((one for one in found if one.link.group == group), key=lambda one: -one.worth)
        if len(own) == 1 or own[0].worth >= _CLEARLY * own[1].worth:
            links.append(own[0].link)
    return links


def _of_many(scorer: Scorer, project: Project, profile: Profile, group: Group) -> list[Proposal]:
    """Propose the tables that hold several of a group's variables, or its only one."""
    members = [one for one in profile.of_group(group.id) if one.is_bound]
    fewest = min(_FEWEST_TIMES, len(members))
    found = []
    for table in scorer.tables.values():
        link = GroupLink(group.id, table.name)
        chosen = assigned(scorer.matches(project, members, {group.id: link}))
        likely = [one.score for one in chosen.values() if one.score >= LIKELY]
        if len(likely) >= fewest:
            ordered = GroupLink(group.id, table.name, order_column=order_column(table))
            found.append(Proposal(ordered, sum(likely)))
    return found or _by_order(scorer, project, members)


def _by_order(scorer: Scorer, project: Project, members: Sequence[Variable]) -> list[Proposal]:
    """Propose a table of several rows a case whose times stand as those of the group do."""
    found = []
    for table in scorer.tables.values():
        times = [one for one in table.candidates if one.kind == "datetime"]
        if table.name == project.case_table or len(times) <= _FEWEST_TIMES or not members:
            continue
        link = GroupLink(members[0].group, table.name)
        chosen = assigned(scorer.matches(project, members, {link.group: link}))
        placed = [one for one in chosen.values() if one.candidate.kind == "datetime"]
        if len(placed) > _FEWEST_TIMES:
            ordered = GroupLink(link.group, table.name, order_column=order_column(table))
            found.append(Proposal(ordered, sum(one.score for one in placed)))
    return found


def _of_codes(
    scorer: Scorer, project: Project, coded: Mapping[str, Variable], labels: "Labels"
) -> list[Proposal]:
    """Propose rows for groups of codes, table by table."""
    found = []
    for table in scorer.tables.values():
        if table.name == project.case_table:
            found += _by_columns(scorer, project, table, coded)
        else:
            told = _by_kinds(scorer, table, coded, labels)
            found += told or _whole(scorer, project, table, coded, labels)
    return found


def _by_columns(
    scorer: Scorer, project: Project, table: Table, coded: Mapping[str, Variable]
) -> list[Proposal]:
    """Propose a table where each group's code has a column that is called so."""
    links = {group: GroupLink(group, table.name) for group in coded}
    chosen = assigned(scorer.matches(project, coded.values(), links))
    return [
        Proposal(links[one.variable.group], one.score)
        for one in chosen.values()
        if one.score >= LIKELY and "name" in " ".join(one.reasons)
    ]


def _by_kinds(
    scorer: Scorer, table: Table, coded: Mapping[str, Variable], labels: "Labels"
) -> list[Proposal]:
    """Propose the rows of each kind where one column tells the kinds of a table's rows apart."""
    best: list[Proposal] = []
    for column in _kind_columns(table, labels):
        told = _of_values(scorer, table, column, coded, labels)
        if sum(one.worth for one in told) > sum(one.worth for one in best):
            best = told
    return best


def _kind_columns(table: Table, labels: "Labels") -> list[Candidate]:
    """Return the columns with few different values; those called so, when there are any."""
    few = [
        one
        for one in table.candidates
        if len(one.columns) == 1 and 1 < one.content.distinct <= _MOST_KINDS
    ]
    named = [one for one in few if labels.names_a_kind(one.names[0])]
    return named or few


def _of_values(
    scorer: Scorer,
    table: Table,
    column: Candidate,
    coded: Mapping[str, Variable],
    labels: "Labels",
) -> list[Proposal]:
    from app.workflow.suggest_labels import rows_where

    possible: dict[str, tuple[str, ...]] = {}
    for value in column.values:
        rows = rows_where(table, column.columns[0], value)
        possible[value] = tuple(_possible(scorer, rows, coded, apart_from=column))
    if not any(possible.values()):
        return []
    told = labels.told_apart(possible, labels.context(table.name))
    order = order_column(table, column.columns[0])
    return [
        Proposal(
            GroupLink(group, table.name, column.columns[0], "|".join(values), order), 60 + worth
        )
        for group, (values, worth) in told.items()
        if len(values) < len(possible)
    ]


def _possible(
    scorer: Scorer, rows: Sequence[Candidate], coded: Mapping[str, Variable], apart_from: Candidate
) -> Iterable[str]:
    """Yield the groups whose form of codes some column of these rows has."""
    for group, variable in coded.items():
        fits = (
            scorer.contents.fit(variable, one).fits
            for one in rows
            if one.columns != apart_from.columns
        )
        if max(fits, default=0.0) >= _CODED:
            yield group


_CODED = 0.6  # how well codes must have a group's form


def _whole(
    scorer: Scorer,
    project: Project,
    table: Table,
    coded: Mapping[str, Variable],
    labels: "Labels",
) -> list[Proposal]:
    """Propose a table all of whose rows are of one kind, or that has a column for each kind."""
    possible = [
        group
        for group, variable in coded.items()
        if any(scorer.contents.fit(variable, one).fits >= _CODED for one in table.candidates)
    ]
    by_columns = _by_columns(scorer, project, table, {one: coded[one] for one in possible})
    places = {_column_of(scorer, project, table, coded[one.link.group]) for one in by_columns}
    if len(by_columns) > 1 and len(places) == len(by_columns):
        return by_columns
    names = [table.name, *(one.names[0] for one in table.candidates)]
    group, worth = labels.meant(possible, names)
    mixed = any(labels.names_a_kind(one.names[0]) for one in _kind_columns(table, labels))
    if not group or mixed:
        return []
    return [Proposal(GroupLink(group, table.name, order_column=order_column(table)), 60 + worth)]


def _column_of(
    scorer: Scorer, project: Project, table: Table, variable: Variable
) -> tuple[str, ...]:
    link = {variable.group: GroupLink(variable.group, table.name)}
    found: list[Match] = scorer.matches(project, (variable,), link)
    return max(found, key=lambda one: one.score).place if found else ()


def order_column(table: Table, kinds: str = "") -> str:
    """Return the first column that counts the rows of each case, of each kind; "" for none."""
    import polars as pl

    keys = [one for one in table.source.keys if one in table.frame.columns]
    for one in table.candidates:
        if one.kind == "number" and len(one.columns) == 1 and keys and one.columns[0] != kinds:
            column = one.columns[0]
            counted = table.frame.select(*keys, *([kinds] if kinds else []), column)
            numbers = counted[column].cast(pl.Int64, strict=False)
            if numbers.min() in {0, 1} and not counted.is_duplicated().any():
                return column
    return ""
