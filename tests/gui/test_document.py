"""One value, one undo stack."""

from dataclasses import replace

import pytest

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
