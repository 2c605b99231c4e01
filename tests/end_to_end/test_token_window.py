"""From a certificate on a token to a green ladder against the local stage, in the real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization.pkcs12 import load_key_and_certificates

from app.language.sentences import sentence_of
from app.language.text import _
from app.workflow.local_stage import start_stage
from app.workflow.stage_note import stage_package
from tests.support.newcomer import Newcomer
from tests.support.pki import Issued
from tests.support.software_token import PIN, SoftwareToken, make_reader, needs_softhsm

pytestmark = [needs_softhsm, pytest.mark.qt_log_ignore("This plugin does not support")]

LABEL = "Funktionskort"


@pytest.fixture
def person(qapp, tmp_path) -> Iterator[Newcomer]:
    """Return somebody with a project open and a stage running."""
    one = Newcomer(qapp, tmp_path / "data", tmp_path)
    one.window.projects.open_sample()
    one.wait()
    one.window.context.session.set_stage(start_stage(one.desk))
    yield one
    one.leave()


@pytest.fixture
def token(person, tmp_path) -> SoftwareToken:
    """Return a token with the key that the stage has made for its client."""
    token = make_reader(tmp_path / "reader").insert(LABEL)
    package, password = stage_package(person.desk)
    data = Path(package).read_bytes()
    key, certificate, _more = load_key_and_certificates(data, password.encode())
    assert certificate is not None
    token.put(Issued(key, certificate))
    return token


def test_a_certificate_on_a_token_becomes_a_green_ladder(person, token):
    person.click(person.button(_("Certificate")))
    shelf = person.page.shelf
    person.click(shelf.ways.token)
    form = shelf.token_form
    person.click(form.module)
    person.write(str(token.reader.module))
    person.click(form.pin)
    person.write("000000")
    person.press("Enter")
    assert form.trouble.text() == sentence_of("certificate-pin-wrong", {"token": LABEL})
    person.write(PIN)  # the field is chosen whole, so that it is typed over
    person.press("Enter")
    assert form.found.rows.rowCount() == 1
    person.click(form.confirm)
    assert shelf.details.view.key_place == "token"
    person.click(person.page.ladder.attempt)
    shown = person.page.ladder.result
    assert shown.title.text() == _("Every rung holds: the entrance takes the certificate.")
    assert PIN not in (person.desk.data / "window.ini").read_text("utf-8")
