"""How the register counts one case, what decides it, and what would change it.

Everything is computed from the conditions of the profile's verdicts, phases and counts; how sure
each is stands in the row of the profile that its id names.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.core.case import CaseValues, Values
from app.core.condition import Condition, Scope, holds, parse
from app.core.finding import TIER_ORDER, Tier
from app.core.reasons import Decider, Place, reasons, row_of
from app.core.register import Count, Profile, ValueType, Variable, Verdict
from app.core.what_if import Found, Goal, Spot, fewest, with_values

__all__ = [
    "CaseCount",
    "Decider",
    "Explained",
    "Turn",
    "WhatIf",
    "counts_in",
    "explain",
    "is_barred",
    "phase_of",
    "turned",
    "verdict_of",
]


@dataclass(frozen=True, slots=True)
class Turn:
    """One value that would have to be another.

    `after` is "" for a value that would have to go, else an example of one that would do; `is_new`
    says that `row` is not there yet. Without a variable a whole row would have to go, or findings.
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
    return bool(_barring(count, tiers))


def turned(case: CaseValues, turns: tuple[Turn, ...]) -> CaseValues:
    """Return the case with the values that the turns ask for."""
    values: dict[Spot, str] = {}
    for one in turns:
        group, row = row_of(one.row)
        if one.variable:
            values[group, row, one.variable] = one.after
        elif one.row:
            values |= {(group, row, name): "" for name in case.groups[group][row]}
    return with_values(case, values)


def explain(case: CaseValues, profile: Profile, tiers: frozenset[Tier]) -> CaseCount:
    """Return how the register counts a case whose findings have these tiers, and why."""
    return _Explaining(case, profile, tiers).count()


@dataclass(frozen=True, slots=True)
class _Explaining:
    case: CaseValues
    profile: Profile
    tiers: frozenset[Tier]

    def count(self) -> CaseCount:
        """Return everything about the case."""
        own = verdict_of(self.case, self.profile)
        others = [one for one in self.profile.verdicts if one.id != own]
        return CaseCount(
            verdict=Explained(
                own,
                holds=bool(own),
                deciders=tuple(
                    why
                    for one in self.profile.verdicts
                    if one.id == own
                    for why in self._reasons(one.condition)
                ),
                changes=tuple(self._becoming(one) for one in others),
            ),
            phase=phase_of(self.case, self.profile),
            others=tuple(self._not_reached(one, own) for one in others),
            counts=tuple(self._counted(one) for one in self.profile.counts),
        )

    def _reasons(self, condition: str) -> tuple[Decider, ...]:
        return reasons(parse(condition).tree, Place(Scope(self.case, self.profile)))

    def _not_reached(self, one: Verdict, own: str) -> Explained:
        """Say why a verdict does not apply: its condition, or another that comes first."""
        if holds(parse(one.condition), self.case, self.profile):
            earlier = Decider("counting-earlier", holds=False, values=(("verdict", own),))
            return Explained(one.id, holds=False, deciders=(earlier,))
        return Explained(one.id, holds=False, deciders=self._reasons(one.condition))

    def _counted(self, count: Count) -> Explained:
        """Say whether a count holds, what decides it and what would turn it."""
        if not count.condition:
            unknown = Decider("counting-not-computable", None, values=(("count", count.id),))
            return Explained(count.id, None, (unknown,))
        condition, barring = parse(count.condition), _barring(count, self.tiers)
        fulfilled = holds(condition, self.case, self.profile)
        bars = tuple(
            Decider("counting-barred", holds=False, values=(("tier", one.value),))
            for one in barring
        )
        deciders = bars if bars and fulfilled else (*bars, *self._reasons(count.condition))
        change = self._turning(count, condition, barring, fulfilled)
        return Explained(count.id, fulfilled and not barring, deciders, (change,))

    def _turning(
        self, count: Count, condition: Condition, barring: tuple[Tier, ...], fulfilled: bool
    ) -> WhatIf:
        """Say what would make a count hold, or no longer."""
        gone = tuple(
            Turn("counting-turn-findings", "", "", "", values=(("tier", one.value),))
            for one in barring
        )
        if gone and fulfilled:
            return WhatIf(count.id, gone)
        wanted = bool(gone) or not fulfilled

        def reached(case: CaseValues) -> bool:
            return holds(condition, case, self.profile) is wanted

        turns = self._fewest([(condition.tree, wanted)], reached)
        return WhatIf(count.id, (*gone, *turns) if turns else ())

    def _becoming(self, other: Verdict) -> WhatIf:
        """Say what would make the case count as another."""
        goals: list[Goal] = []
        for one in self.profile.verdicts:
            goals.append((parse(one.condition).tree, one.id == other.id))
            if one.id == other.id:
                break

        def reached(case: CaseValues) -> bool:
            return verdict_of(case, self.profile) == other.id

        return WhatIf(other.id, self._fewest(goals, reached))

    def _fewest(self, goals: list[Goal], reached: Callable[[CaseValues], bool]) -> tuple[Turn, ...]:
        found = fewest(self.case, self.profile, goals, reached)
        return tuple(self._turns(found)) if found else ()

    def _turns(self, found: Found) -> Iterator[Turn]:
        """Yield the values that would be others, in the order of rows and variables."""
        for group, row in sorted({spot[:2] for spot in found.values}):
            texts = {
                spot[2]: text for spot, text in found.values.items() if spot[:2] == (group, row)
            }
            own, name = _values_at(self.case, group, row), _row_name(group, row)
            if (
                group
                and len(texts) > 1
                and texts == dict.fromkeys((one for one in own if own[one]), "")
            ):
                yield Turn("counting-turn-row", "", "", "", name)
                continue
            is_new = bool(group) and row >= len(self.case.groups.get(group, ()))
            for one in self.profile.variables:
                before, after = own.get(one.id, ""), texts.get(one.id, own.get(one.id, ""))
                if before != after:
                    code = self._turn_code(one, after, (group, row, one.id) in found.examples)
                    yield Turn(code, one.id, before, after, name, is_new)

    def _turn_code(self, variable: Variable, after: str, is_example: bool) -> str:
        """Return the code of the sentence: gone, any value, a code, or one such as this."""
        if not after:
            return "counting-turn-take"
        if is_example:
            return "counting-turn-give"
        fixed = variable.value_type in {ValueType.CODE, ValueType.TEXT}
        return "counting-turn-set" if fixed else "counting-turn-like"


def _row_name(group: str, row: int) -> str:
    return f"{group} {row + 1}" if group else ""


def _values_at(case: CaseValues, group: str, row: int) -> Values:
    """Return the values of a row, none for one that is not there, or those of the case itself."""
    if not group:
        return case.values
    rows = case.groups.get(group, ())
    return rows[row] if row < len(rows) else {}


def _barring(count: Count, tiers: frozenset[Tier]) -> tuple[Tier, ...]:
    """Return the tiers whose findings keep a case out of the count, worst first."""
    if count.barred_by is None:
        return ()
    limit = TIER_ORDER.index(count.barred_by)
    return tuple(one for one in TIER_ORDER[: limit + 1] if one in tiers)


def _first(rows: tuple[Verdict, ...], case: CaseValues, profile: Profile) -> str:
    return next((one.id for one in rows if holds(parse(one.condition), case, profile)), "")
