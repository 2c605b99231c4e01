"""One value, one undo stack."""

from dataclasses import replace

import pytest
import shiboken6

from app.core.mapping import Link, Project
from app.gui.document import Document
from app.workflow.views import OpenProject


@pytest.fixture
def document(qapp):
    one = Document()
    one.open(OpenProject(Project("A", "spor-4.1"), "/x/a.sporproject", None))  # type: ignore[arg-type]
    return one


def test_no_project_is_open_at_first(qapp):
    document = Document()
    assert not document.is_open
    assert document.project == Project("", "")
    with pytest.raises(LookupError):
        _ = document.profile


def test_an_opened_project_is_not_modified(document):
    assert document.is_open
    assert document.base == "/x"
    assert not document.is_modified


def test_a_change_is_undone_and_redone_by_its_text(document, qtbot):
    changed = document.project.with_link(Link("V310"))
    with qtbot.waitSignal(document.changed):
        document.change("mappa V310", changed)
    assert document.undo_stack.undoText() == "mappa V310"
    assert document.is_modified
    document.undo_stack.undo()
    assert document.project.links == ()
    document.undo_stack.redo()
    assert document.project == changed


def test_the_same_value_is_no_change(document):
    document.change("inget", replace(document.project))
    assert not document.undo_stack.canUndo()


def test_saving_makes_it_clean_and_keeps_the_history(document):
    document.change("namn", replace(document.project, name="B"))
    document.mark_saved("/y/b.sporproject")
    assert not document.is_modified
    assert document.path == "/y/b.sporproject"
    assert document.undo_stack.canUndo()


def test_another_project_begins_its_own_history(document):
    document.change("namn", replace(document.project, name="B"))
    document.open(OpenProject(Project("C", "spor-4.1"), "", None))  # type: ignore[arg-type]
    assert not document.undo_stack.canUndo()
    assert document.base == ""


def test_a_leap_over_many_steps_is_told_once(document):
    for name in "BCD":
        document.change(name, replace(document.project, name=name))
    told = []
    document.changed.connect(lambda: told.append(document.project.name))
    document.undo_stack.setIndex(0)
    assert told == ["A"]


def test_a_read_only_project_refuses_changes(document, qtbot):
    document.set_read_only(True)
    with qtbot.waitSignal(document.refused):
        document.change("namn", replace(document.project, name="B"))
    assert document.project.name == "A"
    assert not document.undo_stack.canUndo()
    document.set_read_only(False)
    document.change("namn", replace(document.project, name="B"))
    assert document.project.name == "B"


def test_what_was_changed_while_it_was_written_is_not_saved(document):
    document.change("namn", replace(document.project, name="B"))
    written = document.project
    document.change("namn", replace(document.project, name="C"))
    document.mark_saved("/x/a.sporproject", written)
    assert document.is_modified


def test_a_change_says_how_many_undone_steps_it_takes_away(document, qtbot):
    for name in "BCD":
        document.change(name, replace(document.project, name=name))
    document.undo_stack.setIndex(1)
    with qtbot.waitSignal(document.steps_lost) as told:
        document.change("E", replace(document.project, name="E"))
    assert told.args == [2]


def test_it_is_not_modified_once_its_history_is_gone(document):
    document.change("namn", replace(document.project, name="Annat"))
    shiboken6.delete(document.undo_stack)
    assert not document.is_modified
