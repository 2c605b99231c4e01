"""The certificate page without a mouse: where Tab and the focus go, and what stands beside it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from app.core.errors import CertificateError, KeystoreError, StageError
from app.gui.certificate.page import CertificatePage
from app.gui.certificate.words import validity
from app.gui.frame.expiry import warning
from app.language.sentences import sentence_of
from app.language.text import _
from app.workflow.certificate_views import KeystoreState
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
    page.activateWindow()
    return page


def settle(qtbot, window):
    qtbot.waitUntil(lambda: not window.backend.jobs)


def press(qtbot, button, key=Qt.Key.Key_Space):
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    qtbot.keyClick(button, key)


def after(part):
    """Return what Tab comes to from a part."""
    part = part.nextInFocusChain()
    while not part.focusPolicy() & Qt.FocusPolicy.TabFocus or not part.isVisible():
        part = part.nextInFocusChain()
    return part


def opening(page, entrance):
    lines = page.shelf.details.opens.lines
    return next(one for one in lines if one.opening.pairing.entrance == entrance)


def test_tab_goes_through_the_head_from_left_to_right_and_then_to_the_list(page, window):
    window.session.set_shelf(shelves.ONE)
    assert page.stage.x() < page.order.x() < page.choose.x()
    assert after(page.stage) is page.order
    assert after(page.order) is page.choose
    assert after(page.choose) is page.shelf.token_button


def test_the_focus_comes_to_the_list_when_what_was_shown_beside_it_is_gone(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    page.shelf.show_id("order-1")
    details = page.shelf.order_details
    press(qtbot, details.cancel)
    press(qtbot, details.cancel_now)
    settle(qtbot, window)
    assert page.window().focusWidget() is page.shelf.table


def test_the_focus_comes_to_the_first_way_when_the_last_one_is_removed(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    details = page.shelf.details
    press(qtbot, details.remove)
    assert page.window().focusWidget() is details.keep
    press(qtbot, details.remove_now)
    settle(qtbot, window)
    assert page.window().focusWidget() is page.shelf.ways.choose


def test_the_question_of_an_order_offers_to_keep_the_order(qtbot, page, window):
    window.session.set_shelf(shelves.WAITING)
    page.shelf.show_id("order-1")
    page.shelf.order_details.ask_cancel()
    assert page.shelf.order_details.keep.text() == _("Keep the order")


def test_leaving_a_form_stops_what_it_has_set_out_to_do(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    window.desk.held.add("import_certificate")
    importer = page.shelf.importer
    page.shelf.show_import("/home/x/opplan.p12")
    importer.confirm.click()
    press(qtbot, importer.cancel)
    settle(qtbot, window)
    assert window.desk.orders == ["cancel"]
    assert page.shelf.stack.currentWidget() is page.shelf.details
    assert page.window().focusWidget() is page.shelf.table


def test_a_form_that_is_left_without_a_deed_stops_nothing_else(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    window.desk.held.add("check_revocation")
    page.shelf.details.check.click()
    page.shelf.show_import()
    page.shelf.close_form()
    assert window.desk.orders == []
    window.desk.release()


def test_not_to_send_a_synthetic_case_leads_back_to_where_it_was_asked_for(qtbot, page, window):
    window.session.set_shelf(shelves.everywhere(shelves.TEST))
    page.ladder.show_entrance("teststage")
    synthetic = page.ladder.synthetic
    press(qtbot, synthetic.ask)
    press(qtbot, synthetic.leave)
    assert page.window().focusWidget() is synthetic.ask


def test_a_fields_name_stands_beside_the_field_also_when_it_is_wrong(qtbot, page, window):
    form = page.shelf.order_form
    page.shelf.open_order_form()
    form.decide()
    one = form.organisation
    assert one.trouble.isVisible()
    qtbot.waitUntil(lambda: one.height() > 1.5 * one.field.height())
    label = form.form.labelForField(one)
    middles = [part.mapTo(form, QPoint(0, part.height() // 2)).y() for part in (label, one.field)]
    assert abs(middles[0] - middles[1]) <= 4


def test_the_name_of_a_test_certificate_is_whole_in_a_small_window(page, window):
    page.resize(1198, 690)  # as in a window of 1366 x 768
    window.session.set_shelf(shelves.FULL)
    table = page.shelf.table
    index = table.rows.index(2, 0)
    assert index.data() == _("{name} (test)").format(name=shelves.TEST.hsa_id)
    room = table.columnWidth(0) - 2 * 11  # the cell's own margins
    assert table.fontMetrics().horizontalAdvance(index.data()) <= room


@pytest.mark.parametrize(
    ("days", "working", "said"), [(0, 0, "less than a day left"), (1, 0, "1 day left")]
)
def test_the_last_day_is_told_in_words(days, working, said):
    one = replace(shelves.EXPIRING, days_left=days, working_days_left=working, problems=())
    told = warning(one, shelves.shelf(one))
    ending = _("less than a day left") if not days else _("{count} day left").format(count=1)
    assert f": {ending}." in told
    assert "0" not in validity(one).text


def test_a_token_whose_name_is_not_known_is_called_the_token(page, window):
    window.session.set_shelf(shelves.everywhere(shelves.TOKEN))
    page.ladder.show_entrance("stage")
    assert _("the token") in page.ladder.rungs.rows[0].rung.problem
    assert "–" not in page.ladder.rungs.rows[0].rung.problem


def test_tab_goes_from_the_list_through_what_is_chosen_to_the_connection(page, window):
    window.session.set_shelf(shelves.shelf(shelves.GOOD))
    window.session.set_shelf(shelves.ONE)  # made anew: it must not come last
    window.session.set_shelf(shelves.shelf(shelves.GOOD))
    names: list[str] = []
    part = page.shelf.table
    while part is not page.ladder.entrance and len(names) < 200:
        names.append(part.accessibleName())
        part = after(part)
    stage = _("Use the certificate at {entrance}").format(entrance="Stage")
    assert stage in names
    assert names.index(stage) < names.index(_("Remove…"))


def test_the_focus_stays_in_the_details_when_they_are_made_anew(qtbot, page, window):
    window.session.set_shelf(shelves.shelf(shelves.GOOD))
    page.activateWindow()
    button = opening(page, "stage").button
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    window.desk.answers["choose_certificate"] = lambda *_a: shelves.ONE
    qtbot.keyClick(button, Qt.Key.Key_Space)
    settle(qtbot, window)
    focus = page.window().focusWidget()  # also when the window is not the active one
    assert focus is page.shelf.details or page.shelf.details.isAncestorOf(focus)
    page.shelf.details.remove.setFocus()
    window.session.set_shelf(shelves.ONE)
    assert page.window().focusWidget() is page.shelf.details.remove


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_a_button_as_space_does(qtbot, page, key):
    press(qtbot, page.shelf.ways.order, key)
    assert page.shelf.stack.currentWidget() is page.shelf.order_form


def test_enter_held_down_presses_nothing_again(qtbot, page, window):
    window.session.set_shelf(shelves.everywhere(shelves.TEST))
    page.ladder.show_entrance("teststage")
    synthetic = page.ladder.synthetic
    press(qtbot, synthetic.ask, Qt.Key.Key_Return)
    assert page.window().focusWidget() is synthetic.confirm
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True
    )
    QApplication.sendEvent(synthetic.confirm, held)
    assert window.desk.times("try_synthetic_case") == 0


def test_beside_the_question_on_a_synthetic_case_nothing_says_that_nothing_is_sent(page, window):
    window.session.set_shelf(shelves.everywhere(shelves.TEST))
    page.ladder.show_entrance("teststage")
    page.ladder.synthetic.ask.click()
    assert page.ladder.result.note.text() == _("Trying the connection sends no case.")


@pytest.mark.parametrize("shelf", [shelves.FULL, shelves.WRONG, shelves.RENEWED])
def test_how_each_one_stands_is_not_cut_in_a_small_window(page, window, shelf):
    page.resize(1198, 690)
    window.session.set_shelf(shelf)
    table = page.shelf.table
    room = table.columnWidth(1) - 2 * 11 - 22  # the cell's own margins, and the icon
    shown = [table.rows.index(row, 1).data() for row in range(table.rows.rowCount())]
    for text in (*shown, _("Wrong entrance"), _("Key too short"), _("Not for clients")):
        assert table.fontMetrics().horizontalAdvance(text) <= room, text


def focus_of(page):
    """Return what has the focus of the page's window, which need not be the active one."""
    return page.window().focusWidget()


