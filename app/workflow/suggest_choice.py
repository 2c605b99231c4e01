"""One best choice over the whole table: each variable its column, each column its variable."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.workflow.suggest_score import Match

Place = tuple[str, ...]
Weights = Mapping[str, Mapping[Place, float]]

LIKELY = 62  # weaker ones are only alternatives
_SURE = 80
_MARGIN = 10  # how far the next best must be behind, for a sure one
_CLEAR = 3  # and for a likely one
_WORTH = 30  # weaker matches do not take part
_FIRST = 3
_MOST = 40  # places that one variable competes for


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for one variable, whether it is sure, and what else it may be."""

    match: Match
    sure: bool
    others: tuple[Match, ...] = ()


def choose(matches: Sequence[Match], chosen: Mapping[str, Match]) -> list[Choice]:
    """Return the choice for every variable that has a likely one; `chosen` is `assigned`."""
    rivals = _Rivals(matches, chosen)
    found = []
    for variable, match in chosen.items():
        margin = rivals.margin(match)
        if match.score >= LIKELY and margin >= _CLEAR:
            sure = match.score >= _SURE and margin >= _MARGIN
            others = ranked(rivals.of_variable[variable], variable, chosen)[1:_FIRST]
            found.append(Choice(match, sure, others))
    return found


def ranked(
    matches: Sequence[Match], variable: str, chosen: Mapping[str, Match]
) -> tuple[Match, ...]:
    """Return a variable's matches, best first: what others are surer of comes last."""
    taken = {one.place: one for one in chosen.values()}

    def worth(match: Match) -> float:
        owner = taken.get(match.place)
        if owner is None or owner.variable.id == variable:
            return match.score + (_CLEAR if owner else 0)
        return match.score - max(0.0, min(40.0, owner.score - match.score + _MARGIN))

    own = (one for one in matches if one.variable.id == variable)
    return tuple(sorted(own, key=lambda one: (-worth(one), one.candidate.columns)))


def assigned(matches: Sequence[Match]) -> dict[str, Match]:
    """Return the best assignment: the one whose scores add up to the most."""
    best: dict[tuple[str, Place], Match] = {}
    for one in matches:
        pair = (one.variable.id, one.place)
        if one.score >= _WORTH and (pair not in best or best[pair].score < one.score):
            best[pair] = one
    weights: dict[str, dict[Place, float]] = {}
    for (variable, place), one in sorted(best.items(), key=lambda item: -item[1].score):
        own = weights.setdefault(variable, {})
        if len(own) < _MOST:
            own[place] = one.score - _WORTH + 1
    owners: dict[Place, str] = {}
    for variable in weights:
        _augment(variable, weights, owners)
    return {variable: best[(variable, place)] for place, variable in owners.items()}


def _augment(newcomer: str, weights: Weights, owners: dict[Place, str]) -> None:
    """Give a newcomer a place, moving others on where all together gain by it."""
    held = {variable: place for place, variable in owners.items()}
    gain: dict[Place, float] = {}
    came: dict[Place, str] = {}
    reached = {newcomer: 0.0}
    queue = [newcomer]
    while queue:
        variable = queue.pop(0)
        for place, weight in weights[variable].items():
            total = reached[variable] + weight
            if place == held.get(variable) or total <= gain.get(place, 0.0) + 1e-9:
                continue
            gain[place], came[place] = total, variable
            owner = owners.get(place)
            if owner is not None and owner != newcomer:
                left = total - weights[owner][place]
                if left > reached.get(owner, float("-inf")) + 1e-9:
                    reached[owner] = left
                    queue.append(owner)
    _settle(newcomer, weights, owners, reached, gain, came)


def _settle(
    newcomer: str,
    weights: Weights,
    owners: dict[Place, str],
    reached: Mapping[str, float],
    gain: Mapping[Place, float],
    came: Mapping[Place, str],
) -> None:
    """Move everyone along the best way found: to a free place, or one out of the table."""
    held = {variable: place for place, variable in owners.items()}
    free = {place: total for place, total in gain.items() if place not in owners}
    leaves = {one: total for one, total in reached.items() if one != newcomer and total > 0}
    place = max(free, key=lambda one: free[one], default=None)
    leaver = max(leaves, key=lambda one: leaves[one], default=None)
    if place is None or (leaver is not None and leaves[leaver] > free[place]):
        if leaver is None:
            return
        place = held[leaver]
    for _ in range(len(weights) + 1):
        variable = came[place]
        owners[place] = variable
        if variable == newcomer:
            return
        place = held[variable]


class _Rivals:
    """Every match beside those it competes with: for its variable, or for its column."""

    def __init__(self, matches: Sequence[Match], chosen: Mapping[str, Match]) -> None:
        self._chosen = chosen
        self._placed = {one.place: one for one in chosen.values()}
        self.of_variable: dict[str, list[Match]] = {}
        self._of_place: dict[Place, list[Match]] = {}
        for one in matches:
            self.of_variable.setdefault(one.variable.id, []).append(one)
            self._of_place.setdefault(one.place, []).append(one)

    def margin(self, match: Match) -> float:
        """Return how far the nearest rival is behind.

        One that is surer of something else, or whose column something else is surer of, is none.
        """
        others = [
            (one, self._chosen.get(one.variable.id))
            for one in self._of_place[match.place]
            if one.variable.id != match.variable.id
        ]
        others += [
            (one, self._placed.get(one.place))
            for one in self.of_variable[match.variable.id]
            if one.place != match.place
        ]
        behind = (
            match.score - one.score
            for one, owner in others
            if owner is None or owner.score < one.score + _MARGIN
        )
        return min(behind, default=match.score)
