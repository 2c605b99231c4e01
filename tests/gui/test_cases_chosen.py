"""What is done with the chosen cases of the list."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelection, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.core.errors import JournalError
from app.gui.cases.page import CasesPage
from app.gui.frame.navigator import parted
from app.workflow.views import CaseFilter, CasePage
from tests.support import gui_pages as made
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
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


def pane(page):
    return page.browser.pane


def choose_three(page):
    grid = pane(page).grid
    grid.choose(0)
    flags = grid.selectionModel().SelectionFlag
    grid.selectionModel().select(grid.rows.index(1, 0), flags.Select | flags.Rows)
    grid.selectionModel().select(grid.rows.index(2, 0), flags.Select | flags.Rows)


CHOSEN = ("2200001", "2200002", "2200003")


def test_copying_all_cases_by_key_copies_also_those_that_are_not_here(qtbot, page):
    pane(page).grid.selectAll()
    qtbot.keyClick(pane(page).grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    every = [str(2200001 + number) for number in range(400)]
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().splitlines() == every)


def test_a_few_cases_are_copied_by_key_as_they_are_shown(qtbot, page):
    choose_three(page)
    qtbot.keyClick(pane(page).grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert tuple(line[0] for line in lines) == CHOSEN
    assert all(len(line) > 1 for line in lines)


def test_nothing_chosen_can_be_done_nothing_with_and_says_why(page):
    for button in (pane(page).send, pane(page).export, pane(page).exclude):
        assert not button.isEnabled()
        assert button.toolTip()


def test_how_many_are_chosen_is_said(page):
    choose_three(page)
    assert "3" in pane(page).count.text()


def test_every_case_of_the_list_is_sent_though_few_are_here(qtbot, page, window):
    pane(page).grid.selectAll()
    qtbot.mouseClick(pane(page).send, LEFT)
    qtbot.waitUntil(lambda: bool(window.places))
    target, cases = window.places[-1][0], list(parted(window.places[-1][1]["cases"]))
    assert target == "sending"
    assert cases == [str(2200001 + number) for number in range(400)]
    assert window.desk.arguments("case_numbers")[1] == ((0, 400),)


def test_numbers_are_copied_one_a_line(qtbot, page, window):
    choose_three(page)
    qtbot.keyClick(
        page, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    if not window.said:  # the page's own action, where the platform sends no shortcut
        page._copy()
    assert QGuiApplication.clipboard().text() == "\n".join(CHOSEN)


def test_cases_are_left_out_only_with_a_reason(qtbot, page, window):
    choose_three(page)
    qtbot.mouseClick(pane(page).exclude, LEFT)
    form = pane(page).form
    assert form.isVisible()
    assert not form.confirm.isEnabled()
    assert form.confirm.toolTip()
    assert not window.desk.times("exclude_cases")
    form.reason.setEditText("  Rättas i Orbit ")
    before = window.desk.times("case_page")
    qtbot.mouseClick(form.confirm, LEFT)
    qtbot.waitUntil(lambda: window.desk.times("case_page") > before)
    assert window.desk.arguments("exclude_cases") == (CHOSEN, "Rättas i Orbit")
    assert not form.isVisible()
    assert "3" in window.said[-1]


def test_escape_leaves_nothing_out(qtbot, page, window):
    choose_three(page)
    page._exclude()
    qtbot.keyClick(pane(page).form.reason, Qt.Key.Key_Escape)
    assert not pane(page).form.isVisible()
    assert not window.desk.times("exclude_cases")


def test_an_exclusion_that_fails_is_told(qtbot, page, window):
    window.desk.fail("exclude_cases", JournalError("journal-locked"))
    choose_three(page)
    pane(page).chosen.exclude("x")
    qtbot.waitUntil(lambda: bool(window.said))


def test_cases_that_are_left_out_say_so_and_are_taken_back(qtbot, page, window):
    out = [replace(made.case_row(number), excluded="Testpatient") for number in range(3)]
    window.desk.answers["case_page"] = lambda _wanted, start, _count: CasePage(3, start, tuple(out))
    page.browser.reload()
    qtbot.waitUntil(lambda: page.browser.model.total == 3)
    index = page.browser.model.index(0, 3)
    assert index.data() in {"uteslutet", "excluded"}
    assert "Testpatient" in index.data(Qt.ItemDataRole.ToolTipRole)
    pane(page).grid.selectAll()
    assert not pane(page).exclude.isVisible()
    qtbot.mouseClick(pane(page).include, LEFT)
    qtbot.waitUntil(lambda: bool(window.said))
    assert window.desk.arguments("include_cases") == (CHOSEN,)


@pytest.mark.parametrize("kind", ["xml", "csv", "xlsx"])
def test_chosen_cases_are_written_to_a_folder(qtbot, page, window, kind, tmp_path):
    choose_three(page)
    pane(page).chosen.export(str(tmp_path / "ut"), kind)
    qtbot.waitUntil(lambda: bool(window.said))
    assert window.desk.arguments("write_cases") == (CHOSEN, str(tmp_path / "ut"), (kind,))
    assert "ut" in window.said[-1]
    assert (f"cases.{kind}" in window.said[-1]) == (kind != "xml")


def test_a_whole_long_list_is_left_out_by_its_filter(qtbot, page, window):
    page.browser.query.turn("changes", "new")
    window.desk.answers["exclude_cases"] = lambda _chosen, _reason: 133
    page.browser.query.clear()
    qtbot.waitUntil(lambda: page.browser.model.total == 400)
    pane(page).grid.selectAll()
    pane(page).chosen.exclude("Testpatienter")
    qtbot.waitUntil(lambda: bool(window.said))
    assert window.desk.arguments("exclude_cases") == (CaseFilter(), "Testpatienter")
    assert not window.desk.times("case_numbers")
    assert "133" in window.said[-1]


def test_cases_that_have_moved_since_are_not_taken_for_those_that_were_chosen(qtbot, page, window):
    flags = pane(page).grid.selectionModel().SelectionFlag
    rows = pane(page).grid.rows
    chosen = QItemSelection(rows.index(0, 0), rows.index(300, 0))
    pane(page).grid.selectionModel().select(chosen, flags.Select | flags.Rows)
    moved = window.desk.answers["case_numbers"]
    window.desk.answers["case_numbers"] = lambda wanted, _spans: moved(wanted, ((1, 302),))
    pane(page).chosen.exclude("Testpatienter")
    qtbot.waitUntil(lambda: bool(window.said))
    assert not window.desk.times("exclude_cases")
    qtbot.waitUntil(lambda: page.browser.model.total == 400)


def actions(menu):
    return {action.text(): action for action in menu.actions() if action.text()}


def test_the_menu_has_everything_the_buttons_have(page):
    choose_three(page)
    menu = pane(page).menu()
    enabled = [text for text, action in actions(menu).items() if action.isEnabled()]
    assert len(enabled) >= 6
    menu.close()


def test_the_menu_shows_all_cases_with_the_same_cause(page, window):
    pane(page).grid.choose(2)
    menu = pane(page).menu()
    same = next(
        action
        for text, action in actions(menu).items()
        if "orsak" in text.lower() or "cause" in text.lower()
    )
    same.trigger()
    assert window.desk.arguments("case_page")[0].cause == made.START_AFTER_END


def test_the_menu_sorts_and_the_header_follows(page, window):
    from PySide6.QtWidgets import QMenu

    menu = QMenu()
    pane(page).sort_actions(menu)
    actions(menu)["Värsta anmärkning"].trigger()
    assert window.desk.arguments("case_page")[0].sort == "tier"
    header = pane(page).grid.horizontalHeader()
    assert header.sortIndicatorSection() == 2
    pane(page).sort_by("tier")
    assert window.desk.arguments("case_page")[0].descending
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_enter_goes_on_into_the_case(qtbot, page):
    page.window().activateWindow()
    pane(page).grid.setFocus()
    pane(page).grid.choose(1)
    qtbot.waitUntil(pane(page).grid.hasFocus)
    qtbot.waitUntil(page.browser.inspector.tabs.isEnabled)
    qtbot.keyClick(pane(page).grid, Qt.Key.Key_Return)
    assert page.browser.inspector.tabs.hasFocus()


def test_a_held_arrow_key_asks_for_one_case_at_a_time_and_shows_the_last(qtbot, page, window):
    window.desk.held.add("case_detail")
    for number in range(6):
        pane(page).grid.choose(number)
    assert window.desk.times("case_detail") == 1
    window.desk.held.clear()
    window.desk.release()
    qtbot.waitUntil(lambda: page.browser.inspector.title.text() == "2200006")
    assert window.desk.times("case_detail") == 2


def test_after_a_check_the_list_stands_where_the_shown_case_is(qtbot, page, window):
    pane(page).grid.choose(300)
    qtbot.waitUntil(lambda: page.browser.inspector.title.text() == "2200301")
    page.browser.refresh()
    qtbot.waitUntil(lambda: pane(page).grid.selected_count() == 1)
    qtbot.waitUntil(lambda: pane(page).grid.currentIndex().row() == 300)
    top = pane(page).grid.rowAt(QPoint(0, 5).y())
    assert 200 < top <= 300


def test_sorting_does_not_move_the_view_to_the_shown_case(qtbot, page):
    pane(page).grid.choose(300)
    qtbot.waitUntil(lambda: page.browser.inspector.title.text() == "2200301")
    pane(page).sort_by("tier")
    qtbot.waitUntil(lambda: pane(page).grid.currentIndex().row() == 300)
    assert page.browser.inspector.title.text() == "2200301"


def test_how_many_are_chosen_is_said_whole_where_the_list_is_narrow(qtbot, page):
    label = page.browser.pane.count
    label.setText("100 000 ärenden av 1 000 000 · 100 000 valda")
    qtbot.waitUntil(lambda: label.width() > 0)
    assert label.minimumSizeHint().width() <= label.width()


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_the_list_has_the_focus_again_after_the_reason_is_given_or_not(qtbot, page, key):
    page.activateWindow()
    table, form = page.browser.table, page.browser.pane.form
    table.choose(3)
    page.browser.pane.ask_exclude()
    qtbot.waitUntil(lambda: form.isAncestorOf(QApplication.focusWidget()))
    qtbot.keyClicks(form.reason, "Dubblett")
    qtbot.keyClick(form.reason, key)
    assert form.isHidden()
    assert table.hasFocus()
