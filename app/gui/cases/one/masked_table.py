"""Tables of a case that are copied masked, also while its personnummer is shown."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic

from app.gui.widgets.headed_table import HeadedTable
from app.gui.widgets.rows import Column, Row, RowsModel
from app.gui.widgets.table import Table


class MaskedTable(HeadedTable[Row], Generic[Row]):
    """`hide` returns a row without personnummer."""

    def __init__(
        self,
        name: str,
        columns: Sequence[Column[Row]],
        key: Callable[[Row], str],
        hide: Callable[[Row], Row],
    ) -> None:
        super().__init__(name, columns, key)
        self._hide = hide

    def as_tsv(self) -> str:
        return _lines(self.rows.columns, map(self._hide, self.chosen()))


class MaskedList(Table[Row], Generic[Row]):
    """The same without headings."""

    def __init__(
        self, name: str, columns: Sequence[Column[Row]], hide: Callable[[Row], Row]
    ) -> None:
        super().__init__(name, RowsModel(columns))
        self._hide = hide

    def as_tsv(self) -> str:
        return _lines(self.rows.columns, map(self._hide, self.chosen()))


def _lines(columns: Sequence[Column[Row]], rows: Iterable[Row]) -> str:
    return "\n".join("\t".join(column.text(row) for column in columns) for row in rows)
