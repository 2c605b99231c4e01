"""What is wrong with a certificate: what stops its import, and what is worth knowing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509.oid import NameOID

from app.core.authority import TrustFacts
from app.core.identity import hsa_id_notices, hsa_id_problem
from app.keystore.chain import Chain, attribute, common_name, fingerprint
from app.keystore.extensions import identifies_client

SHORTEST_RSA = 2048
SOON = timedelta(days=60)

_UNUSUAL = {"hsa-id-unusual", "hsa-id-blank"}


@dataclass(frozen=True, slots=True)
class CertificateProblem:
    """One thing wrong with a certificate: a code, its values, and whether it stops the import."""

    code: str
    stops: bool
    values: tuple[tuple[str, str], ...] = ()


def problems_of(
    certificate: x509.Certificate, chain: Chain, issuers: Chain, now: datetime, trust: TrustFacts
) -> tuple[CertificateProblem, ...]:
    """Return everything that is wrong; `issuers` are those of the chain that are proved."""
    return (
        *_time_problems(certificate, now),
        *_use_problems(certificate),
        *_name_problems(certificate),
        *(_false_authorities(issuers, trust) or _chain_problems(certificate, chain, issuers)),
    )


def hsa_id(certificate: x509.Certificate) -> str:
    """Return the HSA-id: SITHS puts it in the subject's serialNumber."""
    return attribute(certificate.subject, NameOID.SERIAL_NUMBER)


def _time_problems(certificate: x509.Certificate, now: datetime) -> list[CertificateProblem]:
    first, last = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if now < first:
        return [_problem("certificate-not-yet", date=_day(first), today=_day(now))]
    if now > last:
        return [_problem("certificate-expired", date=_day(last))]
    if last - now < SOON:
        return [_warning("certificate-expires-soon", days=(last - now).days)]
    return []


def _use_problems(certificate: x509.Certificate) -> list[CertificateProblem]:
    problems = []
    if not identifies_client(certificate):
        problems.append(_problem("certificate-usage"))
    key = certificate.public_key()
    if isinstance(key, RSAPublicKey) and key.key_size < SHORTEST_RSA:
        problems.append(_problem("certificate-key-short", bits=key.key_size, shortest=SHORTEST_RSA))
    return problems


def _name_problems(certificate: x509.Certificate) -> list[CertificateProblem]:
    found = hsa_id(certificate)
    if not found:
        return [_warning("certificate-hsa-missing")]
    notices = hsa_id_notices(found)
    if hsa_id_problem(found) or _UNUSUAL.intersection(notices):
        return [_warning("certificate-hsa-unusual", hsa_id=found)]
    return [_warning(code) for code in notices]


def _false_authorities(issuers: Chain, trust: TrustFacts) -> list[CertificateProblem]:
    """Tell of an issuer that has the name of a known authority and another certificate."""
    for issuer in issuers:
        name = common_name(issuer.subject)
        known = trust.named(name)
        if known and known.fingerprints and fingerprint(issuer) not in known.fingerprints:
            return [_warning("certificate-authority-other-key", issuer=name)]
    return []


def _chain_problems(
    certificate: x509.Certificate, chain: Chain, issuers: Chain
) -> list[CertificateProblem]:
    last = issuers[-1] if issuers else certificate
    if last.issuer == last.subject:
        return [] if issuers else [_warning("certificate-self-signed")]
    false = any(one.subject == last.issuer for one in chain)
    code = "certificate-chain-false" if false else "certificate-chain-short"
    return [_warning(code, issuer=common_name(last.issuer))]


def _problem(code: str, **values: object) -> CertificateProblem:
    return CertificateProblem(code, True, _texts(values))


def _warning(code: str, **values: object) -> CertificateProblem:
    return CertificateProblem(code, False, _texts(values))


def _texts(values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in values.items())


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d}"
