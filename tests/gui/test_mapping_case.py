"""The case that Mappning follows: chosen by its number, kept when edits change the numbers."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.core.errors import ExportError
from app.gui.mapping.page import MappingPage
from app.workflow.mapping_views import CaseTrial
from tests.support.gui import TABLES, Desktop, settle
from tests.support.gui_mapping import CASES

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def page(qtbot, desktop):
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    made.show()
    qtbot.waitUntil(lambda: bool(made.live.results))
    settle(qtbot, desktop)
    return made


def _cells(page, variable):
    model = page.table.model()
    ids = [page.table.rows.row_at(number).id for number in range(model.rowCount())]
    row = ids.index(variable)
    return [model.index(row, column).data() for column in range(model.columnCount())]


def _step(page, desktop, qtbot):
    page.live.step(1)
    settle(qtbot, desktop)


def test_the_case_that_is_followed_shows_its_values_and_findings(page, desktop, qtbot):
    assert page.body.case.number.text() == CASES[0]
    page.live.step(1)
    settle(qtbot, desktop)
    assert page.body.case.number.text() == CASES[1]
    assert _cells(page, "V320")[3] == "värde 1"
    assert "1" in _cells(page, "V310")[5]
    page.live.step(-2)
    settle(qtbot, desktop)
    assert page.body.case.number.text() == CASES[2]


def test_any_case_can_be_typed_and_opened(page, desktop, qtbot):
    page.body.case.number.selectAll()
    qtbot.keyClicks(page.body.case.number, CASES[2])
    qtbot.keyClick(page.body.case.number, Qt.Key.Key_Return)
    settle(qtbot, desktop)
    assert _cells(page, "V320")[3] == "värde 2"
    page.body.case.open.click()
    assert desktop.went[-1] == ("cases", {"case": CASES[2]})
    page.live.go_anywhere()
    settle(qtbot, desktop)
    assert page.body.case.number.text() in CASES


def test_every_change_tries_the_case_again(page, desktop, qtbot):
    before = desktop.channel.times("try_case")
    page.table.choose_variable("V310")
    page.approve()
    qtbot.waitUntil(lambda: desktop.channel.times("try_case") > before)
    settle(qtbot, desktop)
    assert desktop.channel.asked[-1][1][0] == desktop.document.project


def test_a_case_that_cannot_be_tried_says_so(qtbot, tmp_path):
    desktop = Desktop(tmp_path, {"try_case": ExportError("file-missing")})
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    qtbot.waitUntil(lambda: desktop.channel.times("try_case") > 0)
    settle(qtbot, desktop)
    assert made.body.case.stand.text()
    assert _cells(made, "V320")[3] in {"", "elektiv"}
    desktop.backend.close()


def test_results_that_cannot_be_made_are_left_out(qtbot, tmp_path):
    failing = ExportError("file-missing")
    desktop = Desktop(tmp_path, {"link_results": failing, "try_case": failing})
    made = MappingPage(desktop.context)
    qtbot.addWidget(made)
    desktop.open()
    qtbot.waitUntil(lambda: desktop.channel.times("link_results") > 0)
    settle(qtbot, desktop)
    assert _cells(made, "V310")[3] == ""
    desktop.backend.close()


def test_a_number_that_no_case_has_is_told_and_the_former_case_stays(page, desktop, qtbot):
    _step(page, desktop, qtbot)
    number = page.body.case.number
    number.clear()
    qtbot.keyClicks(number, "9999")
    qtbot.keyClick(number, Qt.Key.Key_Return)
    settle(qtbot, desktop)
    assert "9999" in desktop.said[-1]
    assert number.text() == CASES[1]


def test_an_edit_that_changes_the_numbers_keeps_the_row_and_says_nothing(page, desktop, qtbot):
    _step(page, desktop, qtbot)
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
