"""Bindning: elements and variables seen from both sides, approved, bound, undone and saved."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from app.core.errors import ProfileError
from app.core.register import Binding
from app.gui.contract.binding_rows import (
    ELEMENTS,
    VARIABLES,
    Joined,
    variable_name,
    wanted_rows,
)
from app.gui.contract.page import BINDING, CONTRACTS, ContractPage
from app.gui.main_window import MainWindow
from app.language.text import _ as _text
from app.workflow.views import Problem
from tests.support.gui import settle, the_app
from tests.support.gui_contract import IMPORTED, SHIPPED, binding_view, profile_of

# The offscreen platform says so of every window; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(qtbot, desktop, contract_page):
    contract_page.show_binding(IMPORTED)
    settle(qtbot, desktop)
    return contract_page


def _rows(table):
    rows = (table.rows.row_at(number) for number in range(table.rows.rowCount()))
    return {row.key: row for row in rows if row.key}


def _table(desktop):
    return desktop.document.drafts.get(IMPORTED).table


def _first(page, is_wanted):
    row = next(row for row in _rows(page.binding.table).values() if is_wanted(row))
    page.binding.table.choose_key(row.key)
    return row


def test_demanded_elements_without_a_variable_come_first(page):
    table = page.binding.table
    joined = page.binding.work.joined
    assert joined.demanded
    shown = [table.rows.row_at(number) for number in range(len(joined.demanded) + 1)]
    assert shown[0].key == ""
    assert {row.path for row in shown[1:]} == joined.demanded
    assert page.binding.tools.demanded.text().startswith(str(len(joined.demanded)))


def test_every_element_and_every_variable_has_a_row(page):
    assert len(_rows(page.binding.table)) == len(binding_view().table.rows)
    page.binding.turn()
    assert set(_rows(page.binding.table)) == set(profile_of(IMPORTED).by_id)


def test_a_heading_cannot_be_chosen(page):
    first = page.binding.table.model().index(0, 0)
    assert not first.flags() & Qt.ItemFlag.ItemIsSelectable


def test_space_approves_a_suggestion_and_undo_takes_it_back(qtbot, desktop, page):
    row = _first(page, lambda row: row.is_suggested and not row.demanded)
    page.binding.table.setFocus()
    qtbot.keyClick(page.binding.table, Qt.Key.Key_Space)
    assert _table(desktop).row(row.path).state is Binding.APPROVED
    assert page.save_button.isEnabled()
    assert row.path[-1] in desktop.document.undo_group.undoText()
    desktop.document.undo_group.activeStack().undo()
    assert _table(desktop) == binding_view().table
    assert not page.save_button.isEnabled()
    assert page.binding.table.current_row().key == row.key


def test_approving_in_the_inspector_leaves_the_focus_there(qtbot, desktop, page):
    row = _first(page, lambda row: row.is_suggested)
    button = next(
        one
        for one in page.binding.inspector.findChildren(QPushButton)
        if one.text() == _text("Approve")
    )
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert _table(desktop).row(row.path).state is Binding.APPROVED
    assert page.binding.inspector.choice.is_in_use


def test_the_sure_are_approved_together_and_the_guesses_are_left(desktop, page):
    page.sure_button.click()
    left = _table(desktop).suggested
    assert left
    assert not any(row.is_sure for row in left)
    page.binding.approve_sure()
    assert desktop.said
    assert desktop.document.undo_group.activeStack().count() == 1


def test_another_variable_is_chosen_in_the_inspector_and_leaves_where_it_was(qtbot, desktop, page):
    row = _first(page, lambda row: row.variable_id == "V310")
    free = _first(page, lambda row: not row.variable_id and row.key != row.path)
    choice = page.binding.inspector.choice
    choice.setCurrentIndex(choice.findData("V310"))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: _table(desktop).row(free.path).variable == "V310")
    assert _table(desktop).row(free.path).state is Binding.APPROVED
    assert _table(desktop).row(row.path).variable == ""


def test_a_variable_is_given_an_element_from_the_other_side(qtbot, desktop, page):
    free = _first(page, lambda row: not row.variable_id)
    page.binding.turn()
    page.binding.table.choose_key("V310")
    choice = page.binding.inspector.choice
    choice.setCurrentIndex(choice.findData("/".join(free.path)))
    choice.activated.emit(choice.currentIndex())
    qtbot.waitUntil(lambda: _table(desktop).row(free.path).variable == "V310")
    assert page.binding.table.current_row().key == "V310"


def test_turning_keeps_what_was_chosen(page):
    row = _first(page, lambda row: row.variable_id == "V310")
    page.binding.turn()
    assert page.binding.tools.side.value() == VARIABLES
    assert page.binding.table.current_row().key == "V310"
    page.binding.turn()
    assert page.binding.tools.side.value() == ELEMENTS
    assert page.binding.table.current_row().path == row.path


def test_a_trouble_of_the_saved_binding_goes_as_soon_as_the_draft_has_settled_it(qtbot, page):
    joined = page.binding.work.joined
    row = next(one for one in joined.table.rows if one.is_bound)
    trouble = Problem("binding-role-unbound", (("name", row.variable),))
    assert joined.is_settled(trouble)
    cleared = Joined.of(
        page.binding.work.draft.view.root, joined.profile, joined.table.cleared(row.path)
    )
    assert not cleared.is_settled(trouble)
    assert not joined.is_settled(Problem("answer-unbound"))
    assert variable_name(_rows(page.binding.table)["/".join(row.path)]) in joined.in_words(trouble)


def test_the_register_is_one_key_away(desktop, page):
    _first(page, lambda row: row.variable_id == "V310")
    page.binding.show_in_register()
    assert desktop.went == [("register", {"variable": "V310"})]


def test_an_alternative_is_bound_by_its_button(desktop, page):
    row = _first(page, lambda row: row.is_suggested and row.bound.alternatives)
    other, _score = row.bound.alternatives[0]
    page.binding.inspector.others[0].click()
    assert _table(desktop).row(row.path).variable == other


def test_bindings_are_cleared_together(desktop, page):
    page.binding.table.selectAll()
    page.binding.clear()
    assert not any(row.variable for row in _table(desktop).rows)
    assert desktop.document.undo_group.activeStack().count() == 1


def test_approving_what_has_no_suggestion_says_what_to_do(desktop, page):
    _first(page, lambda row: row.state == "named")
    page.binding.approve()
    assert desktop.said
    assert _table(desktop) == binding_view().table


def test_the_next_to_decide_is_found_by_key(desktop, page):
    page.binding.step(1)
    first = page.binding.table.current_row()
    assert first.waits
    page.binding.step(1)
    page.binding.step(-1)
    assert page.binding.table.current_row() == first


@pytest.mark.parametrize("state", ["demanded", "waits", "bound", "free"])
def test_every_filter_shows_its_own(page, state):
    page.binding.tools.set_side(ELEMENTS, state)
    page.binding.show_rows()
    rows = _rows(page.binding.table).values()
    assert rows
    for row in rows:
        assert {
            "demanded": row.demanded,
            "waits": row.is_suggested,
            "bound": row.bound.is_bound,
            "free": not row.variable_id,
        }[state]


def test_what_is_left_on_both_sides_is_one_click_away(page):
    tools = page.binding.tools
    tools.free_variables.click()
    assert tools.side.value() == VARIABLES
    assert all(row.state in {"free", "wanted"} for row in _rows(page.binding.table).values())
    tools.free_elements.click()
    assert tools.side.value() == ELEMENTS
    assert not any(row.variable_id for row in _rows(page.binding.table).values())
    assert not tools.free_variables.isChecked()
    tools.free_elements.click()
    assert len(_rows(page.binding.table)) == len(binding_view().table.rows)


def test_search_finds_elements_numbers_and_names_whatever_the_case():
    joined = Joined.of(binding_view().root, profile_of(IMPORTED), binding_view().table)
    rows = joined.by_element()
    by_element = wanted_rows(rows, joined.profile, "TIDPUNKTANMALAN", "")
    assert any(row.path[-1:] == ("tidpunktAnmalan",) for row in by_element)
    by_number = wanted_rows(rows, joined.profile, "v310", "")
    assert next(row.variable_id for row in by_number if row.key) == "V310"
    assert wanted_rows(rows, joined.profile, "zzzz", "") == ()


def test_saving_writes_the_table_and_the_project_that_follows_it_begins_anew(qtbot, desktop, page):
    page.contracts.choose(IMPORTED)
    page.contracts.plan_move()
    settle(qtbot, desktop)
    page.contracts.move_project()
    page.show_binding(IMPORTED)
    page.binding.approve_sure()
    table = _table(desktop)
    loads = desktop.channel.times("load_profile_of")
    opened = []
    desktop.document.opened.connect(lambda: opened.append(1))
    page.save_button.click()
    settle(qtbot, desktop)
    assert ("save_binding", (IMPORTED, table)) in desktop.channel.asked
    assert desktop.channel.times("load_profile_of") > loads
    assert opened
    assert not desktop.document.drafts.modified
    assert not page.save_button.isEnabled()


def test_saving_that_fails_is_said_and_keeps_the_changes(qtbot, desktop, page):
    desktop.answers["save_binding"] = ProfileError("profile-unwritable", profile=IMPORTED)
    page.binding.approve_sure()
    page.binding.work.save()
    settle(qtbot, desktop)
    assert desktop.said
    assert desktop.document.drafts.modified
    assert page.save_button.isEnabled()


def test_what_is_not_saved_is_kept_while_another_contract_is_shown(qtbot, desktop, page):
    page.binding.approve_sure()
    table = _table(desktop)
    page.show_binding(SHIPPED)
    settle(qtbot, desktop)
    page.show_binding(IMPORTED)
    settle(qtbot, desktop)
    assert page.binding.work.draft.table == table
    assert page.save_button.isEnabled()


def test_a_shipped_binding_is_shown_but_not_changed(qtbot, desktop, page):
    page.show_binding(SHIPPED)
    settle(qtbot, desktop)
    assert not page.save_button.isVisible()
    assert not page.binding.inspector.choice.isEnabled()
    page.binding.table.selectAll()
    page.binding.clear()
    assert page.binding.work.draft.table == binding_view(SHIPPED).table


def test_undo_belongs_to_the_binding_only_while_it_is_shown(desktop, page):
    page.binding.approve_sure()
    assert desktop.document.undo_group.activeStack() is page.binding.work.draft.undo_stack
    page.show_part(CONTRACTS)
    assert desktop.document.undo_group.activeStack() is desktop.document.undo_stack
    page.show_part(BINDING)
    assert desktop.document.undo_group.activeStack() is page.binding.work.draft.undo_stack


def test_a_binding_that_cannot_be_read_says_why(qtbot, desktop, page):
    desktop.answers["binding_of"] = ProfileError("profile-missing", name="x")
    page.binding.work.open(SHIPPED)
    settle(qtbot, desktop)
    assert page.binding.troubles.isVisible()
    assert page.binding.troubles.text()


def test_the_models_obey_qt(page, qtmodeltester):
    for table in page.binding.tables.values():
        qtmodeltester.check(table.model())


def contract_page(window: MainWindow) -> ContractPage:
    assert isinstance(window.page, ContractPage)
    return window.page


def test_the_window_asks_before_a_binding_is_lost(qtbot, desktop):
    window = MainWindow(desktop.context, the_app())
    qtbot.addWidget(window)
    window.show()
    desktop.open()
    settle(qtbot, desktop)
    window.go("contract")
    contract_page(window).show_binding(IMPORTED)
    settle(qtbot, desktop)
    contract_page(window).binding.approve_sure()
    window.close()
    assert window.isVisible()
    box = window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    assert IMPORTED in box.text()
    save = box.button(QMessageBox.StandardButton.Save)
    assert save is not None
    save.click()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert desktop.channel.times("save_binding") == 1


def test_the_binding_survives_another_language_and_other_colours(qtbot, desktop):
    window = MainWindow(desktop.context, the_app())
    qtbot.addWidget(window)
    window.show()
    desktop.open()
    settle(qtbot, desktop)
    window.go("contract")
    contract_page(window).show_binding(IMPORTED)
    settle(qtbot, desktop)
    contract_page(window).binding.approve_sure()
    table = _table(desktop)
    window.dress.use_scheme("dark")
    settle(qtbot, desktop)
    contract_page(window).show_binding(IMPORTED)
    settle(qtbot, desktop)
    draft = contract_page(window).binding.work.draft
    assert draft is not None
    assert draft.table == table
    window.dress.use_scheme("light")
    settle(qtbot, desktop)
    desktop.document.drafts.drop(IMPORTED)
