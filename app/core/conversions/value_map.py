"""value_map: local codes to the register's, by one of the project's value maps."""

from app.core.conversions.kind import BLANKS, Converted, Entry, Kind, Option, Surroundings
from app.core.mapping import Step

UNMAPPED = "value-unmapped"


def change(text: str, step: Step, around: Surroundings) -> Converted:
    """Look a code up; one that is not there goes as the value map says."""
    value_map = around.project.value_map_of(step.option("name"))
    mapped = dict(value_map.entries).get(text.strip(BLANKS)) if value_map else None
    if mapped is not None:
        return Converted(mapped)
    unmapped = value_map.unmapped if value_map else "error"
    if unmapped == "omit":
        return Converted()
    return Converted(text) if unmapped == "keep" else Converted(problem=UNMAPPED)


KIND = Kind(change, (Option("name", Entry.MAP),), (UNMAPPED,))
