"""Which certificate opens which entrance. The host decides what an entrance is, never its name."""

from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from app.core.authority import Authority, TrustFacts, host_key
from app.core.register import Confidence, Entrance

LOCAL, PRODUCTION = "local", "production"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

Values = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CertificateSays:
    """What decides whether a certificate opens an entrance.

    `issuers` and `fingerprints` are those of the proved chain, from the issuer upwards; `issuer` is
    the name in the certificate itself, proved or not.
    """

    issuer: str
    issuers: tuple[str, ...]
    fingerprints: tuple[str, ...]
    test: bool
    identifies_client: bool
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class Pairing:
    """Whether a certificate opens an entrance; `code` and `values` say why, or why not."""

    opens: bool
    code: str
    values: Values = ()


def kind_of(address: str, entrance: Entrance, trust: TrustFacts) -> str:
    """Return what kind of entrance an address is.

    A host that is known decides; a profile that is sure may only make it stricter. A host that
    nobody knows is production.
    """
    host = host_of(address)
    if not host and entrance.kind == LOCAL:
        return LOCAL
    known = trust.host(host)
    if known is not None:
        sure = entrance.fact.confidence is not Confidence.ASSUMED
        return PRODUCTION if sure and entrance.kind == PRODUCTION else known.kind
    return entrance.kind if host in LOOPBACK else PRODUCTION


def takes_test_certificates(entrance: Entrance, trust: TrustFacts) -> bool:
    """Whether the entrance is one for test certificates; its host decides where it is known."""
    known = trust.host(host_of(entrance.address))
    if known is not None:
        return known.test_certificate
    real = kind_of(entrance.address, entrance, trust) == PRODUCTION
    return entrance.test_certificate and not real


def pair(
    certificate: CertificateSays,
    entrance: Entrance,
    trust: TrustFacts,
    now: datetime,
    local: bool,
) -> Pairing:
    """Return whether the certificate opens the entrance; `local` says the local stage made it."""
    return (
        _wrong_place(certificate, entrance, trust, local)
        or _unfit(certificate, now)
        or _by_issuer(certificate, entrance, trust, local)
    )


def _wrong_place(
    certificate: CertificateSays, entrance: Entrance, trust: TrustFacts, local: bool
) -> Pairing | None:
    """Return why the certificate belongs to other entrances, None when it may belong here."""
    kind = kind_of(entrance.address, entrance, trust)
    if local or kind == LOCAL:
        if local and kind == LOCAL:
            return None
        return Pairing(opens=False, code="pairing-local-only" if local else "pairing-not-local")
    for_tests = takes_test_certificates(entrance, trust)
    issuer = (("issuer", certificate.issuer),)
    if certificate.test and not for_tests:
        return Pairing(opens=False, code="pairing-test-to-real", values=issuer)
    known = trust.named(certificate.issuer)
    if for_tests and known is not None and not certificate.test:
        return Pairing(opens=False, code="pairing-real-to-test", values=issuer)
    return None


def _unfit(certificate: CertificateSays, now: datetime) -> Pairing | None:
    """Return what is wrong with the certificate wherever it goes, None when nothing is."""
    if not certificate.identifies_client:
        return Pairing(opens=False, code="pairing-usage")
    if now > certificate.valid_to:
        values = (("date", _day(certificate.valid_to)),)
        return Pairing(opens=False, code="pairing-expired", values=values)
    if now < certificate.valid_from:
        days = (("date", _day(certificate.valid_from)), ("today", _day(now)))
        return Pairing(opens=False, code="pairing-not-yet", values=days)
    return None


def _by_issuer(
    certificate: CertificateSays, entrance: Entrance, trust: TrustFacts, local: bool
) -> Pairing:
    listed = {one.casefold() for one in entrance.client_issuers}
    if local:
        return Pairing(opens=True, code="pairing-opens")
    values: Values = (("issuer", certificate.issuer),)
    known = trust.named(certificate.issuer)
    if known is not None and _is_another(known, certificate):
        return Pairing(opens=True, code="pairing-opens-other-key", values=values)
    if certificate.issuer.casefold() in listed:
        return Pairing(opens=True, code="pairing-opens")
    former = None if known is None else trust.authority(known.succeeds)
    if former is not None and former.name.casefold() in listed:
        values = (*values, ("listed", former.name))
        return Pairing(opens=True, code="pairing-opens-successor", values=values)
    return Pairing(opens=True, code="pairing-opens-unlisted-issuer", values=values)


def _is_another(known: Authority, certificate: CertificateSays) -> bool:
    """Whether the proved issuer has the name of a known authority and another certificate."""
    proved = certificate.fingerprints[:1]
    return bool(known.fingerprints and proved) and proved[0] not in known.fingerprints


def host_of(address: str) -> str:
    """Return the host of an address in the one form it is compared by, "" where there is none."""
    try:
        return host_key(urlsplit(address).hostname or "")
    except ValueError:
        return ""


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d}"
