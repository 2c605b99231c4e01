"""split: one of the parts of a text that a sign parts."""

import re

from app.core.conversions.kind import (
    BAD_OPTION,
    BLANKS,
    Converted,
    Entry,
    Kind,
    Option,
    Surroundings,
)
from app.core.mapping import Step

BLANK, FIRST = " ", "1"


def nth_of(step: Step) -> int:
    """Return which part is kept, counted from 1 or, from the end, from -1; 0 for none such."""
    wanted = step.option("nth", FIRST)
    return int(wanted) if re.fullmatch(r"-?[1-9][0-9]?", wanted) else 0


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Keep one part; one that is not there is a missing value."""
    nth = nth_of(step)
    if not nth:
        return Converted(problem=BAD_OPTION)
    parts = text.strip(BLANKS).split(step.option("at") or BLANK)
    place = nth - 1 if nth > 0 else len(parts) + nth
    return Converted(parts[place].strip(BLANKS) if 0 <= place < len(parts) else "")


KIND = Kind(
    change,
    (Option("at", default=BLANK), Option("nth", Entry.NUMBER, default=FIRST)),
    (BAD_OPTION,),
)
