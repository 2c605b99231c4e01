"""The stage's own CA, its server certificate and the client's function certificate.

Each file is whole in itself and replaced atomically: `authority.pem` and `server.pem` hold an
encrypted key and its certificate, `client.p12` the function certificate as a hospital would get it.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from app.core.errors import StageError
from app.disk import OWNER_ONLY, alone, remove_half_written, write_atomically
from app.stage import issue
from app.stage.keys import derive_password

RENEW_WITHIN = timedelta(days=14)
PATIENCE = 60.0  # seconds to wait while another stage makes its keys in the same folder


@dataclass(frozen=True, slots=True)
class Authority:
    """Where the stage's certificates lie, and the HSA-id that opens it."""

    ca: Path
    server: Path
    client: Path
    client_password: str = field(repr=False)
    hsa_id: str


def prepare(folder: Path, passphrase: str) -> Authority:
    """Return the folder's certificates; make what is missing or soon expires.

    A wrong passphrase is a StageError, and nothing is overwritten.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        with alone(folder / "stage.lock", PATIENCE):
            remove_half_written(folder)
            return _prepared(folder, passphrase)
    except TimeoutError:
        raise StageError("stage-folder-busy", folder=folder) from None
    except OSError:
        raise StageError("stage-folder-unusable", folder=folder) from None


def _prepared(folder: Path, passphrase: str) -> Authority:
    password = derive_password(passphrase, "client certificate")
    authority = Authority(
        folder / "ca.pem", folder / "server.pem", folder / "client.p12", password, issue.HSA_ID
    )
    signer = _signer(folder / "authority.pem", passphrase)
    if _certificate(authority.ca) != signer.certificate:
        _keep(authority.ca, issue.certificate_pem(signer.certificate))
    if not _serves(_certificate(authority.server), signer):
        _keep(authority.server, issue.pem(issue.server(signer), passphrase))
    if not _serves(_client_certificate(authority.client, password), signer):
        _keep(authority.client, _pkcs12(issue.client(signer), signer, password))
    return authority


def _keep(path: Path, content: bytes) -> None:
    write_atomically(path, content, mode=OWNER_ONLY)


def _signer(path: Path, passphrase: str) -> issue.Issued:
    """Return the CA, made anew when there is none or it soon expires."""
    if path.is_file():
        kept = _read_issued(path, passphrase)
        if _lasts(kept.certificate):
            return kept
    made = issue.authority()
    _keep(path, issue.pem(made, passphrase))
    return made


def _read_issued(path: Path, passphrase: str) -> issue.Issued:
    """Read an encrypted key and its certificate."""
    content = path.read_bytes()
    try:
        key = serialization.load_pem_private_key(content, passphrase.encode())
        certificate = x509.load_pem_x509_certificate(content)
    except (ValueError, TypeError):
        raise StageError("stage-folder-locked", folder=path.parent) from None
    if not isinstance(key, rsa.RSAPrivateKey):
        raise StageError("stage-folder-locked", folder=path.parent)
    return issue.Issued(key, certificate)


def _certificate(path: Path) -> x509.Certificate | None:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError):
        return None


def _client_certificate(path: Path, password: str) -> x509.Certificate | None:
    try:
        return pkcs12.load_key_and_certificates(path.read_bytes(), password.encode())[1]
    except (OSError, ValueError):
        return None


def _pkcs12(issued: issue.Issued, signer: issue.Issued, password: str) -> bytes:
    """Return a function certificate with its key and chain, protected by its own password."""
    return pkcs12.serialize_key_and_certificates(
        issue.HSA_ID.encode(),
        issued.key,
        issued.certificate,
        [signer.certificate],
        serialization.BestAvailableEncryption(password.encode()),
    )


def _serves(certificate: x509.Certificate | None, signer: issue.Issued) -> bool:
    """Whether a certificate is there, lasts, and was issued by the signer."""
    if certificate is None or not _lasts(certificate):
        return False
    try:
        certificate.verify_directly_issued_by(signer.certificate)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _lasts(certificate: x509.Certificate) -> bool:
    """Whether a certificate does not expire within days."""
    return certificate.not_valid_after_utc - datetime.now(UTC) > RENEW_WITHIN
