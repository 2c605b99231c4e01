"""Using a certificate: the one that an entrance is to be shown, checked before any connection."""

from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.errors import GateClosed
from app.core.journal_event import CertificateEventKind
from app.core.register import Entrance
from app.workflow.certificate_shelf import pairing_of
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.keystore.identity import Identity


def by_host(desk: Desk, entrance: Entrance) -> Entrance:
    """Return the entrance as what its host is, whatever a profile calls it."""
    return replace(entrance, kind=desk.kind_of(entrance))


def identity_for(desk: Desk, entrance: Entrance) -> "Identity | None":
    """Return the certificate that is chosen for an entrance, None when there is none.

    Raises what keeps it from being shown: a test certificate never reaches production, nor a real
    one the test stage.
    """
    identity = desk.identity(entrance)
    if identity is not None:
        require_pairing(desk, identity, entrance)
    return identity


def require_pairing(desk: Desk, identity: "Identity", entrance: Entrance) -> None:
    """Raise why the certificate does not open the entrance."""
    found = pairing_of(desk, identity.facts, identity.certificate, entrance)
    if not found.opens:
        raise GateClosed(found.code, **dict(found.values))


def note_use(
    desk: Desk, kind: CertificateEventKind, identity: "Identity", entrance: str = ""
) -> None:
    """Write into the journal what is done with a certificate; durable when this returns."""
    facts = identity.facts
    desk.journal().note_certificate(kind, facts.fingerprint, facts.hsa_id, desk.clock(), entrance)
