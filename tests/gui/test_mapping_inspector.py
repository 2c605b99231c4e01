"""The inspector of Mappning: columns, suggestions, rows, steps on real rows, note, meaning."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from app.core.mapping import GroupLink, Link, LinkState, Pick, Step
from app.gui.mapping.page import MappingPage
from app.gui.mapping.suggestion_part import score_sentence
from app.gui.mapping.wording import rows_sentence
from app.workflow.mapping_views import ConditionCount, LinkTrial, StepValue
from app.workflow.views import Suggestion
from tests.support.gui import PROJECT, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

BEST = Link("V325", "operationer", ("VKT",), (Step("trim"),), score=80, reasons=("name",))
OTHER = Link("V325", "operationer", ("AKEL",), score=40, reasons=("kind",))
SUGGESTIONS = (Suggestion(BEST, "name", alternatives=(OTHER,)),)


@pytest.fixture
def page(qtbot, desktop):
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    made.resize(1200, 800)
    made.show()
    made.activateWindow()
    settle(qtbot, desktop)
    return made


def _tab(page, variable):
    page.table.choose_variable(variable)
    return page.inspector.link_tab


def _link(desktop, variable):
    return desktop.document.project.link_of(variable)


def test_a_column_is_found_by_a_few_letters_and_taken_by_enter(page, desktop, qtbot):
    tab = _tab(page, "V325")
    page.choose_column()
    assert tab.columns.first.hasFocus()
    qtbot.keyClicks(tab.columns.first, "ake")
    qtbot.keyClick(tab.columns.first, Qt.Key.Key_Return)
    link = _link(desktop, "V325")
    assert (link.table, link.columns, link.steps) == ("operationer", ("AKEL",), (Step("trim"),))
    assert desktop.document.undo_stack.undoText() == "mappa AKEL → V325"
    assert page.table.current_row().id == "V325"


def test_letters_that_fit_nothing_change_nothing(page, desktop, qtbot):
    tab = _tab(page, "V325")
    page.choose_column()
    qtbot.keyClicks(tab.columns.first, "zzz")
    qtbot.keyClick(tab.columns.first, Qt.Key.Key_Return)
    assert _link(desktop, "V325") is None
    assert tab.columns.first.currentText() == "–"


def test_the_arrows_open_the_list_and_never_walk_through_the_mapping(page, desktop, qtbot):
    tab = _tab(page, "V325")
    qtbot.keyClick(tab.columns.first, Qt.Key.Key_Down)
    assert not desktop.document.undo_stack.canUndo()
    assert tab.columns.first.view().isVisible()
    tab.columns.first.hidePopup()


def test_enter_in_the_table_leads_to_the_column(page, qtbot):
    page.table.choose_variable("V325")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.inspector.link_tab.columns.first.hasFocus()


def test_a_second_column_joins_and_an_empty_one_leaves(page, desktop):
    tab = _tab(page, "V325")
    tab.columns.choices[0].taken.emit("AKEL")
    tab.columns.choices[1].taken.emit("VKT")
    assert _link(desktop, "V325").columns == ("AKEL", "VKT")
    assert tab.columns.choices[2].isVisible()
    tab.columns.choices[0].taken.emit("")
    assert _link(desktop, "V325").columns == ("VKT",)
    tab.columns.choices[0].taken.emit("")
    assert _link(desktop, "V325") is None


def test_a_constant_is_given(page, desktop, qtbot):
    columns = _tab(page, "SystemId").columns
    columns.table.setCurrentIndex(columns.table.count() - 1)
    columns.table.activated.emit(0)
    assert columns.constant.isVisible()
    qtbot.keyClicks(columns.constant, "SE1")
    columns.constant.editingFinished.emit()
    assert _link(desktop, "SystemId").steps == (Step("constant", (("value", "SE1"),)),)


def test_a_suggestion_says_why_and_is_taken_by_its_button(page, desktop, qtbot):
    desktop.answers["suggestions_for"] = SUGGESTIONS
    tab = _tab(page, "V325")
    qtbot.waitUntil(lambda: len(tab.suggestions.buttons) == 2)
    assert "80" in score_sentence(BEST)
    names = [one.accessibleName() for one in tab.suggestions.buttons]
    assert all(f"{one.link.table}: " in name for one, name in zip(SUGGESTIONS, names, strict=False))
    tab.suggestions.buttons[1].click()
    link = _link(desktop, "V325")
    assert (link.columns, link.state) == (("AKEL",), LinkState.SUGGESTED)
    qtbot.waitUntil(lambda: len(tab.suggestions.buttons) == 1)
    tab.suggestions.buttons[0].click()
    assert _link(desktop, "V325").columns == ("VKT",)
    assert "80" in page.inspector.head.remark.text()


def test_an_approved_link_is_not_argued_with(page, desktop, qtbot):
    desktop.answers["suggestions_for"] = SUGGESTIONS
    tab = _tab(page, "V320")
    tab._ask_suggestions()
    settle(qtbot, desktop)
    assert not tab.suggestions.isVisible()


def test_steps_are_added_moved_given_options_and_removed(page, desktop):
    tab = _tab(page, "V310")
    steps = tab.conversion.steps
    steps.kind.setCurrentIndex(steps.kind.findData("replace"))
    steps.kind.activated.emit(0)
    assert [step.kind for step in _link(desktop, "V310").steps] == ["datetime", "replace"]
    line = steps.lines[1]
    assert line.opener.isChecked()
    line.set_option("find", "x")
    assert _link(desktop, "V310").steps[1].option("find") == "x"
    steps.lines[1].up.click()
    assert [step.kind for step in _link(desktop, "V310").steps] == ["replace", "datetime"]
    steps.lines[0].remover.click()
    assert [step.kind for step in _link(desktop, "V310").steps] == ["datetime"]


def test_a_step_for_several_columns_goes_first_and_is_offered_only_then(page, desktop):
    steps = _tab(page, "V310").conversion.steps
    steps.add("first_of")
    assert _link(desktop, "V310").steps[0].kind == "first_of"
    steps = _tab(page, "V320").conversion.steps
    assert steps.kind.findData("first_of") < 0


def test_the_focus_stays_in_the_option_that_was_typed(page, desktop, qtbot):
    steps = _tab(page, "V310").conversion.steps
    steps.lines[0].opener.setChecked(True)
    field = steps.lines[0].fields["format"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "%Y%m%d")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert _link(desktop, "V310").steps[0].option("format") == "%Y%m%d"
    assert steps.lines[0].fields["format"].hasFocus()
    assert steps.lines[0].fields["format"] is not field


def test_every_step_shows_what_it_leaves_of_a_row(page, desktop, qtbot):
    part = _tab(page, "V310").conversion
    settle(qtbot, desktop)
    assert "efter 0" in part.steps.lines[0].value.text()
    assert part.steps.start.text() == "ANMDAT 0 ANMTID 0"
    part.bar.after.click()
    settle(qtbot, desktop)
    assert part.steps.start.text() == "ANMDAT 1 ANMTID 1"
    part.bar.before.click()
    part.bar.before.click()
    part.bar.any.click()
    settle(qtbot, desktop)
    assert "3" in part.bar.place.text()


def test_what_is_typed_takes_the_rows_place(page, desktop, qtbot):
    part = _tab(page, "V310").conversion
    part.bar.pencil.setChecked(True)
    assert [field.placeholderText() for field in part.bar.fields] == ["ANMDAT", "ANMTID"]
    part.bar.fields[0].setText("2026-01-01")
    settle(qtbot, desktop)
    assert part.steps.start.text().startswith("2026-01-01")
    assert not part.bar.after.isEnabled()
    part.bar.pencil.setChecked(False)
    settle(qtbot, desktop)
    assert part.steps.start.text() == "ANMDAT 0 ANMTID 0"


def test_a_step_that_cannot_says_why(page, desktop, qtbot):
    trial = LinkTrial(0, 1, "1", ("x",), (StepValue("", "time-unreadable"),), "", "time-unreadable")
    part = _tab(page, "V310").conversion
    settle(qtbot, desktop)
    part.steps.show_trial(trial)
    assert part.steps.lines[0].trouble.text()
    assert not part.steps.lines[0].value.isVisible()


def test_a_condition_is_counted_at_once(page, desktop, qtbot):
    steps = _tab(page, "V310").conversion.steps
    steps.add("only_when")
    settle(qtbot, desktop)
    assert "312" in steps.lines[1].counted.text()
    column = steps.lines[1].fields["column"]
    assert column.findData("VKT") > 0
    column.taken.emit("VKT")
    assert _link(desktop, "V310").steps[1].option("column") == "VKT"


def test_the_formats_that_occur_are_offered(page, desktop, qtbot):
    steps = _tab(page, "V310").conversion.steps
    steps.lines[0].opener.setChecked(True)
    steps.lines[0].detect.click()
    settle(qtbot, desktop)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.actions()[0].trigger()
    menu.close()
    assert _link(desktop, "V310").steps[0].option("format") == "%Y-%m-%d %H:%M"


def test_one_of_several_rows_is_picked(page, desktop):
    desktop.document.change("x", PROJECT.with_link(Link("V325", "planeringar", ("ANMDAT",))))
    tab = _tab(page, "V325")
    assert tab.rows.isVisible()
    tab.rows.order_column.taken.emit("ANMDAT")
    tab.rows.nth.set_value("-1")
    tab.rows.nth.activated.emit(0)
    assert _link(desktop, "V325").pick == Pick(order_column="ANMDAT", nth=-1)
    assert tab.rows.sentence.text() == rows_sentence(_link(desktop, "V325").pick)


def test_a_groups_rows_are_filtered_and_ordered_for_all_its_variables(page, desktop, qtbot):
    tab = _tab(page, "V410")
    tab.columns.table.set_value("planeringar")
    tab.columns.choices[0].taken.emit("ANMDAT")
    tab.rows.filter_column.taken.emit("OPNR")
    tab.rows.filter_value.setText("a|b")
    tab.rows.filter_value.setModified(True)
    tab.rows.filter_value.editingFinished.emit()
    found = desktop.document.project.group_link_of("planering")
    assert found == GroupLink("planering", "planeringar", "OPNR", "a|b")
    assert "OPNR" in rows_sentence(found)
    assert "planeringar" in rows_sentence(found)


def test_a_table_with_one_row_per_case_asks_for_no_row(page):
    assert not _tab(page, "V310").rows.isVisible()


def test_a_note_is_kept_and_leaves_the_decision(page, desktop, qtbot):
    tab = _tab(page, "V320")
    page.inspector.edit_note()
    qtbot.keyClicks(tab.note, "fråga Eva")
    qtbot.keyClick(tab.note, Qt.Key.Key_Return)
    assert _link(desktop, "V320").note == "fråga Eva"
    assert _link(desktop, "V320").state is LinkState.APPROVED


def test_the_head_decides(page, desktop):
    page.table.choose_variable("V310")
    head = page.inspector.head
    head.approve.click()
    assert _link(desktop, "V310").state is LinkState.APPROVED
    assert not head.approve.isVisible()
    assert _link(desktop, "V310").decided_on in head.remark.text()
    head.flag.click()
    assert _link(desktop, "V310").state is LinkState.FLAGGED
    head.remove.click()
    assert _link(desktop, "V310") is None
    assert not head.flag.isVisible()


def test_the_meaning_tells_codes_rules_and_leads_to_the_register(page, desktop):
    page.table.choose_variable("V320")
    page.inspector.tabs.setCurrentIndex(2)
    texts = [label.text() for label in page.inspector.about.findChildren(QLabel)]
    assert any("elektiv" in text for text in texts)
    page.inspector.register_wanted.emit({"variable": "V320"})
    assert desktop.went[-1] == ("register", {"variable": "V320"})


def test_the_same_variable_keeps_its_place_when_only_results_come(page, desktop):
    tab = _tab(page, "V310")
    line = tab.conversion.steps.lines[0]
    page.body.refresh()
    assert tab.conversion.steps.lines[0] is line


def test_suggestions_for_the_former_variable_are_not_offered_for_another(page, desktop, qtbot):
    desktop.hold("suggestions_for")
    tab = _tab(page, "V325")
    qtbot.waitUntil(lambda: bool(desktop.waiting("suggestions_for")))
    late = desktop.waiting("suggestions_for")[0]
    page.table.choose_variable("behandlingsnummer")
    desktop.answer(late, SUGGESTIONS)
    qtbot.waitUntil(lambda: late not in desktop.backend.jobs)
    assert tab.suggestions.buttons == []


def test_suggestions_and_trials_are_asked_for_again_when_the_tables_have_come(page, desktop, qtbot):
    tab = _tab(page, "V310")
    settle(qtbot, desktop)
    before = desktop.channel.times("try_link")
    qtbot.waitUntil(lambda: desktop.channel.times("suggestions_for") > 0)
    asked = desktop.channel.times("suggestions_for")
    desktop.session.tables = tuple(
        replace(one, rows=one.rows + 1) for one in desktop.session.tables
    )
    desktop.session.tables_changed.emit()
    assert desktop.channel.times("try_link") == before + 1
    qtbot.waitUntil(lambda: desktop.channel.times("suggestions_for") > asked)
    assert tab.conversion.isVisible()


def test_a_note_that_is_being_written_stays_with_its_variable(page, desktop, qtbot):
    tab = _tab(page, "V310")
    page.inspector.edit_note()
    qtbot.keyClicks(tab.note, "ring Eva")
    page.table.choose_variable("V320")
    assert _link(desktop, "V310").note == "ring Eva"
    assert tab.note.text() == ""
    page.table.setFocus()
    assert _link(desktop, "V320").note == ""


def test_results_that_come_while_somebody_writes_take_nothing_away(page, desktop, qtbot):
    tab = _tab(page, "V325")
    page.choose_column()
    qtbot.keyClicks(tab.columns.first, "ake")
    page.live.results_changed.emit()
    qtbot.keyClick(tab.columns.first, Qt.Key.Key_Return)
    assert _link(desktop, "V325").columns == ("AKEL",)


def test_the_count_of_a_condition_is_not_shown_at_another_variables_step(page, desktop, qtbot):
    desktop.hold("count_condition")
    project = desktop.document.project
    when = Step("only_when", (("column", "PNR"), ("test", "filled")))
    one = replace(project.link_of("V310"), steps=(when,))
    desktop.document.change("x", project.with_link(one))
    _tab(page, "V310")
    late = desktop.waiting("count_condition")[0]
    tab = _tab(page, "V320")
    desktop.answer(late, ConditionCount(7, 400))
    qtbot.waitUntil(lambda: late not in desktop.backend.jobs)
    assert not any(line.counted.isVisible() for line in tab.conversion.steps.lines)
