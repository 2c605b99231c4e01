"""Propose links: by name, by values, by order in time, and by earlier projects.

Rather none than a wrong one; a person approves each.
"""

from app.core.mapping import GroupLink, Link, LinkState, Project, Step
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.workflow.desk import Desk
from app.workflow.suggest_choice import Choice, assigned, choose, ranked
from app.workflow.suggest_score import CASE_KEY, Match, Scorer
from app.workflow.views import Suggestion

_FIRST = 3  # how many are proposed for one variable


def suggest_links(
    desk: Desk, project: Project, progress: Progress = silent
) -> tuple[Suggestion, ...]:
    """Propose sure and likely links for variables that have none, surest first."""
    profile = desk.profile(project.profile)
    scorer = Scorer(desk, project)
    progress(0, 1, "suggesting")
    links = {one.group: one for one in project.groups}
    variables = [one for one in profile.variables if one.is_bound and not project.link_of(one.id)]
    matches = scorer.matches(project, variables, links)
    found = [_suggestion(profile, scorer, one) for one in choose(matches)]
    found += _case_key(project, profile, scorer)
    found += _constants(project, profile)
    return tuple(sorted(found, key=lambda one: (-one.link.score, one.link.variable)))


def suggestions_for(
    desk: Desk, project: Project, variable: str, progress: Progress = silent
) -> tuple[Suggestion, ...]:
    """Propose up to three links for one variable, linked or not, best first.

    For a group that has no rows yet the suggestion says which they may be.
    """
    profile = desk.profile(project.profile)
    wanted = profile.by_id.get(variable)
    if wanted is None or not wanted.is_bound:
        return ()
    bare = _without_guesses(project).without_link(variable)
    scorer = Scorer(desk, bare)
    progress(0, 1, "suggesting")
    fixed = [*_case_key(bare, profile, scorer), *_constants(bare, profile)]
    if told := [one for one in fixed if one.link.variable == variable]:
        return tuple(told)
    links = {one.group: one for one in bare.groups}
    open_variables = [one for one in profile.variables if one.is_bound and not bare.link_of(one.id)]
    matches = scorer.matches(bare, open_variables, links)
    chosen = assigned(matches)
    if wanted.group and wanted.group not in links:
        matches += _in_any_table(scorer, bare, profile, variable)
    best = ranked(matches, variable, chosen)[:_FIRST]
    sure = {one.match.variable.id: one for one in choose(matches) if one.sure}
    return tuple(
        _for_one(profile, scorer, one, links, sure=_is_sure(sure.get(variable), one))
        for one in best
    )


def _is_sure(choice: Choice | None, match: Match) -> bool:
    return choice is not None and choice.match is match


def _without_guesses(project: Project) -> Project:
    """Return the project without links that nobody has approved: they may be wrong."""
    for link in project.links:
        if link.state is LinkState.SUGGESTED:
            project = project.without_link(link.variable)
    return project


def _in_any_table(scorer: Scorer, project: Project, profile: Profile, variable: str) -> list[Match]:
    """Return what a variable may be while nobody has said which rows its group has."""
    wanted = profile.by_id[variable]
    found = []
    for table in scorer.tables.values():
        found += scorer.matches(
            project, (wanted,), {wanted.group: GroupLink(wanted.group, table.name)}
        )
    return found


def _for_one(
    profile: Profile, scorer: Scorer, match: Match, links: dict[str, GroupLink], *, sure: bool
) -> Suggestion:
    made = _suggestion(profile, scorer, Choice(match, sure))
    group = match.variable.group
    if not group or group in links:
        return made
    rows = GroupLink(group, match.candidate.table)
    return Suggestion(made.link, made.reason, made.value_map, made.sure, (), rows)


def _suggestion(profile: Profile, scorer: Scorer, choice: Choice) -> Suggestion:
    from app.workflow.suggest_steps import link_of

    spelled = scorer.contents.spelled(choice.match.variable)
    link, value_map = link_of(profile, choice.match, spelled)
    others = tuple(link_of(profile, one, spelled)[0] for one in choice.others)
    return Suggestion(link, link.reasons[0], value_map, choice.sure, others)


def _case_key(project: Project, profile: Profile, scorer: Scorer) -> list[Suggestion]:
    """Propose the case table's key for the variable that tells cases apart."""
    source = project.source_of(project.case_table)
    if source is None or project.link_of(profile.case_key) or source.name not in scorer.tables:
        return []
    if source.key not in scorer.tables[source.name].contents or source.key_more:
        return []
    link = Link(
        profile.case_key,
        source.name,
        (source.key,),
        (Step("trim"),),
        score=CASE_KEY,
        reasons=("key",),
    )
    return [Suggestion(link, "key", sure=True)]


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
