"""The sentences of how a case is counted, each with where it leads."""

from collections.abc import Sequence

from app.core.counting import Decider, Explained, WhatIf
from app.core.register import Count, Profile, Verdict
from app.gui.widgets.link_list import Link
from app.gui.widgets.truth_list import Statement
from app.language.codes_counting import decider_sentence, whatif_sentence
from app.language.text import current

TERM, REPORT, TRIGGER = "term", "report", "trigger"


def statements(deciders: Sequence[Decider], profile: Profile) -> tuple[Statement, ...]:
    """Return what decides, each leading to its first variable."""
    return tuple(
        Statement(decider_sentence(one, profile), one.holds, _target(one)) for one in deciders
    )


def changes(explained: Explained, profile: Profile) -> tuple[Link, ...]:
    """Return what would make a case count otherwise; what nobody could compute comes last."""
    ordered = sorted(explained.changes, key=lambda one: not one.turns)
    return tuple(Link(whatif_sentence(one, profile), _aim(one)) for one in ordered)


def verdict_of(verdict_id: str, profile: Profile) -> Verdict | None:
    """Return a verdict by its id."""
    return next((one for one in profile.verdicts if one.id == verdict_id), None)


def counts_of(
    kind: str, explained: Sequence[Explained], profile: Profile
) -> tuple[tuple[Count, Explained], ...]:
    """Return the counts of one kind with how they stand, in the profile's order."""
    by_id = {one.id: one for one in explained}
    return tuple(
        (one, by_id[one.id]) for one in profile.counts if one.kind == kind and one.id in by_id
    )


def name_of_count(one: Count | Verdict) -> str:
    """Return the name of a count or a verdict in the language in use."""
    return one.name.in_language(current())


def _target(decider: Decider) -> dict[str, str]:
    if not decider.variables:
        return {}
    return {"variable": decider.variables[0][0], "row": decider.row}


def _aim(change: WhatIf) -> dict[str, str]:
    turn = next((one for one in change.turns if one.variable), None)
    return {} if turn is None else {"variable": turn.variable, "row": turn.row}
