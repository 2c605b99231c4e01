"""One thing wrong with one case: a code and its place; the sentence is made where it is shown."""

from dataclasses import dataclass
from enum import StrEnum


class Tier(StrEnum):
    """What a finding does to its case, worst first."""

    BLOCKS = "blocks"  # we stop it: a value that cannot be converted, a blocked patient
    SCHEMA = "schema"  # the register would answer with a format error
    REJECTED = "avvisad"  # the register would answer ERROR
    CORRUPT = "korrupt"  # accepted, and put on the fellista
    INCONSISTENT = "inkonsistent"  # accepted, partly left out of reports
    NOTE = "note"  # worth a look

    @property
    def stops_sending(self) -> bool:
        """Whether a case with such a finding is held back."""
        return self in {Tier.BLOCKS, Tier.SCHEMA, Tier.REJECTED}


TIER_ORDER = tuple(Tier)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with one case.

    `code` is a rule id of the profile or one of our own codes; `row` is the 1-based line in the
    source table (header = 1), 0 when not known; `file` names the file that it stands in where the
    table has several; `values` hold no personnummer.
    """

    case: str
    code: str
    tier: Tier
    variable: str = ""
    table: str = ""
    column: str = ""
    row: int = 0
    values: tuple[tuple[str, str], ...] = ()
    file: str = ""


def worst(findings: tuple[Finding, ...]) -> Tier | None:
    """Return the worst tier among the findings, None when there are none."""
    return min((f.tier for f in findings), key=TIER_ORDER.index, default=None)
