"""The stage's own CA, its server certificate and the client's function certificate.

Each file is whole in itself and replaced atomically: `authority.pem` and `server.pem` hold an
encrypted key and its certificate, `client.p12` the function certificate as a hospital would get it.
"""

import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from app.core.errors import StageError
from app.stage import issue
from app.stage.keys import derive_password

RENEW_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Authority:
    """Where the stage's certificates lie, and the HSA-id that opens it."""

    ca: Path
    server: Path
    client: Path
    client_password: str
    hsa_id: str


def prepare(folder: Path, passphrase: str) -> Authority:
    """Return the folder's certificates; make what is missing or soon expires.

    A wrong passphrase is a StageError, and nothing is overwritten.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    password = derive_password(passphrase, "client certificate")
    authority = Authority(
        folder / "ca.pem", folder / "server.pem", folder / "client.p12", password, issue.HSA_ID
    )
    signer, renewed = _signer(folder / "authority.pem", passphrase)
    if renewed or not authority.ca.is_file():
        write_privately(authority.ca, issue.certificate_pem(signer.certificate))
    if renewed or not _lasts(_server_certificate(authority.server)):
        write_privately(authority.server, issue.pem(issue.server(signer), passphrase))
    if renewed or not _lasts(_client_certificate(authority.client, password)):
        write_privately(authority.client, _pkcs12(issue.client(signer), signer, password))
    return authority


def write_privately(path: Path, content: bytes) -> None:
    """Put a file in place at once, readable by its owner only."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _signer(path: Path, passphrase: str) -> tuple[issue.Issued, bool]:
    """Return the CA and whether it was made anew."""
    if path.is_file():
        kept = _read_issued(path, passphrase)
        if _lasts(kept.certificate):
            return kept, False
    made = issue.authority()
    write_privately(path, issue.pem(made, passphrase))
    return made, True


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


def _server_certificate(path: Path) -> x509.Certificate | None:
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


def _lasts(certificate: x509.Certificate | None) -> bool:
    """Whether a certificate is there and does not expire within days."""
    if certificate is None:
        return False
    return certificate.not_valid_after_utc - datetime.now(UTC) > RENEW_WITHIN
