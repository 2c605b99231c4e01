"""Documents are validated from the list: chosen or all, watched, stopped; the way to what fails."""

import pytest
from PySide6.QtCore import Qt

from app.core.errors import JournalError
from app.gui.cases.list.validation import CHOSEN, LISTED, THOROUGH, about, told
from app.gui.cases.page import CasesPage
from app.workflow.case_views import DocumentFault, Validation
from app.workflow.views import CaseFilter
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT = Qt.MouseButton.LeftButton
FAULTS = (
    DocumentFault(
        "2200003", "libxml2", "SCHEMAV_X", "Element '{urn:x:4.1}asa': not a valid value", "asa", 12
    ),
    DocumentFault("2200003", "xmlschema", "", "value doesn't match any pattern", "asa", 12),
)
REFUSED = Validation(400, 399, FAULTS, 2, (), ("2200003",))


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    window.desk.answers["validate_documents"] = lambda *_asked: REFUSED
    yield window
    window.close()


@pytest.fixture
def page(qtbot, window):
    page = CasesPage(window.context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitUntil(lambda: page.browser is not None and page.browser.model.total == 400)
    return page


def panel(page):
    return page.browser.pane.validation


def validated(qtbot, page, way=LISTED):
    panel(page).start(way)
    qtbot.waitUntil(lambda: panel(page).isVisible() and not panel(page).bar.isVisible())


def action(page, menu_button, words):
    menu = menu_button.menu()
    menu.aboutToShow.emit()
    return next(one for one in menu.actions() if words in one.text().lower())


def test_every_listed_case_is_validated_by_the_filter(qtbot, page, window):
    page.browser.query.turn("changes", "new")
    action(page, page.browser.pane.validate, "list").trigger()
    qtbot.waitUntil(lambda: bool(window.desk.times("validate_documents")))
    assert window.desk.arguments("validate_documents") == (CaseFilter(changes=("new",)), False)


def test_the_page_has_it_as_an_action_too(qtbot, page, window):
    next(one for one in page.actions() if "valid" in one.text().lower()).trigger()
    qtbot.waitUntil(lambda: bool(window.desk.times("validate_documents")))
    assert window.desk.arguments("validate_documents") == (CaseFilter(), False)


@pytest.mark.parametrize(("way", "thorough"), [(CHOSEN, False), (THOROUGH, True)])
def test_the_chosen_cases_are_validated_alone(qtbot, page, window, way, thorough):
    page.browser.pane.grid.choose(4)
    validated(qtbot, page, way)
    assert window.desk.arguments("validate_documents") == (("2200005",), thorough)


def test_chosen_cases_cannot_be_validated_where_none_is_chosen(page):
    button = page.browser.pane.validate
    button.menu().aboutToShow.emit()
    assert [one.isEnabled() for one in button.menu().actions()] == [False, True, False]


def test_what_is_refused_is_said_and_leads_to_its_cases(qtbot, page, window):
    validated(qtbot, page)
    shown = panel(page)
    assert shown.faults.rows.rowCount() == 2
    assert shown.faults.rows.index(0, 2).data() == "Element 'asa': not a valid value"
    assert shown.faults.hasFocus() or not page.isActiveWindow()
    qtbot.mouseClick(shown.show_them, LEFT)
    assert window.desk.arguments("case_page")[0].cases == ("2200003",)


def test_a_fault_leads_to_the_xml_of_its_case(qtbot, page):
    validated(qtbot, page)
    qtbot.keyClick(panel(page).faults, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.browser.inspector.title.text() == "2200003")
    assert page.browser.inspector.tabs.currentWidget() is page.browser.inspector.document


def test_valid_documents_are_said_to_be(qtbot, page, window):
    window.desk.answers["validate_documents"] = lambda *_asked: Validation(400, 400)
    validated(qtbot, page)
    assert not panel(page).faults.isVisible()
    assert not panel(page).show_them.isVisible()


def test_how_far_it_has_come_is_seen_and_it_can_be_stopped(qtbot, page, window):
    window.desk.held.add("validate_documents")
    panel(page).start(LISTED)
    window.desk.advance(200, 400, "validating")
    qtbot.waitUntil(lambda: panel(page).bar.value() == 200)
    qtbot.mouseClick(panel(page).stop, LEFT)
    assert "cancel" in window.desk.orders
    assert not panel(page).isVisible()
    assert not window.said


def test_asking_again_withdraws_the_former_question(qtbot, page, window):
    window.desk.held.add("validate_documents")
    panel(page).start(LISTED)
    window.desk.held.clear()
    validated(qtbot, page)
    window.desk.release()
    assert panel(page).faults.isVisible()


def test_a_new_check_takes_the_answer_away(qtbot, page, window):
    validated(qtbot, page)
    window.session.check()
    assert not panel(page).isVisible()


def test_trouble_is_told(qtbot, page, window):
    window.desk.fail("validate_documents", JournalError("journal-locked"))
    panel(page).start(LISTED)
    qtbot.waitUntil(lambda: bool(window.said))
    assert not panel(page).isVisible()


def test_the_answer_is_one_plain_sentence():
    both = [told(Validation(0, 0)), told(Validation(1, 1)), told(REFUSED)]
    assert len(set(both)) == 3
    assert "400" in both[2]
    assert not about(REFUSED)


def test_what_is_not_shown_is_said():
    many = Validation(900, 0, FAULTS, 1800, ("2200007", "2200008"), ("2200003",))
    for told_number in ("1\N{NO-BREAK SPACE}800", "2200007"):
        assert told_number in about(many)
