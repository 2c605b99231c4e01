"""What was done with cases beside sending them, and with certificates, as the journal keeps it."""

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


class CertificateEventKind(StrEnum):
    """What was done with a client certificate, or with what was to become one."""

    IMPORTED = "imported"
    ORDERED = "ordered"  # the fingerprint is that of the public key, as also in COMPLETED's text
    COMPLETED = "completed"  # the certificate of an order was taken in
    CANCELLED = "cancelled"  # an order was given up; its key is gone
    CHOSEN = "chosen"  # for the entrance
    REMOVED = "removed"
    TRIED = "tried"  # shown to an entrance by the connection ladder
    FETCHED = "fetched"  # shown to an entrance to read its contract


@dataclass(frozen=True, slots=True)
class CertificateEvent:
    """One event of one certificate. `at` is ISO 8601 in UTC, `fingerprint` SHA-256 in hex."""

    number: int
    kind: CertificateEventKind
    fingerprint: str
    hsa_id: str
    at: str
    entrance: str = ""
    text: str = ""
