"""What the user sees and does under Certifikat: the list, the chosen certificate, import, removal.

Texts are asked for in English and compared in the language in use.
"""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLineEdit

from app.core.errors import CertificateError, StageError
from app.gui.certificate.page import CertificatePage
from app.gui.frame.navigator import Place
from app.language.sentences import sentence_of
from app.language.text import _, ngettext
from app.workflow.certificate_views import CertificateShelf, RevocationView
from app.workflow.views import Problem
from tests.support import gui_pages as made
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


def rows(page):
    table = page.shelf.table.rows
    return [table.row_at(number) for number in range(table.rowCount())]


def opening(page, entrance):
    lines = page.shelf.details.opens.lines
    return next(one for one in lines if one.opening.pairing.entrance == entrance)


def problems(page):
    return [one.text() for one in page.shelf.details.problems if hasattr(one, "text")]


def test_without_a_certificate_the_page_offers_four_ways(page):
    ways = page.shelf.ways
    assert page.shelf.stack.currentWidget() is ways
    assert not page.shelf.table.isVisible()
    for button in (ways.choose, ways.order, ways.token, ways.stage, page.choose, page.stage):
        assert button.isVisible()
        assert button.isEnabled()
        assert button.accessibleName()


def test_each_way_leads_to_its_form(qtbot, page):
    shelf = page.shelf
    press(qtbot, shelf.ways.order)
    assert shelf.stack.currentWidget() is shelf.order_form
    qtbot.keyClick(shelf.order_form.organisation.field, Qt.Key.Key_Escape)
    assert shelf.stack.currentWidget() is shelf.ways
    press(qtbot, shelf.ways.token)
    assert shelf.stack.currentWidget() is shelf.token_form
    press(qtbot, shelf.token_form.cancel)
    assert shelf.stack.currentWidget() is shelf.ways


def test_the_way_to_a_file_asks_which_file(qtbot, page):
    press(qtbot, page.shelf.ways.choose)
    dialog = page.window().findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit("/home/x/opplan.p12")
    dialog.close()
    assert page.shelf.stack.currentWidget() is page.shelf.importer
    assert page.shelf.importer.name == "opplan.p12"


def test_the_list_says_how_each_one_stands_and_where_it_is_used(page, window):
    window.session.set_shelf(shelves.FULL)
    said = {row.id: (row.state.status, row.state.text) for row in rows(page)}
    assert said == {
        "order-1": ("waiting", _("Ordered")),
        "good": ("clean", _("In use")),
        "test": ("clean", _("In use")),
        "token": ("waiting", _("Needs its PIN")),
        "expired": ("blocks", _("Expired")),
    }
    assert [row.used for row in rows(page)] == ["", "Produktion, Stage", "Teststage", "", ""]
    assert [row.left for row in rows(page)] == ["", "312", "312", "312", ""]


def test_one_that_expires_within_sixty_days_says_so_in_the_list_and_beside_it(page, window):
    window.session.set_shelf(shelves.EXPIRES)
    (row,) = rows(page)
    assert row.state.status == "fellista"
    assert "49" in row.state.text
    assert "49" in page.shelf.details.days.text()
    assert ngettext("{count} working day", "{count} working days", 32).format(
        count=32
    ) in page.shelf.details.days.text()  # fmt: skip
    assert _("A new function certificate takes weeks. Order it now, beside this one.") in (
        problems(page)
    )


def test_an_expired_one_says_since_when_and_nothing_opens(page, window):
    window.session.set_shelf(shelves.shelf(shelves.EXPIRED))
    assert "2026-11-01" in page.shelf.details.days.text()
    assert problems(page) == []  # said once
    assert not any(line.opening.pairing.opens for line in page.shelf.details.opens.lines)
    assert {line.sentence for line in page.shelf.details.opens.lines} == {""}


def test_the_facts_tell_who_issuer_use_time_and_key(page, window):
    window.session.set_shelf(shelves.ONE)
    text = page.shelf.details.facts.text
    for part in (
        "SE2321000016-OP1",
        "Exempelsjukhuset AB",
        "opplan.exempelsjukhuset.se",
        "SITHS e-id (dagens generation)",
        "SITHS e-id Root CA v2",
        _("client authentication"),
        "1.2.752.74.8.505",
        "http://crl1.siths.se/sithseidfunctioncav1.crl",
        "2025-10-01",
        "2027-10-01",
        "RSA 4096",
        "Secret Service",
        "abababab abababab",
    ):
        assert part in text


def test_an_issuer_that_nobody_knows_is_told_as_such(page, window):
    window.session.set_shelf(shelves.shelf(shelves.STRANGER))
    assert page.shelf.details.view.authority is None
    unknown = _("The issuer is not among the authorities that are known here.")
    assert unknown in [one.text() for one in page.shelf.details.facts.notes]
    assert sentence_of("certificate-hsa-missing") in problems(page)
    assert page.shelf.details.check.toolTip() == _("The certificate names no revocation list.")


