"""Certificates to keep, and keystores that outlive a killed process."""

import json
import os
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

import app.keystore.changes
import app.keystore.notes
from app.keystore.certificate import Bundle
from app.keystore.kept import Kept
from app.keystore.secrets import MemorySecrets, PlaceState
from tests.support.outside import DAY, NOW, Issued, Wish, authority, elliptic_key, issue

ROOT = authority()
OLD = issue(ROOT, Wish(name="gammal.example.se"))
NEW = issue(ROOT, Wish(name="ny.example.se", key=elliptic_key(5)))


SUBJECT = x509.Name(
    [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
        x509.NameAttribute(NameOID.LOCALITY_NAME, "Uppsala"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Region Påhitt"),
        x509.NameAttribute(NameOID.COMMON_NAME, "op.example.se"),
        x509.NameAttribute(NameOID.SERIAL_NUMBER, "SE2321000016-A1B2"),
    ]
)


def bundle(issued: Issued) -> Bundle:
    return Bundle(issued.key, issued.certificate, (ROOT.certificate,))


def kept_in(folder: Path, secrets: Any) -> Kept:
    return Kept(folder, secrets, lambda: NOW)


def names(kept: Kept) -> list[str]:
    """Return the subjects of what is kept, newest first."""
    return [one.facts.subject for one in kept.all()]


def answer_to(request_pem: str, key: object = None) -> x509.Certificate:
    """Issue what an authority answers a request with, for another key where one is given."""
    request = x509.load_pem_x509_csr(request_pem.encode())
    alternatives = request.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uses = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH])
    return (
        x509.CertificateBuilder()
        .subject_name(request.subject)
        .issuer_name(ROOT.certificate.subject)
        .public_key(key or request.public_key())  # type: ignore[arg-type]  # of any kind
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + 700 * DAY)
        .add_extension(alternatives, critical=False)
        .add_extension(uses, critical=False)
        .sign(ROOT.key, hashes.SHA256())
    )


class FileSecrets:
    """A keystore that outlives a killed process."""

    place = "file"

    def __init__(self, path: Path) -> None:
        self.path = path

    def state(self) -> PlaceState:
        return PlaceState("ready", self.place)

    def all(self) -> dict[str, str]:
        return json.loads(self.path.read_text()) if self.path.exists() else {}

    def read(self, name: str) -> str | None:
        return self.all().get(name)

    def write(self, name: str, secret: str) -> None:
        self.path.write_text(json.dumps(self.all() | {name: secret}))

    def remove(self, name: str) -> None:
        self.path.write_text(json.dumps({k: v for k, v in self.all().items() if k != name}))


def die_at(step: int, deed: Callable[[FileSecrets], object], secrets: FileSecrets) -> int:
    """Do a deed in a child that dies at one of its steps; return its exit code, 0 at its end."""
    if (child := os.fork()) == 0:
        code = 1
        try:
            _count_down(step, secrets)
            deed(secrets)
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _count_down(step: int, secrets: FileSecrets) -> None:
    """Let the process die before one of the steps that change a file or the keystore."""
    left: Iterator[int] = iter(range(step, -1, -1))

    def counted(deed: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **keywords: Any) -> Any:
            if next(left) == 0:
                os._exit(9)
            return deed(*args, **keywords)

        return run

    for place, deeds in (
        (secrets, ("write", "remove")),
        (Path, ("replace", "unlink")),
        (app.keystore.changes, ("write_atomically",)),
        (app.keystore.notes, ("write_atomically",)),
    ):
        for deed in deeds:
            setattr(place, deed, counted(getattr(place, deed)))


class Keystore(MemorySecrets):
    """A keystore that fails when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.raises: Exception | None = None

    def write(self, name: str, secret: str) -> None:
        self._fail()
        super().write(name, secret)

    def remove(self, name: str) -> None:
        self._fail()
        super().remove(name)

    def _fail(self) -> None:
        if self.raises is not None:
            raise self.raises

    @property
    def kept(self) -> set[str]:
        """The names of the secrets that it has."""
        return set(self._secrets)


def context() -> ssl.SSLContext:
    """Return a context that a certificate can be loaded into."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def files(kept: Kept) -> set[str]:
    """Return the names of the files of a folder."""
    return {path.name for path in kept.folder.iterdir()}
