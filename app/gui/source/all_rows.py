"""Rows: all of them, a page at a time; the first ones are there before the file is read."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QVBoxLayout, QWidget

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
_NOWHERE = (-1, "")  # no row is wanted
_MOVE = QItemSelectionModel.SelectionFlag.NoUpdate  # the row stays chosen


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
        self._wanted = _NOWHERE
        self.told = Note()
        self.rows = _Rows((), self._fetch)
        self.rows.loaded.connect(self._tell)
        self.rows.loaded.connect(self._go)
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
            names = tuple(one.name for one in row.table.columns)
            self._show_columns(names, _first_rows(preview))
            self.rows.reload()
        else:
            self.show_preview(preview)

    def show_preview(self, preview: Preview) -> None:
        """Show the first rows while the file is being read."""
        if self._row is None or (self._row.is_read and self._row.table.columns):
            return
        first = _first_rows(preview)
        self._show_columns(preview.columns, first)
        self.rows.show_first(first)
        shown = len(preview.rows)
        text = ngettext(
            "The first row, until the whole file is read.",
            "The first {count} rows, until the whole file is read.",
            shown,
        )
        self.told.setText(text.format(count=count(shown)) if shown else "")

    def go_to(self, line: int, file: str, column: str) -> None:
        """Choose the row that stands on a line of a file, and show this column of it."""
        if self._row is None:
            return

        def arrive(place: int) -> None:
            self._wanted = (place, column)
            self._go()

        self._run(deeds.ROW_PLACE, self._row.name, line, file, done=arrive, failed=_stay)

    def _go(self) -> None:
        """Go to the row that is wanted, as soon as it is known how many there are."""
        place, column = self._wanted
        if 0 <= place < self.rows.total:
            self._wanted = _NOWHERE
            self.rows.collect([place], lambda _rows: self._choose(place, column))

    def _choose(self, place: int, column: str) -> None:
        titles = [one.title for one in self.rows.columns]
        index = self.rows.index(place, titles.index(column) if column in titles else 0)
        self.table.choose(place)
        self.table.selectionModel().setCurrentIndex(index, _MOVE)
        self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self.table.setFocus()

    def _show_columns(self, names: tuple[str, ...], rows: Sequence[Cells]) -> None:
        if self._row is not None:
            titles = (_("Line"), *names)
            line, *cells = cell_columns(titles, self._row.table.columns, rows)
            lead = replace(line, text=_line, number=True, quiet=True)
            self.table.show_columns((lead, *cells))

    def _fetch(
        self, offset: int, number: int, arrived: Arrived, failed: Callable[[], None]
    ) -> None:
        if self._row is None:
            return

        paths = (self._row.source.path, *self._row.source.more)
        files = tuple(Path(one).name for one in paths) if len(paths) > 1 else ()

        def done(page: RowsPage) -> None:
            arrived(page.total, _page_rows(page, files))

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


def _stay(_error: WorkbenchError) -> None:
    """Show the rows where they begin: the table is not read, which it says itself."""


def _line(row: Cells) -> str:
    return row[0]


def _first_rows(preview: Preview) -> tuple[Cells, ...]:
    """Return the first rows, each after the line it stands on, as every finding tells it."""
    lines = preview.numbers or ("",) * len(preview.rows)
    return tuple((str(line), *row) for line, row in zip(lines, preview.rows, strict=False))


def _page_rows(page: RowsPage, files: tuple[str, ...]) -> tuple[Cells, ...]:
    """Return the rows of a page, each after its line; of several files also the file's name."""
    places = page.places or ((0, 0),) * len(page.rows)
    return tuple(
        (_place(file, line, files), *row)
        for (file, line), row in zip(places, page.rows, strict=True)
    )


def _place(file: int, line: int, files: tuple[str, ...]) -> str:
    name = f"{files[file]}: " if file < len(files) else ""
    return f"{name}{line}" if line else ""
