"""The client identity on disk: an encrypted key whose passphrase lies in the keystore.

A new certificate never overwrites the old one. Each import is a version with its own file and its
own secret, and `active.json` says which one counts; it is replaced in one step, so that a crash at
any moment leaves either the old identity or the new one.

    mark the version, secret into the keystore, file, pointer, the old version away, mark away
"""

import json
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from secrets import token_hex, token_urlsafe
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
)

from app.core.clock import Clock, system_clock
from app.core.errors import CertificateError
from app.disk import OWNER_ONLY, alone, remove_half_written, write_atomically
from app.keystore.certificate import Bundle, CertificateFacts, Chain, describe, ordered_chain
from app.keystore.elsewhere import Pins

FILE = "file"
POINTER = "active.json"
MARK = ".new"
PATIENCE = 30.0  # seconds to wait while another process imports


class Secrets(Protocol):
    """What an identity asks of the keystore; every call may block and raise KeystoreError."""

    @property
    def place(self) -> str:
        """The keystore's name."""

    def read(self, name: str) -> str | None:
        """Return a secret."""

    def write(self, name: str, secret: str) -> None:
        """Keep a secret."""

    def remove(self, name: str) -> None:
        """Forget a secret."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate that can be used; `place` names the keystore that was given its passphrase.

    `key_place` is "file" for an encrypted key of ours, else where the key lies: then `reference`
    finds it there, and `pins` holds what was typed in this run.
    """

    pem: Path
    facts: CertificateFacts
    place: str
    certificate: x509.Certificate = field(repr=False)
    chain: Chain = field(repr=False)
    secrets: Secrets = field(repr=False)
    id: str = ""
    key_place: str = FILE
    reference: Mapping[str, str] = field(default_factory=dict, repr=False)
    pins: Pins = field(default_factory=Pins, repr=False, compare=False)
    made: str = ""  # when it was taken in: ISO 8601, UTC
    meta: Mapping[str, object] = field(default_factory=dict, repr=False)

    def load_into(self, context: ssl.SSLContext) -> None:
        """Give the certificate and its key to a TLS context; nothing is written anywhere."""
        if self.key_place != FILE:
            place, reference = self.key_place, self.reference
            self.pins.load_into(context, place, reference, self.certificate, self.chain)
            return
        passphrase = self.secrets.read(secret_of(self.pem.stem))
        if passphrase is None:
            raise CertificateError("certificate-passphrase-missing", place=self.place)
        try:
            # Without a callback OpenSSL would ask on the terminal and hang.
            context.load_cert_chain(self.pem, password=lambda: passphrase)
        except ssl.SSLError as error:
            raise CertificateError(_load_code(error)) from None
        except OSError:
            raise CertificateError("certificate-file-missing", name=self.pem.name) from None


def install(
    bundle: Bundle, folder: Path, secrets: Secrets, clock: Clock = system_clock
) -> Identity:
    """Keep a key and its certificate as the identity in use; the former one goes last."""
    with _alone(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
        version, passphrase = token_hex(8), token_urlsafe(32)
        _keep(folder / (version + MARK), b"")
        secrets.write(secret_of(version), passphrase)
        _keep(folder / f"{version}.pem", _encrypted_pem(bundle, passphrase))
        pointer = {"version": version, "place": secrets.place}
        _keep(folder / POINTER, json.dumps(pointer).encode())
        _clean(folder, secrets)
        return _opened(folder, pointer, secrets, clock)


def active(folder: Path, secrets: Secrets, clock: Clock = system_clock) -> Identity | None:
    """Return the identity in use, None when there is none; the keystore is not asked yet."""
    pointer = _pointer(folder)
    return _opened(folder, pointer, secrets, clock) if pointer else None


def remove(folder: Path, secrets: Secrets) -> None:
    """Forget the identity in use: file and passphrase."""
    if folder.is_dir():
        with _alone(folder):
            (folder / POINTER).unlink(missing_ok=True)
            _clean(folder, secrets)


def has_leftovers(folder: Path) -> bool:
    """Whether there may be something to clean; neither the keystore nor the lock is touched."""
    try:
        pointer = _pointer(folder)
    except CertificateError:
        return False  # which version counts is not known, so none may go
    current = f"{pointer['version']}.pem" if pointer else ""
    kept = {POINTER, current}
    return any(path.name not in kept for path in folder.glob("*"))


def clean_leftovers(folder: Path, secrets: Secrets) -> None:
    """Remove what an interrupted import or removal left behind."""
    if folder.is_dir():
        with _alone(folder):
            _clean(folder, secrets)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Change the folder while no other process does; what the disk refuses is told."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with alone(folder.with_suffix(".lock"), PATIENCE):
            yield
    except TimeoutError:
        raise CertificateError("certificate-busy") from None
    except OSError:
        raise CertificateError("certificate-not-kept") from None


def _clean(folder: Path, secrets: Secrets) -> None:
    """Remove every version but the one in use."""
    pointer = _pointer(folder)
    current = pointer["version"] if pointer else ""
    remove_half_written(folder)
    versions = {path.stem for kind in ("*.pem", "*" + MARK) for path in folder.glob(kind)}
    for version in sorted(versions - {current}):
        secrets.remove(secret_of(version))  # first: the files are what still tells of the secret
        (folder / f"{version}.pem").unlink(missing_ok=True)
        (folder / (version + MARK)).unlink(missing_ok=True)
    if current:
        (folder / (current + MARK)).unlink(missing_ok=True)


def _pointer(folder: Path) -> dict[str, str] | None:
    try:
        pointer = json.loads((folder / POINTER).read_bytes())
        return {"version": str(pointer["version"]), "place": str(pointer["place"])}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError):
        raise CertificateError("certificate-pointer-damaged", name=POINTER) from None


def _opened(folder: Path, pointer: dict[str, str], secrets: Secrets, clock: Clock) -> Identity:
    pem = folder / f"{pointer['version']}.pem"
    try:
        certificate, *chain = x509.load_pem_x509_certificates(pem.read_bytes())
    except OSError:
        raise CertificateError("certificate-file-missing", name=pem.name) from None
    except ValueError:
        raise CertificateError("certificate-key-unreadable") from None
    facts = describe(certificate, tuple(chain), clock())
    return Identity(pem, facts, pointer["place"], certificate, tuple(chain), secrets)


def _encrypted_pem(bundle: Bundle, passphrase: str) -> bytes:
    """Return the encrypted key, the certificate and its proved issuers."""
    key = bundle.key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase.encode())
    )
    issuers = ordered_chain(bundle.certificate, bundle.chain)
    certificates = (bundle.certificate, *issuers)
    return key + b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


def _keep(path: Path, content: bytes) -> None:
    write_atomically(path, content, mode=OWNER_ONLY)


def secret_of(version: str) -> str:
    """Return the name in the keystore of the passphrase of a key."""
    return f"certificate-{version}"


def _load_code(error: ssl.SSLError) -> str:
    codes = {
        "KEY_VALUES_MISMATCH": "certificate-key-mismatch",
        "EE_KEY_TOO_SMALL": "certificate-key-short",
    }
    return codes.get(error.reason or "", "certificate-key-unreadable")
