"""A certificate that can be used: an encrypted key whose passphrase lies in the keystore.

Or one whose key cannot leave its place: then it is used where it lies.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cryptography import x509

from app.core.errors import CertificateError
from app.keystore.certificate import CertificateFacts, Chain
from app.keystore.elsewhere import Pins

FILE = "file"


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
    """A kept certificate; `place` names the keystore that was given its passphrase.

    `key_place` is "file" for an encrypted key of ours, else where the key lies: then `reference`
    finds it there, and `pins` holds what was typed in this run.
    """

    id: str
    pem: Path
    facts: CertificateFacts
    place: str
    made: str  # when it was taken in: ISO 8601, UTC
    certificate: x509.Certificate = field(repr=False)
    chain: Chain = field(repr=False)
    secrets: Secrets = field(repr=False)
    pins: Pins = field(repr=False, compare=False)
    key_place: str = FILE
    reference: Mapping[str, str] = field(default_factory=dict, repr=False)
    meta: Mapping[str, object] = field(default_factory=dict, repr=False)

    def load_into(self, context: ssl.SSLContext) -> None:
        """Give the certificate and its key to a TLS context; nothing is written anywhere."""
        if self.key_place == FILE:
            self._load_file(context)
            return
        self.pins.load_into(context, self.key_place, self.reference, self.certificate, self.chain)

    def _load_file(self, context: ssl.SSLContext) -> None:
        passphrase = self.secrets.read(secret_of(self.id))
        if passphrase is None:
            raise CertificateError("certificate-passphrase-missing", place=self.place)
        try:
            # Without a callback OpenSSL would ask on the terminal and hang.
            context.load_cert_chain(self.pem, password=lambda: passphrase)
        except ssl.SSLError as error:
            raise CertificateError(_load_code(error)) from None
        except OSError:
            raise CertificateError("certificate-file-missing", name=self.pem.name) from None


def secret_of(key_id: str) -> str:
    """Return the name in the keystore of the passphrase of a key."""
    return f"certificate-{key_id}"


def _load_code(error: ssl.SSLError) -> str:
    codes = {
        "KEY_VALUES_MISMATCH": "certificate-key-mismatch",
        "EE_KEY_TOO_SMALL": "certificate-key-short",
    }
    return codes.get(error.reason or "", "certificate-key-unreadable")
