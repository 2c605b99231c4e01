"""missing_when: texts that stand for no value at all."""

from app.core.conversions.kind import BLANKS, Converted, Kind, Option, Surroundings
from app.core.mapping import Step


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Take away what only says that there is nothing."""
    return Converted("" if text.strip(BLANKS) in step.option("values").split("|") else text)


KIND = Kind(change, (Option("values"),))
