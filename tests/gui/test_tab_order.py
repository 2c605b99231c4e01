"""The way of the Tab key: what is made anew stands where it is seen, nothing is passed by."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.mapping.page import MappingPage
from app.gui.widgets.fold import Fold
from app.gui.widgets.tab_order import lead_through
from tests.support.gui import Desktop, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def _walked(qtbot, start, steps):
    start.window().activateWindow()
    start.setFocus()
    qtbot.waitUntil(start.hasFocus)
    found = [start]
    for _step in range(steps):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        found.append(QApplication.focusWidget())
    return found


@pytest.fixture
def page(qtbot, tmp_path):
    desktop = Desktop(tmp_path)
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    settle(qtbot, desktop)
    yield made
    desktop.backend.close()


def test_parts_that_are_made_anew_come_before_what_stands_after_them(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    first, last = QLineEdit(), QLineEdit()
    layout.addWidget(first)
    layout.addWidget(last)
    new = [QLineEdit(), QLineEdit()]
    for number, one in enumerate(new, start=1):
        layout.insertWidget(number, one)
    lead_through(new, last)
    window.show()
    window.activateWindow()
    assert _walked(qtbot, first, 3) == [first, *new, last]


def test_what_a_line_opens_to_comes_right_after_the_line(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    inner, last = QLineEdit(), QLineEdit()
    fold = Fold("Mer", lambda: inner)
    layout.addWidget(fold)
    layout.addWidget(last)
    window.show()
    window.activateWindow()
    fold.turn()
    assert _walked(qtbot, fold.head, 2) == [fold.head, inner, last]


def test_the_steps_come_before_the_choice_that_adds_one(page, qtbot):
    page.set_view("table")
    page.table.choose_variable("V320")
    steps = page.inspector.link_tab.conversion.steps
    removers = [line.remover for line in steps.lines]
    qtbot.waitUntil(removers[-1].isVisible)
    found = _walked(qtbot, removers[0], 4)
    assert len(removers) == 2
    assert found.index(removers[1]) < found.index(steps.kind)


def test_the_fields_of_the_drawing_are_reached_by_tab_and_by_the_key_for_search(page, qtbot):
    page.set_view("drawing")
    drawing = page.body.work.drawing
    fields = [part for one in drawing.filters.values() for part in (one.search, one.kind)]
    found = _walked(qtbot, page.body.views.buttons["drawing"], 5)
    assert found[1:] == [*fields, drawing.canvas]
    page.body.search_again()
    assert drawing.search.hasFocus()


def test_a_part_that_scrolls_shows_that_it_has_the_focus(page, qtbot):
    tab = page.inspector.link_tab
    plain = tab.grab().toImage()
    tab.setFocus()
    qtbot.waitUntil(tab.hasFocus)
    edge = tab.grab().toImage().pixelColor(1, 1)
    assert edge == theme.color("accent") != plain.pixelColor(1, 1)
    page.table.setFocus()
    assert tab.grab().toImage() == plain
