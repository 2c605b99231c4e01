"""A template's links, groups and value maps moved into a project; what does not fit is listed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from app.core.conversion import KINDS, Entry
from app.core.mapping import (
    Duplicates,
    GroupLink,
    Link,
    LinkState,
    Pick,
    Project,
    Step,
)
from app.core.register import Profile
from app.workflow.template_fitting import (
    Columns,
    Fit,
    fits_of,
    places_of,
    places_of_step,
)
from app.workflow.views import Problem

REASON = "template"
_CONSTANT, _VALUE = "constant", "value"
_MAP, _NAME = "value_map", "name"


class Applier:
    """Puts one template to one project; a person's decisions in the project stay."""

    def __init__(
        self, template: Project, project: Project, profile: Profile, export: Columns
    ) -> None:
        self._template = template
        self._project = project
        self._profile = profile
        self._fits = fits_of(template, export)
        self._tasks: list[Problem] = []
        self._decided = {
            link.variable for link in project.links if link.state is not LinkState.SUGGESTED
        }
        self._links = [one for one in template.links if one.variable not in self._decided]
        self._maps = self._map_names()

    def apply(self) -> tuple[Project, tuple[str, ...], tuple[Problem, ...]]:
        """Return the project, the variables whose link is the template's, and the work left."""
        self._tell_tables()
        project = self._with_tables(self._project)
        project = self._with_groups(project)
        kept = []
        for link in self._links:
            moved = self._moved(link)
            if moved is not None:
                project = project.with_link(moved)
                kept.append(link.variable)
        project = self._with_value_maps(project)
        return self._with_rules(project), tuple(kept), tuple(dict.fromkeys(self._tasks))

    def _tell(self, code: str, **values: str) -> None:
        self._tasks.append(Problem(code, tuple(values.items())))

    def _tell_tables(self) -> None:
        """Say what is not as it was where the template comes from."""
        if self._template.profile != self._project.profile:
            self._tell("template-other-profile", profile=self._template.profile)
        lost = Counter(link.table for link in self._links if link.table)
        for source in self._template.sources:
            if source.name not in self._fits and lost[source.name]:
                links = str(lost[source.name])
                self._tell("template-table-missing", table=source.name, links=links)
        used = {place for link in self._links for place in places_of(link)}
        for table, fit in self._fits.items():
            for one in fit.likely.values():
                if (table, one.before) in used:
                    values = {"column": one.before, "now": one.after, "table": fit.table}
                    self._tell("template-column-renamed", **values)

    def _with_tables(self, project: Project) -> Project:
        """Take over which table holds the cases, the keys, and who has declined."""
        for source in self._template.sources:
            fit = self._fits.get(source.name)
            mine = project.source_of(fit.table) if fit else None
            if fit and mine and fit.finds(source.keys):
                key, *more = (fit.columns[one] for one in source.keys)
                project = project.with_source(replace(mine, key=key, key_more=tuple(more)))
        fit = self._fits.get(self._template.case_table)
        if fit is None:
            return project
        project = replace(project, case_table=fit.table)
        return self._with_duplicates(self._with_blocking(project, fit), fit)

    def _with_blocking(self, project: Project, fit: Fit) -> Project:
        """Take over what says that a patient has declined; a person must know that it holds."""
        wanted = self._template.blocking
        if not wanted.column or project.blocking.column:
            return project
        if wanted.column not in fit.columns:
            self._tell("template-blocking-missing", column=wanted.column, table=fit.table)
            return project
        column = fit.columns[wanted.column]
        self._tell("template-blocking-check", column=column, value=wanted.value or "…")
        return replace(project, blocking=replace(wanted, column=column))

    def _with_duplicates(self, project: Project, fit: Fit) -> Project:
        wanted = self._template.duplicates
        if project.duplicates != Duplicates() or not fit.finds(
            [wanted.column] * bool(wanted.column)
        ):
            return project
        column = fit.columns.get(wanted.column, "")
        return replace(project, duplicates=replace(wanted, column=column))

    def _with_groups(self, project: Project) -> Project:
        for group in self._template.groups:
            fit = self._fits.get(group.table)
            if fit is None or self._is_decided(group.group):
                continue
            wanted = [one for one in (group.filter_column, group.order_column) if one]
            missing = [one for one in wanted if one not in fit.columns]
            if missing:
                values = {"group": group.group, "column": missing[0], "table": fit.table}
                self._tell("template-group-columns", **values)
            rest = tuple(one for one in project.groups if one.group != group.group)
            project = replace(project, groups=(*rest, _group(group, fit)))
        return project

    def _is_decided(self, group: str) -> bool:
        """Whether a person has decided on any link of a repeated group."""
        variables = (self._profile.by_id.get(one) for one in self._decided)
        return any(one is not None and one.group == group for one in variables)

    def _moved(self, link: Link) -> Link | None:
        """Return the link as it is in this export, None when it is work for a person."""
        if link.variable not in self._profile.by_id:
            self._tell("template-variable-unknown", variable=link.variable)
            return None
        if not link.table:
            return self._constant(link)
        places = places_of(link)
        if link.table not in self._fits or self._lacks(link.variable, places):
            return None
        fit = self._fits[link.table]
        likely = [self._fits[table].likely.get(column) for table, column in places]
        return self._suggested(
            replace(
                link,
                table=fit.table,
                columns=tuple(fit.columns[one] for one in link.columns),
                pick=_pick(link.pick, fit),
                score=min((link.score, *(one.score for one in likely if one))),
            ),
            link.table,
        )

    def _lacks(self, variable: str, places: tuple[tuple[str, str], ...]) -> bool:
        """Whether a column that is read is not there; the first that is not is told."""
        for table, column in places:
            fit = self._fits.get(table)
            if fit is None or column not in fit.columns:
                values = {"variable": variable, "column": column}
                self._tell("template-column-missing", table=fit.table if fit else table, **values)
                return True
        return False

    def _constant(self, link: Link) -> Link | None:
        if any(one.kind == _CONSTANT and not one.option(_VALUE) for one in link.steps):
            self._tell("template-own-value", variable=link.variable)
            return None
        table = self._template.case_table  # which its conditions ask
        if self._lacks(link.variable, places_of(replace(link, table=table))):
            return None
        return self._suggested(link, table)

    def _suggested(self, link: Link, table: str) -> Link:
        return replace(
            link,
            steps=tuple(self._step(one, table) for one in link.steps),
            state=LinkState.SUGGESTED,
            reasons=(REASON,),
            decided_by="",
            decided_on="",
        )

    def _step(self, step: Step, table: str) -> Step:
        """Return the step with tables, columns and its value map called as they are here."""
        said = dict(step.options)
        for option, there, column in places_of_step(step, table):
            if there in self._fits and option in said:
                said[option] = self._fits[there].columns.get(column, column)
        for one in KINDS[step.kind].settings if step.kind in KINDS else ():
            named = said.get(one.name, "")
            if one.entry is Entry.TABLE and named in self._fits:
                said[one.name] = self._fits[named].table
            elif one.entry is Entry.MAP:
                said[one.name] = self._maps.get(named, named)
        return Step(step.kind, tuple(said.items()))

    def _map_names(self) -> dict[str, str]:
        """Return what the template's value maps are called here; those in use keep their names."""
        kept = {
            step.option(_NAME)
            for link in self._project.links
            if link.variable in self._decided
            for step in link.steps
            if step.kind == _MAP
        }
        theirs = {one.name: one for one in self._template.value_maps}
        taken = {one for one in kept if self._project.value_map_of(one) != theirs.get(one)}
        return {name: _free(name, taken, theirs) if name in taken else name for name in theirs}

    def _with_value_maps(self, project: Project) -> Project:
        """Add the value maps that the links here use."""
        used = {
            step.option(_NAME) for link in project.links for step in link.steps if step.kind == _MAP
        }
        for one in self._template.value_maps:
            name = self._maps[one.name]
            if name in used:
                project = project.with_value_map(replace(one, name=name))
        return project

    def _with_rules(self, project: Project) -> Project:
        """Add the own rules that the project has not, under ids that are free."""
        there = {one.condition for one in project.rules}
        for rule in self._template.rules:
            if rule.condition in there:
                continue
            is_free = project.rule_of(rule.id) is None
            project = project.with_rule(
                rule if is_free else replace(rule, id=project.free_rule_id())
            )
        return project


def _group(group: GroupLink, fit: Fit) -> GroupLink:
    return replace(
        group,
        table=fit.table,
        filter_column=fit.columns.get(group.filter_column, ""),
        filter_value=group.filter_value if group.filter_column in fit.columns else "",
        order_column=fit.columns.get(group.order_column, ""),
    )


def _pick(pick: Pick, fit: Fit) -> Pick:
    return replace(
        pick,
        filter_column=fit.columns.get(pick.filter_column, ""),
        order_column=fit.columns.get(pick.order_column, ""),
    )


def _free(name: str, taken: set[str], theirs: Iterable[str]) -> str:
    every, number = {*taken, *theirs}, 2
    while f"{name} {number}" in every:
        number += 1
    return f"{name} {number}"
