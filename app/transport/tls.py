"""TLS as the register demands it: only the given authorities, our certificate, nothing inherited.

Errors are told apart by OpenSSL's reason and verify code, never by text.
"""

import re
import ssl
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from app.core.errors import NotSent


class ClientIdentity(Protocol):
    """A certificate and key that can be given to a TLS context."""

    def load_into(self, context: ssl.SSLContext) -> None:
        """Load the certificate and the key."""


SERVER_FAULTS = {
    9: "tls-server-not-yet",
    10: "tls-server-expired",
    3: "tls-revocation-missing",
    33: "tls-revocation-missing",
    44: "tls-revocation-missing",
    4: "tls-revocation-false",
    8: "tls-revocation-false",
    11: "tls-revocation-old",
    12: "tls-revocation-old",
    15: "tls-revocation-old",
    16: "tls-revocation-old",
    23: "tls-server-revoked",
    26: "tls-server-usage",
    62: "tls-server-name",
    64: "tls-server-name",
}

CLIENT_FAULTS = {
    "CERTIFICATE_EXPIRED": "tls-client-expired",
    "BAD_CERTIFICATE": "tls-client-bad",
    "UNKNOWN_CA": "tls-client-unknown-authority",
    "UNSUPPORTED_CERTIFICATE": "tls-client-usage",
    "CERTIFICATE_REVOKED": "tls-client-revoked",
    "CERTIFICATE_REQUIRED": "tls-client-missing",
    "HANDSHAKE_FAILURE": "tls-client-refused",
    "CERTIFICATE_UNKNOWN": "tls-client-refused",
    "ACCESS_DENIED": "tls-client-refused",
    "PROTOCOL_VERSION": "tls-version",
    "INSUFFICIENT_SECURITY": "tls-no-common",
}

OWN_FAULTS = {
    "UNSUPPORTED_PROTOCOL": "tls-version",
    "WRONG_VERSION_NUMBER": "tls-not-spoken",
    "HTTP_REQUEST": "tls-not-spoken",
    "UNEXPECTED_EOF_WHILE_READING": "tls-closed",
    "TLSV1_UNRECOGNIZED_NAME": "tls-name-unwanted",  # an alert, though it is not called one
    "DH_KEY_TOO_SMALL": "tls-weak",
    "UNSAFE_LEGACY_RENEGOTIATION_DISABLED": "tls-weak",
    "LEGACY_SIGALG_DISALLOWED_OR_UNSUPPORTED": "tls-weak",
}

# Python's own choice, said outright: the system's openssl.cnf, which the environment can name,
# could weaken it and allow what is insecure.
CIPHERS = "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM"
_INSECURE = 0x4 | 0x40000  # SSL_OP_LEGACY_SERVER_CONNECT, SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION

LARGEST_LISTS = 64 << 20  # bytes of a file with lists of revoked certificates
_LISTS = re.compile(rb"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----", re.DOTALL)


def client_context(
    authorities: tuple[Path, ...],
    identity: ClientIdentity | None,
    revocation: Path | None = None,
) -> ssl.SSLContext:
    """Return a context that trusts only the given CA files and shows our certificate.

    It is made from nothing: `create_default_context` would obey SSLKEYLOGFILE and trust every
    public authority. With a revocation list, a server is trusted only if its issuer's list is
    there, in force, and does not name it.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_ciphers(CIPHERS)
    context.options &= ~_INSECURE
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.post_handshake_auth = True  # Apache asks for the certificate only once it sees the path
    if not authorities:
        raise NotSent("tls-authority-missing")
    for path in authorities:
        try:
            context.load_verify_locations(cafile=path)
        except (OSError, ssl.SSLError):
            raise NotSent("tls-authority-unreadable", name=path.name) from None
    if revocation is not None:
        _check_revocation(context, revocation)
    if identity is not None:
        identity.load_into(context)
    return context


def _check_revocation(context: ssl.SSLContext, path: Path) -> None:
    """Add the lists of a file, PEM or DER; nothing else in it can become trusted."""
    with TemporaryDirectory() as folder:  # OpenSSL reads lists from files only; they are public
        lists = Path(folder) / "lists.pem"
        lists.write_bytes(_lists_of(path))
        context.load_verify_locations(cafile=lists)
    context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF


def _lists_of(path: Path) -> bytes:
    """Return the revocation lists in a file as PEM."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_LISTS)
        found = [x509.load_pem_x509_crl(one) for one in _LISTS.findall(data)]
        found = found or [x509.load_der_x509_crl(data)]
    except (OSError, ValueError):
        raise NotSent("tls-revocation-unreadable", name=path.name) from None
    return b"".join(one.public_bytes(Encoding.PEM) for one in found)


def tls_code(error: ssl.SSLError) -> str:
    """Return our code for a TLS failure."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return SERVER_FAULTS.get(error.verify_code, "tls-server-untrusted")
    reason = _reason(error)
    if "_ALERT_" in reason:
        return CLIENT_FAULTS.get(reason.partition("_ALERT_")[2], "tls-failed")
    if isinstance(error, ssl.SSLEOFError):
        return "tls-closed"
    # A key that signs where it lies (on a token) and did not: OpenSSL names no reason.
    unsigned = not reason and getattr(error, "library", None) == "SSL"
    return "tls-key-unused" if unsigned else OWN_FAULTS.get(reason, "tls-failed")


def refusal(error: BaseException) -> str:
    """Return the code if the server turned our certificate down by an alert, "" otherwise.

    Only then is it sure that a request on this connection was not looked at.
    """
    code = tls_code(error) if isinstance(error, ssl.SSLError) else ""
    return code if code.startswith("tls-client-") else ""


def _reason(error: ssl.SSLError) -> str:
    """Return OpenSSL's reason; an error that Python itself raises has none."""
    return getattr(error, "reason", None) or ""
