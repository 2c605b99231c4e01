"""fold_up: the part of a local code that the register knows, its second level of three."""

import re

from app.core.condition import is_form
from app.core.conversions.kind import BLANKS, Converted, Entry, Kind, Option, Surroundings
from app.core.mapping import Step

BAD_FORMAT = "format-unreadable"


def folds(form: str) -> bool:
    """Whether a text is a form for folding up: a regular expression whose first group is kept."""
    return is_form(form) and re.compile(form).groups > 0


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Keep the part of a local code that the register knows; leave what has not the form."""
    form = step.option("form")
    if not folds(form):
        return Converted(problem=BAD_FORMAT)
    found = re.fullmatch(form, text.strip(BLANKS))
    return Converted(found[1] if found and found[1] else text)


KIND = Kind(change, (Option("form", Entry.PATTERN),), (BAD_FORMAT,))
