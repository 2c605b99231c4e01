"""Left out: the rows that could not be read and why, and what else to know of the files."""

from dataclasses import dataclass
from itertools import chain

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.gui import theme
from app.gui.source.tables import FileRow
from app.gui.widgets.labels import Note
from app.gui.widgets.numbers import count
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.gui.widgets.trouble import Trouble
from app.language.sentences import error_sentence
from app.language.text import _, ngettext
from app.workflow.views import Problem, TableView

_FILE = ("name", "file")
_LINE = ("line", "row")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to know, and whether a row was lost by it."""

    problem: Problem
    is_lost: bool

    @property
    def sentence(self) -> str:
        """What it is, in words."""
        return error_sentence(self.problem)

    def value(self, names: tuple[str, ...]) -> str:
        """Return the first of these values that it has."""
        values = dict(self.problem.values)
        return next((values[name] for name in names if values.get(name)), "–")


class TroublesPanel(QWidget):
    """A list with file and row; the chosen one's whole sentence stands below."""

    def __init__(self) -> None:
        super().__init__()
        self.told = Note()
        columns = (
            Column[Told](_("What"), lambda one: one.sentence, status=_status, tinted=False),
            Column[Told](_("File"), lambda one: one.value(_FILE), width=220),
            Column[Told](_("Line"), lambda one: one.value(_LINE), number=True, width=88),
        )
        self.table: Table[Told] = Table(_("What was left out, and notes"), RowsModel(columns))
        self.table.current_changed.connect(self._choose)
        self.whole = Trouble()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GRID, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.told)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.whole)

    def show_table(self, row: FileRow) -> None:
        """Show what was left out of a file, and what to know of it."""
        told = told_of(row.table)
        self.told.setText(_summary(row.table))
        self.table.rows.set_rows(told)
        if told:
            self.table.choose(0)
        self._choose(told[0] if told else None)

    def _choose(self, told: Told | None) -> None:
        self.whole.say(told.sentence if told else "", _status(told) if told else "note")


def told_of(table: TableView) -> tuple[Told, ...]:
    """Return what was left out of a table and what to know of its files."""
    lost = (Told(one, is_lost=True) for one in table.troubles)
    return tuple(chain(lost, (Told(one, is_lost=False) for one in table.notes)))


def _status(told: Told) -> str:
    return "fellista" if told.is_lost else "note"


def _summary(table: TableView) -> str:
    number = table.trouble_count
    if not number:
        return _("Every row could be read.") if table.columns else ""
    text = ngettext(
        "{count} row is left out; all others are read.",
        "{count} rows are left out; all others are read.",
        number,
    ).format(count=count(number))
    if number > len(table.troubles):
        text += " " + _("The first {count} are listed.").format(count=count(len(table.troubles)))
    return text
