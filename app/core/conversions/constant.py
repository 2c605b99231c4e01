"""constant: the same value in every case."""

from app.core.conversions.kind import Converted, Kind, Option, Surroundings
from app.core.mapping import Step


def change(_text: str, step: Step, _around: Surroundings) -> Converted:
    """Return the value, whatever was there."""
    return Converted(step.option("value"))


KIND = Kind(change, (Option("value"),), makes=True)
