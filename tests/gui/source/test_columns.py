"""Källa, columns and rows: profiles, search, a million rows a page at a time, what is left out."""

import pytest
from PySide6.QtCore import Qt

from app.gui.widgets.long_list import PAGE
from app.workflow.source_views import ColumnProfile, Preview
from app.workflow.views import ColumnView, TableView
from tests.support.gui import settle
from tests.support.gui_source import SOURCES, TABLES, cells, show, source_desktop, source_page

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CODES = ColumnProfile(
    "KOD", 1206, 1000, 60, (("NFB49", 700), ("JKA21", 300)), "JAH01", "QDB05", (("AAA99", 1000),),
    "kva",
)  # fmt: skip


@pytest.fixture
def page(qtbot, desktop, page):
    show(qtbot, desktop, page, "operationer", "columns")
    return page


def _rested(qtbot, desktop, columns):
    qtbot.waitUntil(lambda: not columns._timer.isActive())
    settle(qtbot, desktop)


def test_the_columns_show_what_they_hold_and_what_they_are_mapped_to(page):
    table = page.detail.columns.table
    assert cells(table, 1) == ["PNR", "personnummer", "100\u00a0%", "398", "", "", "19770101-****"]
    assert cells(table, 2)[4:6] == ["2025-12-01 – 2025-12-31", "V310"]
    assert cells(table, 3)[2] == "0\u00a0%"


def test_a_column_is_found_by_its_name_what_it_looks_like_or_its_variable(page):
    columns = page.detail.columns
    for wanted, found in (("pn", ["OPNR", "PNR"]), ("personn", ["PNR"]), ("v310", ["ANMDAT"])):
        columns.search.setText(wanted)
        shown = [cells(columns.table, row)[0] for row in range(columns.table.rows.rowCount())]
        assert shown == found
    columns.search.clear()
    columns.filter.setCurrentIndex(2)
    columns.filter.activated.emit(2)
    assert columns.told.text() == "2 of 4 columns"


def test_the_chosen_column_is_shown_in_full(qtbot, tmp_path):
    desktop = source_desktop(tmp_path, {"column_profile": CODES})
    page = source_page(qtbot, desktop)
    show(qtbot, desktop, page, "koder", "columns")
    columns = page.detail.columns
    columns.choose_column("KOD")
    _rested(qtbot, desktop, columns)
    profile = columns.profile
    assert profile.facts["filled"].text() == "82.9\u00a0% · 1\u00a0000 of 1\u00a0206 rows"
    assert profile.facts["range"].text() == "JAH01 – QDB05"
    assert cells(profile.values, 0) == ["NFB49", "700", "58.0\u00a0%"]
    assert cells(profile.shapes, 0) == ["AAA99", "1\u00a0000", "82.9\u00a0%"]
    assert profile.more.text() == "and 58 more values"
    desktop.backend.close()


def test_values_that_all_occur_once_are_not_listed(page, qtbot, desktop):
    _rested(qtbot, desktop, page.detail.columns)
    profile = page.detail.columns.profile
    assert not profile.values.isVisible()
    assert profile.more.text() == "Every value occurs once."


def test_enter_on_a_mapped_column_leads_to_its_variable(page, desktop, qtbot):
    page.detail.columns.choose_column("ANMDAT")
    _rested(qtbot, desktop, page.detail.columns)
    qtbot.keyClick(page.detail.columns.table, Qt.Key.Key_Return)
    assert desktop.went[-1] == ("mapping", {"variable": "V310"})


def test_a_million_rows_are_fetched_a_page_at_a_time(page, desktop, qtbot):
    show(qtbot, desktop, page, "operationer", "rows")
    panel = page.detail.rows
    assert panel.told.text() == "1\u00a0000\u00a0000 rows"
    assert panel.rows.rowCount() == 1_000_000
    assert cells(panel.table, 0)[:3] == ["2", "2600000", "19770101-****"]
    asked = desktop.channel.times("rows_page")
    assert asked == 1
    panel.table.scrollTo(panel.rows.index(777_777, 0))
    panel.rows.row_at(777_777)
    qtbot.waitUntil(lambda: panel.rows.row_at(777_777) is not None)
    assert cells(panel.table, 777_777)[:2] == ["777779", str(2600000 + 777_777)]
    pages = [one[1:] for name, one in desktop.channel.asked if name == "rows_page"]
    assert all(count == PAGE for _offset, count in pages)


def test_another_table_shows_its_own_rows(page, desktop, qtbot):
    show(qtbot, desktop, page, "operationer", "rows")
    show(qtbot, desktop, page, "koder", "rows")
    titles = [page.detail.rows.rows.headerData(n, Qt.Orientation.Horizontal) for n in range(3)]
    assert titles == ["Line", "OPNR", "KOD"]


def test_rows_that_were_left_out_stand_with_file_line_and_sentence(page, desktop, qtbot):
    show(qtbot, desktop, page, "koder", "left-out")
    panel = page.detail.troubles
    assert page.detail.tabs.tabText(4) == "Left out  130"
    assert "130 rows are left out" in panel.told.text()
    assert "The first 2 are listed." in panel.told.text()
    assert cells(panel.table, 1)[1:] == ["koder.csv", "90"]
    panel.table.choose(1)
    assert "90" in panel.whole.text()
    show(qtbot, desktop, page, "operationer", "left-out")
    assert panel.told.text() == "Every row could be read."
    assert page.detail.tabs.tabText(4) == "Left out"


def test_a_table_of_120_columns_can_be_looked_through(qtbot, tmp_path):
    wide = tuple(ColumnView(f"C{n}", 400, 3, ("a",), "text") for n in range(120))
    tables = (TableView(SOURCES[0], 400, wide), *TABLES[1:])
    desktop = source_desktop(tmp_path, {"read_tables": tables})
    page = source_page(qtbot, desktop)
    show(qtbot, desktop, page, "operationer", "columns")
    columns = page.detail.columns
    columns.choose_column("C117")
    assert columns.table.currentIndex().row() == 117
    _rested(qtbot, desktop, columns)
    desktop.backend.close()


def test_columns_are_as_wide_as_their_first_rows_want(qtbot, tmp_path):
    desktop = source_desktop(tmp_path, {"preview_source": Preview(())})
    page = source_page(qtbot, desktop)
    show(qtbot, desktop, page, "operationer", "rows")
    table = page.detail.rows.table
    assert table.columnWidth(2) > table.fontMetrics().horizontalAdvance("19770101-****")
    desktop.backend.close()
