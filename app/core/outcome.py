"""What came of one attempt to send one case."""

from dataclasses import dataclass
from enum import StrEnum


class OutcomeKind(StrEnum):
    """How an attempt ended."""

    CREATED = "created"  # OK, Skapade
    UPDATED = "updated"  # OK, Uppdaterade
    REJECTED = "rejected"  # resultCode ERROR: not stored
    FORMAT_ERROR = "format_error"  # HTTP 500, unmarshalling error: not stored
    NOT_SENT = "not_sent"  # surely not received
    UNKNOWN = "unknown"  # the answer was lost; resend is harmless

    @property
    def accepted(self) -> bool:
        """Whether the register has the case as sent."""
        return self in {OutcomeKind.CREATED, OutcomeKind.UPDATED}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the register answered about one case; `text` is the register's own wording."""

    case: str
    kind: OutcomeKind
    text: str = ""
    code: str = ""  # an error's code when it was not answered


@dataclass(frozen=True, slots=True)
class Attempt:
    """One journalled attempt. Times are ISO 8601 in UTC; `kind` None while it is under way."""

    number: int
    case: str
    entrance: str
    address: str
    hsa_id: str
    mapping: str  # fingerprint of the project's mapping
    digest: str  # SHA-256 of the case's own document, hex; others may have been sent with it
    started: str
    ended: str = ""
    kind: OutcomeKind | None = None
    text: str = ""
    code: str = ""
    certificate: str = ""  # SHA-256 of the one it was sent with, hex; "" before that was kept
