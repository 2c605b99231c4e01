"""A bar under the number it shows: how large a part of the whole, seen at a glance."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.gui import theme
from app.gui.widgets.table import AnyTable

_THICK = 3  # pixels
_MARGIN = 8  # pixels, as the style has beside a cell's text
_LEAST = 2  # pixels: nothing that is there looks like nothing


class BarDelegate(QStyledItemDelegate):
    """Paints a thin bar at the foot of a cell; the number above it says the same."""

    def __init__(self, table: AnyTable, part: Callable[[Any], float]) -> None:
        super().__init__(table)
        self._table = table
        self._part = part

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the cell, then its bar."""
        super().paint(painter, option, index)
        row = self._table.rows.row_at(index.row())
        if row is None:
            return
        box: QRect = option.rect
        room = box.width() - 2 * _MARGIN
        foot = QRect(box.left() + _MARGIN, box.bottom() - _THICK - 1, room, _THICK)
        painter.fillRect(foot, theme.color("line"))
        part = self._part(row)
        if part > 0:
            foot.setWidth(max(_LEAST, round(room * min(part, 1.0))))
            painter.fillRect(foot, theme.color("accent"))
