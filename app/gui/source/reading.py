"""Reading: the options of the chosen file beside its first lines and the table they make."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.mapping import SourceKind
from app.gui import theme
from app.gui.frame import deeds
from app.gui.settings import Settings
from app.gui.source import widths
from app.gui.source.cells import cell_columns
from app.gui.source.options import is_archive, options_of
from app.gui.source.raw_lines import RawLines
from app.gui.source.reading_form import Change, ReadingForm
from app.gui.source.run import Run, keep_silent
from app.gui.source.tables import FileRow
from app.gui.source.wide_table import WideTable
from app.gui.widgets.labels import Note
from app.gui.widgets.parts import Inspector, Splitter
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.trouble import Trouble
from app.language.sentences import sentence_of
from app.language.text import _
from app.workflow.source_views import Preview

_PARTED = frozenset({SourceKind.WORKBOOK, SourceKind.XML})


class ReadingPanel(QWidget):
    """How the chosen file is read, and what comes of it at once."""

    def __init__(
        self, settings: Settings, run: Run, change: Change, add_files: Callable[[], object]
    ) -> None:
        super().__init__()
        self._run = run
        self._change = change
        self._row: FileRow | None = None
        self._preview = Preview(())
        self._asked: object = None
        self.form = ReadingForm(change, add_files)
        self.lines = RawLines(self._choose_heading, self._move_border)
        self.trouble = Trouble()
        self.hint = Note()
        self.outcome: WideTable[tuple[str, ...]] = WideTable(
            _("The table that comes of it"), RowsModel[tuple[str, ...]](())
        )
        options = Inspector(_("How the file is read"))
        options.fill(self.form)
        options.setMinimumWidth(360)
        top = QWidget()
        column = QVBoxLayout(top)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        for part in (self.trouble, self.hint):
            column.addWidget(part)
        column.addWidget(self.lines, 1)
        right = Splitter("source-lines", settings, top, self.outcome, vertical=True)
        right.share(1, 1)
        whole = Splitter("source-reading", settings, options, right)
        whole.share(2, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.addWidget(whole)

    def show_table(self, row: FileRow, base: str) -> None:
        """Show how this file is read."""
        self._row = row
        self.form.show_source(row.source)
        path = str(Path(base) / row.source.path)
        if self._asked != (path, row.source.kind):
            self._asked = (path, row.source.kind)
            self._ask(row, path, base)

    def forget(self) -> None:
        """Ask anew for what was told of the file: it may have changed."""
        self._asked = None

    def show_preview(self, preview: Preview) -> None:
        """Show the first lines, and the table that they make."""
        self._preview = preview
        source = self._row.source if self._row else None
        told = self._row.source.widths if self._row else ()
        is_fixed = source is not None and source.kind is SourceKind.FIXED
        longest = max((len(line) for line in preview.lines), default=0)
        shown = (told or (longest,)) if is_fixed and longest else ()
        self.lines.show_lines(preview.lines, preview.header, shown)
        self.hint.setText(_hint(is_fixed=is_fixed))
        has_heading = source is not None and "header" in options_of(source)
        self.hint.setVisible(bool(preview.lines) and has_heading)
        problem = preview.problem
        self.trouble.say(sentence_of(problem, preview.values) if problem else "")
        self.outcome.show_columns(cell_columns(preview.columns, (), preview.rows))
        self.outcome.rows.set_rows(preview.rows)

    def _ask(self, row: FileRow, path: str, base: str) -> None:
        asked = self._asked
        if "encoding" in options_of(row.source):
            done = partial(self._tell, asked, self.form.show_guesses)
            self._run(deeds.GUESS_ENCODINGS, path, done=done, failed=keep_silent)
        if row.source.kind in _PARTED or is_archive(row.source):
            done = partial(self._tell, asked, self.form.show_parts)
            self._run(deeds.DESCRIBE_SOURCES, (path,), base, done=done, failed=keep_silent)

    def _tell(self, asked: object, show: Callable[[Any], None], found: object) -> None:
        """Show what was found of a file, unless another one is looked at by now."""
        if asked == self._asked:
            show(found)

    def _choose_heading(self, line: int) -> None:
        if self._row is None or "header" not in options_of(self._row.source):
            return
        source = self._row.source
        if line != self._preview.header:
            text = _("heading of {table}: {value}")
            value = _("line {number}").format(number=line)
            changed = replace(source, header=line)
            self._change(changed, text.format(table=source.name, value=value))

    def _move_border(self, place: int) -> None:
        if self._row is None:
            return
        source = self._row.source
        longest = max((len(line) for line in self._preview.lines), default=0)
        moved = widths.with_border(source.widths or (longest,), place, longest)
        changed = replace(source, widths=moved)
        self._change(changed, _("column widths of {table}").format(table=source.name))


def _hint(*, is_fixed: bool) -> str:
    if is_fixed:
        return _("Click between two columns, or use the arrows and Space, to set or take a border.")
    return _("Enter or a double click on a line makes it the heading.")
