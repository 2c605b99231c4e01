"""What a person did with a case beside sending it, as the journal keeps it."""

from dataclasses import dataclass
from enum import StrEnum


class EventKind(StrEnum):
    """What was done, or read."""

    EXCLUDED = "excluded"  # left out of sending; the text is the reason
    INCLUDED = "included"  # let in again
    REVEALED = "revealed"  # who the patient is was shown
    WRITTEN = "written"  # its document, which tells who the patient is, was written to a file
    LISTED = "listed"  # read on the register's fellista; the text is the register's reasons
    REJECTED = "rejected"  # read among avvisade registreringar
    CLEARED = "cleared"  # no longer on a list that was read whole


@dataclass(frozen=True, slots=True)
class JournalEvent:
    """One event of one case. `at` is ISO 8601 in UTC; `entrance` is "" where none is known."""

    number: int
    case: str
    kind: EventKind
    at: str
    text: str = ""
    entrance: str = ""
