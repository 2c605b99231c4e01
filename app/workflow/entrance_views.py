"""What is told of one entrance: what its host is, and whom and which lists the project trusts."""

from dataclasses import dataclass

from app.core.register import Confidence
from app.workflow.views import Problem


@dataclass(frozen=True, slots=True)
class TrustedCertificate:
    """A certificate in a CA file. `known` is the authority whose fingerprint it has, "" if none.

    `impostor` says that it bears the name of a known authority without its fingerprint.
    """

    subject: str
    issuer: str
    fingerprint: str  # SHA-256, hex
    valid_from: str  # ISO 8601, UTC
    valid_to: str
    known: str = ""
    impostor: bool = False
    authority: bool = True  # whether it may issue certificates


@dataclass(frozen=True, slots=True)
class AuthorityFile:
    """A file with certificate authorities; `problem` says why it cannot be used.

    One that is no PEM (but DER or PKCS #7) is used by a copy that is. `approved` says that
    somebody has trusted it on this computer as it is now.
    """

    path: str
    certificates: tuple[TrustedCertificate, ...] = ()
    problem: Problem | None = None
    is_pem: bool = True
    approved: bool = True


@dataclass(frozen=True, slots=True)
class RevocationFile:
    """A list of revoked certificates; `problem` says why it cannot be used."""

    path: str
    issuer: str = ""
    made: str = ""  # ISO 8601, UTC
    next_update: str = ""  # "" where the list does not say
    count: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class EntranceView:
    """One entrance as the project reaches it. `known` says whether its host is one we know.

    `password_kept` is None when it was not asked for or the keystore did not answer.
    """

    entrance: str
    kind: str
    host: str
    known: bool
    source: str
    confidence: Confidence
    authorities: AuthorityFile | None = None
    revocation: RevocationFile | None = None
    password_kept: bool | None = None