def test_every_entrance_says_whether_it_opens_and_why_not(page, window):
    window.session.set_shelf(shelves.WRONG)
    stage, teststage = opening(page, "stage"), opening(page, "teststage")
    assert opening(page, "teststage") is page.shelf.details.opens.lines[0]  # what opens is first
    assert (teststage.opening.state, teststage.sentence) == ("opens", "")
    assert stage.opening.state == "closed"
    assert "TEST SITHS e-id Function CA v1" in stage.sentence
    assert stage.button is None
    assert stage.opening.name in stage.accessibleName()
    assert stage.sentence in stage.accessibleName()


def test_one_that_is_used_where_it_does_not_open_is_told_as_wrong(page, window):
    window.session.set_shelf(shelves.shelf(shelves.TEST, chosen=(("stage", "test"),)))
    assert rows(page)[0].state.text == _("Wrong entrance")
    assert opening(page, "stage").opening.state == "wrong"
    assert opening(page, "stage").opening.word == _("does not open, and is used there")


def test_a_certificate_is_chosen_for_an_entrance_by_its_kind(qtbot, page, window):
    window.session.set_shelf(shelves.shelf(shelves.GOOD))
    press(qtbot, opening(page, "stage").button)
    settle(qtbot, window)
    assert window.desk.arguments("choose_certificate") == ("good", ("stage",))
    assert _("The certificate is chosen. Nothing was sent.") in window.said


def test_the_host_says_which_kind_an_entrance_is(qtbot, page, window):
    kinds = (("stage", "production"),)
    window.session.set_shelf(replace(shelves.shelf(shelves.GOOD), kinds=kinds))
    press(qtbot, opening(page, "stage").button)
    assert window.desk.arguments("choose_certificate") == ("good", ("production",))


def test_a_file_is_imported_once_with_its_password(qtbot, page, window):
    importer = page.shelf.importer
    page.shelf.show_import("/home/x/opplan.p12")
    assert importer.isVisible()
    assert importer.password.echoMode() == QLineEdit.EchoMode.Password
    assert not importer.key.isVisible()
    qtbot.keyClicks(importer.password, "hemligt")
    qtbot.keyClick(importer.password, Qt.Key.Key_Return)
    qtbot.keyClick(importer.password, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.desk.arguments("import_certificate") == ("/home/x/opplan.p12", "hemligt")
    assert window.desk.times("import_certificate") == 1
    assert importer.password.text() == ""
    assert page.shelf.stack.currentWidget() is page.shelf.details
    assert page.shelf.details.view.hsa_id == "SE0000000000-OP1"
    assert window.session.certificate == made.CERTIFICATE


def test_a_pem_certificate_asks_for_the_file_of_its_key(qtbot, page, window):
    importer = page.shelf.importer
    page.shelf.show_import("/home/x/opplan.pem")
    assert importer.key.isVisible()
    qtbot.keyClicks(importer.key, "/home/x/opplan.key")
    press(qtbot, importer.confirm)
    settle(qtbot, window)
    wanted = ("/home/x/opplan.pem", "", "/home/x/opplan.key")
    assert window.desk.arguments("import_certificate") == wanted


def test_no_file_is_told_in_the_form(qtbot, page, window):
    page.shelf.show_import()
    press(qtbot, page.shelf.importer.confirm)
    assert page.shelf.importer.trouble.isVisible()
    assert window.desk.times("import_certificate") == 0


def test_a_wrong_password_is_told_in_the_form_and_may_be_tried_again(qtbot, page, window):
    window.desk.fail("import_certificate", CertificateError("certificate-password"))
    importer = page.shelf.importer
    page.shelf.show_import("/home/x/opplan.p12")
    press(qtbot, importer.confirm)
    settle(qtbot, window)
    assert importer.isVisible()
    assert importer.trouble.text() == sentence_of("certificate-password")
    assert importer.confirm.isEnabled()
    press(qtbot, importer.cancel)
    assert not importer.isVisible()
    assert importer.path.text() == ""


def test_an_import_under_way_can_be_cancelled(qtbot, page, window):
    window.desk.held.add("import_certificate")
    importer = page.shelf.importer
    page.shelf.show_import("/home/x/opplan.p12")
    press(qtbot, importer.confirm)
    assert not importer.confirm.isEnabled()
    qtbot.waitUntil(page.shelf.waiting.isVisible)
    assert page.shelf.waiting.told.text()
    press(qtbot, page.shelf.waiting.cancel)
    settle(qtbot, window)
    assert "cancel" in window.desk.orders
    assert not page.shelf.waiting.isVisible()
    assert importer.confirm.isEnabled()
    assert not importer.trouble.isVisible()


def test_a_certificate_file_can_be_dropped_on_the_page(page):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/x/läs.txt"), QUrl.fromLocalFile("/x/opplan.pfx")])
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPoint(5, 5), actions, data, Qt.MouseButton.LeftButton, none))
    assert page.shelf.importer.isVisible()
    assert page.shelf.importer.path.text().endswith("opplan.pfx")


