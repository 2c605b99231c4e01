"""extract: only the part of a text that has a form; the first group of the form is kept."""

import re

from app.core.conversions.kind import (
    BAD_OPTION,
    BLANKS,
    OTHERWISE,
    Converted,
    Entry,
    Kind,
    Option,
    Surroundings,
    unfit,
)
from app.core.conversions.patterns import has_group
from app.core.mapping import Step

UNMATCHED = "text-unmatched"


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Keep what the first group holds."""
    form = step.option("form")
    if not has_group(form):
        return Converted(problem=BAD_OPTION)
    found = re.search(form, text.strip(BLANKS))
    return Converted(found[1] or "") if found else unfit(text, step, UNMATCHED)


KIND = Kind(
    change,
    (Option("form", Entry.PATTERN), Option("otherwise", Entry.CHOICE, OTHERWISE)),
    (UNMATCHED, BAD_OPTION),
)
