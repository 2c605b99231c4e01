"""The value map of Mappning: what occurs with counts, and what it becomes."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.core.mapping import LinkState, Step, ValueMap
from app.gui.mapping.page import MappingPage
from app.workflow.mapping_views import ReadPairs
from app.workflow.views import ValueCount
from tests.support.gui import PROJECT, Desktop, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

COUNTS = (ValueCount("E", 300, "elektiv"), ValueCount("A", 96, "akut"), ValueCount("X", 4, ""))


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path, {"value_counts": COUNTS})
    yield made
    made.backend.close()


@pytest.fixture
def page(qtbot, desktop):
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    made.resize(1200, 800)
    made.show()
    made.activateWindow()
    settle(qtbot, desktop)
    made.table.choose_variable("V320")
    made.inspector.show_values()
    qtbot.waitUntil(lambda: made.inspector.values.part.table.rows.rowCount() == 3)
    return made


def _part(page):
    return page.inspector.values.part


def _entries(desktop):
    return dict(desktop.document.project.value_map_of("akut").entries)


def test_what_is_done_is_told_in_codes_and_in_rows(page):
    text = _part(page).done.text()
    assert "2" in text
    assert "3" in text
    assert "99,0" in text


def test_a_code_is_given_by_letters_and_the_next_undecided_one_comes(page, desktop, qtbot):
    part = _part(page)
    part.table.choose(0)
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    qtbot.keyClicks(part.code, "akut")
    qtbot.keyClick(part.code, Qt.Key.Key_Return)
    assert _entries(desktop) == {"A": "akut", "E": "akut"}
    assert desktop.document.project.link_of("V320").state is LinkState.SUGGESTED
    assert part.table.current_row().local == "X"
    assert desktop.document.undo_stack.undoText().endswith("V320")


def test_several_codes_get_the_same_one_and_delete_takes_it_back(page, desktop, qtbot):
    part = _part(page)
    part.table.selectAll()
    part.code.taken.emit("elektiv")
    assert _entries(desktop) == {"A": "elektiv", "E": "elektiv", "X": "elektiv"}
    part.table.choose(2)
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    assert "X" not in _entries(desktop)


def test_a_code_may_become_nothing(page, desktop):
    part = _part(page)
    part.table.choose(2)
    part.code.taken.emit("")
    assert _entries(desktop)["X"] == ""
    assert part.table.rows.row_at(2).code == ""


def test_two_columns_are_pasted(page, desktop, qtbot):
    part = _part(page)
    QGuiApplication.clipboard().setText("X\takut\nE\takut\n")
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert _entries(desktop) == {"A": "akut", "E": "akut", "X": "akut"}
    assert "2" in desktop.said[-1]


def test_text_that_is_no_columns_says_so(page, desktop):
    _part(page).paste_wanted.emit("")
    assert len(desktop.said) == 1
    assert not desktop.document.undo_stack.canUndo()


def test_codes_are_filled_by_text(page, desktop, qtbot):
    _part(page).fill.click()
    settle(qtbot, desktop)
    assert _entries(desktop)["E"] == "elektiv"
    desktop.answers["fill_value_map"] = ()
    _part(page).fill.click()
    settle(qtbot, desktop)
    assert len(desktop.said) == 2


def test_what_becomes_of_other_values_is_chosen(page, desktop):
    part = _part(page)
    part.policy.set_value("omit")
    part.policy.activated.emit(0)
    assert desktop.document.project.value_map_of("akut").unmapped == "omit"


def test_a_map_is_read_and_saved(page, desktop, qtbot):
    page.inspector.values.read("karta.csv")
    settle(qtbot, desktop)
    assert _entries(desktop)["A"] == "elektiv"
    page.inspector.values.save("karta.xlsx")
    settle(qtbot, desktop)
    assert desktop.channel.times("write_value_map") == 1
    assert len(desktop.said) == 2


def test_a_shared_map_says_who_shares_it_and_can_be_parted(page, desktop, qtbot):
    part = _part(page)
    assert not part.shared.isVisible()
    link = desktop.document.project.link_of("V320")
    other = replace(link, variable="V325")
    desktop.document.change("x", desktop.document.project.with_link(other))
    assert "V325" in part.shared.text()
    part.own.click()
    assert desktop.document.project.link_of("V320").steps != link.steps


def test_a_link_without_a_map_is_given_one(page, desktop, qtbot):
    page.table.choose_variable("V310")
    page.inspector.values.begin.click()
    link = desktop.document.project.link_of("V310")
    assert link.steps[-1].kind == "value_map"
    assert link.steps[-1].option("name")
    settle(qtbot, desktop)


def test_codes_of_the_map_that_do_not_occur_are_listed_last(page, desktop, qtbot):
    project = PROJECT.with_value_map(ValueMap("akut", (("A", "akut"), ("Q", "elektiv"))))
    desktop.document.change("x", project)
    rows = [_part(page).table.rows.row_at(at) for at in range(4)]
    assert [row.local for row in rows] == ["E", "A", "X", "Q"]
    assert rows[3].count == 0


def test_a_map_without_a_code_list_takes_text(page, desktop, qtbot):
    page.table.choose_variable("V310")
    page.changes.set_steps("V310", (Step("value_map", (("name", "akut"),)),))
    settle(qtbot, desktop)
    part = _part(page)
    assert part.text.isVisibleTo(part)
    part.table.choose(0)
    part.text.setText("någon")
    part.text.setModified(True)
    part.text.editingFinished.emit()
    assert "någon" in _entries(desktop).values()


def test_counts_of_the_former_variable_are_not_shown_for_one_without_a_map(page, desktop, qtbot):
    desktop.hold("value_counts")
    page.table.choose_variable("V310")
    page.table.choose_variable("V320")
    late = desktop.waiting("value_counts")[0]
    page.table.choose_variable("V310")
    desktop.answer(late, COUNTS)
    qtbot.waitUntil(lambda: late not in desktop.backend.jobs)
    assert page.inspector.tabs.tabText(1) == "Värdelista"


def test_codes_are_counted_anew_when_the_tables_are(page, desktop, qtbot):
    before = desktop.channel.times("value_counts")
    desktop.session.tables = tuple(replace(one, rows=9) for one in desktop.session.tables)
    desktop.session.tables_changed.emit()
    assert desktop.channel.times("value_counts") == before + 1


def test_a_file_that_is_read_slowly_fills_the_map_that_it_was_read_for(page, desktop, qtbot):
    desktop.hold("read_value_map")
    page.inspector.values.read("/x/koder.csv")
    page.table.choose_variable("V310")
    desktop.answer(desktop.waiting("read_value_map")[0], ReadPairs((("X", "akut"),), ()))
    settle(qtbot, desktop)
    assert _entries(desktop)["X"] == "akut"
    assert len(desktop.document.project.value_maps) == 1
