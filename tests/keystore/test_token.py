"""Certificates on PKCS#11 tokens, with SoftHSM2 as the token: the key signs where it lies."""

import gc
import logging
import ssl
import threading
from contextlib import suppress
from pathlib import Path
from socket import socketpair

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from app.core.errors import CertificateError
from app.keystore import elsewhere
from app.keystore.elsewhere import TOKEN, Pins, require_key
from app.keystore.token import find_token_certificates, list_tokens
from app.transport.tls import client_context, tls_code
from tests.support.key_material import sought
from tests.support.pki import (
    elliptic_key,
    leaf,
    pems,
    plain_identity,
    server_leaf,
    server_tree,
    siths_test,
)
from tests.support.software_token import (
    PIN,
    OnToken,
    Reader,
    SoftwareToken,
    make_reader,
    needs_softhsm,
)

pytestmark = needs_softhsm

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]
WRONG = "000000"


@pytest.fixture
def reader(tmp_path) -> Reader:
    return make_reader(tmp_path / "reader")


@pytest.fixture
def token(reader: Reader) -> SoftwareToken:
    return reader.insert("Funktionskort")


@pytest.fixture
def authorities(tmp_path) -> tuple[Path, ...]:
    path = tmp_path / "server-ca.pem"
    path.write_bytes(server_tree().pem)
    return (path,)


