"""Readers with software tokens (SoftHSM2): the real PKCS#11 way, with keys that do not leave it.

Every reader is a copy of the module with a folder of its own, because a module reads its settings
once in a process. So tests do not see each other's tokens, and a test says what is in the reader.
"""

import os
import shutil
import ssl
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import PyKCS11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from app.keystore.elsewhere import TOKEN, Pins
from tests.support.pki import Issued, siths_test

USUAL = (
    "/usr/lib/softhsm/libsofthsm2.so",  # Debian, Ubuntu
    "/usr/lib64/pkcs11/libsofthsm2.so",  # Fedora
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)
SOFTHSM = next((path for path in map(Path, USUAL) if path.is_file()), Path(USUAL[0]))
PIN, SECURITY_OFFICER = "271828", "31415926"
P256 = bytes.fromhex("06082a8648ce3d030107")  # the curve's identifier in ASN.1

needs_softhsm = pytest.mark.skipif(not SOFTHSM.is_file(), reason="SoftHSM2 is not installed")

# A module that were unloaded would take the program's own sessions with it.
_kept: list[PyKCS11.PyKCS11Lib] = []


@dataclass
class Reader:
    """A reader's module and the tokens in it."""

    folder: Path
    module: Path
    library: PyKCS11.PyKCS11Lib
    tokens: "list[SoftwareToken]" = field(default_factory=list)

    def insert(self, label: str, pin: str = PIN) -> "SoftwareToken":
        """Put a new, empty token into the reader."""
        slots = self.library.getSlotList(tokenPresent=True)
        slot = next(one for one in slots if self._is_empty(one))
        self.library.initToken(slot, SECURITY_OFFICER, label)
        session = self.library.openSession(
            slot, PyKCS11.CKF_SERIAL_SESSION | PyKCS11.CKF_RW_SESSION
        )
        session.login(SECURITY_OFFICER, PyKCS11.CKU_SO)
        session.initPin(pin)
        session.logout()
        session.closeSession()
        self.tokens.append(SoftwareToken(self, slot, label, pin))
        return self.tokens[-1]

    @property
    def environment(self) -> dict[str, str]:
        """What a process of its own needs to see the same tokens."""
        return {"SOFTHSM2_CONF": str(self.folder / "softhsm2.conf")}

    def _is_empty(self, slot: int) -> bool:
        return not self.library.getTokenInfo(slot).flags & PyKCS11.CKF_TOKEN_INITIALIZED


@dataclass
class SoftwareToken:
    """One token; its keys are sensitive and cannot be exported."""

    reader: Reader
    slot: int
    label: str
    pin: str
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def serial(self) -> str:
        """The token's serial number."""
        return str(self.reader.library.getTokenInfo(self.slot).serialNumber).strip(" \0")

    def put(
        self,
        issued: Issued,
        *issuers: x509.Certificate,
        key: Any = None,
        private: bool = False,
        each_time: bool = False,
    ) -> dict[str, str]:
        """Put a certificate with its key (or another one) on the token; return how it is found.

        A `private` certificate is shown after the PIN only; a key that wants it `each_time` does
        for every signature, as that of a card for signing does.
        """
        number = (next(self._numbers),)
        session = self._session()
        own = [(PyKCS11.CKA_TOKEN, True), (PyKCS11.CKA_ID, number), (PyKCS11.CKA_LABEL, "funktion")]
        rows = _key_of(issued.key if key is None else key)
        rows.append((PyKCS11.CKA_ALWAYS_AUTHENTICATE, each_time))
        session.createObject([*own, *rows])
        session.createObject([*own, *_certificate(issued.certificate, private)])
        for issuer in issuers:
            session.createObject([(PyKCS11.CKA_TOKEN, True), *_certificate(issuer, False)])
        session.logout()
        session.closeSession()
        return self.reference(issued.certificate)

    def remove_keys(self) -> None:
        """Leave the certificates alone on the token."""
        session = self._session()
        for one in session.findObjects([(PyKCS11.CKA_CLASS, PyKCS11.CKO_PRIVATE_KEY)]):
            session.destroyObject(one)
        session.logout()
        session.closeSession()

    def take_out(self) -> None:
        """Take the token out of its reader."""
        home = self.reader.folder / "tokens"
        serial = self.serial.encode()
        shutil.rmtree(
            next(one for one in home.iterdir() if serial in (one / "token.object").read_bytes())
        )

    def reference(self, certificate: x509.Certificate) -> dict[str, str]:
        """Return how the program finds a certificate here again."""
        return {
            "module": str(self.reader.module),
            "token": self.label,
            "serial": self.serial,
            "fingerprint": certificate.fingerprint(SHA256()).hex(),
        }

    def _session(self) -> PyKCS11.Session:
        flags = PyKCS11.CKF_SERIAL_SESSION | PyKCS11.CKF_RW_SESSION
        session = self.reader.library.openSession(self.slot, flags)
        session.login(self.pin)
        return session


