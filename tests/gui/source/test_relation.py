"""Källa, cases: the case table, keys of several columns, relations, duplicates and their policy."""

from dataclasses import replace

import pytest

from app.core.mapping import Blocking, Duplicates, Keep, Project
from app.gui.source.edits import with_case_table, with_keys
from app.gui.source.relation_facts import facts_of
from app.gui.source.relation_words import relation_words
from app.gui.source.tables import FileRow
from app.workflow.source_views import KeyProposal, Relation
from tests.support.gui import settle
from tests.support.gui_source import (
    PROJECT,
    PROPOSALS,
    TABLES,
    cells,
    show,
)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(qtbot, desktop, page):
    show(qtbot, desktop, page, "koder", "cases")
    return page


def _pick(choice, value):
    choice.setCurrentIndex(choice.findData(value))
    choice.activated.emit(choice.currentIndex())


def test_the_relation_is_told_in_words_before_anything_is_mapped(page):
    told = page.detail.relation.facts.text()
    assert "1:n – a case has up to 4 rows here." in told
    assert "386 of 400 cases have a row here (96.5\u00a0%)." in told
    assert "14 cases have no row here." in told
    assert "2 rows have no case (orphans) and are not used." in told
    assert not page.detail.relation.duplicates.isVisible()


def test_a_key_is_chosen_and_can_take_several_columns(page, desktop, qtbot):
    keys = page.detail.relation.keys
    keys.more.click()
    assert len(keys.choices) == 2
    assert desktop.document.project == PROJECT  # nothing is chosen yet
    _pick(keys.choices[1], "KOD")
    assert desktop.document.project.sources[1].keys == ("OPNR", "KOD")
    assert desktop.document.undo_stack.undoText() == "use OPNR + KOD as key of koder"
    settle(qtbot, desktop)
    assert cells(page.files, 1)[3] == "OPNR + KOD"
    _pick(keys.choices[1], " ")
    assert desktop.document.project.sources[1].keys == ("OPNR",)
    settle(qtbot, desktop)


def test_proposed_keys_show_their_share_and_are_taken_by_a_button(page, desktop, qtbot):
    relation = page.detail.relation
    assert cells(relation.proposals, 1) == ["PNR + ANMDAT", "398", "33.0\u00a0%"]
    relation.proposals.choose(1)
    relation.use.click()
    assert desktop.document.project.sources[1].keys == ("PNR", "ANMDAT")
    settle(qtbot, desktop)


def test_another_table_may_hold_the_cases(page, desktop, qtbot):
    _pick(page.detail.relation.case_table, "koder")
    assert desktop.document.project.case_table == "koder"
    assert desktop.document.undo_stack.undoText() == "cases from koder"
    settle(qtbot, desktop)


def test_the_user_says_which_of_several_rows_is_kept(page, desktop, qtbot):
    show(qtbot, desktop, page, "operationer", "cases")
    duplicates = page.detail.relation.duplicates
    assert duplicates.isVisible()
    assert duplicates.count.text() == "2 case numbers occur in more than one row."
    assert duplicates.buttons[Keep.STOP].isChecked()
    assert not duplicates.order.isEnabled()
    duplicates.buttons[Keep.LAST].click()
    assert desktop.document.project.duplicates == Duplicates(Keep.LAST)
    _pick(duplicates.order, "ANMDAT")
    assert desktop.document.project.duplicates == Duplicates(Keep.LAST, "ANMDAT")
    desktop.document.undo_stack.undo()
    desktop.document.undo_stack.undo()
    assert desktop.document.project == PROJECT
    settle(qtbot, desktop)
    assert duplicates.buttons[Keep.STOP].isChecked()


def test_a_relation_is_never_claimed_before_the_files_are_read():
    assert facts_of(FileRow(TABLES[1], is_read=False))[0][0] == "unknown"
    assert facts_of(FileRow(TABLES[0], is_cases=True))[0] == ("note", "400 rows of cases.")


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        (Relation("one", 1, 4, 0, 0, 4), "1:1"),
        (Relation("many", 1200, 4, 0, 0, 4), "1:n, at most 1\u00a0200"),
        (Relation("none", 0, 0, 9, 4, 4), "no row has a case"),
        (None, "–"),
    ],
)
def test_relations_in_a_few_words(relation, words):
    assert relation_words(relation) == words


def test_what_was_said_of_duplicates_goes_with_the_case_table():
    project = Project("x", "p", case_table="a", duplicates=Duplicates(Keep.LAST, "D"))
    assert with_case_table(project, "a") == project
    assert with_case_table(project, "b").duplicates == Duplicates()
    assert with_keys(PROJECT, "koder", ()) == PROJECT
    assert with_keys(PROJECT, "koder", ("A", "A", "B")).sources[1].keys == ("A", "B")


def test_keys_proposed_for_the_former_table_are_not_offered_for_another(page, desktop, qtbot):
    desktop.hold("key_proposals")
    page.choose_table("operationer")
    late = desktop.waiting("key_proposals")[-1]
    page.choose_table("koder")
    desktop.answer(desktop.waiting("key_proposals")[-1], PROPOSALS)
    desktop.answer(late, (KeyProposal(("PNR",), 400, 1.0),))
    settle(qtbot, desktop)
    shown = cells(page.detail.relation.proposals, 0)
    assert shown[0] != "PNR"


def test_a_page_that_is_not_seen_asks_the_worker_nothing(page, desktop, qtbot):
    page.hide()
    asked = desktop.channel.times("key_proposals")
    desktop.document.change("x", replace(desktop.document.project, name="Annat"))
    settle(qtbot, desktop)
    assert desktop.channel.times("key_proposals") == asked
    page.show()
    settle(qtbot, desktop)
    assert desktop.channel.times("key_proposals") == asked + 1


def test_who_has_declined_is_told_by_a_column_and_a_value(page, desktop, qtbot):
    show(qtbot, desktop, page, "operationer", "cases")
    declined = page.detail.relation.declined
    column = desktop.session.tables[0].columns[0].name
    assert not declined.value.isEnabled()
    _pick(declined.column, column)
    settle(qtbot, desktop)
    assert desktop.document.project.blocking == Blocking(column)
    assert column in declined.told.text()
    declined.value.setText(" J ")
    declined.value.editingFinished.emit()
    settle(qtbot, desktop)
    assert desktop.document.project.blocking == Blocking(column, "J")
    desktop.document.undo_stack.undo()
    settle(qtbot, desktop)
    assert (desktop.document.project.blocking, declined.value.text()) == (Blocking(column), "")


def test_only_the_case_table_tells_who_has_declined(page):
    assert page.detail.relation.declined.isHidden()
