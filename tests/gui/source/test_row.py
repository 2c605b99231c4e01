"""A way from a case leads to its row as it stands in the file."""

import pytest

from app.core.errors import ExportError
from app.gui.frame.navigator import Place

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_the_row_and_the_column_that_a_place_names_are_shown(qtbot, page, desktop):
    table = page.rows()[0].name
    page.arrive(Place("source", {"table": table, "row": "4", "file": "", "column": "PNR"}))
    rows = page.detail.rows
    assert page.detail.tab == "rows"
    qtbot.waitUntil(lambda: rows.table.currentIndex().row() == 1)
    assert rows.rows.columns[rows.table.currentIndex().column()].title == "PNR"
    assert [index.row() for index in rows.table.selectionModel().selectedRows()] == [1]


def test_a_table_that_is_not_read_shows_its_first_rows(qtbot, page, desktop):
    desktop.answers["row_place"] = ExportError("source-unknown", table="x")
    table = page.rows()[0].name
    page.arrive(Place("source", {"table": table, "row": "4"}))
    assert page.detail.tab == "rows"
    qtbot.waitUntil(lambda: page.detail.rows.rows.rowCount() > 0)
