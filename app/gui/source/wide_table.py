"""A table whose columns are those of a file: as wide as their titles, scrolled to both sides."""

from collections.abc import Sequence
from typing import Generic

from PySide6.QtGui import QFontMetrics

from app.gui import theme
from app.gui.widgets.rows import Column, Row, RowsModel
from app.gui.widgets.table import Table

_NARROWEST, _WIDEST = 72, 220  # pixels
_MEASURED = 10  # rows
_MARGIN = 30  # pixels around a title


class WideTable(Table[Row], Generic[Row]):
    """Shows any columns; others can be shown in their place."""

    def __init__(self, name: str, model: RowsModel[Row]) -> None:
        super().__init__(name, model)
        self.setWordWrap(False)
        self.horizontalHeader().setSectionsClickable(False)

    def show_columns(self, columns: Sequence[Column[Row]]) -> None:
        """Show other columns; the rows are shown by who knows them."""
        self.rows.beginResetModel()
        self.rows.columns = tuple(columns)
        self.rows.endResetModel()
        for number, column in enumerate(self.rows.columns):
            if column.width:
                self.setColumnWidth(number, column.width)
        self._share_width()


def column_widths(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide columns are that show their titles, and the first rows where they fit.

    The longest text of each is measured, not all: a file may have thousands of columns.
    """
    measure = QFontMetrics(theme.font()).horizontalAdvance
    widths = []
    for place, title in enumerate(titles):
        texts = [row[place] for row in rows[:_MEASURED] if place < len(row)]
        width = measure(max((title, *texts), key=len)) + _MARGIN
        widths.append(min(_WIDEST, max(_NARROWEST, width)))
    return widths