def server_context(folder: Path, version: ssl.TLSVersion) -> ssl.SSLContext:
    """Return a server that demands a certificate of TEST SITHS and knows only its root."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = context.maximum_version = version
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cadata=pems(siths_test().chain[1:]).decode())
    plain_identity(folder, server_leaf(), server_tree().chain).load_into(context)
    return context


def met(client: ssl.SSLContext, server: ssl.SSLContext) -> bytes | None:
    """Shake hands; return the certificate that the server saw and accepted."""
    near, far = socketpair()
    seen: list[bytes | None] = []

    def serve() -> None:
        try:
            with server.wrap_socket(far, server_side=True) as secure:
                seen.append(secure.getpeercert(binary_form=True))
                secure.sendall(b"welcome")
        except OSError:
            far.close()

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        with client.wrap_socket(near, server_hostname="localhost") as secure:
            assert secure.recv(20) == b"welcome"
    finally:
        near.close()
        thread.join()
    return seen[0]


@pytest.mark.parametrize("version", VERSIONS, ids=["tls12", "tls13"])
def test_a_key_that_wants_its_pin_for_each_signature_gets_it(
    version, token, authorities, tmp_path, monkeypatch
):
    issued = leaf()
    identity = OnToken(token.put(issued, each_time=True), issued, Pins())
    identity.pins.remember(identity.reference, PIN)
    typed = count_calls(monkeypatch, "login")
    client = client_context(authorities, identity)
    before = len(typed)
    assert met(client, server_context(tmp_path, version)) is not None
    assert len(typed) == before + 1


def test_a_reader_with_keys_of_its_own_asks_only_when_something_is_signed(token, monkeypatch):
    issued = leaf()
    reference, pins = token.put(issued), Pins()
    with_flags(monkeypatch, 0x100)  # CKF_PROTECTED_AUTHENTICATION_PATH
    typed: list[str | None] = []

    def on_the_reader(module, session, user, pin):
        typed.append(pin)
        token_login(module, session, user, PIN)

    from sslcontext.backends._cryptoki import Module

    token_login = Module.login
    monkeypatch.setattr(Module, "login", on_the_reader)
    assert len(find_token_certificates(reference["module"])) == 1
    assert typed == []
    require_key(TOKEN, reference, issued.certificate)
    assert typed == [None]
    assert not pins.knows(reference)
    pins.remember(reference, "")
    assert pins.knows(reference)


@pytest.mark.parametrize("version", VERSIONS, ids=["tls12", "tls13"])
@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_certificate_on_a_token_connects(kind, version, token, authorities, tmp_path):
    issued = leaf(kind=kind)
    pins = Pins()
    identity = OnToken(token.put(issued), issued, pins)
    pins.remember(identity.reference, PIN)
    client = client_context(authorities, identity)
    seen = met(client, server_context(tmp_path, version))
    assert seen == issued.certificate.public_bytes(Encoding.DER)


def test_the_certificates_of_a_token_are_listed_without_its_pin(reader, token):
    issued = leaf(kind="rsa")
    reference = token.put(issued, *siths_test().chain)
    (found,) = find_token_certificates(str(reader.module))
    assert found.certificate == issued.certificate
    assert found.chain == siths_test().chain[:1]
    assert (found.place, found.label) == (TOKEN, "Funktionskort")
    assert dict(found.reference) == reference
    assert found.warning == ""


def test_a_certificate_that_a_token_hides_is_listed_with_its_pin(reader, token):
    token.put(leaf(), private=True)
    with pytest.raises(CertificateError, match="certificate-token-empty"):
        find_token_certificates(str(reader.module))
    (found,) = find_token_certificates(str(reader.module), PIN)
    assert found.certificate == leaf().certificate


def test_a_hidden_certificate_wants_its_pin_before_it_is_called_gone(token):
    issued = leaf()
    reference = token.put(issued, private=True)
    with pytest.raises(CertificateError, match="certificate-pin-needed"):
        require_key(TOKEN, reference, issued.certificate)
    require_key(TOKEN, reference, issued.certificate, PIN)


def test_without_a_pin_the_key_is_not_tried_and_the_token_is_named(token):
    issued = leaf()
    with pytest.raises(CertificateError, match="certificate-pin-needed") as told:
        require_key(TOKEN, token.put(issued), issued.certificate)
    assert told.value.values == {"token": "Funktionskort"}


def test_a_wrong_pin_is_tried_once_and_then_forgotten(token, monkeypatch):
    issued = leaf()
    pins = Pins()
    identity = OnToken(token.put(issued), issued, pins)
    pins.remember(identity.reference, WRONG)
    tried = count_calls(monkeypatch, "login")
    with pytest.raises(CertificateError, match="certificate-pin-wrong") as told:
        identity.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    assert WRONG not in f"{told.value!r} {told.value.values} {pins!r}"
    assert len(tried) == 1
    with pytest.raises(CertificateError, match="certificate-pin-needed"):
        identity.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    assert len(tried) == 1


def test_neither_pin_nor_key_is_logged(token, authorities, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    issued = leaf(kind="rsa")
    identity = OnToken(token.put(issued), issued, Pins())
    for pin in (WRONG, PIN):
        identity.pins.remember(identity.reference, pin)
        with suppress(CertificateError):
            client = client_context(authorities, identity)
    met(client, server_context(tmp_path, ssl.TLSVersion.TLSv1_3))
    token.take_out()
    with pytest.raises(ssl.SSLError):
        met(client, server_context(tmp_path, ssl.TLSVersion.TLSv1_3))
    assert "token" in caplog.text  # that it could not sign is logged
    what = sought([issued.key], {"wrong PIN": WRONG, "PIN": PIN})
    assert what.found_in(caplog.text.encode()) == ""


def count_calls(monkeypatch, name: str) -> list[str]:
    """Return a list that grows with every call that the token gets by that name."""
    from sslcontext.backends._cryptoki import Module

    calls: list[str] = []
    own = getattr(Module, name)

    def counted(*arguments, **more):
        calls.append(name)
        return own(*arguments, **more)

    monkeypatch.setattr(Module, name, counted)
    return calls


def with_flags(monkeypatch, flags: int) -> None:
    """Let every token say of its PIN what SoftHSM2 never says."""
    from sslcontext.backends._cryptoki import Module

    own = Module.token_info

    def changed(module, slot):
        info = own(module, slot)
        info.flags |= flags
        return info

    monkeypatch.setattr(Module, "token_info", changed)


def test_a_locked_token_is_told_and_its_pin_not_tried(token, monkeypatch):
    issued = leaf()
    reference = token.put(issued)
    with_flags(monkeypatch, 0x40000)  # CKF_USER_PIN_LOCKED
    tried = count_calls(monkeypatch, "login")
    with pytest.raises(CertificateError, match="certificate-pin-locked"):
        require_key(TOKEN, reference, issued.certificate, PIN)
    with pytest.raises(CertificateError, match="certificate-pin-locked"):
        find_token_certificates(reference["module"], PIN)
    assert tried == []
    (found,) = find_token_certificates(reference["module"])
    assert found.warning == "certificate-pin-locked"


def test_the_last_try_is_told_before_and_after_a_wrong_pin(token, monkeypatch):
    issued = leaf()
    reference = token.put(issued)
    with_flags(monkeypatch, 0x20000)  # CKF_USER_PIN_FINAL_TRY
    (found,) = find_token_certificates(reference["module"])
    assert found.warning == "certificate-pin-last-try"
    with pytest.raises(CertificateError, match="certificate-pin-last-try"):
        require_key(TOKEN, reference, issued.certificate, WRONG)


def test_with_two_tokens_a_pin_is_tried_only_on_the_one_that_was_chosen(reader, monkeypatch):
    first, second = reader.insert("Kort 1"), reader.insert("Kort 2", pin="999999")
    issued, other = leaf(kind="rsa"), leaf()
    mine, others = first.put(issued), second.put(other)
    tried = count_calls(monkeypatch, "login")
    found = find_token_certificates(str(reader.module), PIN)
    assert {one.label: one.certificate for one in found} == {
        "Kort 1": issued.certificate,
        "Kort 2": other.certificate,
    }
    assert tried == []
    require_key(TOKEN, mine, issued.certificate, PIN)
    require_key(TOKEN, others, other.certificate, "999999")
    pins = Pins()
    pins.remember(mine, PIN)
    assert (pins.get(mine), pins.get(others)) == (PIN, "")


def test_which_of_two_tokens_a_pin_is_for_is_never_guessed(reader, monkeypatch):
    for label in ("Kort 1", "Kort 2"):
        reader.insert(label).put(leaf(), private=True)
    tried = count_calls(monkeypatch, "login")
    with pytest.raises(CertificateError, match="certificate-token-several"):
        find_token_certificates(str(reader.module), PIN)
    assert tried == []


def test_two_tokens_with_one_name_are_told_apart(reader):
    first, second = reader.insert("Kort"), reader.insert("Kort")
    issued = leaf(kind="rsa")
    reference = second.put(issued)
    assert first.serial != second.serial
    require_key(TOKEN, reference, issued.certificate, PIN)
    with pytest.raises(CertificateError, match="certificate-token-certificate-gone"):
        require_key(TOKEN, {**reference, "serial": first.serial}, issued.certificate, PIN)


def test_a_token_that_was_taken_out_is_told(token, authorities):
    issued = leaf()
    identity = OnToken(token.put(issued), issued, Pins())
    identity.pins.remember(identity.reference, PIN)
    client_context(authorities, identity)
    token.take_out()
    with pytest.raises(CertificateError, match="certificate-token-gone") as told:
        client_context(authorities, identity)
    assert told.value.values == {"token": "Funktionskort"}


def test_an_empty_reader_is_told(reader):
    assert list_tokens(str(reader.module)) == ()
    with pytest.raises(CertificateError, match="certificate-token-missing"):
        find_token_certificates(str(reader.module))


def test_a_certificate_whose_key_is_not_on_the_token_is_not_taken(token):
    issued = leaf()
    reference = token.put(issued)
    token.remove_keys()
    with pytest.raises(CertificateError, match="certificate-token-certificate-gone"):
        require_key(TOKEN, reference, issued.certificate, PIN)


def test_a_key_that_is_not_the_certificates_own_is_found_out_by_a_signature(token):
    issued = leaf()
    reference = token.put(issued, key=elliptic_key(99))
    with pytest.raises(CertificateError, match="certificate-key-mismatch"):
        require_key(TOKEN, reference, issued.certificate, PIN)


@pytest.mark.parametrize(
    ("module", "code"),
    [
        ("softhsm2", "certificate-module-missing"),
        ("/nowhere/module.so", "certificate-module-missing"),
        (__file__, "certificate-module-unfit"),
        ("libc", "certificate-module-unfit"),
    ],
)
def test_a_file_that_is_no_module_is_told(module, code):
    if module == "libc":  # a library, but not one for tokens
        import _ctypes

        module = _ctypes.__file__
    with pytest.raises(CertificateError, match=code):
        find_token_certificates(module)


def test_a_session_ends_with_its_context(token, authorities, monkeypatch):
    issued = leaf()
    identity = OnToken(token.put(issued), issued, Pins())
    identity.pins.remember(identity.reference, PIN)
    opened, closed = (
        count_calls(monkeypatch, "open_session"),
        count_calls(monkeypatch, "close_session"),
    )
    for _ in range(5):
        client_context(authorities, identity)
        gc.collect()
    assert len(opened) == len(closed) > 0


def test_the_key_cannot_be_read_off_the_token(token):
    import PyKCS11

    token.put(leaf(kind="rsa"))
    session = token.reader.library.openSession(token.slot)
    session.login(PIN)
    (key,) = session.findObjects([(PyKCS11.CKA_CLASS, PyKCS11.CKO_PRIVATE_KEY)])
    assert session.getAttributeValue(key, [PyKCS11.CKA_PRIME_1]) in ([None], [()])
    session.logout()
    session.closeSession()


@pytest.mark.parametrize("version", VERSIONS, ids=["tls12", "tls13"])
@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_token_pulled_out_during_work_ends_the_handshake_and_is_told_at_the_next(
    kind, version, token, authorities, tmp_path
):
    issued = leaf(kind=kind)
    identity = OnToken(token.put(issued), issued, Pins())
    identity.pins.remember(identity.reference, PIN)
    client = client_context(authorities, identity)
    token.take_out()
    with pytest.raises(ssl.SSLError) as failure:
        met(client, server_context(tmp_path, version))
    assert tls_code(failure.value) == "tls-key-unused"
    with pytest.raises(CertificateError, match="certificate-token-gone"):
        client_context(authorities, identity)


def test_finding_and_loading_go_by_place(token):
    issued = leaf()
    identity = OnToken(token.put(issued), issued, Pins())
    (found,) = elsewhere.find(TOKEN, identity.reference["module"])
    assert dict(found.reference) == identity.reference
    identity.pins.remember(identity.reference, PIN)
    identity.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
