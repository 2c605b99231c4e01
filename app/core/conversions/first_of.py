"""first_of: the first of several columns that is filled."""

from app.core.conversions.kind import BLANKS, Converted, Kind, not_first
from app.core.mapping import Step


def combine(raw: tuple[str, ...], _step: Step) -> Converted:
    """Take the first text that is not blank."""
    return Converted(next((one for one in raw if one.strip(BLANKS)), ""))


KIND = Kind(not_first, (), ("step-not-first",), combine)
