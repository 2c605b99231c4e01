"""lower: in small letters."""

from app.core.conversions.kind import Converted, Kind, Surroundings
from app.core.mapping import Step


def change(text: str, _step: Step, _around: Surroundings) -> Converted:
    """Write in small letters."""
    return Converted(text.lower())


KIND = Kind(change)
