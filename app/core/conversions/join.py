"""join: several columns' texts as one, with a sign between."""

from app.core.conversions.kind import BLANKS, Converted, Kind, Option, not_first
from app.core.mapping import Step

BLANK = " "


def combine(raw: tuple[str, ...], step: Step) -> Converted:
    """Join what is filled, blanks taken away."""
    sign = step.option("sign") or BLANK
    return Converted(sign.join(part for part in (one.strip(BLANKS) for one in raw) if part))


KIND = Kind(not_first, (Option("sign", default=BLANK),), ("step-not-first",), combine)
