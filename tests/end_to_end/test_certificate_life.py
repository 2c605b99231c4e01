"""A certificate's life in the real window: imported, renewed beside itself, switched, removed."""

import pytest
from PySide6.QtWidgets import QFileDialog

from app.gui.certificate.words import kinds_of
from app.workflow.certificate_views import KeystoreState
from tests.support import pki
from tests.support.kept_certificates import PASSWORD, answer_file, answer_to, package
from tests.support.newcomer import Newcomer
from tests.support.software_token import PIN, make_reader, needs_softhsm
from tests.support.trust import write_trust

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SOON = (pki.NOW - 500 * pki.DAY, pki.NOW + 40 * pki.DAY)
REAL = ("production", "stage")


@pytest.fixture
def person(qapp, tmp_path):
    """Return somebody at the page Certifikat."""
    (tmp_path / "data").mkdir()
    write_trust(tmp_path / "data", pki.siths_test(), pki.siths_real())
    one = Newcomer(qapp, tmp_path / "data", tmp_path)
    one.window.go("certificate")
    one.wait()
    yield one
    one.leave()


@pytest.fixture
def expiring(tmp_path):
    """Return the file of a real certificate that has forty days left."""
    wish = pki.siths_wish()
    tree = pki.siths_real()
    issued = pki.issue(tree.issuing, pki.Wish(wish.name, valid=SOON, organisation="Region Exempel"))
    return package(tmp_path, issued, tree, "expiring")


def choose_file(person, path):
    """Take a file in the dialog that is open, as a person would, and close it."""
    dialog = next(one for one in person.window.findChildren(QFileDialog) if one.isVisible())
    dialog.fileSelected.emit(path)
    dialog.close()
    person.wait()


def import_file(person, path):
    shelf = person.page.shelf
    shelf.show_import(path)
    shelf.importer.password.setText(PASSWORD)
    person.click(shelf.importer.confirm)


def test_a_renewed_certificate_lies_beside_the_former_until_the_switch(person, expiring, tmp_path):
    import_file(person, expiring)
    shelf, session = person.page.shelf, person.window.context.session
    former = shelf.details.view
    assert kinds_of(former.id, session.shelf) == REAL
    assert former.days_left in {39, 40}

    person.click(shelf.details.renew)
    assert shelf.order_form.common_name.text() == former.subject
    shelf.order_form.key_kind.set_value("ec-p256")
    person.click(shelf.order_form.confirm)
    order = shelf.order_details.order
    assert order.form.renews == former.id
    assert "BEGIN CERTIFICATE REQUEST" in shelf.order_details.letter

    person.click(shelf.order_details.save)
    choose_file(person, str(tmp_path / "opplan.csr"))
    request = (tmp_path / "opplan.csr").read_text("ascii")
    assert request == order.request

    answer = answer_to(request, pki.siths_real().issuing)
    person.click(shelf.order_details.answer)
    choose_file(person, answer_file(tmp_path, answer))
    new = shelf.details.view
    assert new.fingerprint != former.fingerprint
    assert session.shelf.orders == ()
    assert kinds_of(former.id, session.shelf) == REAL  # the former is still in use

    person.click(shelf.details.switch)
    assert kinds_of(new.id, session.shelf) == REAL
    shelf.show_id(former.id)
    person.click(shelf.details.remove)
    person.click(shelf.details.remove_now)
    assert [one.id for one in session.shelf.certificates] == [new.id]


def test_an_answer_to_another_request_is_refused_and_the_order_waits_on(person, tmp_path):
    shelf = person.page.shelf
    person.click(person.page.order)
    shelf.order_form.organisation.field.setText("Region Exempel")
    shelf.order_form.common_name.field.setText("op.example.se")
    shelf.order_form.key_kind.set_value("ec-p256")
    person.click(shelf.order_form.confirm)
    person.click(shelf.order_details.answer)
    choose_file(person, answer_file(tmp_path, pki.leaf().certificate))
    assert shelf.order_details.trouble.text()
    assert len(person.window.context.session.shelf.orders) == 1


def test_a_wrong_entrance_is_told_by_the_real_certificate(person, expiring):
    import_file(person, expiring)
    lines = person.page.shelf.details.opens.lines
    said = {line.opening.pairing.entrance: line for line in lines}
    assert said["stage"].opening.pairing.opens
    assert said["production"].opening.pairing.opens
    assert said["teststage"].opening.state == "closed"
    assert "SITHS e-id Function CA v1" in said["teststage"].sentence
    assert said["teststage"].button is None


@needs_softhsm
def test_a_tokens_certificate_is_found_used_and_opened_with_its_pin(person, tmp_path):
    reader = make_reader(tmp_path / "reader")
    reader.insert("SPOR-kort").put(pki.leaf(), *pki.siths_test().chain)
    shelf = person.page.shelf
    person.click(shelf.ways.token)
    shelf.token_form.module.setText(str(reader.module))
    shelf.token_form.pin.setText(PIN)
    person.click(shelf.token_form.seek)
    assert [one.label for one in shelf.token_form.found.chosen()] == ["SPOR-kort"]
    person.click(shelf.token_form.confirm)
    view = shelf.details.view
    assert view.key_place == "token"
    assert not view.needs_pin

    kept = person.desk.kept().get(view.id)
    person.desk.pins.forget(kept.reference)  # as when the program is started again
    person.page.work.reload()
    person.wait()
    assert shelf.details.view.needs_pin
    shelf.details.token.pin.setText("000000")
    person.click(shelf.details.token.open)
    assert "SPOR-kort" in shelf.details.token.trouble.text()
    shelf.details.token.pin.setText(PIN)
    person.click(shelf.details.token.open)
    assert not shelf.details.view.needs_pin
    assert person.window.context.session.shelf.keystore.state is KeystoreState.READY
