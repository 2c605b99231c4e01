"""Certificates whose key stays on a token: found, kept by reference, opened once per run."""

import pytest

from app.core.errors import CertificateError
from app.workflow import certify, tokens
from app.workflow.certificate_views import TokenCertificate
from app.workflow.entrances import find_entrance
from app.workflow.using import identity_for
from tests.support import pki
from tests.support.software_token import PIN, make_reader, needs_softhsm
from tests.support.trust import write_trust
from tests.support.workflow import make_desk

pytestmark = needs_softhsm


@pytest.fixture(scope="module")
def token(tmp_path_factory):
    token = make_reader(tmp_path_factory.mktemp("reader")).insert("Kort")
    token.put(pki.leaf(), *pki.siths_test().chain)
    return token


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "data", lambda: pki.NOW)
    write_trust(desk.data, pki.siths_test(), pki.siths_real(), pki.siths_old())
    yield desk
    desk.close()


def listed(desk, token, pin=PIN):
    return tokens.token_certificates(desk, "token", str(token.reader.module), pin)


def test_what_lies_on_a_token_is_shown_with_what_it_opens(desk, token):
    (found,) = listed(desk, token)
    assert (found.place, found.label) == ("token", "Kort")
    assert found.certificate.entrances == ("teststage",)
    assert found.certificate.key_place == "token"
    assert certify.certificates(desk).certificates == ()  # nothing is kept by looking


def test_it_is_kept_by_where_it_is_and_used(desk, token):
    (found,) = listed(desk, token)
    shelf = tokens.use_token_certificate(desk, found, PIN)
    (view,) = shelf.certificates
    assert (view.key_place, view.needs_pin) == ("token", False)
    assert shelf.for_kind("teststage") == view
    identity = identity_for(desk, find_entrance(desk.profile(), "teststage"))
    assert identity is not None
    assert identity.id == view.id


def test_the_next_run_asks_for_the_pin_once(desk, token):
    (found,) = listed(desk, token)
    tokens.use_token_certificate(desk, found, PIN)
    later = make_desk(desk.data, desk.clock)
    later.secrets = desk.secrets
    (view,) = certify.certificates(later).certificates
    assert view.needs_pin
    with pytest.raises(CertificateError, match="certificate-pin-wrong"):
        tokens.open_token(later, view.id, "000000")
    assert certify.certificates(later).certificates[0].needs_pin
    assert not tokens.open_token(later, view.id, PIN).certificates[0].needs_pin
    later.close()


def test_no_pin_is_written_anywhere(desk, token):
    (found,) = listed(desk, token)
    tokens.use_token_certificate(desk, found, PIN)
    files = [path for path in desk.data.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if PIN.encode() in path.read_bytes()]
    assert PIN not in repr(desk) + repr(desk.pins) + repr(vars(desk.secrets))


def test_one_that_is_no_longer_there_is_told(desk, token):
    (found,) = listed(desk, token)
    reader = make_reader(desk.data / "other")
    reader.insert("Kort")
    reference = dict(found.reference) | {"module": str(reader.module)}
    moved = TokenCertificate(found.place, found.label, tuple(reference.items()), found.certificate)
    with pytest.raises(CertificateError, match="certificate-token"):
        tokens.use_token_certificate(desk, moved, PIN)
    assert certify.certificates(desk).certificates == ()


def test_a_removed_one_takes_its_pin_along(desk, token):
    (found,) = listed(desk, token)
    view = tokens.use_token_certificate(desk, found, PIN).certificates[0]
    reference = desk.kept().get(view.id).reference
    certify.remove_certificate(desk, view.id)
    assert desk.pins.get(reference) == ""