def test_a_form_stays_open_when_the_shelf_changes_around_it(page, window):
    page.shelf.show_import("/home/x/opplan.p12")
    window.session.set_shelf(shelves.ONE)
    window.session.set_entrance("stage")
    assert page.shelf.importer.isVisible()
    page.shelf.close_form()
    assert page.shelf.details.isVisible()


def test_the_local_stages_certificate_takes_one_press(qtbot, page, window):
    press(qtbot, page.stage)
    assert not page.stage.isEnabled()
    qtbot.waitUntil(lambda: window.session.certificate is not None)
    assert window.session.stage == made.STAGE
    assert page.stage.isEnabled()
    assert page.shelf.details.isVisible()


def test_a_stage_that_does_not_start_is_told(qtbot, page, window):
    window.desk.fail("start_stage", StageError("stage-start-failed"))
    press(qtbot, page.shelf.ways.stage)
    qtbot.waitUntil(lambda: bool(window.said))
    assert page.stage.isEnabled()
    assert page.shelf.ways.stage.isEnabled()


def test_a_certificate_is_removed_by_a_second_press_only(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    details = page.shelf.details
    press(qtbot, details.remove)
    assert window.desk.times("remove_certificate") == 0
    assert details.keep.hasFocus() or not page.isActiveWindow()
    press(qtbot, details.keep)
    assert details.remove.isVisible()
    press(qtbot, details.remove)
    press(qtbot, details.remove_now)
    settle(qtbot, window)
    assert window.desk.arguments("remove_certificate") == ("good",)
    assert page.shelf.ways.isVisible()


def test_the_question_is_forgotten_when_another_is_chosen(qtbot, page, window):
    window.session.set_shelf(shelves.FULL)
    page.shelf.show_id("good")
    press(qtbot, page.shelf.details.remove)
    page.shelf.show_id("test")
    page.shelf.show_id("good")
    assert page.shelf.details.remove.isVisible()


def test_the_revocation_list_is_asked_on_request_and_says_what_it_says(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    details = page.shelf.details
    press(qtbot, details.check)
    settle(qtbot, window)
    assert window.desk.arguments("check_revocation") == ("good",)
    assert "crl1.siths.se" in details.revocation.text()
    window.desk.answers["check_revocation"] = lambda *_a: RevocationView("revocation-revoked")
    press(qtbot, details.check)
    settle(qtbot, window)
    assert details.revocation.text() == sentence_of("revocation-revoked")


def test_an_answer_of_the_list_for_another_certificate_is_not_shown(page, window):
    window.session.set_shelf(shelves.FULL)
    page.shelf.show_id("test")
    said = RevocationView("revocation-revoked")
    page.shelf.details.show_revocation("good", said)
    assert page.shelf.details.revocation.text() == ""
    page.shelf.details.ask_remove()
    page.shelf.details.show_revocation("test", said)  # its line is not there while asking
    page.shelf.details.refuse_revocation("test", CertificateError("certificate-busy"))


def test_a_list_that_cannot_be_asked_is_told_beside_the_button(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    window.desk.fail("check_revocation", CertificateError("certificate-busy"))
    press(qtbot, page.shelf.details.check)
    settle(qtbot, window)
    assert page.shelf.details.revocation.text() == sentence_of("certificate-busy")
    assert page.shelf.details.check.isEnabled()


def test_what_is_wrong_with_it_is_told_with_its_remedy(page, window):
    problem = Problem("certificate-usage")
    window.session.set_shelf(shelves.shelf(replace(shelves.GOOD, problems=(problem,))))
    assert problems(page) == [sentence_of("certificate-usage")]
    assert rows(page)[0].state.status == "blocks"


def test_without_a_project_the_entrances_have_their_own_words(qtbot, tmp_path):
    window = Window(tmp_path, project=False)
    page = CertificatePage(window.context)
    qtbot.addWidget(page)
    page.show()
    window.session.set_shelf(shelves.ONE)
    assert rows(page)[0].used == ", ".join(_(word).capitalize() for word in ("PRODUCTION", "STAGE"))
    window.close()


def test_the_chosen_row_stays_chosen_when_the_shelf_changes(page, window):
    window.session.set_shelf(shelves.FULL)
    page.shelf.show_id("test")
    window.session.set_shelf(replace(shelves.FULL, orders=()))
    assert page.shelf.details.view.id == "test"
    window.session.set_shelf(CertificateShelf())
    assert page.shelf.ways.isVisible()


def test_a_place_names_the_certificate_to_show(page, window):
    window.session.set_shelf(shelves.FULL)
    page.arrive(Place("certificate", {"certificate": "expired"}))
    assert page.shelf.details.view.id == "expired"
