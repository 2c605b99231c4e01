"""Ordering a certificate: the key is made here and never leaves; the request for it does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256, Hash
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from app.core.errors import CertificateError
from app.keystore.certificate import Key

RSA_BITS = {"rsa-4096": 4096, "rsa-3072": 3072}
EC_P256 = "ec-p256"
KEY_KINDS = (*RSA_BITS, EC_P256)

END_OF_KEY = b"-----END ENCRYPTED PRIVATE KEY-----\n"


@dataclass(frozen=True, slots=True)
class Order:
    """An order that waits for its certificate; `fingerprint` is that of its public key."""

    id: str
    made: str  # ISO 8601, UTC
    request_pem: str
    fingerprint: str  # SHA-256, hex
    meta: Mapping[str, object] = field(default_factory=dict)


def make_key(kind: str) -> Key:
    """Make a new private key."""
    if kind in RSA_BITS:
        return rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS[kind])
    if kind == EC_P256:
        return ec.generate_private_key(ec.SECP256R1())
    raise CertificateError("certificate-order-key-kind", kind=kind)


def request_for(key: Key, subject: x509.Name, names: Sequence[str]) -> bytes:
    """Return the request (PKCS#10, PEM) for a certificate with this subject and DNS names."""
    builder = x509.CertificateSigningRequestBuilder().subject_name(subject)
    try:
        if names:
            alternatives = x509.SubjectAlternativeName([x509.DNSName(name) for name in names])
            builder = builder.add_extension(alternatives, critical=False)
    except ValueError:  # only ASCII has a place in a DNS name
        raise CertificateError("certificate-order-name") from None
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM)


def encrypted_key(key: Key, passphrase: str) -> bytes:
    """Return the key as encrypted PEM; it is never anything else outside of memory."""
    return key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
    )


def split_key(content: bytes) -> tuple[bytes, bytes]:
    """Return the encrypted key that a file of ours begins with, and what comes after it."""
    key, end, rest = content.partition(END_OF_KEY)
    if not end or not rest:
        raise CertificateError("certificate-key-unreadable")
    return key + end, rest


def require_key_of(encrypted: bytes, passphrase: str, fingerprint: str) -> None:
    """Raise unless the passphrase opens the key and its public half is the expected one."""
    try:
        key = load_pem_private_key(encrypted, passphrase.encode())
    except (ValueError, TypeError):
        raise CertificateError("certificate-key-unreadable") from None
    if not isinstance(key, Key) or key_fingerprint(key.public_key()) != fingerprint:
        raise CertificateError("certificate-key-unreadable")


def key_fingerprint(key: CertificatePublicKeyTypes) -> str:
    """Return the SHA-256 of a public key."""
    digest = Hash(SHA256())
    digest.update(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    return digest.finalize().hex()


def require_answers(certificate: x509.Certificate, order: Order) -> None:
    """Raise unless the certificate was issued for the key of this order."""
    if key_fingerprint(certificate.public_key()) != order.fingerprint:
        raise CertificateError("certificate-order-other-key")
