"""The contract page at work: a foreign contract is imported, bound, followed and left again."""

from pathlib import Path

import pytest

from app.gui.background.backend import Backend, ThreadChannel
from app.gui.contract.page import BINDING
from app.main import build_window
from tests.support.gui import the_app
from tests.support.workflow import make_desk

# The offscreen platform says so of every window; it is no fault of ours.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CONTRACT = Path(__file__).parents[1] / "contracts" / "english" / "CaseService.wsdl"
NAME = "engelska"


@pytest.fixture
def window(qtbot, tmp_path):
    desk = make_desk(tmp_path / "data")
    backend = Backend(lambda: desk, ThreadChannel)
    made = build_window(the_app(), backend, tmp_path / "window.ini", desk.clock)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.projects.open_sample()
    _wait(qtbot, made)
    yield made
    made.context.document.undo_stack.setClean()
    backend.close()
    desk.close()


def _wait(qtbot, window):
    """Wait until nothing is under way and nothing waits for its rest."""
    qtbot.waitUntil(lambda: not window.context.backend.jobs, timeout=60_000)


@pytest.fixture
def page(qtbot, window):
    window.go("contract")
    _wait(qtbot, window)
    window.page.open_import()
    form = window.page.contracts.importer
    form.take_place(str(CONTRACT))
    form.name.setText(NAME)
    form.confirm.click()
    _wait(qtbot, window)
    assert form.trouble.text() == ""
    return window.page


def test_the_suggestions_are_read_approved_and_saved(qtbot, window, page):
    work = page.binding.work
    assert page.parts.value() == BINDING
    assert not any(row.is_bound for row in work.draft.table.rows)
    assert page.binding.troubles.text()  # the case's number has no element yet
    work.approve(tuple(row.path for row in work.draft.table.suggested))
    assert work.joined.demanded == frozenset()
    page.save_button.click()
    _wait(qtbot, window)
    assert not window.context.document.drafts.modified
    assert page.binding.troubles.text() == ""
    entry = page.store.entry(NAME)
    assert entry.demanded == 0
    assert entry.bound == sum(row.is_bound for row in work.draft.table.rows)


def test_the_project_follows_the_contract_and_comes_back(qtbot, window, page):
    document = window.context.document
    before, work = document.project, page.binding.work
    work.approve(tuple(row.path for row in work.draft.table.suggested))
    work.save()
    _wait(qtbot, window)
    page.contracts.choose(NAME)
    _wait(qtbot, window)
    page.contracts.plan_move()
    _wait(qtbot, window)
    page.contracts.move_project()
    _wait(qtbot, window)
    assert document.profile.base == before.profile
    assert window.context.session.summary is not None
    document.undo_stack.undo()
    _wait(qtbot, window)
    assert document.project == before
    assert document.profile.id == before.profile


def test_what_changed_tells_what_it_means_for_the_sample_hospital(qtbot, window, page):
    page.show_changes(NAME)
    _wait(qtbot, window)
    changes = page.changes.table.rows.rowCount()
    assert changes
    page.changes.work.click()
    assert 0 < page.changes.table.rows.rowCount() < changes
