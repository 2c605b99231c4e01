"""The whole window by keyboard: every control has a name, and Tab or a key reaches it."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QToolButton,
    QWidget,
)

from app.gui.actions import PAGES
from app.gui.main_window import MainWindow
from tests.support.gui import the_app
from tests.support.gui_backend import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KINDS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTabBar)
EVERY_PAGE = [row.id for row in PAGES]


@pytest.fixture
def window(qtbot, tmp_path):
    shared = Window(tmp_path)
    made = MainWindow(shared.context, the_app())
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: shared.session.summary is not None)
    yield made
    shared.close()


def _go(qtbot, window, page):
    window.go(page)
    qtbot.waitUntil(lambda: not window.context.backend.jobs)
    QApplication.sendPostedEvents()  # what was just added is laid out and seen


def _controls(root):
    """Return what a person can operate; the parts inside a control are its own affair."""
    found = [
        control
        for kind in KINDS
        for control in root.findChildren(kind)
        if control.isVisible() and control.isEnabled() and not _is_inner(control)
    ]
    return list(dict.fromkeys(found))


def _is_inner(control):
    """Whether a control is part of another: a header, a field's clear button, a tab's arrow."""
    if control.objectName().startswith("qt_") or type(control).__name__ == "QHeaderView":
        return True
    parent = control.parentWidget()
    inside = isinstance(parent, QLineEdit | QComboBox | QTabBar | QAbstractItemView)
    return inside or type(parent).__name__ in {"QComboBoxPrivateContainer", "QTableCornerButton"}


def _name(control):
    return control.accessibleName() or (getattr(control, "text", str)() or "")


def _spoken(control):
    if isinstance(control, QTabBar):
        return _name(control.parentWidget()) or control.tabText(0)
    return _name(control)


def _walk(window):
    """Return every control that Tab goes through from where the focus is, once round."""
    reached = []
    while (focus := QApplication.focusWidget()) is not None and focus not in reached:
        reached.append(focus)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(focus, key)
    return reached


def _is_reached(control, reached):
    """Whether Tab comes there, or to its group, where the arrows take over."""
    if control in reached or control.focusProxy() in reached:
        return True
    group = control.group() if isinstance(control, QAbstractButton) else None
    return group is not None and any(one in reached for one in group.buttons())


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_every_control_has_a_name_that_a_screen_reader_reads(qtbot, window, page):
    _go(qtbot, window, page)
    nameless = [type(one).__name__ for one in _controls(window) if not _spoken(one)]
    assert nameless == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_tab_reaches_every_control(qtbot, window, page):
    _go(qtbot, window, page)
    reached = _walk(window)
    assert len(reached) > 5  # rail, chips, page
    missed = [
        f"{type(one).__name__} {_spoken(one)}"
        for one in _controls(window)
        if not _is_reached(one, reached)
    ]
    assert missed == []


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_the_focus_follows_to_the_page_that_a_key_opens(qtbot, window, page):
    window.actions_by_id.by_id["next_pane"].trigger()
    other = "journal" if page != "journal" else "start"
    _go(qtbot, window, other)
    window.page.setFocus()
    _go(qtbot, window, page)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert window.page.isAncestorOf(focus) or isinstance(focus, QToolButton)


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_f6_goes_round_the_panes_and_comes_back(qtbot, window, page):
    _go(qtbot, window, page)
    seen: list[QWidget | None] = []
    for _step in range(12):
        window.actions_by_id.by_id["next_pane"].trigger()
        seen.append(QApplication.focusWidget())
    assert len(set(seen)) >= 2
    assert seen.index(seen[-1]) < len(seen) - 1


def test_f8_goes_to_the_next_case_with_findings_from_anywhere_on_the_page(qtbot, window):
    _go(qtbot, window, "cases")
    browser = window.page.browser
    browser.filters.search.setFocus()
    qtbot.keyClick(browser.filters.search, Qt.Key.Key_F8)
    qtbot.waitUntil(lambda: browser.table.current_row() is not None)
    assert browser.table.current_row().findings


@pytest.mark.parametrize("page", EVERY_PAGE)
def test_a_page_that_is_built_opens_no_window_of_its_own(qtbot, window, page):
    shown: list[object] = []
    the_app().focusWindowChanged.connect(shown.append)
    _go(qtbot, window, page)
    assert shown == []
    assert window.isActiveWindow()
