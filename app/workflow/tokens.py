"""Certificates whose key cannot leave its place: a PKCS#11 token, the computer's own store."""

from app.core.errors import CertificateError
from app.core.progress import Progress, silent
from app.workflow.certificate_views import CertificateShelf, TokenCertificate
from app.workflow.certify import certificates
from app.workflow.desk import Desk


def token_certificates(
    _desk: Desk, _place: str, _module: str, _pin: str, _progress: Progress = silent
) -> tuple[TokenCertificate, ...]:
    """Return the certificates with a key in a place ("token", "windows")."""
    return ()


def use_token_certificate(
    _desk: Desk, _found: TokenCertificate, _pin: str, _progress: Progress = silent
) -> CertificateShelf:
    """Keep where the certificate and its key are, so that they can be used from now on."""
    raise CertificateError("certificate-not-kept")


def open_token(
    desk: Desk, _certificate_id: str, _pin: str, _progress: Progress = silent
) -> CertificateShelf:
    """Open a token for this run; the PIN stays in the memory of this process."""
    return certificates(desk)
