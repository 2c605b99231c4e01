"""person_id: twelve digits; of ten the century follows from the sign and a stated latest year.

With ten digits the person was born in the latest year at the latest: within the hundred years
before it where a minus or nothing stands between, and a hundred years earlier where a plus does.
"""

import re

from app.core.conversions.kind import (
    BAD_OPTION,
    BLANKS,
    Converted,
    Kind,
    Option,
    Surroundings,
)
from app.core.mapping import Step

PERSON_ID = r"([0-9]{8})-?([0-9]{4})"
SHORT = r"([0-9]{2})([0-9]{4})([-+]?)([0-9]{4})"
UNREADABLE = "person-id-unreadable"
TODAY = "today"  # the latest year is the present one
CENTURY = 100


def latest_year(step: Step, this_year: int) -> int | None:
    """Return the latest year of birth of ten digits, 0 when only twelve will do, None for bad."""
    said = step.option("latest")
    if said in {"", TODAY}:
        return this_year if said else 0
    return int(said) if re.fullmatch("(?:19|20)[0-9]{2}", said) else None


def change(text: str, step: Step, around: Surroundings) -> Converted:
    """Return twelve digits without a sign."""
    latest, plain = latest_year(step, around.this_year), text.strip(BLANKS)
    if latest is None:
        return Converted(problem=BAD_OPTION)
    found = re.fullmatch(PERSON_ID, plain)
    if found:
        return Converted(found[1] + found[2])
    short = re.fullmatch(SHORT, plain) if latest else None
    if not latest or not short:
        return Converted(problem=UNREADABLE)
    born = latest - (latest - int(short[1])) % CENTURY - CENTURY * (short[3] == "+")
    return Converted(f"{born}{short[2]}{short[4]}")


KIND = Kind(change, (Option("latest"),), (UNREADABLE, BAD_OPTION))
