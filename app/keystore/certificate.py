"""Function certificates in files: a private key with its certificate, and the issuers' beside it.

What a certificate says is read in `facts`, PEM files and the answers to orders in `pem`.
"""

from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12

from app.core.errors import CertificateError
from app.keystore.chain import Chain, ordered_chain, public_bytes
from app.keystore.effort import require_quick
from app.keystore.facts import CertificateFacts, CertificateProblem, describe, require_fit

__all__ = [
    "LARGEST_FILE",
    "Bundle",
    "CertificateFacts",
    "CertificateProblem",
    "Chain",
    "Key",
    "describe",
    "matched",
    "ordered_chain",
    "read_pkcs12",
    "require_fit",
    "require_small",
]

LARGEST_FILE = 256 * 1024

# How a PKCS#12 file begins in ASN.1.
SEQUENCE, VERSION_3, INDEFINITE = b"\x30", b"\x02\x01\x03", 0x80

Key = RSAPrivateKey | EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Bundle:
    """A private key, its certificate, and the other certificates that came with them."""

    key: Key
    certificate: x509.Certificate
    chain: Chain = ()


def read_pkcs12(data: bytes, password: str | None) -> Bundle:
    """Return the key and certificates of a .p12 or .pfx file."""
    require_small(data)
    if not _is_whole_pkcs12(data):
        raise CertificateError("certificate-unreadable")
    require_quick(data)
    opened = _opened(data, password or "")
    others = [one.certificate for one in opened.additional_certs]
    found = [opened.cert.certificate, *others] if opened.cert else others
    return matched(opened.key, tuple(found))


def matched(key: object, found: Chain) -> Bundle:
    """Return the key with the one of the certificates that is its own."""
    if key is None:
        raise CertificateError("certificate-no-key")
    if not isinstance(key, Key):
        raise CertificateError("certificate-key-kind")
    public = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    own = next((one for one in found if _key_bytes(one) == public), None)
    if own is None:
        raise CertificateError("certificate-key-mismatch" if found else "certificate-missing")
    return Bundle(key, own, tuple(one for one in found if one != own))


def require_small(data: bytes) -> None:
    """Raise for a file that is too large to be a certificate, before it is looked into."""
    if len(data) > LARGEST_FILE:
        raise CertificateError("certificate-too-large", kilobytes=LARGEST_FILE // 1024)


def _key_bytes(certificate: x509.Certificate) -> bytes:
    """Return the public key, b"" for one of a kind that cannot be read: it matches nothing."""
    try:
        return public_bytes(certificate)
    except (ValueError, UnsupportedAlgorithm):
        return b""


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
    for attempt in _attempts(password):
        try:
            return pkcs12.load_pkcs12(data, attempt)
        except ValueError:
            continue
        except (TypeError, NotImplementedError, UnsupportedAlgorithm):
            raise CertificateError("certificate-unreadable") from None
    raise CertificateError("certificate-password")


def _attempts(password: str) -> tuple[bytes | None, ...]:
    """Return the bytes that a typed password may stand for.

    An empty one and none at all are two different things in PKCS#12, and older tools took each byte
    of å, ä and ö for a character of its own.
    """
    if not password:
        return None, b""
    try:
        plain = password.encode()
    except UnicodeEncodeError:
        return ()
    bytewise = plain.decode("latin-1").encode()
    return (plain,) if plain == bytewise else (plain, bytewise)
