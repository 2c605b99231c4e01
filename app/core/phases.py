"""Which part of a case a variable belongs to, read off the profile's phases."""

from app.core.condition import named, parse
from app.core.register import Profile, Variable


def phase_of(variable: Variable, profile: Profile) -> str:
    """Return the phase without which a case has no place for a variable, "" when there is none.

    It is the one whose condition names the variable's section, or the variable itself.
    """
    for phase in profile.phases:
        if not phase.condition:
            continue
        said = set(named(parse(phase.condition).tree))
        if ("section", variable.section) in said or ("variable", variable.id) in said:
            return phase.id
    return ""


def has_reached(phase: str, wanted: str, profile: Profile) -> bool:
    """Whether a case of one phase has come as far as another; phases are listed last one first."""
    order = [one.id for one in profile.phases]
    if wanted not in order:
        return True
    return phase in order and order.index(phase) <= order.index(wanted)
