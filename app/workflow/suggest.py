"""Propose links: by name, by values, by order in time, and by earlier projects.

Rather none than a wrong one; a person approves each.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from app.core.mapping import GroupLink, Link, LinkState, Project, Step
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.workflow.desk import Desk
from app.workflow.suggest_choice import Choice, assigned, choose, ranked
from app.workflow.suggest_groups import groups_in
from app.workflow.suggest_score import CASE_KEY, Match, Scorer
from app.workflow.suggest_steps import link_of, with_shared_maps
from app.workflow.views import Suggestion

_FIRST = 3  # how many are proposed for one variable


def suggest_links(
    desk: Desk, project: Project, progress: Progress = silent
) -> tuple[Suggestion, ...]:
    """Propose sure and likely links for variables that have none, surest first."""
    progress(0, 1, "suggesting")
    return Proposer(desk, project, progress).sure_and_likely()


def suggestions_for(
    desk: Desk, project: Project, variable: str, progress: Progress = silent
) -> tuple[Suggestion, ...]:
    """Propose up to three links for one variable, linked or not, best first.

    For a group that has no rows yet the suggestion says which they may be.
    """
    progress(0, 1, "suggesting")
    without = _without_guesses(project).without_link(variable)
    return Proposer(desk, without, progress).best_for(variable)


class Proposer:
    """What the variables without a link may be, all of them weighed against each other."""

    def __init__(self, desk: Desk, project: Project, progress: Progress = silent) -> None:
        self._project, self._profile = project, desk.profile(project.profile)
        self._scorer = Scorer(desk, project, progress)
        links = {one.group: one for one in project.groups}
        self._proposed = self._proposed_rows(links)
        links |= self._proposed
        bound = [one for one in self._profile.variables if one.is_bound]
        still_open = [one for one in bound if not project.link_of(one.id)]
        self._matches = self._scorer.matches(project, still_open, links)
        self._chosen = assigned(self._matches)
        self._fixed = (*self._case_key(), *_constants(project, self._profile))

    def sure_and_likely(self) -> tuple[Suggestion, ...]:
        """Return what may be added to the project in bulk, for a person to approve."""
        choices = choose(self._matches, self._chosen)
        chosen = with_shared_maps(self._project, map(self._suggestion, choices))
        found = [*chosen, *self._fixed]
        return tuple(sorted(found, key=lambda one: (-one.link.score, one.link.variable)))

    def best_for(self, variable: str) -> tuple[Suggestion, ...]:
        """Return the best links of one variable, whether likely or not."""
        if told := tuple(one for one in self._fixed if one.link.variable == variable):
            return told
        wanted = self._profile.by_id.get(variable)
        if wanted is None or not wanted.is_bound:
            return ()
        matches = self._matches
        if wanted.group and self._project.group_link_of(wanted.group) is None:
            matches = [*matches, *self._in_any_table(variable)]
        best = _of_places(ranked(matches, variable, self._chosen))[:_FIRST]
        choices = choose(self._matches, self._chosen)
        sure = [one.match for one in choices if one.sure and one.match.variable.id == variable]
        return tuple(self._for_one(one, sure=one in sure) for one in best)

    def _proposed_rows(self, links: Mapping[str, GroupLink]) -> dict[str, GroupLink]:
        """Return which rows the groups may have that have none yet."""
        if all(one.id in links for one in self._profile.groups if one.path):
            return {}
        proposed = groups_in(self._scorer, self._project)
        return {one.group: one for one in proposed if one.group not in links}

    def _in_any_table(self, variable: str) -> list[Match]:
        """Return what a variable may be while nobody has said which rows its group has."""
        wanted = self._profile.by_id[variable]
        links = (GroupLink(wanted.group, table) for table in self._scorer.tables)
        found = (
            self._scorer.matches(self._project, (wanted,), {wanted.group: one}) for one in links
        )
        return [one for matches in found for one in matches]

    def _for_one(self, match: Match, *, sure: bool) -> Suggestion:
        made = self._suggestion(Choice(match, sure))
        group = match.variable.group
        if made.group or not group or self._project.group_link_of(group):
            return made
        return replace(made, group=GroupLink(group, match.candidate.table))

    def _suggestion(self, choice: Choice) -> Suggestion:
        made = partial(link_of, self._project, self._profile, self._scorer.contents)
        link, value_map = made(choice.match)
        others = tuple(made(one)[0] for one in choice.others)
        rows = self._proposed.get(choice.match.variable.group)
        group = rows if rows and rows.table == link.table else None
        return Suggestion(link, link.reasons[0], value_map, choice.sure, others, group)

    def _case_key(self) -> list[Suggestion]:
        """Propose the case table's key for the variable that tells cases apart."""
        project, key = self._project, self._profile.case_key
        source = project.source_of(project.case_table)
        if source is None or project.link_of(key) or source.name not in self._scorer.tables:
            return []
        if source.key_more or source.key not in self._scorer.tables[source.name].contents:
            return []
        steps, columns = (Step("trim"),), (source.key,)
        link = Link(key, source.name, columns, steps, score=CASE_KEY, reasons=("key",))
        return [Suggestion(link, "key", sure=True)]


def _of_places(matches: Sequence[Match]) -> list[Match]:
    """Return the matches without those of a column that stands there already."""
    seen: dict[tuple[str, ...], Match] = {}
    for one in matches:
        seen.setdefault((one.candidate.table, *one.candidate.columns), one)
    return list(seen.values())


def _without_guesses(project: Project) -> Project:
    """Return the project without links that nobody has approved: they may be wrong."""
    for link in project.links:
        if link.state is LinkState.SUGGESTED:
            project = project.without_link(link.variable)
    return project


def _constants(project: Project, profile: Profile) -> list[Suggestion]:
    """Propose a constant where the register knows only one value."""
    found = []
    for variable in profile.of_group(""):
        codes = profile.codes_of(variable.code_list) if variable.code_list else ()
        if len(codes) == 1 and variable.is_bound and not project.link_of(variable.id):
            step = Step("constant", (("value", codes[0].code),))
            link = Link(variable.id, steps=(step,), reasons=("only",))
            found.append(Suggestion(link, "only", sure=True))
    return found
