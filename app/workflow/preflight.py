"""The first rung of the ladder, before any connection: is the certificate ready."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.core.errors import WorkbenchError
from app.core.register import Entrance
from app.workflow.certificate_shelf import pairing_of
from app.workflow.certificate_views import LadderRung, RungState
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.core.pairing import Pairing
    from app.keystore.facts import CertificateFacts
    from app.keystore.identity import Identity

CERTIFICATE = "rung-certificate"
NEW = timedelta(days=1)  # a server's clock may be behind one that was issued just now
_OPENS = "pairing-opens"
CHAIN = frozenset({"certificate-chain-short", "certificate-chain-false"})
# It may not be what it says it is: told before all else that is odd about a certificate.
_FALSE = frozenset({"certificate-authority-other-key", "certificate-chain-false"})


@dataclass(frozen=True, slots=True)
class Preflight:
    """How the certificate stands; `identity` is None where there is none to be shown."""

    rung: LadderRung
    identity: "Identity | None" = None

    @property
    def issuers(self) -> tuple[bytes, ...]:
        """The names (DER) of those who issued the certificate, directly and above."""
        if self.identity is None:
            return ()
        every = (self.identity.certificate, *self.identity.chain)
        return tuple(one.issuer.public_bytes() for one in every)


def preflight(desk: Desk, entrance: Entrance) -> Preflight:
    """Return how the certificate that is chosen for an entrance stands; no connection is made."""
    try:
        identity = desk.identity(entrance)
        if identity is None:
            return Preflight(LadderRung(CERTIFICATE, RungState.BROKEN, (), "ladder-no-certificate"))
        found = pairing_of(desk, identity.facts, identity.certificate, entrance)
    except WorkbenchError as error:
        values = tuple(error.values.items())
        return Preflight(LadderRung(CERTIFICATE, RungState.BROKEN, values, error.code))
    return Preflight(_rung(identity.facts, found), identity)


def suspect_of(facts: "CertificateFacts", asked_for_others: bool, now: datetime) -> str:
    """Return why a server may refuse a certificate without a word, as the end of a code."""
    if asked_for_others:
        return "-issuer"
    if any(one.code in CHAIN for one in facts.problems):
        return "-chain"
    return "-new" if now - datetime.fromisoformat(facts.valid_from) < NEW else ""


def _rung(facts: "CertificateFacts", found: "Pairing") -> LadderRung:
    said = (
        ("subject", facts.subject),
        ("hsa_id", facts.hsa_id),
        ("issuer", facts.issuer),
        ("until", facts.valid_to[:10]),
    )
    if not found.opens:
        return LadderRung(CERTIFICATE, RungState.BROKEN, _merged(said, found.values), found.code)
    stopping = next((one for one in facts.problems if one.stops), None)
    if stopping is not None:
        values = _merged(said, stopping.values)
        return LadderRung(CERTIFICATE, RungState.BROKEN, values, stopping.code)
    notes = [(one.code, one.values) for one in facts.problems]
    if found.code != _OPENS:
        notes.append((found.code, found.values))
    if notes:
        code, values = next((one for one in notes if one[0] in _FALSE), notes[0])
        return LadderRung(CERTIFICATE, RungState.NOTE, _merged(said, values), code)
    return LadderRung(CERTIFICATE, RungState.OK, said)


def _merged(
    said: tuple[tuple[str, str], ...], more: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    return tuple((dict(said) | dict(more)).items())
