"""Rows: all of them, a page at a time; the first ones are there before the file is read."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.gui import theme
from app.gui.frame import deeds
from app.gui.source.cells import Cells, cell_columns
from app.gui.source.run import Run
from app.gui.source.tables import FileRow
from app.gui.source.wide_table import WideTable, column_widths
from app.gui.widgets.labels import Note
from app.gui.widgets.long_list import Arrived, LongList
from app.gui.widgets.numbers import count
from app.language.text import _, ngettext
from app.workflow.source_views import Preview
from app.workflow.views import RowsPage

_MEASURED = 10  # rows that say how wide the columns are


class _Rows(LongList[Cells]):
    """The rows of a file; the first ones may be shown before there are pages to fetch."""

    def show_first(self, rows: Sequence[Cells]) -> None:
        """Show these rows and nothing else."""
        self._forget()
        self._show(len(rows), {0: tuple(rows)})


class RowsPanel(QWidget):
    """The rows of the chosen file as they stand in it."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run
        self._row: FileRow | None = None
        self._names: tuple[str, ...] = ()
        self.told = Note()
        self.rows = _Rows((), self._fetch)
        self.rows.loaded.connect(self._tell)
        self.table: WideTable[Cells] = WideTable(_("Rows"), self.rows)
        self.table.setObjectName("rows")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)

    def show_table(self, row: FileRow, preview: Preview) -> None:
        """Show the rows of a file: its pages when it is read, else the first ones."""
        self._row = row
        if row.is_read and row.table.columns:
            self._show_columns(tuple(one.name for one in row.table.columns), preview.rows)
            self.rows.reload()
        else:
            self.show_preview(preview)

    def show_preview(self, preview: Preview) -> None:
        """Show the first rows while the file is being read."""
        if self._row is None or (self._row.is_read and self._row.table.columns):
            return
        self._show_columns(preview.columns, preview.rows)
        self.rows.show_first(preview.rows)
        shown = len(preview.rows)
        text = ngettext(
            "The first row, until the whole file is read.",
            "The first {count} rows, until the whole file is read.",
            shown,
        )
        self.told.setText(text.format(count=count(shown)) if shown else "")

    def _show_columns(self, names: tuple[str, ...], rows: Sequence[Cells]) -> None:
        if self._row is not None:
            self._names = names
            self.table.show_columns(cell_columns(names, self._row.table.columns, rows))

    def _fetch(
        self, offset: int, number: int, arrived: Arrived, failed: Callable[[], None]
    ) -> None:
        if self._row is None:
            return

        def done(page: RowsPage) -> None:
            arrived(page.total, page.rows)

        def fail(_error: WorkbenchError) -> None:
            failed()

        self._run(deeds.ROWS_PAGE, self._row.name, offset, number, done=done, failed=fail)

    def _tell(self) -> None:
        """Say how many rows there are, and make the columns as wide as the first ones want."""
        heads = (self.rows.row_at(number) for number in range(_MEASURED))
        first = [row for row in heads if row is not None]
        titles = [one.title for one in self.rows.columns]
        for number, width in enumerate(column_widths(titles, first)):
            self.table.setColumnWidth(number, width)
        total = self.rows.total
        text = ngettext("{count} row", "{count} rows", total)
        self.told.setText(text.format(count=count(total)))
