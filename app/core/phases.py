"""Which part of a case a variable belongs to, read off the profile's phases and the contract."""

from app.core.condition import names, parse
from app.core.register import Profile, Variable


def phase_of(variable: Variable, profile: Profile) -> str:
    """Return the phase without which a case has no place for a variable, "" when there is none.

    A phase names variables in its condition. The one whose variables stand nearest in the contract
    is the variable's own; where several do, it belongs to none of them.
    """
    depths = {one.id: _nearest(variable, one.condition, profile) for one in profile.phases}
    deepest = max(depths.values(), default=0)
    found = [phase for phase, depth in depths.items() if depth == deepest]
    return found[0] if len(found) == 1 and deepest else ""


def has_reached(phase: str, wanted: str, profile: Profile) -> bool:
    """Whether a case of one phase has come as far as another; phases are listed last one first."""
    order = [one.id for one in profile.phases]
    if wanted not in order:
        return True
    return phase in order and order.index(phase) <= order.index(wanted)


def _nearest(variable: Variable, condition: str, profile: Profile) -> int:
    """Return how many elements a variable's place shares with the nearest that is named."""
    if not condition:
        return 0
    named = (profile.by_id[name] for name in names(parse(condition)) if name in profile.by_id)
    return max((_shared(variable.path[:-1], one.path[:-1]) for one in named), default=0)


def _shared(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    same = [one == other for one, other in zip(first, second, strict=False)]
    return same.index(False) if False in same else len(same)
