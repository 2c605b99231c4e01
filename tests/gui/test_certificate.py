"""What the user sees and does under Certifikat."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.core.errors import CertificateError, StageError
from app.gui.certificate.page import CertificatePage
from tests.support import gui_pages as made
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


def test_without_a_certificate_the_page_says_so_and_offers_both_ways(page):
    assert page.facts.title.text() == "Inget certifikat"
    assert page.facts.none.isVisible()
    assert not page.facts.remove.isVisible()
    assert page.choose.isEnabled()
    assert page.stage.isEnabled()
    assert not page.ladder.attempt.isEnabled()


def test_a_file_is_imported_with_its_password(qtbot, page, window):
    page.importer.take_file("/home/x/opplan.p12")
    assert page.importer.isVisible()
    assert page.importer.name.text() == "opplan.p12"
    assert page.importer.password.echoMode() == QLineEdit.EchoMode.Password
    qtbot.keyClicks(page.importer.password, "hemligt")
    qtbot.keyClick(page.importer.password, Qt.Key.Key_Return)
    qtbot.keyClick(page.importer.password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.certificate is not None)
    assert window.desk.arguments("import_certificate") == ("/home/x/opplan.p12", "hemligt")
    assert window.desk.times("import_certificate") == 1
    assert not page.importer.isVisible()
    assert page.importer.password.text() == ""
    assert page.facts.title.text() == "SE0000000000-OP1"


def test_a_wrong_password_is_told_and_may_be_tried_again(qtbot, page, window):
    window.desk.fail("import_certificate", CertificateError("certificate-password"))
    page.importer.take_file("/home/x/opplan.p12")
    qtbot.mouseClick(page.importer.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.said))
    assert page.importer.isVisible()
    assert page.importer.confirm.isEnabled()
    qtbot.mouseClick(page.importer.cancel, Qt.MouseButton.LeftButton)
    assert not page.importer.isVisible()


def test_the_facts_tell_who_until_when_and_what_it_opens(page, window):
    window.session.set_certificate(made.CERTIFICATE)
    text = page.facts.rows.text
    assert "Giltigt till: 2027-01-10" in text
    assert "Öppnar: Lokal stage, Teststage" in text
    assert "Lösenfrasen ligger i: SecretService" in text
    assert page.facts.days.text() == "Giltigt i 49 dagar till"


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (300, "Giltigt i 300 dagar till"),
        (1, "Giltigt i 1 dag till"),
        (-1, "Certifikatet har gått ut."),
    ],
)
def test_the_days_left_are_said_in_words(page, window, days, words):
    window.session.set_certificate(replace(made.CERTIFICATE, days_left=days))
    assert page.facts.days.text() == words


def test_a_certificate_that_opens_nothing_says_so(page, window):
    window.session.set_certificate(replace(made.CERTIFICATE, entrances=(), problems=()))
    assert "Öppnar: Ingen känd ingång" in page.facts.rows.text


def test_the_local_stages_certificate_takes_one_press(qtbot, page, window):
    qtbot.mouseClick(page.stage, Qt.MouseButton.LeftButton)
    assert not page.stage.isEnabled()
    qtbot.waitUntil(lambda: window.session.certificate is not None)
    assert window.session.stage == made.STAGE
    assert page.stage.isEnabled()


def test_a_stage_that_does_not_start_is_told(qtbot, page, window):
    window.desk.fail("start_stage", StageError("stage-start-failed"))
    qtbot.mouseClick(page.stage, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(window.said))
    assert page.stage.isEnabled()


def test_the_certificate_is_removed(qtbot, page, window):
    window.session.set_certificate(made.CERTIFICATE)
    qtbot.mouseClick(page.facts.remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.certificate is None)
    assert page.facts.none.isVisible()
