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
