"""A table of a case that is copied masked, also while its personnummer is shown."""

from collections.abc import Callable, Sequence
from typing import Generic

from app.gui.widgets.headed_table import HeadedTable
from app.gui.widgets.rows import Column, Row


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
        columns = self.rows.columns
        hidden = map(self._hide, self.chosen())
        return "\n".join("\t".join(column.text(row) for column in columns) for row in hidden)
