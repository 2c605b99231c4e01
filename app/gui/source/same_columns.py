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

_NEARLY = 0.75  # of the columns: some have been renamed, or a few are new

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
        """Ask what a file is that has the columns of a table, or nearly.

        Its rows can be added only where that is among the answers.
        """
        self._answers = answers
        text = _("{file} has the same columns as {table}. How is it to be used?")
        if "more" not in answers:
            text = _("{file} has nearly the same columns as {table}. How is it to be used?")
        self.buttons["more"].setVisible("more" in answers)
        self.told.say(text.format(file=Path(source.path).name, table=table), "note")
        self.show()
        self.buttons["replace"].setFocus()

    def _answer(self, key: str) -> None:
        self.hide()
        answer = self._answers.get(key)
        if answer is not None:
            answer()


def table_like(rows: tuple[FileRow, ...], source: Source) -> FileRow | None:
    """Return the one table that has the columns of a new file, else the one that nearly has."""
    if not source.shape:
        return None
    same_kind = [row for row in rows if row.source.kind is source.kind]
    for least in (1.0, _NEARLY):
        like = [row for row in same_kind if _likeness(row, source) >= least]
        if like:
            return like[0] if len(like) == 1 else None
    return None


def has_columns_of(row: FileRow, source: Source) -> bool:
    """Whether a new file has just the columns of a table."""
    return _columns_of(row) == set(source.shape)


def _likeness(row: FileRow, source: Source) -> float:
    """Return how large a part of all their columns the two have in common."""
    theirs, new = _columns_of(row), set(source.shape)
    return len(theirs & new) / len(theirs | new)


def _columns_of(row: FileRow) -> set[str]:
    return set(row.source.shape) or {one.name for one in row.table.columns}
