"""The order of certificates: who issued whom, proved by signatures and never by names alone."""

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

Chain = tuple[x509.Certificate, ...]


def ordered_chain(certificate: x509.Certificate, chain: Chain) -> Chain:
    """Return the issuers from the certificate upwards, each proved by its signature."""
    pool = list(chain)
    issuers: list[x509.Certificate] = []
    current = certificate
    while True:
        issuer = next((one for one in pool if issued_by(current, one)), None)
        if issuer is None:
            return tuple(issuers)
        pool.remove(issuer)
        issuers.append(issuer)
        current = issuer


def issued_by(certificate: x509.Certificate, candidate: x509.Certificate) -> bool:
    """Whether the candidate's key signed the certificate, and the names agree."""
    try:
        certificate.verify_directly_issued_by(candidate)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def common_name(name: x509.Name) -> str:
    """Return the common name, the whole name where it has none."""
    return attribute(name, NameOID.COMMON_NAME) or name.rfc4514_string()


def attribute(name: x509.Name, kind: x509.ObjectIdentifier) -> str:
    """Return the first attribute of a kind as a text, "" when there is none."""
    found = name.get_attributes_for_oid(kind)
    if not found:
        return ""
    value = found[0].value
    return value if isinstance(value, str) else value.hex()


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of the certificate, in hex."""
    return certificate.fingerprint(SHA256()).hex()


def public_bytes(certificate: x509.Certificate) -> bytes:
    """Return the certificate's public key, by which a private key is matched."""
    key = certificate.public_key()
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
