"""trim: without blanks before and after."""

from app.core.conversions.kind import BLANKS, Converted, Kind, Surroundings
from app.core.mapping import Step


def change(text: str, _step: Step, _around: Surroundings) -> Converted:
    """Take the blanks away."""
    return Converted(text.strip(BLANKS))


KIND = Kind(change)
