"""The hospital's own rules: what one does to the loaded export before it is taken in."""

from collections.abc import Mapping
from dataclasses import replace

from app.core.condition import names, parse
from app.core.condition_types import check
from app.core.errors import ProfileError
from app.core.mapping import OWN_RULE, Project
from app.core.progress import Progress, silent
from app.core.register import Profile, Rule
from app.workflow.desk import Desk
from app.workflow.rule_views import RuleTrial
from app.workflow.views import Problem

SAMPLES = 20

# What the reader of profiles says with a file and a row is said here without them.
codes: Mapping[str, str] = {
    "condition-unreadable": "own-condition-unreadable",
    "condition-unknown-name": "own-condition-unknown-name",
    "condition-outside-group": "own-condition-outside-group",
    "condition-kinds": "own-condition-kinds",
}


def try_rule(desk: Desk, project: Project, rule: Rule, progress: Progress = silent) -> RuleTrial:
    """Ask every case of the loaded export whether it breaks a rule; the project stays as it is.

    Without a loaded export only the condition is looked at, and no case is asked.
    """
    profile = desk.profile_for(replace(project, rules=()))
    problem = problem_of(rule, profile)
    if problem is not None:
        return RuleTrial(problem)
    named = tuple(sorted(names(parse(rule.condition)) & profile.by_id.keys()))
    if desk.export is None:
        return RuleTrial(variables=named)
    from app.engine.rule_trial import broken_by

    try:
        broken, total = broken_by(desk.export, project, profile, rule.condition, progress)
    except ProfileError as error:
        return RuleTrial(Problem(error.code), variables=named)
    return RuleTrial(None, len(broken), total, tuple(broken[:SAMPLES]), named)


def problem_of(rule: Rule, profile: Profile) -> Problem | None:
    """Return why an own rule cannot be used with a profile, None when it can."""
    if not rule.id.startswith(OWN_RULE):
        return Problem("own-rule-id", (("rule", rule.id),))
    if rule.id in profile.rules_by_id:
        return Problem("own-rule-taken", (("rule", rule.id),))
    if not rule.condition.strip():
        return Problem("own-condition-empty")
    try:
        check(parse(rule.condition), profile)
    except ProfileError as error:
        return Problem(codes.get(error.code, error.code), tuple(error.values.items()))
    return None


def with_own_rules(profile: Profile, project: Project) -> Profile:
    """Return the profile with the project's own rules after its own, in place of any others."""
    rules = (*(rule for rule in profile.rules if not rule.own), *project.rules)
    return profile if rules == profile.rules else replace(profile, rules=rules)
