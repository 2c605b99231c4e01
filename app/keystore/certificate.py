"""Function certificates: read a PKCS#12 file, and say what a certificate is and is fit for."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.core.errors import CertificateError
from app.core.identity import hsa_id_problem

LARGEST_FILE = 256 * 1024
SHORTEST_RSA = 2048
SOON = timedelta(days=60)

# How a PKCS#12 file begins in ASN.1.
SEQUENCE, VERSION_3, INDEFINITE = b"\x30", b"\x02\x01\x03", 0x80

Key = RSAPrivateKey | EllipticCurvePrivateKey
Chain = tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A private key, its certificate, and the other certificates that came with them."""

    key: Key
    certificate: x509.Certificate
    chain: Chain = ()


@dataclass(frozen=True, slots=True)
class CertificateProblem:
    """One thing wrong with a certificate: a code, its values, and whether it stops the import."""

    code: str
    stops: bool
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says. Times are ISO 8601 in UTC; `chain` the verified issuers, in order.

    `test_certificate` is true for one from a test authority (TEST ... or ... PP).
    """

    subject: str
    hsa_id: str
    issuer: str
    chain: tuple[str, ...]
    serial: str
    fingerprint: str
    valid_from: str
    valid_to: str
    days_left: int
    test_certificate: bool
    problems: tuple[CertificateProblem, ...]


def read_pkcs12(data: bytes, password: str | None) -> Bundle:
    """Return the key and certificates of a .p12 or .pfx file."""
    if len(data) > LARGEST_FILE:
        raise CertificateError("certificate-too-large", kilobytes=LARGEST_FILE // 1024)
    if not _is_whole_pkcs12(data):
        raise CertificateError("certificate-unreadable")
    return _matched(_opened(data, password or ""))


def describe(certificate: x509.Certificate, chain: Chain, now: datetime) -> CertificateFacts:
    """Return what the certificate says and what is wrong with it at the moment `now`."""
    issuers = ordered_chain(certificate, chain)
    issuer = _common_name(certificate.issuer)
    return CertificateFacts(
        subject=_common_name(certificate.subject),
        hsa_id=_hsa_id(certificate),
        issuer=issuer,
        chain=tuple(_common_name(one.subject) for one in issuers),
        serial=f"{certificate.serial_number:X}",
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        valid_from=certificate.not_valid_before_utc.isoformat(),
        valid_to=certificate.not_valid_after_utc.isoformat(),
        days_left=(certificate.not_valid_after_utc - now).days,
        test_certificate=_is_test_authority(issuer),
        problems=(
            *_time_problems(certificate, now),
            *_use_problems(certificate),
            *_name_problems(certificate),
            *_chain_problems(certificate, chain, issuers),
        ),
    )


def require_fit(facts: CertificateFacts) -> None:
    """Raise the first problem that stops an import."""
    for problem in facts.problems:
        if problem.stops:
            raise CertificateError(problem.code, **dict(problem.values))


def ordered_chain(certificate: x509.Certificate, chain: Chain) -> Chain:
    """Return the issuers from the certificate upwards, each proved by its signature."""
    pool = list(chain)
    issuers: list[x509.Certificate] = []
    current = certificate
    while True:
        issuer = next((one for one in pool if _issued_by(current, one)), None)
        if issuer is None:
            return tuple(issuers)
        pool.remove(issuer)
        issuers.append(issuer)
        current = issuer


def _is_whole_pkcs12(data: bytes) -> bool:
    """Whether the bytes are one whole DER or BER sequence that starts like PKCS#12 version 3."""
    if data[:1] != SEQUENCE or len(data) < len(SEQUENCE) + 1 + len(VERSION_3):
        return False
    first = data[1]
    if first == INDEFINITE:
        return data[2:].startswith(VERSION_3)
    more = first & ~INDEFINITE if first & INDEFINITE else 0  # bytes that the length itself takes
    start = 2 + more
    length = int.from_bytes(data[2:start]) if more else first
    return len(data) == start + length and data[start:].startswith(VERSION_3)


def _opened(data: bytes, password: str) -> pkcs12.PKCS12KeyAndCertificates:
    # An empty password and none at all are two different things in PKCS#12.
    attempts = (password.encode(),) if password else (None, b"")
    for attempt in attempts:
        try:
            return pkcs12.load_pkcs12(data, attempt)
        except ValueError:
            continue
        except (TypeError, NotImplementedError):
            raise CertificateError("certificate-unreadable") from None
    raise CertificateError("certificate-password")


def _matched(opened: pkcs12.PKCS12KeyAndCertificates) -> Bundle:
    others = [one.certificate for one in opened.additional_certs]
    found = [opened.cert.certificate, *others] if opened.cert else others
    key = opened.key
    if key is None:
        raise CertificateError("certificate-no-key")
    if not isinstance(key, Key):
        raise CertificateError("certificate-key-kind")
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    own = next((one for one in found if _public_bytes(one) == public), None)
    if own is None:
        raise CertificateError("certificate-key-mismatch" if found else "certificate-missing")
    return Bundle(key, own, tuple(one for one in found if one != own))


def _public_bytes(certificate: x509.Certificate) -> bytes:
    key = certificate.public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _issued_by(certificate: x509.Certificate, candidate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(candidate)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def _common_name(name: x509.Name) -> str:
    found = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(found[0].value) if found else name.rfc4514_string()


def _is_test_authority(name: str) -> bool:
    """Whether an authority is one for tests: TEST ... or ... PP."""
    words = name.upper().split()
    return bool(words) and (words[0] == "TEST" or words[-1] == "PP")


def _hsa_id(certificate: x509.Certificate) -> str:
    """Return the HSA-id: SITHS puts it in the subject's serialNumber."""
    found = certificate.subject.get_attributes_for_oid(NameOID.SERIAL_NUMBER)
    return str(found[0].value) if found else ""


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
    if not _may_identify_a_client(certificate):
        problems.append(_problem("certificate-usage"))
    key = certificate.public_key()
    if isinstance(key, RSAPublicKey) and key.key_size < SHORTEST_RSA:
        problems.append(_problem("certificate-key-short", bits=key.key_size, shortest=SHORTEST_RSA))
    return problems


def _may_identify_a_client(certificate: x509.Certificate) -> bool:
    try:
        extensions = certificate.extensions
    except (ValueError, x509.DuplicateExtension):
        raise CertificateError("certificate-unreadable") from None
    try:
        uses = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        uses = None
    try:
        signs = extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    except x509.ExtensionNotFound:
        signs = True
    return signs and (uses is None or ExtendedKeyUsageOID.CLIENT_AUTH in uses)


def _name_problems(certificate: x509.Certificate) -> list[CertificateProblem]:
    hsa_id = _hsa_id(certificate)
    if not hsa_id:
        return [_warning("certificate-hsa-missing")]
    if hsa_id_problem(hsa_id):
        return [_warning("certificate-hsa-unusual", hsa_id=hsa_id)]
    return []


def _chain_problems(
    certificate: x509.Certificate, chain: Chain, issuers: Chain
) -> list[CertificateProblem]:
    last = issuers[-1] if issuers else certificate
    if last.issuer == last.subject:
        return []
    false = any(one.subject == last.issuer for one in chain)
    code = "certificate-chain-false" if false else "certificate-chain-short"
    return [_warning(code, issuer=_common_name(last.issuer))]


def _problem(code: str, **values: object) -> CertificateProblem:
    return CertificateProblem(code, True, _texts(values))


def _warning(code: str, **values: object) -> CertificateProblem:
    return CertificateProblem(code, False, _texts(values))


def _texts(values: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in values.items())


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d}"
