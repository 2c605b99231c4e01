"""The hospital's own rules: which ids are free, and what a rule does to the loaded export."""

from app.core.mapping import Project
from app.core.progress import Progress, silent
from app.core.register import Profile, Rule
from app.workflow.desk import Desk
from app.workflow.rule_views import RuleTrial


def try_rule(desk: Desk, project: Project, rule: Rule, _progress: Progress = silent) -> RuleTrial:
    """Ask every case of the loaded export whether it breaks a rule; the project stays as it is.

    Without a loaded export only the condition is looked at, and no case is asked.
    """
    return RuleTrial()


def with_own_rules(profile: Profile, project: Project) -> Profile:
    """Return the profile with the project's own rules after its own."""
    return profile