@dataclass
class OnToken:
    """A client identity as `Kept` gives one whose key lies on a token."""

    reference: dict[str, str]
    issued: Issued
    pins: Pins

    def load_into(self, context: ssl.SSLContext) -> None:
        certificate, chain = self.issued.certificate, siths_test().chain
        self.pins.load_into(context, TOKEN, self.reference, certificate, chain)


def make_reader(folder: Path) -> Reader:
    """Return a reader without a token in it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(
        f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\n"
        "log.level = ERROR\n",
        encoding="utf-8",
    )
    module = Path(shutil.copy(SOFTHSM, folder / "module.so"))
    former = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    try:
        library = PyKCS11.PyKCS11Lib()
        library.load(str(module))
    finally:
        if former is None:
            del os.environ["SOFTHSM2_CONF"]
        else:
            os.environ["SOFTHSM2_CONF"] = former
    _kept.append(library)
    return Reader(folder, module, library)


def _certificate(certificate: x509.Certificate, private: bool) -> list[tuple[int, Any]]:
    return [
        (PyKCS11.CKA_CLASS, PyKCS11.CKO_CERTIFICATE),
        (PyKCS11.CKA_CERTIFICATE_TYPE, PyKCS11.CKC_X_509),
        (PyKCS11.CKA_PRIVATE, private),
        (PyKCS11.CKA_SUBJECT, tuple(certificate.subject.public_bytes())),
        (PyKCS11.CKA_VALUE, tuple(certificate.public_bytes(Encoding.DER))),
    ]


def _key_of(key: Any) -> list[tuple[int, Any]]:
    rows = [
        (PyKCS11.CKA_CLASS, PyKCS11.CKO_PRIVATE_KEY),
        (PyKCS11.CKA_PRIVATE, True),
        (PyKCS11.CKA_SENSITIVE, True),
        (PyKCS11.CKA_EXTRACTABLE, False),
        (PyKCS11.CKA_SIGN, True),
    ]
    return rows + (_elliptic(key) if isinstance(key, ec.EllipticCurvePrivateKey) else _rsa(key))


def _elliptic(key: ec.EllipticCurvePrivateKey) -> list[tuple[int, Any]]:
    return [
        (PyKCS11.CKA_KEY_TYPE, PyKCS11.CKK_EC),
        (PyKCS11.CKA_EC_PARAMS, tuple(P256)),
        (PyKCS11.CKA_VALUE, _bytes(key.private_numbers().private_value)),
    ]


def _rsa(key: rsa.RSAPrivateKey) -> list[tuple[int, Any]]:
    numbers = key.private_numbers()
    return [
        (PyKCS11.CKA_KEY_TYPE, PyKCS11.CKK_RSA),
        (PyKCS11.CKA_MODULUS, _bytes(numbers.public_numbers.n)),
        (PyKCS11.CKA_PUBLIC_EXPONENT, _bytes(numbers.public_numbers.e)),
        (PyKCS11.CKA_PRIVATE_EXPONENT, _bytes(numbers.d)),
        (PyKCS11.CKA_PRIME_1, _bytes(numbers.p)),
        (PyKCS11.CKA_PRIME_2, _bytes(numbers.q)),
        (PyKCS11.CKA_EXPONENT_1, _bytes(numbers.dmp1)),
        (PyKCS11.CKA_EXPONENT_2, _bytes(numbers.dmq1)),
        (PyKCS11.CKA_COEFFICIENT, _bytes(numbers.iqmp)),
    ]


def _bytes(number: int) -> tuple[int, ...]:
    return tuple(number.to_bytes((number.bit_length() + 7) // 8, "big"))
