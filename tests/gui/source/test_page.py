"""Källa: the files, adding, removing, what a place names, and states without anything to show."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView

from app.core.errors import Cancelled, ExportError
from app.core.mapping import Project, Source
from app.gui.frame.navigator import Place
from app.gui.source.edits import add_source, remove_source, without_file
from app.gui.source.page import SourcePage
from app.gui.widgets.looks import looks
from app.gui.widgets.numbers import count, share
from app.language import text
from app.workflow.source_views import FileChange, Preview, ShapeChange
from app.workflow.views import Problem, TableView
from tests.support.gui import settle
from tests.support.gui_source import (
    PROJECT,
    SOURCES,
    TABLES,
    cells,
    show,
    source_desktop,
    source_page,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _page_of(qtbot, tmp_path, project=PROJECT, **changed):
    desktop = source_desktop(tmp_path, changed)
    return desktop, source_page(qtbot, desktop, project)


def test_without_a_project_the_page_says_what_to_do(qtbot, desktop):
    made = SourcePage(desktop.context)
    qtbot.addWidget(made)
    assert made._stack.currentWidget() is made._empty
    assert not made.add_button.isEnabled()


def test_a_project_without_files_asks_for_them(qtbot, tmp_path):
    desktop, page = _page_of(qtbot, tmp_path, Project("x", "spor-4.1"), read_tables=())
    assert page._stack.currentWidget() is page._no_files
    assert page.add_button.isEnabled()
    desktop.backend.close()


def test_every_file_shows_rows_key_relation_and_what_does_not_fit(page):
    gap = "\u00a0"
    assert cells(page.files, 0) == [
        "operationer", "400", "4", "OPNR", "the case table", "0", "0", "2", "0",
    ]  # fmt: skip
    assert cells(page.files, 1) == [
        "koder", f"1{gap}206", "2", "OPNR", "1:n, at most 4", "2", "14", "0", "130",
    ]  # fmt: skip
    assert cells(page.files, 2)[4] == "1:1"


def test_before_the_files_are_read_nothing_is_claimed_but_the_first_rows_are_there(qtbot, tmp_path):
    desktop = source_desktop(tmp_path)
    page = SourcePage(desktop.context)
    qtbot.addWidget(page)
    page.detail.show_tab("rows")
    desktop.answers["read_tables"] = ()
    desktop.open(PROJECT)
    settle(qtbot, desktop)
    assert cells(page.files, 1)[1:5] == ["…", "…", "OPNR", "…"]
    assert cells(page.detail.rows.table, 0) == ["3", "2600000", "19770101-****", "2025-12-25", ""]
    assert "until the whole file is read" in page.detail.rows.told.text()
    desktop.backend.close()


def test_a_place_chooses_its_table_and_column(page, qtbot, desktop):
    page.arrive(Place("source", {"table": "koder", "column": "KOD"}))
    settle(qtbot, desktop)
    assert page.chosen.name == "koder"
    assert page.detail.tab == "columns"
    assert page.detail.columns.table.current_row().name == "KOD"


def test_removing_a_file_removes_what_needs_it_and_can_be_undone(page, desktop, qtbot):
    page.detail.remove.click()
    assert [one.name for one in desktop.document.project.sources] == ["koder", "planer"]
    assert [one.variable for one in desktop.document.project.links] == ["V420"]
    desktop.document.undo_stack.undo()
    assert desktop.document.project == PROJECT
    settle(qtbot, desktop)


def test_a_file_that_cannot_be_read_says_why(qtbot, tmp_path):
    broken = TableView(SOURCES[0], problem=Problem("file-missing", (("name", "operationer.csv"),)))
    desktop, page = _page_of(
        qtbot,
        tmp_path,
        read_tables=(broken, *TABLES[1:]),
        preview_source=ExportError("file-missing", name="operationer.csv"),
    )
    assert "operationer.csv does not exist" in page.detail.trouble.text()
    assert page.detail.trouble.isVisible()
    assert cells(page.files, 0)[1] == "–"
    assert desktop.said == []
    desktop.backend.close()


def test_several_dropped_files_are_described_together_and_added_in_one_step(qtbot, tmp_path):
    found = (Source("a", "a.csv", "K"), Source("b", "b.csv", "K", more=("b2.csv",)))
    desktop, page = _page_of(qtbot, tmp_path, describe_sources=found)
    page.arrive(Place("source", {"add": "/x/a.csv\n/x/b.csv\n/x/b2.csv"}))
    settle(qtbot, desktop)
    asked = [arguments for name, arguments in desktop.channel.asked if name == "describe_sources"]
    assert asked == [(("/x/a.csv", "/x/b.csv", "/x/b2.csv"), "/x")]
    assert [one.name for one in desktop.document.project.sources[3:]] == ["a", "b"]
    assert desktop.document.undo_stack.undoText() == "add 2 tables"
    assert page.chosen.name == "a"
    assert cells(page.files, 4)[0] == "b · 2 files"
    desktop.backend.close()


def test_a_file_that_is_there_already_is_not_added_twice(qtbot, tmp_path):
    desktop, page = _page_of(qtbot, tmp_path, describe_sources=(SOURCES[0],))
    page.adding.add(["/x/operationer.csv"])
    settle(qtbot, desktop)
    assert desktop.document.project == PROJECT
    assert desktop.said == ["The project has these files already."]
    desktop.backend.close()


def test_one_month_more_becomes_rows_of_the_same_table(qtbot, tmp_path):
    found = (Source("feb", "operationer-feb.csv", "OPNR"),)
    desktop, page = _page_of(qtbot, tmp_path, describe_sources=found)
    page.adding.add_more(["/x/operationer-feb.csv"])
    settle(qtbot, desktop)
    source = desktop.document.project.sources[0]
    assert source.more == ("operationer-feb.csv",)
    assert desktop.document.undo_stack.undoText() == "add files to operationer"
    assert without_file(source, "operationer.csv").path == "operationer-feb.csv"
    assert without_file(without_file(source, "operationer.csv"), "operationer-feb.csv").path
    desktop.backend.close()


def test_the_view_looked_at_last_is_remembered(page, desktop, qtbot):
    page.detail.show_tab("rows")
    settle(qtbot, desktop)
    again = SourcePage(desktop.context)
    qtbot.addWidget(again)
    assert again.detail.tab == "rows"
    again.detail.step(1)
    assert again.detail.tab == "left-out"
    again.detail.step(1)
    assert again.detail.tab == "reading"
    settle(qtbot, desktop)


def test_an_answer_for_a_table_that_is_no_longer_chosen_is_not_shown(page, desktop):
    page._take_head(("gone",), Preview(("other",)))
    assert page.detail.preview.lines != ("other",)


def test_two_files_of_one_name_are_told_apart():
    project = add_source(Project("x", "spor-4.1"), Source("a", "a.csv", "K"))
    again = add_source(project, Source("a", "b/a.csv", "K"))
    assert [one.name for one in again.sources] == ["a", "a 2"]
    assert again.case_table == "a"
    assert remove_source(remove_source(again, "a"), "a 2").case_table == ""


def test_numbers_are_never_rounded_to_all_or_nothing():
    assert [share(part, 1000) for part in (0, 1, 999, 1000)] == [
        "0\u00a0%", "<\u00a01\u00a0%", "99\u00a0%", "100\u00a0%",
    ]  # fmt: skip
    assert share(0, 0) == "–"
    assert count(1234567) == "1\u00a0234\u00a0567"


def test_what_a_column_looks_like_is_said_in_swedish():
    text.use("sv")
    assert looks("person_id") == "personnummer"
    assert looks("something-new") == "something-new"


def test_a_table_that_is_read_otherwise_is_not_yet_read(page, desktop, qtbot):
    changed = replace(SOURCES[1], delimiter=",")
    desktop.answers["read_tables"] = TABLES  # the old reading, as it stays until the new one comes
    desktop.document.change("x", PROJECT.with_source(changed))
    assert cells(page.files, 1)[1] == "…"
    settle(qtbot, desktop)


def test_reading_that_was_stopped_is_told_and_can_be_taken_up_again(qtbot, tmp_path):
    desktop, page = _page_of(qtbot, tmp_path, read_tables=Cancelled())
    qtbot.waitUntil(page.loading.isVisible)
    assert "only their first rows are shown" in page.loading.told.text()
    assert not page.loading.stop.isVisible()
    desktop.answers["read_tables"] = TABLES
    page.loading.again.click()
    settle(qtbot, desktop)
    assert cells(page.files, 1)[4] == "1:n, at most 4"
    assert not page.loading.isVisible()
    desktop.backend.close()


def test_long_reading_shows_how_far_it_is_and_can_be_stopped(page, desktop, qtbot):
    sent: list[Any] = []
    send, desktop.channel.send = desktop.channel.send, sent.append
    desktop.session.read_tables()
    qtbot.waitUntil(page.loading.isVisible)
    job = desktop.backend.jobs[0]
    job.advanced.emit(340, 1000, "reading")
    assert (page.loading.bar.value(), page.loading.bar.maximum()) == (340, 1000)
    page.loading.stop.click()
    assert sent[-1].order == "cancel"
    desktop.channel.send = send
    desktop.answer(job, TABLES)
    settle(qtbot, desktop)
    qtbot.waitUntil(lambda: not page.loading.isVisible())


@pytest.mark.parametrize(
    ("answer", "names", "paths"),
    [
        ("replace", 3, "koder-feb.csv"),
        ("more", 3, "koder.csv koder-feb.csv"),
        ("own", 4, "koder.csv"),
        ("", 3, "koder.csv"),
    ],
)
def test_a_file_with_the_columns_of_a_table_is_asked_about(qtbot, tmp_path, answer, names, paths):
    new = Source("koder-feb", "koder-feb.csv", "OPNR", shape=("KOD", "OPNR"))
    change = FileChange(
        replace(SOURCES[1], path="koder-feb.csv"), ShapeChange(), SOURCES[1].shape, rows=3
    )
    desktop, page = _page_of(qtbot, tmp_path, describe_sources=(new,), replace_files=change)
    page.adding.add(["/x/koder-feb.csv"])
    settle(qtbot, desktop)
    assert page.same_columns.isVisible()
    assert "koder-feb.csv has the same columns as koder" in page.same_columns.told.text()
    assert desktop.document.project == PROJECT
    page.same_columns.buttons[answer].click()
    settle(qtbot, desktop)
    koder = desktop.document.project.sources[1]
    assert " ".join((koder.path, *koder.more)) == paths
    assert len(desktop.document.project.sources) == names
    assert not page.same_columns.isVisible()
    desktop.backend.close()


@pytest.mark.parametrize("tab", ["reading", "cases", "columns", "rows", "left-out"])
def test_every_control_of_every_view_has_a_name_and_takes_the_focus(page, qtbot, desktop, tab):
    show(qtbot, desktop, page, "operationer", tab)
    kinds = (QAbstractButton, QComboBox, QTableView, QLineEdit)
    found = [one for kind in kinds for one in page.findChildren(kind) if one.isVisible()]
    shown = [one for one in found if not isinstance(one.parent(), QTableView | QLineEdit)]
    assert len(shown) >= 5
    assert [one for one in shown if not one.accessibleName() and not one.text()] == []
    takes = Qt.FocusPolicy.TabFocus.value
    assert [one for one in shown if not one.focusPolicy().value & takes] == []


def test_a_short_heading_says_in_its_tooltip_what_it_counts(page):
    model = page.files.model()
    tips = [
        model.headerData(number, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        for number in range(model.columnCount())
    ]
    assert tips[5] == "Rows whose key has no case"
    assert tips[0] is None


def test_a_file_with_a_renamed_column_is_asked_about_and_shows_what_differs(qtbot, tmp_path):
    shape = (*(f"C{number}" for number in range(9)), "OPNR")
    table = replace(SOURCES[0], shape=shape)
    project = replace(PROJECT, sources=(table, *PROJECT.sources[1:]))
    new = Source("feb", "feb.csv", "OPNR", shape=(*shape[1:], "C_0"))
    desktop, page = _page_of(qtbot, tmp_path, describe_sources=(new,))
    desktop.open(project)
    settle(qtbot, desktop)
    page.adding.add(["/x/feb.csv"])
    settle(qtbot, desktop)
    assert "nearly the same columns as operationer" in page.same_columns.told.text()
    assert page.same_columns.buttons["replace"].isVisible()
    assert not page.same_columns.buttons["more"].isVisible()
    assert desktop.document.project == project
    desktop.backend.close()
