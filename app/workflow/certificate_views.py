"""What is told of certificates, orders, the keystore and the connection ladder: values only."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.core.authority import Authority
from app.core.journal_event import CertificateEvent
from app.workflow.views import Problem

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PairingView:
    """Whether a certificate opens an entrance; `code` and `values` say why, or why not."""

    entrance: str
    opens: bool
    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A client certificate. Times are ISO 8601 UTC; `problems` are codes, `entrances` ids."""

    subject: str
    hsa_id: str
    issuer: str
    chain: tuple[str, ...]
    serial: str
    fingerprint: str  # SHA-256, hex
    valid_from: str
    valid_to: str
    days_left: int
    test_certificate: bool
    entrances: tuple[str, ...]
    problems: tuple[Problem, ...]
    place: str  # which keystore holds the passphrase
    id: str = ""
    key_place: str = "file"  # or "token" (PKCS#11), "windows" (the computer's own store)
    organisation: str = ""
    names: tuple[str, ...] = ()  # DNS names
    key: str = ""  # such as "RSA 4096"
    usages: tuple[str, ...] = ()  # key usage and extended key usage, by their names in X.509
    policies: tuple[str, ...] = ()  # object identifiers
    generation: str = ""  # the known authority that issued it, "" when it is none
    working_days_left: int = 0
    revocation_lists: tuple[str, ...] = ()  # addresses
    pairings: tuple[PairingView, ...] = ()
    needs_pin: bool = False  # its token has not been opened in this run
    authority: Authority | None = None  # what is known of who issued it, with its source


@dataclass(frozen=True, slots=True)
class OrderForm:
    """What a certificate is ordered for. `renews` is the id of the one it is to replace, or ""."""

    organisation: str
    common_name: str  # the DNS name that the certificate is issued to
    names: tuple[str, ...] = ()  # further DNS names
    hsa_id: str = ""
    locality: str = ""
    country: str = "SE"
    key_kind: str = "rsa-4096"  # or "rsa-3072", "ec-p256"
    renews: str = ""


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order that waits for its certificate; `request` is the PKCS#10 request as PEM."""

    id: str
    form: OrderForm
    made: str  # ISO 8601, UTC
    request: str
    fingerprint: str  # SHA-256 of the public key, hex: what the answer is matched by


class KeystoreState(StrEnum):
    """How the place for secrets stands."""

    READY = "ready"
    MISSING = "missing"  # this computer has none: a passphrase can be typed instead
    LOCKED = "locked"
    TYPED = "typed"  # a passphrase was typed in this run
    ASKS = "asks"  # the passphrase of this run has not been typed yet
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class KeystoreView:
    """The place for secrets; `code` and `values` say what is wrong with it, "" when nothing is."""

    state: KeystoreState
    place: str = ""
    code: str = ""
    values: Values = ()


@dataclass(frozen=True, slots=True)
class CertificateShelf:
    """Every certificate that is kept, newest first, what waits, and which is used where.

    `chosen` pairs an entrance's kind with the id of the certificate that is used there; `kinds`
    pairs an entrance's id with its kind as its host decides it. Of two shelves the one with the
    higher `number` was looked at later.
    """

    certificates: tuple[CertificateView, ...] = ()
    orders: tuple[OrderView, ...] = ()
    chosen: tuple[tuple[str, str], ...] = ()
    keystore: KeystoreView = field(default_factory=lambda: KeystoreView(KeystoreState.READY))
    kinds: tuple[tuple[str, str], ...] = ()
    damaged: tuple[Problem, ...] = ()  # what cannot be read; the value `id` names it for removal
    number: int = field(default=0, compare=False)

    def for_kind(self, kind: str) -> CertificateView | None:
        """Return the certificate that is used at an entrance of a kind, None when none is."""
        wanted = dict(self.chosen).get(kind)
        return next((one for one in self.certificates if one.id == wanted), None)


@dataclass(frozen=True, slots=True)
class TokenCertificate:
    """A certificate whose key cannot leave its place; `reference` finds it there again."""

    place: str  # "token" (PKCS#11) or "windows"
    label: str  # of the token or of the store
    reference: Values
    certificate: CertificateView


class RungState(StrEnum):
    """How one rung of the ladder stands."""

    OK = "ok"
    NOTE = "note"  # it holds, and there is something to know
    BROKEN = "broken"
    UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class LadderRung:
    """One rung. `problem` names cause and remedy; `raw` is what was said, without secrets."""

    code: str
    state: RungState
    values: Values = ()
    problem: str = ""
    raw: str = ""


CLIENT_RUNG = "rung-client-accepted"


@dataclass(frozen=True, slots=True)
class LadderView:
    """How far the connection to an entrance reaches; `at` is ISO 8601 in UTC."""

    entrance: str
    kind: str
    address: str
    at: str
    hsa_id: str
    fingerprint: str
    issuer: str
    rungs: tuple[LadderRung, ...]

    @property
    def takes_ours(self) -> bool:
        """Whether the server was shown the certificate and let it in."""
        return any(one.code == CLIENT_RUNG and one.state is RungState.OK for one in self.rungs)

    @property
    def holds(self) -> bool:
        """Whether no rung is broken or unreached."""
        return all(rung.state in {RungState.OK, RungState.NOTE} for rung in self.rungs)


@dataclass(frozen=True, slots=True)
class RevocationView:
    """What the issuer's list says of the certificate: a code and its values."""

    code: str
    values: Values = ()


@dataclass(frozen=True, slots=True)
class CertificateEventPage:
    """A page of what was done with certificates, newest first."""

    total: int
    offset: int
    events: tuple[CertificateEvent, ...]
