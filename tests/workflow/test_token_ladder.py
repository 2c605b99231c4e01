"""A certificate on a token against the local stage: the ladder says what its token wants."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from app.workflow.certificate_views import RungState
from app.workflow.certify import choose_certificate
from app.workflow.desk import Desk
from app.workflow.ladder import try_connection
from app.workflow.stage_note import stage_package
from app.workflow.tokens import token_certificates, use_token_certificate
from tests.support.pki import Issued
from tests.support.software_token import PIN, SoftwareToken, make_reader, needs_softhsm
from tests.support.workflow import make_desk, running_stage

pytestmark = needs_softhsm


@pytest.fixture
def desk(tmp_path) -> Iterator[Desk]:
    """Return a desk beside a running stage."""
    desk = make_desk(tmp_path / "data")
    with running_stage(desk):
        yield desk
    desk.close()


@pytest.fixture
def token(desk, tmp_path) -> SoftwareToken:
    """Return a token whose certificate is used at the stage."""
    token = make_reader(tmp_path / "reader").insert("Kort")
    path, password = stage_package(desk)
    content = Path(path).read_bytes()
    key, certificate, _more = load_key_and_certificates(content, password.encode())
    assert certificate is not None
    token.put(Issued(key, certificate))
    (found,) = token_certificates(desk, "token", str(token.reader.module), "")
    kept = use_token_certificate(desk, found, PIN)
    choose_certificate(desk, kept.certificates[0].id, ("local",))
    return token


def reference(desk: Desk) -> dict[str, str]:
    (kept,) = desk.kept().all()
    return dict(kept.reference)


def broken(desk: Desk) -> list[tuple[str, str]]:
    rungs = try_connection(desk, "local").rungs
    return [(one.code, one.problem) for one in rungs if one.state is RungState.BROKEN]


def test_a_token_in_its_reader_holds_to_the_last_rung(desk, token):
    assert broken(desk) == []
    assert try_connection(desk, "local").holds


def test_what_the_token_wants_is_told_on_the_first_rung(desk, token):
    desk.pins.forget(reference(desk))
    assert broken(desk) == [("rung-certificate", "certificate-pin-needed")]
    desk.pins.remember(reference(desk), "000000")
    assert broken(desk) == [("rung-certificate", "certificate-pin-wrong")]
    assert not desk.pins.knows(reference(desk))  # so that it is not tried again
    desk.pins.remember(reference(desk), PIN)
    token.take_out()
    assert broken(desk) == [("rung-certificate", "certificate-token-gone")]
