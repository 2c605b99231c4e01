"""The history panel, and quiet words before undone steps are lost."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from app.gui.main_window import MainWindow
from tests.support.gui import PROJECT, Desktop, settle, the_app

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path)
    yield made
    made.backend.close()


@pytest.fixture
def window(qtbot, desktop):
    made = MainWindow(desktop.context, the_app(), lambda: datetime(2026, 1, 15, 11, tzinfo=UTC))
    qtbot.addWidget(made)
    made.show()
    desktop.open()
    settle(qtbot, desktop)
    yield made
    desktop.document.undo_stack.setClean()


@pytest.fixture
def changed(desktop, window):
    for note in "abc":
        desktop.document.change(f"steg {note}", replace(PROJECT, notes=note))
    return desktop.document


def _steps(view):
    model = view.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def _said(window) -> str:
    return window.strip.message.text if window.strip.message is not None else ""


def test_every_step_has_its_name_and_is_gone_to(window, changed, qtbot):
    window.actions_by_id.by_id["history"].trigger()
    view = window.panels.history.view
    assert view.isVisible()
    assert _steps(view) == ["Som det öppnades", "steg a", "steg b", "steg c"]
    seen = []
    changed.changed.connect(lambda: seen.append(changed.project.notes))
    view.setCurrentIndex(view.model().index(1, 0))
    assert changed.project.notes == "a"
    assert seen == ["a"]  # one leap is told once
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert changed.project.notes == "b"
    window.actions_by_id.by_id["history"].trigger()
    assert not view.isVisible()


def test_what_a_change_would_take_away_is_said_before_and_after(window, changed, desktop):
    changed.undo_stack.undo()
    changed.undo_stack.undo()
    assert _said(window).startswith("2 steg är ångrade.")
    assert window.panels.history.warning.text() == _said(window)
    changed.undo_stack.setIndex(3)
    assert _said(window) == ""
    assert window.panels.history.warning.text() == ""
    changed.undo_stack.undo()
    changed.change("annat", replace(PROJECT, notes="z"))
    assert _said(window) == "1 ångrat steg går inte längre att göra om."
    assert not changed.undo_stack.canRedo()


def test_the_panel_stays_through_another_language(window, changed, desktop, qtbot):
    window.panels.toggle_history()
    window.actions_by_id.by_id["english"].trigger()
    settle(qtbot, desktop)
    assert window.panels.history.isVisible()
    assert _steps(window.panels.history.view)[0] == "As it was opened"


def test_the_panel_is_reached_with_f6(window, changed):
    window.panels.history.show()
    window.activateWindow()
    seen = set()
    for _step in range(8):
        window.next_pane()
        seen.add(window.focusWidget())
    assert window.panels.history.view in seen
