"""The case that Mappning follows: chosen by its number, kept when edits change the numbers."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.gui.mapping.page import MappingPage
from app.workflow.mapping_views import CaseTrial
from tests.support.gui import TABLES, Desktop, settle
from tests.support.gui_mapping import CASES

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def desktop(tmp_path, qtbot):
    made = Desktop(tmp_path)
    yield made
    made.backend.close()


@pytest.fixture
def page(qtbot, desktop):
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    made.show()
    settle(qtbot, desktop)
    made.live.step(1)
    settle(qtbot, desktop)
    return made


def test_a_number_that_no_case_has_is_told_and_the_former_case_stays(page, desktop, qtbot):
    number = page.body.case.number
    number.clear()
    qtbot.keyClicks(number, "9999")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    settle(qtbot, desktop)
    assert "9999" in desktop.said[-1]
    assert number.text() == CASES[1]


def test_an_edit_that_changes_the_numbers_keeps_the_row_and_says_nothing(page, desktop, qtbot):
    numbers = tuple(f"N{case}" for case in CASES)

    def try_case(_project, _base, case="", place=0):
        if case and case not in numbers:
            return CaseTrial("", total=3)
        return CaseTrial(numbers[place], place=place, total=3)

    desktop.answers["try_case"] = desktop.channel._answers["try_case"] = try_case
    said = len(desktop.said)
    desktop.document.change("x", replace(desktop.document.project, notes="x"))
    qtbot.waitUntil(lambda: page.body.case.number.text() == numbers[1])
    assert desktop.said[said:] == []


def test_nothing_is_tried_on_the_tables_of_the_project_that_was_open_before(page, desktop, qtbot):
    desktop.hold("read_tables")
    deeds = ("try_case", "try_link", "value_counts", "link_results", "suggestions_for")
    desktop.open(replace(desktop.document.project, name="Annat"))
    asked = [desktop.channel.times(deed) for deed in deeds]
    page.table.choose_variable("V320")
    qtbot.waitUntil(lambda: not page.live._soon.isActive())
    qtbot.waitUntil(lambda: not page.inspector.link_tab._timer.isActive())
    assert [desktop.channel.times(deed) for deed in deeds] == asked
    assert page.live.trial is None
    desktop.answer(desktop.waiting("read_tables")[0], TABLES)
    qtbot.waitUntil(lambda: page.body.case.number.text() == CASES[0])
