"""A case with very many rows and findings is shown without going through all for each."""

from dataclasses import replace

import pytest

from app.gui.cases.one.rows_tab import cells_of
from app.gui.widgets.finding_list import FindingList
from tests.support import gui_case as one
from tests.support import gui_pages as made
from tests.support.walked import Walked

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_values_are_gone_through_once_for_all_rows():
    detail = one.case_detail("2200001")
    values = Walked(replace(value, row=value.row or 42) for value in detail.values)
    rows = tuple(replace(detail.source_rows[0], row=number) for number in range(40, 90))
    cells = cells_of(replace(detail, values=values, source_rows=rows), "patientId")
    assert {cell.row for cell in cells if cell.variables} == {42}
    assert values.walks == 1


def test_of_thousands_of_findings_the_worst_are_listed_and_the_rest_is_said(qtbot):
    shown = FindingList()
    qtbot.addWidget(shown)
    shown.show_findings([made.finding("2200001")] * 10_000, made.PROFILE)
    assert shown.lines.count() == len(shown.shown) == 500
    assert not shown.rest.isHidden()
    assert "10" in shown.rest.text()
    shown.show_findings([made.finding("2200001")], made.PROFILE)
    assert shown.rest.isHidden()
