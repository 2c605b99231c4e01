"""replace: one text for another, wherever it stands."""

from app.core.conversions.kind import Converted, Kind, Option, Surroundings
from app.core.mapping import Step


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Put another text in the place of one."""
    find = step.option("find")
    return Converted(text.replace(find, step.option("with")) if find else text)


KIND = Kind(change, (Option("find"), Option("with")))
