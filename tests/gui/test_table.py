"""The table of rows: what is chosen, and that choosing everything costs nothing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class _Counting(RowsModel[str]):
    """Counts how many rows are asked for."""

    asked = 0

    def row_at(self, index):
        self.asked += 1
        return super().row_at(index)


def test_choosing_all_rows_asks_for_one_only(qtbot):
    model = _Counting((Column("Ord", str),), [str(number) for number in range(5000)])
    table = Table("Ord", model, several=True)
    qtbot.addWidget(table)
    told: list[str | None] = []
    table.current_changed.connect(told.append)
    table.choose(2)
    model.asked = 0
    table.selectAll()
    assert told[-1] == "2"
    assert model.asked < 20
    assert len(table.chosen()) == 5000


def test_rows_are_copied_with_tabs_between_cells(qtbot):
    columns: tuple[Column[str], ...] = (
        Column("Ord", str),
        Column("Längd", lambda word: str(len(word))),
    )
    table = Table("Ord", RowsModel(columns, ["ett", "fyra"]), several=True)
    qtbot.addWidget(table)
    table.selectAll()
    assert table.as_tsv() == "ett\t3\nfyra\t4"


def test_the_rows_are_framed_while_they_have_the_focus(qtbot):
    table = Table("Ord", RowsModel((Column("Ord", str),), ["ett"]))
    qtbot.addWidget(table)
    table.show()
    before = table.grab().toImage()
    table.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(table.hasFocus)
    assert table.grab().toImage() != before


def test_choosing_a_row_lets_go_of_the_others_while_a_keys_ctrl_is_down(qtbot):
    table = Table("Ord", RowsModel((Column("Ord", str),), ["ett", "två"]), several=True)
    qtbot.addWidget(table)
    table.show()
    action = QAction("Nästa", table)
    action.setShortcut("Ctrl+T")
    action.triggered.connect(lambda: table.choose(1))
    table.addAction(action)
    table.choose(0)
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    qtbot.keyPress(table, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert table.chosen() == ("två",)


def widths(table):
    return [table.columnWidth(number) for number in range(len(table.rows.columns))]


def shown(qtbot, columns, rows=(), width=400):
    table = Table("Ord", RowsModel(columns, rows))
    qtbot.addWidget(table)
    table.resize(width, 200)
    table.show()
    qtbot.waitUntil(lambda: table.viewport().width() == width)
    return table


def test_a_column_is_as_wide_as_the_widest_of_its_words_with_its_icon(qtbot):
    words = ("kort", "Struken (planerad) och mer")
    table = shown(
        qtbot,
        (
            Column("Räknas som", str, icon=lambda _row: "check", words=words),
            Column("Fynd", str),
        ),
        words,
    )
    asked = table.sizeHintForColumn(0)  # what Qt itself needs for the rows
    assert asked <= table.columnWidth(0) <= asked + 24
    assert sum(widths(table)) == table.viewport().width()


def test_a_column_that_says_nothing_of_any_row_gives_its_room_to_the_others(qtbot):
    columns: tuple[Column[str], ...] = (
        Column("Ord", str),
        Column("Fellista", lambda _row: "", sort="fellista", words=("listat",), idle=500),
    )
    table = shown(qtbot, columns, ["ett"])
    assert widths(table) == [400, 0]
    table.show_filled(("fellista",))
    assert widths(table)[1] > 0
    table.show_filled(())  # it stays although the rows that it says something of are filtered away
    assert widths(table)[1] > 0
    assert not shown(qtbot, columns, ["ett"], width=600).isColumnHidden(1)


def test_columns_of_numbers_are_as_wide_as_the_numbers_that_there_are(qtbot):
    columns: tuple[Column[str], ...] = (
        Column("Värde", lambda _row: "x"),
        Column("Antal", str, number=True, width=60),
    )
    table = shown(qtbot, columns, ["87 654 av 100 000"])
    table.fit_numbers()
    assert table.columnWidth(1) >= table.sizeHintForColumn(1) > 60
    assert table.minimumWidth() > table.columnWidth(1)  # nothing of them is scrolled away
    table.rows.set_rows(["1"])
    table.fit_numbers()
    assert widths(table) == [340, 60]


def test_home_and_end_go_to_the_first_and_the_last_row(qtbot):
    columns: tuple[Column[str], ...] = (Column("Ord", str), Column("Igen", str))
    table = Table("Ord", RowsModel(columns, ["ett", "två", "tre"]), several=True)
    qtbot.addWidget(table)
    table.show()
    table.choose(1)
    for key, row in ((Qt.Key.Key_End, "tre"), (Qt.Key.Key_Home, "ett")):
        qtbot.keyClick(table, key)
        assert table.current_row() == row
        assert table.chosen() == (row,)
    qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ShiftModifier)
    assert table.chosen() == ("ett", "två", "tre")
