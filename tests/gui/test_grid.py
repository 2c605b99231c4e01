"""The table of a very long list, as the user sees and drives it."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QColor

from app.gui import theme
from app.gui.widgets.grid import Grid
from app.gui.widgets.long_list import LongList
from app.gui.widgets.rows import Column, RowsModel
from tests.support.gui import the_app

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

COLUMNS: tuple[Column[int], ...] = (
    Column("Name", lambda row: f"row {row}", sort="name"),
    Column("Number", str, number=True, width=80),
    Column("State", lambda row: "clean", status=lambda row: "clean", width=120),
    Column("Spare", lambda row: "…", width=60, spare=700),
)
FLAGS = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


class Quiet(RowsModel[int]):
    """Counts how often Qt asks for a cell."""

    asked = 0

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        self.asked += 1
        return super().data(index, role)


def shown(qtbot, model, width=600):
    theme.follow(the_app(), "light")
    grid = Grid("Rows", model, several=True)
    qtbot.addWidget(grid)
    grid.resize(width, 320)
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def endless(total):
    model = LongList(
        COLUMNS,
        lambda start, count, arrived, _failed: arrived(
            total, range(start, min(start + count, total))
        ),
    )
    model.reload()
    return model


def test_painting_asks_the_model_for_no_cell(qtbot):
    model = Quiet(COLUMNS, range(100))
    grid = shown(qtbot, model)
    model.asked = 0
    grid.viewport().repaint()
    assert model.asked == 0


def test_every_cell_of_the_screen_is_painted(qtbot):
    grid = shown(qtbot, RowsModel(COLUMNS, range(100)))
    picture = grid.viewport().grab().toImage()
    for row in range(5):
        for column in range(3):
            left = grid.columnViewportPosition(column)
            top = grid.rowViewportPosition(row)
            colours = {
                picture.pixel(x, y)
                for x in range(left, left + grid.columnWidth(column))
                for y in range(top + 2, top + theme.ROW - 2)
            }
            assert len(colours) > 1, (row, column)


def test_a_selected_row_stands_out(qtbot):
    grid = shown(qtbot, RowsModel(COLUMNS, range(100)))
    grid.choose(1)
    picture = grid.viewport().grab().toImage()
    edge = grid.viewport().width() - 8
    assert QColor(picture.pixel(edge, theme.ROW + 8)) == theme.color("selection")
    assert QColor(picture.pixel(edge, 2 * theme.ROW + 8)) != theme.color("selection")


def test_what_is_selected_is_told_as_ranges(qtbot):
    grid = shown(qtbot, RowsModel(COLUMNS, range(100)))
    for number in (7, 3, 4, 5, 9):
        grid.selectionModel().select(grid.rows.index(number, 0), FLAGS)
    assert grid.ranges() == (range(3, 6), range(7, 8), range(9, 10))
    assert grid.selected_count() == 5
    assert grid.chosen() == (3, 4, 5, 7, 9)


def test_a_million_rows_are_selected_at_once(qtbot):
    grid = shown(qtbot, endless(1_000_000))
    grid.selectAll()
    grid.viewport().repaint()
    assert grid.selected_count() == 1_000_000
    assert grid.ranges() == (range(1_000_000),)


def test_a_million_rows_are_never_copied_in_part(qtbot):
    grid = shown(qtbot, endless(1_000_000))
    grid.selectAll()
    with qtbot.waitSignal(grid.copy_wanted):
        qtbot.keyClick(grid, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)


def test_the_last_of_a_million_rows_is_reached_by_key(qtbot):
    grid = shown(qtbot, endless(1_000_000))
    grid.choose(0)
    qtbot.keyClick(grid, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: grid.current_row() == 999_999)
    assert grid.rowAt(grid.viewport().height() - 10) == 999_999


def test_a_row_is_marked_without_moving_the_view(qtbot):
    grid = shown(qtbot, RowsModel(COLUMNS, range(1000)))
    grid.mark(900, scroll=False)
    assert grid.current_row() == 900
    assert grid.rowAt(5) == 0
    grid.mark(900, scroll=True)
    assert grid.rowAt(5) > 800


def test_a_column_that_is_to_spare_gives_way_where_there_is_little_room(qtbot):
    grid = shown(qtbot, RowsModel(COLUMNS, range(10)), width=600)
    assert grid.isColumnHidden(3)
    grid.resize(900, 320)
    qtbot.waitUntil(lambda: not grid.isColumnHidden(3))


def test_a_row_that_is_still_being_fetched_shows_that_it_comes(qtbot):
    answers = []
    model = LongList(COLUMNS, lambda *asked: answers.append(asked))
    model.reload()
    _start, _count, arrived, _failed = answers.pop()
    arrived(1000, range(200))
    grid = shown(qtbot, model)
    grid.scrollToBottom()
    grid.viewport().repaint()
    assert model.kept_row(999) is None
    qtbot.waitUntil(lambda: bool(answers))
    start, count, arrived, _failed = answers.pop()
    arrived(1000, range(start, start + count))
    assert model.kept_row(999) == 999
