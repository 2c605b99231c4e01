"""A drawing to try: where its entries and lines are, and what one does with pointer and keys."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.core.mapping import Link, LinkState, Source
from app.gui.mapping.drawing.canvas import Canvas
from app.gui.mapping.drawing.columns import column_key
from app.gui.mapping.drawing.entries import LEFT
from app.gui.mapping.drawing.entry_item import RING
from app.gui.mapping.drawing.panel import MappingDrawing
from app.gui.mapping.variable_rows import VariableRow, variable_rows
from app.workflow.views import ColumnView, TableView
from tests.support.gui import PROJECT, shipped

LOOKS = ("datetime", "date", "time", "person_id", "number", "code", "text", "kva", "icd", "empty")


def rows_of(project: Any = PROJECT) -> tuple[VariableRow, ...]:
    """Return the rows of a made-up project."""
    return variable_rows(shipped(), project, {})


class Hand:
    """Somebody at the drawing."""

    def __init__(self, drawing: MappingDrawing) -> None:
        self.drawing = drawing
        self.canvas: Canvas = drawing.canvas
        self.chosen: list[str] = []
        self.linked: list[tuple[str, str, str]] = []
        self.unlinked: list[str] = []
        drawing.variable_chosen.connect(self.chosen.append)
        drawing.link_wanted.connect(lambda *names: self.linked.append(names))
        drawing.unlink_wanted.connect(self.unlinked.append)

    def place(self, side: str, key: str, *, ring: bool = False) -> QPoint:
        """Return where an entry lies in the view: its middle, or its ring."""
        one = self.canvas.board.sides[side]
        assert one.row_of(key) >= 0, key
        edge = one.x() + (one.width - RING / 2 if side == LEFT else RING / 2)
        x = edge if ring else one.x() + one.width / 2
        return self.canvas.mapFromScene(QPointF(x, one.middle(key)))

    def click(self, side: str, key: str, *, ring: bool = False) -> None:
        """Click an entry or its ring."""
        self.click_at(self.place(side, key, ring=ring))

    def click_at(self, place: QPoint) -> None:
        """Click a place."""
        QTest.mouseClick(self.canvas.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Drag from one place to another."""
        port, left = self.canvas.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(port, left, pos=start)
        for part in (start + QPoint(0, QApplication.startDragDistance() + 1), end):
            _move(port, part, left)
        QTest.mouseRelease(port, left, pos=end)

    def keys(self, *keys: Qt.Key, control: bool = False) -> None:
        """Press keys in the drawing."""
        modifier = Qt.KeyboardModifier
        held = modifier.ControlModifier if control else modifier.NoModifier
        for key in keys:
            QTest.keyClick(self.canvas, key, held)

    @property
    def status(self) -> str:
        """What the line below the drawing says."""
        return self.drawing.status.text()

    def shown(self, side: str) -> list[str]:
        """Return the texts of the entries of a side."""
        return [entry.text for entry in self.canvas.board.sides[side].entries]

    def lines(self) -> dict[tuple[str, str], int]:
        """Return the lines and how many each stands for."""
        return {line.key: line.count for line in self.canvas.board.lines}


def _move(widget: Any, place: QPoint, button: Qt.MouseButton) -> None:
    """Move the pointer with a button held down, which QTest cannot."""
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    at = QPointF(place)
    everywhere = widget.mapToGlobal(at)
    kind, none = QEvent.Type.MouseMove, Qt.KeyboardModifier.NoModifier
    event = QMouseEvent(kind, at, everywhere, Qt.MouseButton.NoButton, button, none)
    QApplication.sendEvent(widget, event)


def column(name: str, table: str = "operationer") -> str:
    """Return the key of a column."""
    return column_key(table, name)


def large_mapping(columns: int, variables: int) -> tuple[tuple[VariableRow, ...], Any]:
    """Return made-up rows and tables of any size, two of three variables mapped."""
    chance = Random(7)
    names = [f"KOLUMN_{number}" for number in range(columns)]
    views = tuple(
        ColumnView(name, chance.choice((0, 12, 880, 1000)), 9, ("x",), chance.choice(LOOKS))
        for name in names
    )
    third = columns // 3
    tables = tuple(
        TableView(Source(f"tabell{at}", f"{at}.csv", part[0].name), 1000, part)
        for at, part in enumerate((views[: 2 * third], views[2 * third :]))
    )
    return tuple(_large_rows(tables, variables, chance)), tables


def _large_rows(tables: Sequence[TableView], count: int, chance: Random) -> list[VariableRow]:
    templates = [one for one in shipped().variables if one.is_bound]
    rows = []
    for number in range(count):
        variable = replace(templates[number % len(templates)], id=f"V{1000 + number}")
        variable = replace(variable, section=templates[number * len(templates) // count].section)
        table = chance.choice(tables)
        state = chance.choice(tuple(LinkState))
        columns = (chance.choice(table.columns).name,)
        link = Link(variable.id, table.source.name, columns, (), state) if number % 3 else None
        rows.append(VariableRow(variable.section, variable, link))
    return rows
