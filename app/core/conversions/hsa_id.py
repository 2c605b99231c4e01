"""hsa_id: an HSA-id in capitals and without blanks."""

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

FORM = r"[A-Z]{2}[0-9]+-[0-9A-Z][0-9A-Z._:-]*"
UNREADABLE = "hsa-id-unreadable"
WITHOUT_BLANKS = str.maketrans("", "", BLANKS)


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Take blanks away and write in capitals what has the form of an HSA-id."""
    plain = text.translate(WITHOUT_BLANKS).upper()
    return Converted(plain) if re.fullmatch(FORM, plain) else unfit(text, step, UNREADABLE)


KIND = Kind(change, (Option("otherwise", Entry.CHOICE, OTHERWISE),), (UNREADABLE,))
