"""icd: a diagnosis code in capitals, without blanks, and without dot and marks unless kept."""

import re

from app.core.conversions.kind import (
    BLANKS,
    OTHERWISE,
    Converted,
    Entry,
    Kind,
    Option,
    Surroundings,
    unfit,
)
from app.core.mapping import Step

# A letter and two digits, up to three more signs; the dagger or the asterisk of double coding.
FORM = r"([A-Z][0-9]{2})([0-9A-Z]{0,3})([+*†#]?)"
UNREADABLE = "icd-unreadable"
WITHOUT_SIGNS = str.maketrans("", "", BLANKS + ".-")
WITH_DOT, WITH_MARK = "with", "keep"


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Write a code as the register's list does."""
    found = re.fullmatch(FORM, text.translate(WITHOUT_SIGNS).upper())
    if not found:
        return unfit(text, step, UNREADABLE)
    dot = "." if found[2] and step.option("dot") == WITH_DOT else ""
    mark = found[3] if step.option("mark") == WITH_MARK else ""
    return Converted(found[1] + dot + found[2] + mark)


KIND = Kind(
    change,
    (
        Option("dot", Entry.CHOICE, ("", WITH_DOT)),
        Option("mark", Entry.CHOICE, ("", WITH_MARK)),
        Option("otherwise", Entry.CHOICE, OTHERWISE),
    ),
    (UNREADABLE,),
)
