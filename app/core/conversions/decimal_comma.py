"""decimal_comma: decimals after a comma become decimals after a point."""

from app.core.conversions.kind import BLANKS, Converted, Kind, Surroundings
from app.core.mapping import Step


def change(text: str, _step: Step, _around: Surroundings) -> Converted:
    """Write a point for a comma."""
    return Converted(text.strip(BLANKS).replace(",", "."))


KIND = Kind(change)
