"""kva: a code of a measure in capitals, without blanks, dots and hyphens."""

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

FORM = r"[A-Z]{2}[A-Z0-9][0-9]{2}"
UNREADABLE = "kva-unreadable"
WITHOUT_SIGNS = str.maketrans("", "", BLANKS + ".-")


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Write a code as the register's list does."""
    plain = text.translate(WITHOUT_SIGNS).upper()
    return Converted(plain) if re.fullmatch(FORM, plain) else unfit(text, step, UNREADABLE)


KIND = Kind(change, (Option("otherwise", Entry.CHOICE, OTHERWISE),), (UNREADABLE,))
