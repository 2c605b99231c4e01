"""A file that looks like one of the tables: in its place, more of its rows, or its own table."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.mapping import Source
from app.gui import theme
from app.gui.source.tables import FileRow
from app.gui.widgets.controls import Button
from app.gui.widgets.trouble import Trouble
from app.language.text import _

Answer = Callable[[], object]


class SameColumns(QWidget):
    """One question above the files; it waits, and nothing is changed until it is answered."""

    def __init__(self) -> None:
        super().__init__()
        self._answers: dict[str, Answer] = {}
        self.told = Trouble(status="note")
        self.buttons = {
            "replace": Button(_("Replace its file"), lambda: self._answer("replace")),
            "more": Button(_("Add its rows"), lambda: self._answer("more")),
            "own": Button(_("A table of its own"), lambda: self._answer("own")),
            "": Button(_("Not now"), lambda: self._answer(""), kind="quiet"),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in self.buttons.values():
            row.addWidget(button)
        self.hide()

    def ask(self, source: Source, table: str, answers: dict[str, Answer]) -> None:
        """Ask what a file is that has the columns of a table."""
        self._answers = answers
        text = _("{file} has the same columns as {table}. How is it to be used?")
        self.told.say(text.format(file=Path(source.path).name, table=table), "note")
        self.show()
        self.buttons["replace"].setFocus()

    def _answer(self, key: str) -> None:
        self.hide()
        answer = self._answers.get(key)
        if answer is not None:
            answer()


def table_like(rows: tuple[FileRow, ...], source: Source) -> FileRow | None:
    """Return the one table that has just the columns of a new file."""
    if not source.shape:
        return None
    like = [
        row
        for row in rows
        if row.source.kind is source.kind and _columns_of(row) == set(source.shape)
    ]
    return like[0] if len(like) == 1 else None


def _columns_of(row: FileRow) -> set[str]:
    return set(row.source.shape) or {one.name for one in row.table.columns}
