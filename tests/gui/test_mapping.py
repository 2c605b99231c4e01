"""Mappning: every variable, its link, and changing it by table and keyboard."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog

from app.core.mapping import GroupLink, Link, LinkState, Step, ValueMap
from app.gui.frame.navigator import Place
from app.gui.mapping import edits
from app.gui.mapping.page import MappingPage
from app.gui.mapping.variable_rows import APPROVED, STATES, UNSENT, VariableRow, wanted_rows
from app.gui.settings import YOUR_NAME
from app.workflow.views import LinkResult, Suggestion
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
    qtbot.waitUntil(lambda: bool(made.live.results))
    settle(qtbot, desktop)
    return made


def _listed(page):
    return [page.table.rows.row_at(number) for number in range(page.table.rows.rowCount())]


def _rows(page):
    return {row.id: row for row in _listed(page) if row.variable}


def _cells(page, variable, role=Qt.ItemDataRole.DisplayRole):
    model = page.table.model()
    row = [one.id for one in _listed(page)].index(variable)
    return [model.index(row, column).data(role) for column in range(model.columnCount())]


def _link(desktop, variable):
    return desktop.document.project.link_of(variable)


def test_every_variable_of_the_profile_has_a_row(page):
    assert set(_rows(page)) == {one.id for one in shipped().variables if one.is_bound}


def test_a_row_says_where_the_value_comes_from_and_what_becomes_of_it(page):
    cells = _cells(page, "V320")
    assert cells[0].startswith("V320")
    assert (cells[1], cells[3:]) == ("AKEL", ["värde 0", "99\u00a0%", "", "Godkänd"])
    assert "2 av 400" in _cells(page, "V310", Qt.ItemDataRole.ToolTipRole)[5]


def test_a_mandatory_variable_without_a_link_is_missing(page):
    assert _cells(page, "SystemId")[-1] == "Saknas"
    assert page.body.coverage.mandatory.text().endswith("7")


def test_a_link_without_an_element_in_the_contract_says_so(desktop):
    variable = shipped().by_id["V310"]
    link = Link("V310", "operationer", ("ANMDAT",), state=LinkState.APPROVED)
    alone = replace(variable, path=())
    rows = [VariableRow(one.section, one, link) for one in (variable, alone)]
    assert [row.state for row in rows] == [APPROVED, UNSENT]
    assert wanted_rows(tuple(rows), "", UNSENT)[-1] == rows[1]
    assert all(state in STATES for state in (APPROVED, UNSENT))


def test_a_section_folds_under_its_heading_by_key_and_by_click(page, qtbot):
    page.table.choose_variable("V310")
    every = len(_rows(page))
    qtbot.keyClick(page.table, Qt.Key.Key_Left)
    heading = page.table.current_row()
    assert heading.variable is None
    assert heading.is_folded
    assert "V310" not in _rows(page)
    qtbot.keyClick(page.table, Qt.Key.Key_Right)
    assert len(_rows(page)) == every
    page.table._fold_by_click(page.table.model().index(0, 0))
    assert len(_rows(page)) < every
    page.body.unfold_all()
    assert len(_rows(page)) == every
    page.body.fold_all()
    assert not _rows(page)


def test_a_heading_counts_what_is_done_in_its_section(page):
    heading = next(row for row in _listed(page) if row.section == _rows(page)["V310"].section)
    words = page.table.rows.columns[0].text(heading)
    assert str(heading.count(APPROVED)) in words
    assert page.table.columnSpan(0, 0) == page.table.model().columnCount()


def test_space_approves_what_is_chosen_in_the_users_name(page, desktop, qtbot):
    page.changes.clock = lambda: datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    desktop.context.settings.set_text(YOUR_NAME, "Eva")
    page.table.choose_variable("V310")
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    link = _link(desktop, "V310")
    assert (link.state, link.decided_by, link.decided_on) == (
        LinkState.APPROVED, "Eva", "2026-11-23",
    )  # fmt: skip
    assert "1" in desktop.said[-1]
    assert desktop.document.undo_stack.undoText() == "godkänn V310"
    desktop.document.undo_stack.undo()
    assert _link(desktop, "V310").state is LinkState.SUGGESTED
    assert page.table.current_row().id == "V310"


def test_a_changed_link_is_nobodys_decision(page, desktop):
    page.table.choose_variable("V310")
    page.approve()
    page.changes.set_steps("V310", (Step("trim"),))
    link = _link(desktop, "V310")
    assert (link.state, link.decided_by, link.decided_on) == (LinkState.SUGGESTED, "", "")


def test_approving_nothing_says_what_to_do(page, desktop):
    page.table.choose_variable("SystemId")
    page.approve()
    assert desktop.said == ["Välj variabler som har en koppling."]


def test_links_are_flagged_and_removed(page, desktop, qtbot):
    page.table.choose_variable("V310")
    page.flag()
    assert _cells(page, "V310")[-1] == "Flaggad"
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert _link(desktop, "V310") is None
    assert desktop.document.undo_stack.undoText() == "ta bort V310"


def test_all_chosen_links_are_approved_at_once_and_counted(page, desktop):
    page.choose_all()
    page.approve()
    assert all(one.state is LinkState.APPROVED for one in desktop.document.project.links)
    assert "1" in desktop.said[-1]
    assert len(page.table.chosen()) > 1


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


def test_the_search_finds_names_and_columns(page):
    page.body.search.setText("ANMTID")
    assert list(_rows(page)) == ["V310"]
    page.body.search.clear()
    page.body.filter.set_value("missing")
    page.body.refresh()
    assert all(row.state == "missing" for row in _rows(page).values())


def test_a_search_looks_into_folded_sections(page):
    page.body.fold_all()
    page.body.search.setText("V310")
    assert list(_rows(page)) == ["V310"]


@pytest.mark.parametrize("state", ["mapped", "failed", "unmapped", "to_approve"])
def test_every_filter_shows_its_own(page, state):
    page.body.filter.set_value(state)
    page.body.refresh()
    rows = _rows(page).values()
    assert rows
    assert all((row.link is None) == (state == "unmapped") for row in rows)


def test_links_with_a_note_are_found(page, desktop):
    page.changes.set_note("V310", "fråga Eva")
    page.body.filter.set_value("noted")
    page.body.refresh()
    assert list(_rows(page)) == ["V310"]
    assert "fråga Eva" in _cells(page, "V310", Qt.ItemDataRole.ToolTipRole)[1]


def test_the_next_unmapped_variable_is_found_by_key(page):
    page.table.choose_variable("behandlingsnummer")
    page._step(1)
    assert page.table.current_row().state in {"missing", "unmapped", "to_approve"}
    here = page.table.current_row().id
    page._step(1)
    page._step(-1)
    assert page.table.current_row().id == here


def test_a_place_chooses_its_variable_though_it_is_hidden(page):
    page.body.fold_all()
    page.body.search.setText("zzz")
    page.arrive(Place("mapping", {"variable": "V565"}))
    assert page.table.current_row().id == "V565"


def test_the_source_is_one_key_away(page, desktop):
    page.table.choose_variable("V310")
    page.show_source()
    assert desktop.went[-1] == ("source", {"table": "operationer", "column": "ANMDAT"})
    page.table.choose_variable("SystemId")
    page.show_source()
    assert len(desktop.said) == 1


def test_without_a_project_the_page_says_what_to_do(qtbot, desktop):
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    assert made._stack.currentWidget() is made._empty
    made.suggest()
    assert desktop.channel.times("suggest_links") == 0


def test_the_table_the_drawing_or_both_are_shown_and_remembered(page, desktop, qtbot):
    page.set_view("both")
    assert page.table.isVisible()
    assert page.body.work.drawing.isVisible()
    assert page.table.isColumnHidden(2)
    page.set_view("drawing")
    assert not page.table.isVisible()
    assert not page.body.search.isVisible()
    again = MappingPage(desktop.context)
    qtbot.addWidget(again)
    assert again.body.work.view == "drawing"
    page.set_view("table")
    assert not page.body.work.drawing.isVisible()
    assert not page.table.isColumnHidden(2)


def test_space_approves_in_the_drawing_too(page, desktop, qtbot):
    page.set_view("drawing")
    drawing = page.body.work.drawing
    drawing.choose("V310")
    page.table.choose_variable("V310")
    drawing.canvas.setFocus()
    qtbot.keyClick(drawing.canvas, Qt.Key.Key_Space)
    assert _link(desktop, "V310").state is LinkState.APPROVED


def test_the_drawing_and_the_table_have_one_selection(page, desktop):
    page.set_view("both")
    page.body.work.drawing.variable_chosen.emit("V565")
    assert page.table.current_row().id == "V565"
    page.body.work.drawing.link_wanted.emit("V325", "operationer", "AKEL")
    assert _link(desktop, "V325").columns == ("AKEL",)
    page.body.work.drawing.unlink_wanted.emit("V325")
    assert _link(desktop, "V325") is None


def test_coverage_by_section_folds_out(page):
    assert not page.body.sections.isVisible()
    page.body.coverage.details.setChecked(True)
    assert page.body.sections.isVisible()
    assert page.body.sections.rows.rowCount() == 1


def test_the_name_that_approves_can_be_given(page, desktop, qtbot):
    page.ask_name()
    dialog = page.findChild(QInputDialog)
    dialog.textValueSelected.emit(" Eva Ek ")
    assert desktop.context.settings.text(YOUR_NAME) == "Eva Ek"
    dialog.reject()


def test_the_table_is_copied_as_tsv(page):
    page.table.choose_variable("behandlingsnummer")
    assert "\tOPNR\t" in page.table.as_tsv()


def test_the_model_obeys_qt(page, qtmodeltester):
    qtmodeltester.check(page.table.model())


def test_a_group_keeps_its_table_until_another_is_chosen():
    profile = shipped()
    variable = profile.by_id["V410"]
    project = edits.map_columns(PROJECT, profile, variable, "planeringar", ("ANMDAT",))
    again = edits.map_columns(project, profile, variable, "planeringar", ("ANMTID",))
    assert again.groups == project.groups
    moved = edits.with_group(again, profile, "planering", "opkoder").group_link_of("planering")
    assert moved is not None
    assert moved.table == "opkoder"


def test_links_of_a_group_are_approved_anew_when_its_rows_are_others():
    profile = shipped()
    group = GroupLink(profile.by_id["V410"].group, "planeringar")
    link = Link("V410", "planeringar", ("ANMDAT",), state=LinkState.APPROVED, decided_by="Eva")
    project = edits.with_group_link(PROJECT.with_link(link), profile, group)
    assert project.link_of("V410") == link
    other = edits.with_group_link(project, profile, replace(group, descending=True))
    assert other.link_of("V410") == edits.waiting(link)
    untouched = [one for one in other.links if profile.by_id[one.variable].group != group.group]
    assert all(project.link_of(one.variable) == one for one in untouched)


def test_a_column_of_another_table_leaves_no_approved_link_of_its_group_behind():
    profile = shipped()
    of_group = [one for one in profile.variables if one.group == profile.by_id["V410"].group]
    other = next(one for one in of_group if one.id != "V410")
    link = Link("V410", "planeringar", ("ANMDAT",), state=LinkState.APPROVED)
    project = edits.with_group(PROJECT.with_link(link), profile, other.group, "planeringar")
    moved = edits.map_columns(project, profile, other, "opkoder", ("KOD",))
    assert moved.link_of("V410") == edits.waiting(link)


def test_results_of_nothing_are_a_dash(page):
    page.live._take_results((LinkResult("V310", (), "", 0, 0, 0),))
    assert _cells(page, "V310")[4] == "–"


def test_a_conversion_is_a_sentence_where_there_is_room_and_a_word_where_not(page):
    assert _cells(page, "V310")[2] == "tidpunkt"
    sentence = _cells(page, "V310", Qt.ItemDataRole.ToolTipRole)[2]
    assert len(sentence) > len("tidpunkt")
    page.resize(2200, 600)
    assert _cells(page, "V310")[2] == sentence


def test_beside_a_panel_the_table_keeps_the_columns_that_can_be_read(page, qtbot):
    table = page.table
    page.resize(760, 600)
    qtbot.waitUntil(lambda: table.isColumnHidden(2))
    assert not table.isColumnHidden(1)
    assert table.horizontalHeader().length() <= table.viewport().width() + 8
    body = page.body
    assert not body.search.geometry().intersects(body.filter.geometry())
    page.resize(1400, 600)
    qtbot.waitUntil(lambda: not table.isColumnHidden(2))
    page.resize(1900, 600)
    qtbot.waitUntil(lambda: not table.is_brief)
    assert table.columnWidth(2) > table.columnWidth(1)
    page.body.coverage.details.setChecked(True)
    qtbot.waitUntil(lambda: not page.body.sections.isColumnHidden(2))
    page.resize(760, 600)
    qtbot.waitUntil(lambda: page.body.sections.isColumnHidden(2))


def test_a_link_whose_column_is_gone_says_so_in_its_row(page, desktop):
    first, *rest = desktop.session.tables
    without = tuple(one for one in first.columns if one.name != "ANMTID")
    desktop.session.tables = (replace(first, columns=without), *rest)
    desktop.session.tables_changed.emit()
    assert _cells(page, "V310")[5].startswith("saknas")
    assert "ANMTID" in _cells(page, "V310", Qt.ItemDataRole.ToolTipRole)[5]
    assert not _cells(page, "V320")[5].startswith("saknas")


def test_nothing_is_said_to_be_approved_where_the_project_may_not_be_changed(page, desktop):
    page.table.choose_variable("V310")
    desktop.document.set_read_only(True)
    before, said = desktop.document.project, list(desktop.said)
    page.approve()
    page.suggest()
    page._take_suggestions(SUGGESTIONS)
    assert desktop.document.project == before
    assert desktop.said == said
