"""How the register counts one case, what decides it, and what would change it.

Everything is computed from the conditions of the profile's verdicts, phases and counts; how sure
each is stands in the row of the profile that its id names.
"""

from dataclasses import dataclass

from app.core.case import CaseValues
from app.core.condition import holds, parse
from app.core.finding import Tier
from app.core.register import Count, Profile, Verdict


@dataclass(frozen=True, slots=True)
class Decider:
    """One part of a condition that decides it.

    `variables` are ids with the values they have, "" for a missing one; `row` is "planering 2" for
    the group's second row, "" for the case itself. `holds` is None when a value that it needs is
    missing or cannot be read.
    """

    text_code: str
    holds: bool | None
    variables: tuple[tuple[str, str], ...] = ()
    row: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One value that would have to be another.

    `after` is "" for a value that would have to go, else an example of one that would do; `is_new`
    says that `row` is not there yet.
    """

    text_code: str
    variable: str
    before: str
    after: str
    row: str = ""
    is_new: bool = False
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The fewest values that would make the case count as another; () when none was found.

    `id` is that of the other verdict, or of the count that would hold, or would no longer.
    """

    id: str
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """Whether a verdict or a count of the profile holds for a case, and why.

    `holds` is None when one case cannot tell. `changes` are what would turn it.
    """

    id: str
    holds: bool | None
    deciders: tuple[Decider, ...] = ()
    changes: tuple[WhatIf, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseCount:
    """How the register counts a case.

    `others` are the verdicts that the case does not have, in the profile's order: the same places
    as in `profile.verdicts`, without its own. `verdict.changes` has one entry for each of them.
    """

    verdict: Explained
    phase: str
    others: tuple[Explained, ...]
    counts: tuple[Explained, ...]


def verdict_of(case: CaseValues, profile: Profile) -> str:
    """Return the id of the first verdict whose condition surely holds, "" for none."""
    return _first(profile.verdicts, case, profile)


def phase_of(case: CaseValues, profile: Profile) -> str:
    """Return the id of the first phase whose condition surely holds, "" for none."""
    return _first(profile.phases, case, profile)


def counts_in(count: Count, case: CaseValues, profile: Profile, tiers: frozenset[Tier]) -> bool:
    """Whether a count's condition surely holds, and no finding of these tiers bars it."""
    if not count.condition or is_barred(count, tiers):
        return False
    return holds(parse(count.condition), case, profile)


def is_barred(count: Count, tiers: frozenset[Tier]) -> bool:
    """Whether a finding of one of these tiers keeps a case out of the count."""
    order = tuple(Tier)
    limit = count.barred_by
    return limit is not None and any(order.index(one) <= order.index(limit) for one in tiers)


def explain(case: CaseValues, profile: Profile, tiers: frozenset[Tier]) -> CaseCount:
    """Return how the register counts a case whose findings have these tiers, and why."""
    own = verdict_of(case, profile)
    others = tuple(Explained(one.id, holds=False) for one in profile.verdicts if one.id != own)
    counts = tuple(
        Explained(one.id, counts_in(one, case, profile, tiers) if one.condition else None)
        for one in profile.counts
    )
    return CaseCount(Explained(own, holds=True), phase_of(case, profile), others, counts)


def _first(rows: tuple[Verdict, ...], case: CaseValues, profile: Profile) -> str:
    return next((one.id for one in rows if holds(parse(one.condition), case, profile)), "")
