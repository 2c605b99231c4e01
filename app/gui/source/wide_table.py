"""A table whose columns are those of a file: as wide as their titles, scrolled to both sides."""

from collections.abc import Sequence
from typing import Generic

from PySide6.QtGui import QFontMetrics

from app.gui import theme
from app.gui.widgets.rows import Column, Row, RowsModel
from app.gui.widgets.table import Table

_NARROWEST, _WIDEST = 72, 220  # pixels
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


def title_width(title: str, texts: Sequence[str] = ()) -> int:
    """Return how wide a column is that shows its title, and these texts where they fit."""
    measure = QFontMetrics(theme.font()).horizontalAdvance
    widest = max((measure(one) for one in (title, *texts)), default=0)
    return min(_WIDEST, max(_NARROWEST, widest + _MARGIN))
