"""Tokens, the computer's store and the keystore, as the user meets them under Certifikat."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from app.core.errors import CertificateError, KeystoreError
from app.gui.certificate.page import CertificatePage
from app.gui.frame import deeds
from app.gui.frame.keystore_note import KeystoreNote
from app.language.sentences import sentence_of
from app.language.text import _
from app.workflow.certificate_views import CertificateShelf, KeystoreState, KeystoreView
from app.workflow.views import Problem
from tests.support import gui_shelf as shelves
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    yield window
    window.close()


@pytest.fixture
def page(qtbot, window):
    page = CertificatePage(window.context)
    qtbot.addWidget(page)
    page.resize(1166, 638)
    page.show()
    return page


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.backend.jobs)


def test_a_tokens_certificates_are_looked_for_and_one_is_used(qtbot, page, window):
    press(qtbot, page.shelf.ways.token)
    form = page.shelf.token_form
    assert form.pin.echoMode() == QLineEdit.EchoMode.Password
    assert not form.confirm.isEnabled()
    qtbot.keyClicks(form.module, "/usr/lib/kort.so")
    qtbot.keyClicks(form.pin, "123456")
    press(qtbot, form.seek)
    settle(qtbot, window)
    assert window.desk.arguments("token_certificates") == ("token", "/usr/lib/kort.so", "123456")
    assert form.found.rows.rowCount() == 2
    press(qtbot, form.confirm)
    settle(qtbot, window)
    assert window.desk.arguments("use_token_certificate") == (shelves.FOUND[0], "123456")
    assert form.pin.text() == ""
    assert page.shelf.details.view.id == "token"


def test_the_module_is_remembered_but_never_the_pin(qtbot, page, window):
    form = page.shelf.token_form
    page.shelf.open_token_form()
    qtbot.keyClicks(form.module, "/usr/lib/kort.so")
    qtbot.keyClicks(form.pin, "123456")
    press(qtbot, form.seek)
    settle(qtbot, window)
    again = CertificatePage(window.context)
    qtbot.addWidget(again)
    assert again.shelf.token_form.module.text() == "/usr/lib/kort.so"
    assert again.shelf.token_form.pin.text() == ""


def test_a_wrong_pin_is_told_once_and_never_tried_again_by_itself(qtbot, page, window):
    error = CertificateError("certificate-pin-wrong", token="SPOR-kort")
    window.desk.fail("token_certificates", error)
    page.shelf.open_token_form()
    form = page.shelf.token_form
    qtbot.keyClicks(form.module, "/usr/lib/kort.so")
    press(qtbot, form.seek)
    settle(qtbot, window)
    assert form.trouble.text() == sentence_of("certificate-pin-wrong", {"token": "SPOR-kort"})
    assert window.desk.times("token_certificates") == 1
    assert form.seek.isEnabled()


def test_without_a_module_nothing_is_looked_for(qtbot, page, window):
    page.shelf.open_token_form()
    press(qtbot, page.shelf.token_form.seek)
    assert page.shelf.token_form.trouble.isVisible()
    assert window.desk.times("token_certificates") == 0


def test_the_computers_own_store_asks_for_neither_module_nor_pin(qtbot, page, window):
    window.desk.fail("token_certificates", KeystoreError("keystore-windows-only"))
    page.shelf.open_token_form()
    form = page.shelf.token_form
    form.place.setCurrentIndex(1)
    form.place.activated.emit(1)
    assert not form.module.isVisible()
    assert not form.pin.isVisible()
    press(qtbot, form.seek)
    settle(qtbot, window)
    assert window.desk.arguments("token_certificates") == ("windows", "", "")
    assert form.trouble.text() == sentence_of("keystore-windows-only")


def test_why_a_token_does_not_open_is_not_told_beside_another(qtbot, page, window):
    other = replace(shelves.TOKEN, id="other")
    window.session.set_shelf(shelves.shelf(shelves.TOKEN, other))
    window.desk.fail("open_token", CertificateError("certificate-pin-wrong", token="SPOR-kort"))
    window.desk.held.add("open_token")
    qtbot.keyClicks(page.shelf.details.token.pin, "000000")
    press(qtbot, page.shelf.details.token.open)
    page.shelf.show_id("other")
    token = page.shelf.details.token
    qtbot.keyClicks(token.pin, "123456")
    window.desk.release()
    settle(qtbot, window)
    assert (token.pin.text(), token.trouble.text()) == ("123456", "")


def test_a_kept_token_is_opened_for_this_run_by_its_pin(qtbot, page, window):
    window.session.set_shelf(shelves.shelf(shelves.TOKEN))
    token = page.shelf.details.token
    qtbot.keyClicks(token.pin, "123456")
    qtbot.keyClick(token.pin, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.desk.arguments("open_token") == ("token", "123456")
    assert page.shelf.details.token is None
    assert _("The token is open until the program ends.") in window.said


def test_a_token_that_does_not_open_says_why_and_forgets_the_pin(qtbot, page, window):
    window.session.set_shelf(shelves.shelf(shelves.TOKEN))
    error = CertificateError("certificate-pin-last-try", token="SPOR-kort")
    window.desk.fail("open_token", error)
    token = page.shelf.details.token
    qtbot.keyClicks(token.pin, "000000")
    press(qtbot, token.open)
    settle(qtbot, window)
    wanted = sentence_of("certificate-pin-last-try", {"token": "SPOR-kort"})
    assert token.trouble.text() == wanted
    assert token.pin.text() == ""
    assert token.open.isEnabled()


def test_removing_a_tokens_certificate_says_that_its_key_stays(qtbot, page, window):
    window.session.set_shelf(shelves.shelf(shelves.TOKEN))
    details = page.shelf.details
    press(qtbot, details.remove)
    assert _("The certificate is no longer used here. Its key stays where it is.") in details.said()


def test_where_there_is_no_keystore_a_passphrase_can_be_chosen(qtbot, page, window):
    window.session.set_shelf(shelves.shelf(keystore=KeystoreState.MISSING))
    panel = page.shelf.keystore
    assert panel.isVisible()
    assert panel.trouble.text() == sentence_of("keystore-missing")
    qtbot.keyClicks(panel.passphrase, "fyra ord som minns")
    qtbot.keyClicks(panel.repeated, "fyra ord till")
    press(qtbot, panel.confirm)
    assert window.desk.times("start_passphrase") == 0
    assert panel.trouble.text() == _("The two passphrases differ. Type them again.")
    panel.repeated.clear()
    qtbot.keyClicks(panel.repeated, "fyra ord som minns")
    qtbot.keyClick(panel.repeated, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.desk.arguments("start_passphrase") == ("fyra ord som minns",)
    assert not panel.isVisible()
    assert panel.passphrase.text() == ""


def test_the_passphrase_of_this_run_is_asked_for_and_a_wrong_one_told(qtbot, page, window):
    asks = shelves.shelf(shelves.GOOD, keystore=KeystoreState.ASKS, chosen=shelves.IN_USE)
    window.session.set_shelf(asks)
    panel = page.shelf.keystore
    assert not panel.repeated.isVisible()
    assert page.shelf.details.isVisible()  # certificates are shown before their keys open
    window.desk.fail("unlock_keystore", KeystoreError("passphrase-wrong"))
    qtbot.keyClicks(panel.passphrase, "fel")
    press(qtbot, panel.confirm)
    settle(qtbot, window)
    assert panel.trouble.text() == sentence_of("passphrase-wrong")
    assert panel.passphrase.text() == ""
    window.desk.answers.update(shelves.answers())
    qtbot.keyClicks(panel.passphrase, "rett")
    press(qtbot, panel.confirm)
    settle(qtbot, window)
    assert not panel.isVisible()


def test_a_locked_keystore_is_tried_again(qtbot, page, window):
    locked = KeystoreView(KeystoreState.LOCKED, "Secret Service", "keystore-locked")
    window.session.set_shelf(CertificateShelf(keystore=locked))
    panel = page.shelf.keystore
    assert panel.trouble.text() == sentence_of("keystore-locked")
    assert not panel.passphrase.isVisible()
    window.desk.fail("unlock_keystore", KeystoreError("keystore-locked"))
    press(qtbot, panel.again)
    settle(qtbot, window)
    assert panel.trouble.text() == sentence_of("keystore-locked")
    window.desk.answers["unlock_keystore"] = lambda _passphrase: shelves.ONE
    press(qtbot, panel.again)
    settle(qtbot, window)
    assert window.desk.arguments("unlock_keystore") == ("",)  # the keystore asks by itself
    assert not panel.isVisible()
    assert page.shelf.details.view.id == "good"


def test_a_silent_keystore_is_told_at_once_whatever_is_done(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    window.desk.held.add("order_certificate")
    window.context.backend.start(deeds.ORDER_CERTIFICATE, None)
    qtbot.waitUntil(lambda: bool(window.desk._waiting))
    window.desk.advance(0, 1, "waiting-for-keystore")
    waiting = page.shelf.waiting
    qtbot.waitUntil(waiting.isVisible)
    silent = waiting.told.text()
    assert silent == _(
        "Waiting for the computer's keystore. It may be asking you in another window."
    )
    window.desk.advance(0, 1, "making-key")
    qtbot.waitUntil(lambda: waiting.told.text() != silent)
    press(qtbot, waiting.cancel)
    settle(qtbot, window)
    assert not waiting.isVisible()


def test_a_keystore_that_does_not_answer_is_waited_for_with_a_way_out(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    window.desk.held.add("certificates")
    page.work.reload()
    qtbot.waitUntil(page.shelf.waiting.isVisible)
    assert _("Waiting for the computer's keystore. It may be asking you in another window.") == (
        page.shelf.waiting.told.text()
    )
    press(qtbot, page.shelf.waiting.cancel)
    settle(qtbot, window)
    assert not page.shelf.waiting.isVisible()
    assert page.shelf.details.view.id == "good"


def test_a_proxys_password_is_waited_for_with_a_way_out(qtbot, page, window):
    window.desk.held.add("keep_proxy_password")
    window.backend.start(deeds.KEEP_PROXY_PASSWORD, "proxy-svc@proxy:8080", "hemligt")
    qtbot.waitUntil(page.shelf.waiting.isVisible)
    press(qtbot, page.shelf.waiting.cancel)
    settle(qtbot, window)


def test_the_dialog_for_a_tokens_library_says_what_it_asks_for(qtbot, page):
    form = page.shelf.token_form
    form.module.setText("/usr/lib/kort.so")
    page.shelf.open_token_form()
    press(qtbot, form.choose)
    dialog = page.window().findChild(QFileDialog)
    assert dialog.windowTitle() == _("Choose the token's program library")
    dialog.close()


def test_a_damaged_certificate_hides_no_other_and_can_be_removed(qtbot, page, window):
    damaged = Problem("certificate-key-unreadable", (("id", "0123"),))
    window.session.set_shelf(replace(shelves.ONE, damaged=(damaged,)))
    assert page.shelf.table.rows.rowCount() == 2
    assert page.shelf.details.view.id == "good"
    page.shelf.show_id("0123")
    details = page.shelf.damaged
    press(qtbot, details.remove)
    press(qtbot, details.keep)
    assert window.desk.times("remove_certificate") == 0
    press(qtbot, details.remove)
    press(qtbot, details.remove_now)
    settle(qtbot, window)
    assert window.desk.arguments("remove_certificate") == ("0123",)


def test_the_ladders_wish_for_a_certificate_shows_the_one_that_opens(page, window):
    window.session.set_shelf(shelves.FULL)
    page.ladder.certificate_wanted.emit("teststage")
    assert page.shelf.details.view.id == "test"
    page.ladder.certificate_wanted.emit("stage")
    assert page.shelf.details.view.pairings == shelves.REAL_PAIRINGS
    page.ladder.certificate_wanted.emit("local")  # none opens it
    assert page.shelf.importer.isVisible()


def test_a_passphrase_that_is_waited_for_is_told_at_the_start_and_once(qtbot, page, window):
    note = KeystoreNote(window.context, page)
    asks = shelves.shelf(shelves.GOOD, keystore=KeystoreState.ASKS)
    window.session.set_shelf(asks)
    window.session.set_shelf(replace(asks, chosen=shelves.IN_USE))
    text = _("Type your passphrase under Certificate: it opens the keys.")
    assert window.said.count(text) == 1
    withdrawn: list[str] = []
    window.messages.withdrawn.connect(withdrawn.append)
    window.session.set_shelf(shelves.shelf(shelves.GOOD, keystore=KeystoreState.TYPED))
    assert withdrawn == [text]
    assert note.parent() is page
