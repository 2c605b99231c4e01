"""join: several columns' texts as one, with a sign between or none."""

from app.core.conversions.kind import BLANKS, Converted, Kind, Option, not_first
from app.core.mapping import Step


def combine(raw: tuple[str, ...], step: Step) -> Converted:
    """Join what is filled, blanks taken away."""
    return Converted(
        step.option("sign").join(part for part in (one.strip(BLANKS) for one in raw) if part)
    )


KIND = Kind(not_first, (Option("sign"),), ("step-not-first",), combine)
