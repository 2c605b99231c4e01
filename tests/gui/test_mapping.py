"""Mappning: every variable, its link, and changing it by table and keyboard."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.conversion import KINDS
from app.core.errors import ExportError
from app.core.mapping import Link, LinkState, Step, ValueMap
from app.gui.frame.navigator import Place
from app.gui.mapping import edits
from app.gui.mapping.page import MappingPage
from app.gui.mapping.variable_rows import APPROVED, STATES, UNSENT, VariableRow, wanted_rows
from app.gui.mapping.wording import OPTIONS, conversion_sentence, origin
from app.workflow.views import LinkResult, Suggestion, ValueCount
from tests.support.gui import PROJECT, Desktop, settle, shipped

# The offscreen platform says so of every window; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SUGGESTIONS = (
    Suggestion(Link("V325", "operationer", ("VKT",), (Step("trim"),), score=80), "name"),
    Suggestion(
        Link("V410", "planeringar", ("ANMDAT",), (Step("value_map", (("name", "V410"),)),)),
        "both",
        ValueMap("V410", (("a", ""),)),
    ),
    Suggestion(Link("V310", "operationer", ("VKT",)), "name"),
)


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path, {"suggest_links": SUGGESTIONS})
    yield made
    made.backend.close()


@pytest.fixture
def page(qtbot, desktop):
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    made.resize(1100, 600)
    made.show()
    qtbot.waitUntil(lambda: bool(made._results))
    settle(qtbot, desktop)
    return made


def _rows(page):
    rows = [page.table.rows.row_at(number) for number in range(page.table.rows.rowCount())]
    return {row.id: row for row in rows if row.variable}


def _cells(page, variable, role=Qt.ItemDataRole.DisplayRole):
    ids = [page.table.rows.row_at(i).id for i in range(page.table.rows.rowCount())]
    model = page.table.model()
    row = ids.index(variable)
    return [model.index(row, column).data(role) for column in range(model.columnCount())]


def _link(desktop, variable):
    return desktop.document.project.link_of(variable)


def test_every_variable_of_the_profile_has_a_row(page):
    assert set(_rows(page)) == {one.id for one in shipped().variables if one.is_bound}


def test_a_row_says_where_the_value_comes_from_and_what_becomes_of_it(page):
    cells = _cells(page, "V310")
    assert cells[0].startswith("V310")
    assert cells[1:] == [
        "ANMDAT + ANMTID", "tidpunkt", "2025-12-25 21:40", "99\u00a0%", "Att godkänna",
    ]  # fmt: skip
    assert _cells(page, "V310", Qt.ItemDataRole.ToolTipRole)[2] == "tidpunkt i svensk tid"


def test_a_mandatory_variable_without_a_link_is_missing(page):
    assert _cells(page, "SystemId")[-1] == "Saknas"
    assert "obligatoriska saknas" in page.left.missing.text()
    assert page.left.waiting.text() == "1 att godkänna"


def test_a_link_without_an_element_in_the_contract_says_so(desktop):
    variable = shipped().by_id["V310"]
    link = Link("V310", "operationer", ("ANMDAT",), state=LinkState.APPROVED)
    alone = replace(variable, path=())
    rows = [VariableRow(one.section, one, link) for one in (variable, alone)]
    assert [row.state for row in rows] == [APPROVED, UNSENT]
    assert wanted_rows(tuple(rows), "", UNSENT)[-1] == rows[1]
    assert all(state in STATES for state in (APPROVED, UNSENT))


def test_a_heading_cannot_be_chosen(page):
    first = page.table.model().index(0, 0)
    assert not first.flags() & Qt.ItemFlag.ItemIsSelectable
    assert page.table.columnSpan(0, 0) == page.table.model().columnCount()


def test_space_approves_what_is_chosen(page, desktop, qtbot):
    page.table.choose_variable("V310")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert _link(desktop, "V310").state is LinkState.APPROVED
    assert desktop.document.undo_stack.undoText() == "godkänn V310"
    desktop.document.undo_stack.undo()
    assert _link(desktop, "V310").state is LinkState.SUGGESTED
    assert page.table.current_row().id == "V310"


def test_approving_nothing_says_what_to_do(page, desktop):
    page.table.choose_variable("SystemId")
    page.approve()
    assert desktop.said == ["Välj variabler som har en koppling."]


def test_links_are_flagged_and_removed(page, desktop):
    page.table.choose_variable("V310")
    page.flag()
    assert _cells(page, "V310")[-1] == "Flaggad"
    page.remove()
    assert _link(desktop, "V310") is None
    assert desktop.document.undo_stack.undoText() == "ta bort V310"


def test_all_chosen_links_are_approved_at_once(page, desktop):
    page.choose_all()
    page.approve()
    assert all(one.state is LinkState.APPROVED for one in desktop.document.project.links)


def test_suggestions_fill_what_is_empty_and_are_undone_as_one(page, desktop, qtbot):
    page.suggest()
    settle(qtbot, desktop)
    assert _link(desktop, "V325").state is LinkState.SUGGESTED
    assert _link(desktop, "V310").columns == ("ANMDAT", "ANMTID")
    assert desktop.document.project.value_map_of("V410") is not None
    assert desktop.document.project.group_link_of("planering").table == "planeringar"
    assert desktop.said == ["2 förslag tillagda. Godkänn dem som stämmer."]
    desktop.document.undo_stack.undo()
    assert desktop.document.project == PROJECT


def test_no_suggestions_is_said(page, desktop, qtbot):
    desktop.answers["suggest_links"] = ()
    page.suggest()
    settle(qtbot, desktop)
    assert "Inga fler förslag" in desktop.said[0]
    assert not desktop.document.undo_stack.canUndo()


def test_a_column_is_chosen_in_the_inspector(page, desktop):
    page.table.choose_variable("V325")
    columns = page.inspector.columns
    columns.first.setCurrentIndex(columns.first.findData("AKEL"))
    columns.first.activated.emit(0)
    link = _link(desktop, "V325")
    assert (link.table, link.columns, link.steps) == ("operationer", ("AKEL",), (Step("trim"),))
    assert desktop.document.undo_stack.undoText() == "mappa AKEL → V325"
    assert page.table.current_row().id == "V325"


def test_taking_the_column_away_removes_the_link(page, desktop):
    page.table.choose_variable("V320")
    columns = page.inspector.columns
    columns.first.setCurrentIndex(0)
    columns.first.activated.emit(0)
    assert _link(desktop, "V320") is None


def test_a_constant_is_given_in_the_inspector(page, desktop, qtbot):
    page.table.choose_variable("SystemId")
    columns = page.inspector.columns
    columns.table.setCurrentIndex(columns.table.count() - 1)
    columns.table.activated.emit(0)
    assert columns.constant.isVisible()
    qtbot.keyClicks(columns.constant, "SE1")
    columns.constant.editingFinished.emit()
    assert _link(desktop, "SystemId").steps == (Step("constant", (("value", "SE1"),)),)


def test_steps_are_added_given_options_and_removed(page, desktop):
    page.table.choose_variable("V310")
    steps = page.inspector.steps
    steps.kind.setCurrentIndex(steps.kind.findData("upper"))
    steps.kind.activated.emit(0)
    assert [step.kind for step in _link(desktop, "V310").steps] == ["datetime", "upper"]
    page.inspector.steps.remove(0)
    assert [step.kind for step in _link(desktop, "V310").steps] == ["upper"]


def test_a_value_map_step_gets_the_variables_name(page, desktop, qtbot):
    page.table.choose_variable("V310")
    page.inspector.set_steps((Step("value_map"),))
    assert _link(desktop, "V310").steps[0].option("name") == "V310"
    settle(qtbot, desktop)


def test_local_codes_are_mapped_with_their_counts(page, desktop, qtbot):
    page.table.choose_variable("V320")
    qtbot.waitUntil(lambda: page.inspector.values is not None)
    choice = page.inspector.values.fields["A"]
    assert choice.value() == "akut"
    choice.setCurrentIndex(choice.findData("elektiv"))
    choice.activated.emit(0)
    entries = dict(desktop.document.project.value_map_of("akut").entries)
    assert entries == {"A": "elektiv", "E": "elektiv"}
    assert _link(desktop, "V320").state is LinkState.SUGGESTED
    settle(qtbot, desktop)


def test_a_note_is_kept(page, desktop):
    page.table.choose_variable("V310")
    page.inspector._set_note("fråga Eva")
    assert _link(desktop, "V310").note == "fråga Eva"


def test_the_search_finds_names_and_columns(page):
    page.search.setText("ANMTID")
    assert list(_rows(page)) == ["V310"]
    page.search.clear()
    page.filter.set_value("missing")
    page._show_rows()
    assert all(row.state == "missing" for row in _rows(page).values())


@pytest.mark.parametrize("state", ["mapped", "failed", "unmapped", "to_approve"])
def test_every_filter_shows_its_own(page, state):
    page.filter.set_value(state)
    page._show_rows()
    rows = _rows(page).values()
    assert rows
    assert all((row.link is None) == (state == "unmapped") for row in rows)


def test_the_next_unmapped_variable_is_found_by_key(page):
    page.table.choose_variable("behandlingsnummer")
    page._step(1)
    assert page.table.current_row().state in {"missing", "unmapped", "to_approve"}
    here = page.table.current_row().id
    page._step(1)
    page._step(-1)
    assert page.table.current_row().id == here


def test_a_place_chooses_its_variable(page):
    page.search.setText("zzz")
    page.arrive(Place("mapping", {"variable": "V565"}))
    assert page.table.current_row().id == "V565"


def test_ctrl_m_leads_to_the_column(page):
    page.table.choose_variable("V325")
    page.choose_column()
    assert page.inspector.columns.first.view().isVisible()
    page.inspector.columns.first.hidePopup()


def test_without_a_project_the_page_says_what_to_do(qtbot, desktop):
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    assert made._stack.currentWidget() is made._empty
    made.suggest()
    assert desktop.channel.times("suggest_links") == 0


def test_samples_that_cannot_be_made_are_left_out(qtbot, tmp_path):
    desktop = Desktop(tmp_path, {"link_results": ExportError("file-missing")})
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    qtbot.waitUntil(lambda: desktop.channel.times("link_results") > 0)
    settle(qtbot, desktop)
    assert _cells(made, "V310")[3] == ""
    desktop.backend.close()


def test_the_table_is_copied_as_tsv(page):
    page.table.choose_variable("behandlingsnummer")
    assert "\tOPNR\t" in page.table.as_tsv()


def test_the_model_obeys_qt(page, qtmodeltester):
    qtmodeltester.check(page.table.model())


def test_conversions_read_as_sentences():
    link = Link("x", "t", ("A",), (Step("decimal_comma"), Step("number", (("decimals", "1"),))))
    assert conversion_sentence(link) == "komma blir punkt, tal"
    assert conversion_sentence(Link("x", "t", ("A",))) == "som det är"
    assert origin(Link("x")) == "fast värde"
    missing = Link("x", "t", ("A",), (Step("value_map"), Step("other")))
    assert conversion_sentence(missing) == "värdelista –, other"


def test_a_group_keeps_its_table_until_another_is_chosen():
    variable = shipped().by_id["V410"]
    project = edits.map_columns(PROJECT, variable, "planeringar", ("ANMDAT",))
    again = edits.map_columns(project, variable, "planeringar", ("ANMTID",))
    assert again.groups == project.groups
    moved = edits.with_group(again, "planering", "opkoder").group_link_of("planering")
    assert moved is not None
    assert moved.table == "opkoder"


def test_results_of_nothing_are_a_dash(page, desktop):
    page._take_results((LinkResult("V310", (), "", 0, 0, 0),))
    assert _cells(page, "V310")[4] == "–"
    page._take_results(())
    assert ValueCount("a", 1, "").mapped == ""


def test_every_option_of_every_step_has_a_name():
    options = {option for kind in KINDS.values() for option in kind.options}
    assert options - set(OPTIONS) == set()
