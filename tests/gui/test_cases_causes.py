"""The causes of findings: one line each, folded out to values, with the ways to mend them."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.core.errors import ExportError
from app.gui.cases.page import CasesPage
from app.gui.cases.views import CAUSES
from app.workflow.views import CaseFilter
from tests.support import gui_pages as made
from tests.support.gui_backend import Window
from tests.support.gui_case_list import CAUSE_GROUPS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot, tmp_path):
    window = Window(tmp_path)
    yield window
    window.close()


@pytest.fixture
def page(qtbot, window):
    window.desk.answers["analyse"] = lambda *_arguments: replace(made.SUMMARY, cases=400)
    page: Any = CasesPage(window.context)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    qtbot.waitUntil(lambda: page.browser is not None and page.browser.model.total == 400)
    page.set_view(CAUSES)
    qtbot.waitUntil(lambda: page.views.seen.grid.rows.rowCount() == 2)
    return page


def cells(view, number):
    model = view.grid.rows
    return [model.index(number, column).data() for column in range(model.columnCount())]


def test_a_cause_says_what_happens_where_and_to_how_many(page):
    first = cells(page.views.seen, 0)
    assert first[0] == "Stoppas här"
    assert first[2] == "V310 Tidpunkt för anmälan"
    assert first[3] == "Operationer · ANMTID"
    assert first[5] == "12"
    assert cells(page.views.seen, 1)[1] == "Operationsstart ligger efter operationsslut"


def test_a_cause_folds_out_to_its_values_and_in_again_by_key(qtbot, page):
    view = page.views.seen
    qtbot.keyClick(view.grid, Qt.Key.Key_Right)
    assert [cells(view, number)[4] for number in (1, 2)] == ["X", "Y"]
    assert [cells(view, number)[5] for number in (1, 2)] == ["9", "3"]
    view.grid.choose(2)
    qtbot.keyClick(view.grid, Qt.Key.Key_Left)
    assert view.grid.rows.rowCount() == 2
    assert view.grid.currentIndex().row() == 0


def test_a_click_on_the_arrow_folds_a_cause_out(qtbot, page):
    view = page.views.seen
    rect = view.grid.visualRect(view.grid.rows.index(0, 1))
    qtbot.mouseClick(view.grid.viewport(), LEFT, pos=rect.center())
    assert view.grid.rows.rowCount() == 4


def test_the_cases_of_a_cause_are_shown_in_the_list(qtbot, page, window):
    view = page.views.seen
    view.grid.activated.emit(view.grid.currentIndex())
    wanted = window.desk.arguments("case_page")[0]
    assert (wanted.cause, wanted.variable, wanted.column) == ("value-not-mapped", "V310", "ANMTID")
    assert page.views.seen is page.browser
    assert page.browser.filters.chips.chips


def test_the_cases_of_one_value_are_shown_in_the_list(qtbot, page, window):
    view = page.views.seen
    qtbot.keyClick(view.grid, Qt.Key.Key_Right)
    view.grid.choose(1)
    qtbot.mouseClick(view.detail.cases, LEFT)
    assert window.desk.arguments("case_page")[0].value == "X"


def test_an_example_opens_its_case(qtbot, page, window):
    page.views.seen.detail.case_wanted.emit("2200009")
    assert window.desk.arguments("case_page")[0].cases == ("2200009",)


def test_a_cause_leads_to_its_mapping_row_its_column_and_its_rule(qtbot, page, window):
    view = page.views.seen
    qtbot.mouseClick(view.detail.mapping, LEFT)
    qtbot.mouseClick(view.detail.source, LEFT)
    view.grid.choose(1)
    qtbot.mouseClick(view.detail.rule, LEFT)
    assert window.places == [
        ("mapping", {"variable": "V310"}),
        ("source", {"table": "Operationer", "column": "ANMTID"}),
        ("register", {"rule": made.START_AFTER_END}),
    ]
    assert not view.detail.source.isEnabled()


def test_the_same_keys_lead_on_as_from_a_case(page, window):
    for action in page.actions():
        if action.shortcut().toString() in {"Ctrl+M", "Ctrl+I"}:
            action.trigger()
    assert [place for place, _target in window.places] == ["mapping", "register"]


def test_the_causes_are_those_of_the_cases_in_the_list(qtbot, page, window):
    view = page.views.seen
    page.browser.query.show(CaseFilter(verdicts=("avford",)))
    qtbot.waitUntil(lambda: window.desk.arguments("cause_groups")[0].verdicts == ("avford",))
    qtbot.waitUntil(lambda: "2" in view.about.text())
    assert view.widen.isVisible()
    qtbot.mouseClick(view.widen, LEFT)
    qtbot.waitUntil(lambda: window.desk.arguments("cause_groups")[0] == CaseFilter())
    assert not view.widen.isVisible()


def test_nothing_wrong_is_said(qtbot, page, window):
    window.desk.answers["cause_groups"] = lambda _wanted: ()
    page.views.seen.refresh()
    qtbot.waitUntil(page.views.seen.nothing.isVisible)


def test_causes_that_cannot_be_counted_are_told(qtbot, page, window):
    window.desk.fail("cause_groups", ExportError("file-locked", name="x.csv"))
    page.views.seen.refresh()
    qtbot.waitUntil(lambda: bool(window.said))


def test_a_personnummer_among_the_values_is_masked(qtbot, page, window):
    group = CAUSE_GROUPS[0]
    part = replace(group.parts[0], value=made.PERSON)
    window.desk.answers["cause_groups"] = lambda _wanted: (replace(group, parts=(part,)),)
    page.views.seen.refresh()
    qtbot.waitUntil(lambda: page.views.seen.grid.rows.rowCount() == 1)
    qtbot.keyClick(page.views.seen.grid, Qt.Key.Key_Right)
    assert made.PERSON not in cells(page.views.seen, 1)[4]
    assert made.PERSON[-4:] not in cells(page.views.seen, 1)[4]
