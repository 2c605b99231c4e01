"""lookup: what another table says of the value, as a list of rooms or of clinics does."""

from app.core.conversions.kind import (
    BLANKS,
    NO_COLUMN,
    OTHERWISE,
    Converted,
    Entry,
    Kind,
    Option,
    Surroundings,
    unfit,
)
from app.core.mapping import Step

ABSENT, SEVERAL = "lookup-absent", "lookup-several"


def place_of(step: Step) -> tuple[str, str, str]:
    """Return where a step looks: the table, its key column and its value column."""
    return step.option("table"), step.option("key"), step.option("column")


def change(text: str, step: Step, around: Surroundings) -> Converted:
    """Return the one value that the table has for this key."""
    table = around.lookups.get(place_of(step))
    if table is None:
        return Converted(problem=NO_COLUMN)
    found = table.get(text.strip(BLANKS))
    if found is None:
        return unfit(text, step, ABSENT)
    return Converted(next(iter(found))) if len(found) == 1 else Converted(problem=SEVERAL)


KIND = Kind(
    change,
    (
        Option("table", Entry.TABLE),
        Option("key", Entry.COLUMN, table="table"),
        Option("column", Entry.COLUMN, table="table"),
        Option("otherwise", Entry.CHOICE, OTHERWISE),
    ),
    (ABSENT, SEVERAL, NO_COLUMN),
)
