"""The drawing of the mapping, with its filters, legend and what is focused in words."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.mapping import GroupLink
from app.gui import theme
from app.gui.mapping.drawing.canvas import Canvas
from app.gui.mapping.drawing.columns import column_entries, column_of
from app.gui.mapping.drawing.entries import (
    COLUMN_FILTERS,
    LEFT,
    RIGHT,
    VARIABLE_FILTERS,
    Entry,
    Wanted,
    wanted_entries,
)
from app.gui.mapping.drawing.legend import Legend
from app.gui.mapping.drawing.lines import Line, drawn_lines
from app.gui.mapping.drawing.spoken import entry_sentence, nothing_sentence, taken_sentence
from app.gui.mapping.drawing.tools import Filter, ViewTools
from app.gui.mapping.drawing.variables import variable_entries
from app.gui.mapping.variable_rows import VariableRow
from app.gui.widgets.controls import SearchField
from app.gui.widgets.labels import Label
from app.language.text import _
from app.workflow.views import TableView


class MappingDrawing(QWidget):
    """Columns of the export to the left, the register's variables to the right, lines between.

    It never changes the mapping: it says what is wanted. `link_wanted` names variable, table and
    column; what the variable had before is for the receiver to decide.
    """

    variable_chosen = Signal(str)
    link_wanted = Signal(str, str, str)
    unlink_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[VariableRow, ...] = ()
        self._all: dict[str, tuple[Entry, ...]] = {LEFT: (), RIGHT: ()}
        self._folded: dict[str, frozenset[str]] = {LEFT: frozenset(), RIGHT: frozenset()}
        self._chosen = ""
        self.canvas = Canvas()
        self.canvas.setParent(self)  # before the filters: F6 comes here first
        self.filters = {
            LEFT: Filter(_("Find a column"), COLUMN_FILTERS),
            RIGHT: Filter(_("Find a variable"), VARIABLE_FILTERS),
        }
        self.status = Label("", "note")
        self.status.setMinimumHeight(2 * self.status.fontMetrics().lineSpacing() + 2)
        self.status.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()
        self._listen()

    def show_mapping(
        self,
        rows: Sequence[VariableRow],
        tables: Sequence[TableView],
        groups: Sequence[GroupLink] = (),
        headings: Mapping[str, str] | None = None,
    ) -> None:
        """Show all variables and all columns; `headings` are the sections' names."""
        self._rows = tuple(row for row in rows if row.variable is not None)
        self._all = {
            LEFT: column_entries(self._rows, tables, groups),
            RIGHT: variable_entries(self._rows, headings or {}),
        }
        self._draw()

    @property
    def search(self) -> SearchField:
        """The field that finds a variable."""
        return self.filters[RIGHT].search

    def choose(self, variable: str) -> None:
        """Choose a variable as the table has done; says nothing back."""
        if variable == self._chosen and self.canvas.current is not None:
            return
        self._chosen = variable
        entry = next((one for one in self._all[RIGHT] if one.key == variable), None)
        if entry is not None and entry.heading in self._folded[RIGHT]:
            self._fold(RIGHT, entry.heading, False)
        self.canvas.choose(self.canvas.board.sides[RIGHT].entry_of(variable))

    def _draw(self) -> None:
        shown = {side: wanted_entries(self._all[side], self._wanted(side)) for side in self._all}
        lines = drawn_lines(self._rows, shown[LEFT], shown[RIGHT])
        self.canvas.show_picture(shown[LEFT], shown[RIGHT], lines)

    def _wanted(self, side: str) -> Wanted:
        one = self.filters[side]
        return Wanted(one.search.text().strip(), one.kind.value(), self._folded[side])

    def _fold(self, side: str, heading: str, folded: bool) -> None:
        rest = self._folded[side] - {heading}
        self._folded[side] = rest | {heading} if folded else rest
        self._draw()

    def _tell(self) -> None:
        """Say in words what is focused, and tell which variable is chosen."""
        current = self.canvas.current
        self._say(self._sentence(current))
        if current is None or current.side == LEFT or current.is_heading:
            return
        if current.key != self._chosen:
            self._chosen = current.key
            self.variable_chosen.emit(current.key)

    def _sentence(self, current: Entry | None) -> str:
        board = self.canvas.board
        if self.canvas.taken is not None:
            return taken_sentence(self.canvas.taken)
        if current is None:
            lines = sum(line.count for line in board.lines)
            return nothing_sentence(self._count(LEFT), self._count(RIGHT), lines)
        names = {one.key: one.text for side in self._all.values() for one in side}
        return entry_sentence(current, self.canvas.highlighted(), names)

    def _say(self, sentence: str) -> None:
        if sentence == self.status.text():
            return
        self.status.setText(sentence)
        self.status.setAccessibleName(sentence)
        if QAccessible.isActive() and self.canvas.hasFocus():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.canvas, sentence))

    def _count(self, side: str) -> int:
        return sum(not one.is_heading for one in self._all[side])

    def _connect(self, column: Entry, variable: Entry) -> None:
        """Ask for a link, unless there is one already."""
        line = (column.key, variable.key)
        self.canvas.choose(variable)
        if line in {one.key for one in self.canvas.board.lines}:
            self._say(_("They are connected already."))
            return
        self.link_wanted.emit(variable.key, *column_of(column.key))

    def _remove(self, lines: tuple[Line, ...]) -> None:
        """Ask for the link behind the highlighted lines to be removed, when it is one."""
        variables = {one for line in lines for one in line.variables}
        if len(variables) == 1:
            self.unlink_wanted.emit(variables.pop())
        elif variables:
            self._say(_("Several links: choose the variable whose link is to be removed."))
        else:
            self._say(_("No line to remove."))

    def _listen(self) -> None:
        self.canvas.changed.connect(self._tell)
        self.canvas.fold_wanted.connect(self._fold)
        self.canvas.connect_wanted.connect(self._connect)
        self.canvas.remove_wanted.connect(self._remove)
        for one in self.filters.values():
            one.changed.connect(self._draw)

    def _lay_out(self) -> None:
        self.tools = ViewTools(self.canvas)
        below = QHBoxLayout()
        below.addWidget(self.status, 1)
        below.addWidget(self.tools, 0, Qt.AlignmentFlag.AlignTop)
        grid = QGridLayout()
        grid.setSpacing(0)
        grid.setVerticalSpacing(theme.GRID)
        filters = QHBoxLayout()
        filters.setSpacing(theme.GRID)
        filters.addWidget(self.filters[LEFT], 2)
        filters.addStretch(1)
        filters.addWidget(self.filters[RIGHT], 2)
        grid.addLayout(filters, 0, 0, 1, 3)
        grid.addWidget(self.canvas.bars[LEFT], 1, 0)
        grid.addWidget(self.canvas, 1, 1)
        grid.addWidget(self.canvas.bars[RIGHT], 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addLayout(grid, 1)
        column.addLayout(below)
        column.addWidget(Legend())
        fields = [part for one in self.filters.values() for part in (one.search, one.kind)]
        for before, after in pairwise([*fields, self.canvas, self.tools.focus]):
            QWidget.setTabOrder(before, after)
