"""Ordering, renewing and switching, as the user sees them under Certifikat."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.core.errors import CertificateError
from app.gui.certificate.page import CertificatePage
from app.gui.widgets.fold import Fold
from app.language.sentences import sentence_of
from app.language.text import _
from app.workflow.certificate_views import OrderForm
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


def answer_file(page, path):
    dialog = page.window().findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(path)
    dialog.close()


def fill_in(form, **texts):
    for name, text in texts.items():
        field = getattr(form, name).field
        field.clear()
        field.insert(text)  # QTest types no å, ä or ö


def test_an_order_tells_what_the_form_says(qtbot, page, window):
    window.desk.answers["certificates"] = lambda: shelves.WAITING
    press(qtbot, page.order)
    form = page.shelf.order_form
    fill_in(
        form,
        organisation="Exempelsjukhuset AB",
        common_name="Opplan.Exempelsjukhuset.se",
        names="spor.exempelsjukhuset.se, www.exempelsjukhuset.se",
        hsa_id="SE2321000016-OP1",
        locality="Uppsala",
    )
    press(qtbot, form.confirm)
    settle(qtbot, window)
    (ordered,) = window.desk.arguments("order_certificate")
    assert ordered == OrderForm(
        "Exempelsjukhuset AB",
        "opplan.exempelsjukhuset.se",
        ("spor.exempelsjukhuset.se", "www.exempelsjukhuset.se"),
        "SE2321000016-OP1",
        "Uppsala",
    )
    assert page.shelf.stack.currentWidget() is page.shelf.order_details
    assert page.shelf.order_details.order == shelves.ORDER


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("organisation", ""),
        ("common_name", "opplan sjukhuset"),
        ("common_name", "opplan"),
        ("common_name", "åäö.sjukhuset.se"),
        ("names", "spor.sjukhuset.se -fel.se"),
        ("hsa_id", "SE2321000016"),
        ("country", "Sverige"),
    ],
)
def test_what_is_wrong_is_told_at_the_field_and_nothing_is_ordered(
    qtbot, page, window, field, text
):
    press(qtbot, page.order)
    form = page.shelf.order_form
    fill_in(form, organisation="Exempelsjukhuset AB", common_name="opplan.sjukhuset.se")
    fill_in(form, **{field: text})
    press(qtbot, form.confirm)
    one = getattr(form, field)
    assert one.trouble.isVisible()
    assert one.field.accessibleDescription() == one.trouble.text()
    assert window.desk.times("order_certificate") == 0
    qtbot.keyClicks(one.field, "x")
    assert not one.trouble.isVisible()  # what is being mended is not complained about


def test_an_order_that_fails_is_told_in_the_form_which_keeps_its_texts(qtbot, page, window):
    window.desk.fail("order_certificate", CertificateError("certificate-not-kept"))
    press(qtbot, page.order)
    form = page.shelf.order_form
    fill_in(form, organisation="Sjukhuset", common_name="opplan.sjukhuset.se")
    press(qtbot, form.confirm)
    settle(qtbot, window)
    assert form.trouble.text() == sentence_of("certificate-not-kept")
    assert form.common_name.text() == "opplan.sjukhuset.se"
    assert form.confirm.isEnabled()


def test_a_renewal_has_the_names_of_the_one_it_replaces(qtbot, page, window):
    window.session.set_shelf(shelves.EXPIRES)
    press(qtbot, page.shelf.details.renew)
    press(qtbot, page.shelf.order_form.confirm)
    settle(qtbot, window)
    (ordered,) = window.desk.arguments("order_certificate")
    assert ordered.renews == "expiring"
    assert ordered.organisation == "Exempelsjukhuset AB"
    assert ordered.common_name == "opplan.exempelsjukhuset.se"
    assert ordered.hsa_id == "SE2321000016-OP1"
    assert ordered.key_kind == "rsa-4096"


def test_the_request_is_saved_where_the_user_says(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    details = page.shelf.order_details
    assert details.order == shelves.ORDER
    press(qtbot, details.save)
    answer_file(page, "/x/opplan.csr")
    settle(qtbot, window)
    assert window.desk.arguments("save_request") == ("order-1", "/x/opplan.csr")
    assert _("The request is saved as {name}.").format(name="opplan.csr") in window.said


def test_the_letter_is_shown_and_copied_without_any_key(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    details = page.shelf.order_details
    fold = details.findChild(Fold)
    fold.turn()
    assert details.letter == fold.body.toPlainText()
    press(qtbot, details.copy)
    copied = QGuiApplication.clipboard().text()
    assert "opplan.exempelsjukhuset.se" in copied
    assert "BEGIN CERTIFICATE REQUEST" in copied
    assert "PRIVATE KEY" not in copied


def test_the_answer_is_matched_to_its_order_and_shown_beside_the_former(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    press(qtbot, page.shelf.order_details.answer)
    answer_file(page, "/x/svar.cer")
    settle(qtbot, window)
    assert window.desk.arguments("complete_order") == ("order-1", "/x/svar.cer")
    assert page.shelf.details.view.id == "good"
    assert page.shelf.details.switch.isVisible()


def test_an_answer_for_another_key_is_told_and_the_order_waits_on(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    window.desk.fail("complete_order", CertificateError("certificate-key-mismatch"))
    press(qtbot, page.shelf.order_details.answer)
    answer_file(page, "/x/svar.cer")
    settle(qtbot, window)
    said = page.shelf.order_details.trouble
    assert said.text() == sentence_of("certificate-key-mismatch")
    assert said.isVisible()


def test_why_an_answer_was_refused_is_not_told_beside_another_order(qtbot, page, window):
    other = replace(shelves.ORDER, id="order-2")
    window.session.set_shelf(replace(shelves.WAITING, orders=(shelves.ORDER, other)))
    window.desk.fail("complete_order", CertificateError("certificate-key-mismatch"))
    window.desk.held.add("complete_order")
    page.shelf.show_id("order-1")
    press(qtbot, page.shelf.order_details.answer)
    answer_file(page, "/x/svar.cer")
    page.shelf.show_id("order-2")
    window.desk.release()
    settle(qtbot, window)
    assert page.shelf.order_details.trouble.text() == ""


def test_an_imported_file_without_a_key_may_be_the_answer(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    page.shelf.show_import("/x/svar.p7b")
    importer = page.shelf.importer
    assert importer.answers.isVisible()
    assert not importer.password.isVisible()
    press(qtbot, importer.confirm)
    settle(qtbot, window)
    assert window.desk.arguments("complete_order") == ("order-1", "/x/svar.p7b")


def test_or_a_certificate_with_its_own_key(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    page.shelf.show_import("/x/annat.pem")
    importer = page.shelf.importer
    importer.answers.setCurrentIndex(importer.answers.count() - 1)
    importer.answers.activated.emit(importer.answers.currentIndex())
    assert importer.key.isVisible()
    press(qtbot, importer.confirm)
    settle(qtbot, window)
    assert window.desk.times("complete_order") == 0
    assert window.desk.arguments("import_certificate") == ("/x/annat.pem", "")


def test_an_order_is_cancelled_by_a_second_press_only(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    details = page.shelf.order_details
    press(qtbot, details.cancel)
    press(qtbot, details.keep)
    assert window.desk.times("cancel_order") == 0
    press(qtbot, details.cancel)
    press(qtbot, details.cancel_now)
    settle(qtbot, window)
    assert window.desk.arguments("cancel_order") == ("order-1",)


def test_the_new_certificate_takes_over_by_one_press_where_the_former_was_used(qtbot, page, window):
    window.session.set_shelf(shelves.RENEWED)
    page.shelf.show_id("expiring")
    newer = _("A newer certificate for the same HSA-id lies beside this one.")
    assert newer in page.shelf.details.said()
    page.shelf.show_id("good")
    press(qtbot, page.shelf.details.switch)
    settle(qtbot, window)
    assert window.desk.arguments("choose_certificate") == ("good", ("production", "stage"))


def test_nothing_takes_over_from_one_that_is_not_used_or_speaks_for_another(page, window):
    window.session.set_shelf(replace(shelves.RENEWED, chosen=()))
    page.shelf.show_id("good")
    assert page.shelf.details.switch is None
    other = replace(shelves.EXPIRING, hsa_id="SE2321000016-ANNAN")
    chosen = (("stage", "expiring"),)
    window.session.set_shelf(shelves.shelf(shelves.GOOD, other, chosen=chosen))
    page.shelf.show_id("good")
    assert page.shelf.details.switch is None


def test_an_unusual_hsa_id_is_told_but_can_be_ordered(qtbot, page, window):
    window.desk.answers["certificates"] = lambda: shelves.WAITING
    press(qtbot, page.order)
    form = page.shelf.order_form
    fill_in(form, organisation="Sjukhuset", common_name="opplan.sjukhuset.se", hsa_id="SE13-137")
    form.hsa_id.field.editingFinished.emit()
    assert form.hsa_id.trouble.text() == sentence_of("hsa-id-unusual")
    press(qtbot, form.confirm)
    settle(qtbot, window)
    assert window.desk.times("order_certificate") == 1


def test_delete_asks_before_the_chosen_one_goes(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    page.activateWindow()
    page.shelf.table.setFocus()
    qtbot.waitUntil(page.shelf.table.hasFocus)
    qtbot.keyClick(page.shelf.table, Qt.Key.Key_Delete)
    assert page.shelf.order_details.cancel_now.isVisible()
    page.shelf.show_id("expiring")
    page.shelf.table.setFocus()
    qtbot.keyClick(page.shelf.table, Qt.Key.Key_Delete)
    assert page.shelf.details.remove_now.isVisible()
    assert window.desk.times("remove_certificate") == 0
