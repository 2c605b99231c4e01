"""The Windows certificate store, by a stand-in for it: Windows itself is not here."""

import errno
import ssl
import sys
from dataclasses import dataclass, field

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from sslcontext import Identity
from sslcontext.backends import Backend, CNGBackend
from sslcontext.exceptions import KeystoreError as Refused
from sslcontext.testing import SoftwareSigner

from app.core.errors import CertificateError, KeystoreError
from app.keystore import elsewhere
from app.keystore.elsewhere import WINDOWS, Pins
from app.keystore.windows_store import find_store_certificates, load_store, require_store_key
from tests.support.pki import Issued, elliptic_key, leaf, siths_test

RSA = leaf(kind="rsa")


class Personal(Backend):
    """The personal certificates of one location."""

    name = "stand-in"

    def __init__(self, identities: list[Identity], refusal: Exception | None = None) -> None:
        self._identities, self._refusal = identities, refusal

    def identities(self):
        if self._refusal is not None:
            raise self._refusal
        return iter(self._identities)


@dataclass
class Windows:
    """Both stores; what a location does not hold is empty."""

    stores: dict[str, Personal]
    asked: list[tuple[str, str]] = field(default_factory=list)

    def __call__(self, location: str, pin: str) -> Backend:
        self.asked.append((location, pin))
        return self.stores.get(location, Personal([]))


@dataclass
class CardSigner:
    """A key that Windows does not use, and why."""

    number: int

    def sign(self, digest, *, hash, padding=None, salt_length=None):  # noqa: A002 - the library's name
        raise Refused(self.number, "NCryptSignHash failed")


def identity(issued: Issued, *issuers: x509.Certificate, signer=None) -> Identity:
    der = tuple(one.public_bytes(Encoding.DER) for one in (issued.certificate, *issuers))
    return Identity(der[0], signer or SoftwareSigner(issued.key_pem), der[1:], "funktion")


def reference_of(issued: Issued) -> dict[str, str]:
    found = find_store_certificates(Windows({"current_user": Personal([identity(issued)])}))
    return dict(found[0].reference)


def test_both_stores_are_listed_and_named():
    mine, computers = leaf(), RSA
    windows = Windows(
        {
            "current_user": Personal([identity(mine, *siths_test().chain[:1])]),
            "local_machine": Personal([identity(computers)]),
        }
    )
    found = find_store_certificates(windows)
    assert [(one.place, one.label, one.certificate) for one in found] == [
        (WINDOWS, "CurrentUser\\MY", mine.certificate),
        (WINDOWS, "LocalMachine\\MY", computers.certificate),
    ]
    assert found[0].chain == siths_test().chain[:1]


def test_an_authority_in_the_store_is_not_offered():
    authority = siths_test().issuing
    windows = Windows({"current_user": Personal([identity(authority), identity(RSA)])})
    assert [one.certificate for one in find_store_certificates(windows)] == [RSA.certificate]


def test_a_store_that_is_closed_to_the_user_does_not_hide_the_other():
    closed = Personal([], Refused(5, "access denied"))
    windows = Windows({"local_machine": closed, "current_user": Personal([identity(RSA)])})
    assert len(find_store_certificates(windows)) == 1
    with pytest.raises(CertificateError, match="certificate-token-failed") as told:
        find_store_certificates(Windows({"local_machine": closed}))
    assert told.value.values == {"token": "LocalMachine\\MY", "said": "0x5"}


def test_empty_stores_are_told():
    with pytest.raises(CertificateError, match="certificate-store-empty"):
        find_store_certificates(Windows({}))


def test_a_certificate_is_given_to_a_context_after_its_key_signed():
    signer = SoftwareSigner(RSA.key_pem)
    windows = Windows({"current_user": Personal([identity(RSA, signer=signer)])})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    load_store(context, reference_of(RSA), RSA.certificate, (), open_store=windows)
    assert len(signer.calls) == 1
    assert windows.asked == [("current_user", "")]


def test_another_key_than_the_certificates_own_is_found_out():
    signer = SoftwareSigner(Issued(elliptic_key(98), RSA.certificate).key_pem)
    windows = Windows({"current_user": Personal([identity(leaf(), signer=signer)])})
    with pytest.raises(CertificateError, match="certificate-key-mismatch"):
        require_store_key(reference_of(leaf()), leaf().certificate, open_store=windows)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "certificate-pin-needed"),  # the library's own: nothing was typed
        (0x8010006E, "certificate-pin-needed"),
        (0x8010006B, "certificate-pin-wrong"),
        (0x8010006C, "certificate-pin-locked"),
        (0x80100069, "certificate-token-gone"),
        (0x80090016, "certificate-token-key-gone"),
    ],
)
def test_what_windows_refuses_is_told_by_its_number(number, code):
    windows = Windows({"current_user": Personal([identity(RSA, signer=CardSigner(number))])})
    with pytest.raises(CertificateError, match=code) as told:
        require_store_key(reference_of(RSA), RSA.certificate, open_store=windows)
    assert told.value.values == {"token": "CurrentUser\\MY"}


def test_a_certificate_that_was_removed_from_the_store_is_told():
    with pytest.raises(CertificateError, match="certificate-token-certificate-gone"):
        require_store_key(reference_of(RSA), RSA.certificate, open_store=Windows({}))


def test_a_pin_goes_with_one_key_of_the_store():
    pins = Pins()
    pins.remember(reference_of(RSA), "1234")
    assert pins.get(reference_of(RSA)) == "1234"
    assert pins.get(reference_of(leaf())) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="it is there on Windows")
def test_elsewhere_than_on_windows_it_is_said_plainly():
    with pytest.raises(KeystoreError, match="keystore-windows-only"):
        elsewhere.find(WINDOWS)
    with pytest.raises(KeystoreError, match="keystore-windows-only"):
        elsewhere.require_key(WINDOWS, reference_of(RSA), RSA.certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    with pytest.raises(KeystoreError, match="keystore-windows-only"):
        Pins().load_into(context, WINDOWS, reference_of(RSA), RSA.certificate, ())
    with pytest.raises(Refused):  # the library's own word, which ours stands for
        list(CNGBackend("MY").identities())