def test_while_a_form_works_the_keys_are_at_its_way_out(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    window.desk.held.add("import_certificate")
    importer = page.shelf.importer
    page.shelf.show_import("/home/x/opplan.p12")
    press(qtbot, importer.password, Qt.Key.Key_Return)
    assert focus_of(page) is importer.cancel
    window.desk.fail("import_certificate", CertificateError("certificate-password"))
    window.desk.release()
    qtbot.waitUntil(lambda: focus_of(page) is importer.password)


def test_the_focus_comes_to_the_page_when_the_passphrase_has_opened_the_keys(qtbot, page, window):
    window.session.set_shelf(shelves.shelf(shelves.GOOD, keystore=KeystoreState.ASKS))
    window.desk.held.add("unlock_keystore")
    panel = page.shelf.keystore
    panel.passphrase.setText("fyra ord om havet")
    press(qtbot, panel.passphrase, Qt.Key.Key_Return)
    assert focus_of(page) is panel.passphrase
    assert panel.passphrase.isReadOnly()
    window.desk.release()
    settle(qtbot, window)
    assert not panel.isVisible()
    assert focus_of(page) is page.shelf.table


def test_a_keystore_that_is_gone_when_it_is_needed_shows_what_can_be_done(qtbot, page, window):
    window.desk.fail("import_certificate", KeystoreError("keystore-missing"))
    window.desk.answers["certificates"] = lambda *_a: replace(
        shelves.shelf(keystore=KeystoreState.MISSING), number=1
    )
    page.shelf.show_import("/home/x/opplan.p12")
    page.shelf.importer.decide()
    settle(qtbot, window)
    assert page.shelf.importer.trouble.text() == sentence_of("keystore-missing")
    assert page.shelf.keystore.passphrase.isVisible()


def test_a_stage_that_does_not_start_gives_the_focus_back(qtbot, page, window):
    window.desk.fail("start_stage", StageError("stage-failed"))
    button = page.shelf.ways.stage
    press(qtbot, button)
    settle(qtbot, window)
    assert focus_of(page) is button


def test_asking_the_list_again_and_again_asks_once_and_never_to_remove(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    window.desk.held.add("check_revocation")
    details = page.shelf.details
    press(qtbot, details.check)
    qtbot.keyClick(focus_of(page), Qt.Key.Key_Space)
    assert window.desk.times("check_revocation") == 1
    assert not details.revocation.isHidden()
    assert focus_of(page) is details.check
    window.desk.release()
    settle(qtbot, window)


def test_while_a_connection_is_tried_the_keys_are_at_cancel_and_then_back(qtbot, page, window):
    window.session.set_shelf(shelves.ONE)
    page.ladder.show_entrance("stage")
    window.desk.held.add("try_connection")
    press(qtbot, page.ladder.attempt)
    assert focus_of(page) is page.ladder.climbing.cancel
    qtbot.waitUntil(lambda: window.desk.times("try_connection") == 1)
    window.desk.release()
    settle(qtbot, window)
    assert focus_of(page) is page.ladder.attempt, focus_of(page).accessibleName()


def test_to_type_the_pin_leads_to_the_pin_of_the_certificate_in_use(qtbot, page, window):
    chosen = (("production", "good"), ("stage", "token"))
    window.session.set_shelf(shelves.shelf(shelves.GOOD, shelves.TOKEN, chosen=chosen))
    page.ladder.show_entrance("stage")
    remedy = page.ladder.rungs.rows[0].remedy
    assert remedy.text() == _("Type the PIN")
    press(qtbot, remedy)
    assert page.shelf.details.view.id == "token"
    assert focus_of(page) is page.shelf.details.token.pin
