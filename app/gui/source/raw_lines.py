"""The first lines of a file as they stand in it: the heading and the columns are chosen here."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.gui import theme
from app.gui.source.wide_table import WideTable
from app.gui.source.widths import borders
from app.gui.widgets.rows import Column, RowsModel
from app.language.text import _

_MARGIN = 11  # pixels before a cell's text, by the style
_NUMBER, _NARROWEST = 120, 200  # pixels
_ROW = 22  # pixels: lines of text stand closer than rows of a table
_LONGEST = 4000  # signs: no view needs more of a line

Line = tuple[int, str]  # counted from 1, and its text


class RawLines(WideTable[Line]):
    """Lines to look at; Enter or a double click makes one the heading, borders are moved here."""

    def __init__(
        self, choose_heading: Callable[[int], None], move_border: Callable[[int], None]
    ) -> None:
        super().__init__(_("The first lines as they stand in the file"), RowsModel[Line](()))
        self._choose_heading = choose_heading
        self._move_border = move_border
        self._heading = 0
        self.widths: tuple[int, ...] = ()
        self.caret = 0  # where a border would be moved by key; only with widths
        self.setFont(theme.fixed_font())
        self.verticalHeader().setMinimumSectionSize(_ROW)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.setItemDelegateForColumn(1, _Ruler(self))
        self.activated.connect(lambda index: self._choose_heading(index.row() + 1))

    def show_lines(self, lines: Sequence[str], heading: int, widths: tuple[int, ...]) -> None:
        """Show the lines, the heading among them (0 = none), and where columns of a width end."""
        kept = self.currentIndex().row()
        self._heading, self.widths = heading, widths
        shown = [(number, _shown(line)) for number, line in enumerate(lines, 1)]
        longest = max((len(text) for _number, text in shown), default=0)
        width = max(_NARROWEST, round(longest * self.sign_width) + 3 * _MARGIN)
        self.show_columns(
            (
                Column(_("Line"), self._number, icon=self._icon, width=_NUMBER),
                Column(_("As it stands in the file"), lambda line: line[1], width=width),
            )
        )
        self.rows.set_rows(shown)
        if shown:
            self.choose(kept if 0 <= kept < len(shown) else max(0, heading - 1))

    @property
    def sign_width(self) -> float:
        """How wide a sign is."""
        return QFontMetricsF(theme.fixed_font()).horizontalAdvance("0")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        if self.widths and step:
            self.caret = min(max(1, self.caret + step), sum(self.widths))
            self.viewport().update()
        elif self.widths and event.key() == Qt.Key.Key_Space:
            self._move_border(self.caret)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self.widths and index.isValid() and index.column() == 1:
            left = self.visualRect(index).left() + _MARGIN
            self.caret = max(1, round((event.position().x() - left) / self.sign_width))
            self._move_border(self.caret)

    def _number(self, line: Line) -> str:
        number = line[0]
        return f"{number}  " + _("heading") if number == self._heading else str(number)

    def _icon(self, line: Line) -> str:
        return "page-layout-header" if line[0] == self._heading else theme.BLANK


class _Ruler(QStyledItemDelegate):
    """Paints where columns of fixed width end."""

    def __init__(self, lines: RawLines) -> None:
        super().__init__(lines)
        self._lines = lines

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the line, then the borders over it."""
        super().paint(painter, option, index)
        if not self._lines.widths:
            return
        box = option.rect
        painter.save()
        painter.setPen(QPen(theme.color("accent"), 1))
        for place in borders(self._lines.widths):
            x = box.left() + _MARGIN + round(place * self._lines.sign_width)
            painter.drawLine(x, box.top(), x, box.bottom())
        if self._lines.hasFocus() and self._lines.caret:
            painter.setPen(QPen(theme.color("text"), 1, Qt.PenStyle.DotLine))
            x = box.left() + _MARGIN + round(self._lines.caret * self._lines.sign_width)
            painter.drawLine(x, box.top(), x, box.bottom())
        painter.restore()


def _shown(line: str) -> str:
    """Return a line with a mark of one sign for each tab, so that columns stay in their place."""
    return line[:_LONGEST].replace("\t", "→")
