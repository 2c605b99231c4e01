"""What changed between two register profiles: what the register wants, not where we read it.

Sources, notes and the local names seen for a variable are not compared: they change nothing that
is sent. An element is the same in both contracts when it has the same path, holds the same
variable, or stands at the same place under nearly the same name; what follows from another change
(an element that comes with its variable, listed values that go with their codes) is not said twice.
"""

from app.core.profile_change import Change, ChangeKind, Subject
from app.core.profile_codes import code_changes
from app.core.profile_elements import ElementChanges
from app.core.profile_facts import answer_changes, fact_changes
from app.core.profile_matching import match_profiles
from app.core.profile_rules import rule_changes
from app.core.profile_variables import (
    group_changes,
    place_changes,
    told_by_variables,
    variable_changes,
)
from app.core.register import Profile

__all__ = ["Change", "ChangeKind", "Subject", "compare"]


def compare(first: Profile, second: Profile) -> tuple[Change, ...]:
    """Return what differs, in the order: variables, groups, elements, codes, rules, the rest."""
    twins = match_profiles(first, second)
    namespaces = first.namespace, second.namespace
    elements = ElementChanges(twins.elements, namespaces, told_by_variables(twins))
    return (
        *variable_changes(twins),
        *group_changes(twins),
        *place_changes(twins),
        *elements.all(),
        *answer_changes(first, second),
        *code_changes(twins),
        *rule_changes(twins),
        *fact_changes(twins),
    )
