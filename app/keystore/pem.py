"""PEM files with key and certificate, and the certificate that comes back for an order.

An answer comes as a bare certificate (DER or PEM), as PEM with the issuers, or as PKCS#7.
"""

import re
import warnings
from collections.abc import Callable

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    load_der_private_key,
    load_pem_private_key,
    pkcs7,
)

from app.core.errors import CertificateError
from app.keystore.certificate import Bundle, matched, read_pkcs12, require_small
from app.keystore.chain import Chain, issued_by
from app.keystore.effort import require_quick, require_quick_pem

_BLOCK = rb"-----BEGIN %s-----.+?-----END %s-----"
_KEY_BLOCK = re.compile(_BLOCK.replace(b"%s", rb"(?:[A-Z0-9]+ )*PRIVATE KEY"), re.DOTALL)
_ENCRYPTED = re.compile(rb"BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED")
_REQUEST = b"CERTIFICATE REQUEST-----"
_ARMOUR = b"-----BEGIN "

_READERS: tuple[Callable[[bytes], list[x509.Certificate]], ...] = (
    x509.load_pem_x509_certificates,
    lambda data: [x509.load_der_x509_certificate(data)],
    pkcs7.load_pem_pkcs7_certificates,
    pkcs7.load_der_pkcs7_certificates,
)


def read_bundle(data: bytes, password: str | None, key: bytes = b"") -> Bundle:
    """Return what a certificate file holds, whatever its form; `key` is a file of its own."""
    require_small(data)
    if key or _ARMOUR in data:
        return read_pem_pair(data, key or data, password)
    if read_certificates(data):
        raise CertificateError("certificate-no-key")
    return read_pkcs12(data, password)


def read_pem_pair(certificate: bytes, key: bytes, password: str | None) -> Bundle:
    """Return the key and certificates of two files, or of one that is given twice."""
    require_small(certificate)
    require_small(key)
    found = read_certificates(certificate)
    if not found and _ARMOUR not in certificate:
        raise CertificateError("certificate-answer-unreadable")
    return matched(_private_key(key, password or ""), found)


def read_answer(data: bytes) -> tuple[x509.Certificate, Chain]:
    """Return the certificate that came for an order, and the issuers that came with it."""
    require_small(data)
    found = read_certificates(data)
    if not found:
        is_request = _REQUEST in data
        code = "certificate-answer-is-request" if is_request else "certificate-answer-unreadable"
        raise CertificateError(code)
    own = next((one for one in found if not _has_issued(one, found)), found[0])
    return own, tuple(one for one in found if one != own)


def read_certificates(data: bytes) -> Chain:
    """Return the certificates of a file in the order they stand, () when it holds none."""
    for read in _READERS:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # PKCS#7 from Windows is not in strict DER
                return tuple(read(data))
        except (ValueError, UnsupportedAlgorithm):
            continue
    return ()


def _has_issued(candidate: x509.Certificate, found: Chain) -> bool:
    return any(issued_by(one, candidate) for one in found)


def _private_key(data: bytes, password: str) -> object:
    """Return the private key of a file, None when it holds certificates only."""
    block = _KEY_BLOCK.search(data)
    if block is None and _ARMOUR in data:
        return None
    pem = block[0] if block else b""
    if pem:
        require_quick_pem(pem)
    else:
        require_quick(data)
    load = load_pem_private_key if pem else load_der_private_key
    for attempt in _attempts(password):
        try:
            return load(pem or data, attempt)
        except (ValueError, TypeError):
            continue
        except UnsupportedAlgorithm:
            raise CertificateError("certificate-key-kind") from None
    wrong = bool(password) or _ENCRYPTED.search(pem) is not None
    raise CertificateError("certificate-password" if wrong else "certificate-key-unread")


def _attempts(password: str) -> tuple[bytes | None, ...]:
    """Return the bytes a password may stand for, and none: a key may be open after all."""
    found: list[bytes | None] = []
    for encoding in ("utf-8", "cp1252"):
        try:
            found.append(password.encode(encoding))
        except UnicodeEncodeError:
            continue
    return (*dict.fromkeys(one for one in found if one), None)
