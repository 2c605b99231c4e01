"""replace_pattern: a text in the place of whatever has a form; $1 to $9 are its groups."""

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
from app.core.conversions.patterns import is_telling_form
from app.core.mapping import Step

GROUP = re.compile(r"\$([1-9])")


def is_usable(step: Step) -> bool:
    """Whether the pattern can be used, and has the groups that are put in its place."""
    form = step.option("find")
    wanted = [int(group) for group in GROUP.findall(step.option("with"))]
    return is_telling_form(form) and max(wanted, default=0) <= re.compile(form).groups


def change(text: str, step: Step, _around: Surroundings) -> Converted:
    """Put another text in the place of what has the form."""
    if not is_usable(step):
        return Converted(problem=BAD_OPTION)
    put = step.option("with")

    def instead(found: re.Match[str]) -> str:
        return GROUP.sub(lambda group: found[int(group[1])] or "", put)

    return Converted(re.sub(step.option("find"), instead, text.strip(BLANKS)))


KIND = Kind(change, (Option("find", Entry.PATTERN), Option("with")), (BAD_OPTION,))
