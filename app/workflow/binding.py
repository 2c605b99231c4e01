"""Suggest which variable belongs to which element of a foreign contract.

What the contract itself bears, a variable's number, is taken as it is. Everything else is a guess
with a score; it is shown as sure only when nothing else comes near, and is never used before a
person has approved it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from app.core.binding import SURE, BindingRow, BindingTable, Path
from app.core.register import Binding, Element, Profile
from app.workflow.binding_numbers import (
    IN_APPINFO,
    IN_DOCUMENTATION,
    IN_NAME,
    Claim,
    Grip,
    Numbers,
    numbers_of,
)
from app.workflow.binding_places import Place, fit, places
from app.workflow.binding_score import Match, Scorer

_FULL = 100
_NEW = 75  # for a number that the profile does not know
_DOUBTFUL = 70  # for a number that something speaks against
_LEAST = 30  # weaker guesses are not shown
_NEAR = 12  # two guesses this close cannot be told apart
_LIKELY = 70  # so much from an element that has no better use leaves a doubt
_ALTERNATIVES = 4
_SYSTEMATIC = 4  # so many bare numbers that are all variables are no chance


@dataclass(frozen=True, slots=True)
class _Borne:
    """A number that one element bears, and whether nothing speaks against it."""

    claim: Claim
    certain: bool


def suggest(
    root: Element, base: Profile, appinfo: Mapping[Path, str] | None = None
) -> BindingTable:
    """Return a row for every element of the request that holds a value.

    `appinfo` is what the schema says to machines, by path. A variable stands in one row at most.
    """
    found = places(root, appinfo or {})
    scorer = Scorer(base)
    matches = {one.path: scorer.matches(one) for one in found}
    borne = _borne(found, base, matches)
    taken = {one.claim.variable for one in borne.values()}
    free = [one for one in found if one.path not in borne]
    chosen = _assigned(free, matches, taken)
    return BindingTable(
        tuple(
            _row(one, borne.get(one.path), chosen.get(one.path), matches[one.path]) for one in found
        )
    )


# Numbers that the contract bears


def _borne(
    found: Iterable[Place], base: Profile, matches: Mapping[Path, tuple[Match, ...]]
) -> dict[Path, _Borne]:
    """Return the number of each element that bears one; one that several bear is doubtful."""
    numbers = numbers_of(base)
    if numbers is None:
        return {}
    claims = {place: claim for place in found if (claim := _claim(place, numbers))}
    claims = _without_weaker(claims)
    counts = Counter(claim.variable for claim in claims.values())
    bare = sum(claim.grip is Grip.BARE for claim in claims.values())
    borne = {}
    for place, claim in claims.items():
        if counts[claim.variable] == 1:
            firm = claim.grip is Grip.BORNE or bare >= _SYSTEMATIC
            borne[place.path] = _Borne(
                claim, firm and _agrees(place, claim, base, matches[place.path])
            )
    return borne


def _claim(place: Place, numbers: Numbers) -> Claim | None:
    """Return the firmest number of an element; its nearest name comes before its notes."""
    claims = [
        *(numbers.in_name(name) for name in reversed(place.own)),
        numbers.in_text(place.appinfo, IN_APPINFO),
        numbers.in_text(place.notes, IN_DOCUMENTATION),
    ]
    firm = [one for one in claims if one]
    return max(firm, key=lambda one: one.grip, default=None)


def _without_weaker(claims: dict[Place, Claim]) -> dict[Place, Claim]:
    """Leave out a number that another element bears more firmly or in its name."""
    best: dict[str, tuple[Grip, bool]] = {}
    for claim in claims.values():
        strength = (claim.grip, claim.reason == IN_NAME)
        best[claim.variable] = max(strength, best.get(claim.variable, strength))
    return {
        place: claim
        for place, claim in claims.items()
        if (claim.grip, claim.reason == IN_NAME) == best[claim.variable]
    }


def _agrees(place: Place, claim: Claim, base: Profile, matches: tuple[Match, ...]) -> bool:
    """Whether nothing speaks against the number; one in a name is always believed.

    Against it speak a kind of value that the variable cannot have, and a name that is another's.
    """
    if claim.variable not in base.by_id:
        return False
    if claim.reason == IN_NAME and claim.grip is Grip.BORNE:
        return True
    scores = {one.variable.id: one.score for one in matches}
    other = max(scores.values(), default=0) >= SURE and scores.get(claim.variable, 0) < _LEAST
    return bool(fit(base.by_id[claim.variable], place, base)) and not other


# Guesses


def _assigned(
    free: Iterable[Place], matches: Mapping[Path, tuple[Match, ...]], taken: set[str]
) -> dict[Path, Match]:
    """Return the one best way to give each variable to one element, best guesses first."""
    open_ = [
        match
        for place in free
        for match in matches[place.path]
        if match.score >= _LEAST and match.variable.id not in taken
    ]
    chosen: dict[Path, Match] = {}
    used: set[str] = set()
    for match in sorted(open_, key=lambda one: (-one.score, one.place.path)):
        if match.place.path not in chosen and match.variable.id not in used:
            used.add(match.variable.id)
            chosen[match.place.path] = match
    return {path: _doubted(match, open_, chosen) for path, match in chosen.items()}


def _doubted(match: Match, others: Iterable[Match], chosen: Mapping[Path, Match]) -> Match:
    """Return the match with a score that is not sure when another comes near it."""
    if match.score < SURE:
        return match
    for other in others:
        same_place, same_variable = other.place is match.place, other.variable is match.variable
        if other is match or not (same_place or same_variable):
            continue
        better = chosen.get(other.place.path)
        idle = same_variable and (better is None or better.score <= other.score)
        if other.score > match.score - _NEAR or (idle and other.score >= _LIKELY):
            return replace(match, score=SURE - 1)
    return match


def _row(
    place: Place, borne: _Borne | None, match: Match | None, others: tuple[Match, ...]
) -> BindingRow:
    found = tuple((one.variable.id, one.score) for one in others if one.score >= _LEAST)
    variable, score = "", 0
    reasons: tuple[str, ...] = ()
    if borne is not None:
        variable, score = borne.claim.variable, _FULL if borne.certain else _DOUBTFUL
        reasons = (borne.claim.reason,)
    elif match is not None:
        variable, score, reasons = match.variable.id, match.score, match.reasons
    rest = tuple(one for one in found if one[0] != variable)[:_ALTERNATIVES]
    return BindingRow(place.path, variable, _state(borne, match), score, reasons, rest)


def _state(borne: _Borne | None, match: Match | None) -> Binding:
    if borne is not None and borne.certain:
        return Binding.CONTRACT
    return Binding.NONE if borne is None and match is None else Binding.SUGGESTED
