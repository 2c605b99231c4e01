"""Källa, a new month's file: what is new, missing and renamed; the mapping moved in one step."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.mapping import Source
from app.gui.source.change import changes_of
from app.workflow.source_views import FileChange, Renaming, ShapeChange
from tests.support.gui import settle
from tests.support.gui_source import (
    FOUND,
    PROJECT,
    SOURCES,
    cells,
    show,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _columns_of(project, variable):
    return project.link_of(variable).columns


def test_the_same_columns_need_no_question(page, desktop, qtbot):
    same = FileChange(
        replace(SOURCES[0], path="feb.csv"), ShapeChange(), SOURCES[0].shape, rows=412
    )
    desktop.answers["replace_files"] = same
    page.replacing.replace(["/x/feb.csv"])
    settle(qtbot, desktop)
    assert desktop.document.project.sources[0].path == "feb.csv"
    assert desktop.document.undo_stack.undoText() == "new file for operationer"
    assert desktop.said == ["operationer is now read from the new file: 412 rows."]


def test_other_columns_are_shown_before_anything_is_changed(page, desktop, qtbot):
    page.replacing.replace(["/x/feb.csv"])
    settle(qtbot, desktop)
    change = page.detail.change
    assert change.isVisible()
    assert desktop.document.project == PROJECT
    shown = [cells(change.table, row) for row in range(4)]
    assert shown == [
        ["renamed", "ANMDAT", "ANMDATUM", "91\u00a0%", "the mapping follows"],
        ["missing", "PNR", "–", "–", "not mapped: nothing is lost"],
        ["new column", "–", "VIKT", "–", "can be mapped"],
        ["new column", "–", "NY", "–", "can be mapped"],
    ]
    assert change.apply.text() == "Take the file, re-point 1 column"
    assert "operationer-feb.csv" in change._files.text()
    change.cancel.click()
    assert not change.isVisible()
    assert desktop.document.project == PROJECT
    page.replacing.replace(["/x/feb.csv"])
    settle(qtbot, desktop)
    page.activateWindow()
    qtbot.keyClick(change.table, Qt.Key.Key_Escape)
    assert not change.isVisible()


def test_renamed_columns_are_re_pointed_with_the_file_in_one_step(page, desktop, qtbot):
    page.replacing.replace(["/x/feb.csv"])
    settle(qtbot, desktop)
    page.detail.change.apply.click()
    project = desktop.document.project
    assert project.sources[0].path == "operationer-feb.csv"
    assert project.sources[0].shape == FOUND.columns
    assert _columns_of(project, "V310") == ("ANMDATUM",)
    desktop.document.undo_stack.undo()
    assert desktop.document.project == PROJECT
    settle(qtbot, desktop)


def test_a_person_may_say_otherwise(page, desktop, qtbot):
    page.replacing.replace(["/x/feb.csv"])
    settle(qtbot, desktop)
    change = page.detail.change
    change.now.setCurrentIndex(change.now.findData(" "))
    change.now.activated.emit(0)
    assert change.renamings() == ()
    assert cells(change.table, 0)[4] == "mapped, and no longer there"
    change.table.choose(1)
    change.now.setCurrentIndex(change.now.findData("NY"))
    change.now.activated.emit(0)
    assert change.renamings() == (Renaming("PNR", "NY", 100),)
    change.apply.click()
    assert _columns_of(desktop.document.project, "V310") == ("ANMDAT",)
    settle(qtbot, desktop)


def test_columns_that_changed_in_the_file_itself_are_told_and_followed(page, desktop, qtbot):
    show(qtbot, desktop, page, "planer", "columns")
    assert "1 is renamed" in page.detail.trouble.text()
    page.detail.review.click()
    assert page.detail.change.isVisible()
    page.detail.change.apply.click()
    project = desktop.document.project
    assert _columns_of(project, "V420") == ("PLANDATUM",)
    assert project.sources[2].shape == ("OPNR", "PLANDATUM")
    assert desktop.document.undo_stack.undoText() == "new columns of planer"
    settle(qtbot, desktop)


def test_another_table_leaves_the_question_behind(page, desktop, qtbot):
    page.replacing.replace(["/x/feb.csv"])
    settle(qtbot, desktop)
    page.choose_table("koder")
    assert not page.detail.change.isVisible()
    settle(qtbot, desktop)


def test_one_new_column_takes_the_place_of_one_only():
    change = ShapeChange(("NY",), (), (Renaming("A", "B", 80),), ("A",))
    assert [(one.kind, one.before, one.after) for one in changes_of(change)] == [
        ("renamed", "A", "B"),
        ("new", "", "NY"),
    ]


def test_files_that_were_meant_for_another_project_are_not_added_to_this_one(page, desktop, qtbot):
    desktop.hold("describe_sources")
    desktop.hold("replace_files")
    page.adding.add(["/x/ny.csv"])
    page.replacing.replace(["/x/feb.csv"])
    desktop.open(replace(PROJECT, name="Annat"))
    desktop.answer(desktop.waiting("describe_sources")[0], (Source("ny", "ny.csv", "OPNR"),))
    desktop.answer(desktop.waiting("replace_files")[0], FOUND)
    settle(qtbot, desktop)
    assert [one.name for one in desktop.document.project.sources] == [
        one.name for one in PROJECT.sources
    ]
    assert not page.detail.change.isVisible()


def test_a_question_about_a_file_goes_with_its_project(page, desktop, qtbot):
    page.replacing.replace(["/x/feb.csv"])
    qtbot.waitUntil(page.detail.change.isVisible)
    like = desktop.document.project.sources[0]
    page.same_columns.ask(like, like.name, {})
    desktop.open(replace(PROJECT, name="Annat"))
    settle(qtbot, desktop)
    assert not page.detail.change.isVisible()
    assert not page.same_columns.isVisible()
