"""The three lists of the data quality view, one of them seen at a time."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.core.register import Profile
from app.gui.cases.quality.among import span_within, within
from app.gui.cases.quality.columns import (
    SORTS,
    SPAN_SORTS,
    fill_columns,
    ordered,
    shift_columns,
    span_columns,
)
from app.gui.widgets.rows import RowsModel
from app.gui.widgets.table import AnyTable, Table
from app.language.text import _
from app.workflow.quality_views import Quality, Shift, SpanQuality, VariableQuality

FILLED, SPANS, CHANGE = "filled", "spans", "change"
_KEYS: dict[str, dict[str, Callable[[Any], tuple[float, str]]]] = {
    FILLED: SORTS,
    SPANS: SPAN_SORTS,
    CHANGE: {},
}


class QualityLists(QStackedWidget):
    """Variables, spans between two times, and what has changed; sorted by their headings."""

    chosen = Signal(object)
    opened = Signal()  # Enter or a double click on what is chosen

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._rows: dict[str, Sequence[Any]] = {}
        self._kind = FILLED
        self._sort: dict[str, tuple[str, bool]] = {}
        filled: Table[VariableQuality] = Table(_("Variables"), RowsModel(fill_columns(profile)))
        spans: Table[SpanQuality] = Table(_("Times"), RowsModel(span_columns(profile)))
        change: Table[Shift] = Table(_("What has changed"), RowsModel(shift_columns(profile)))
        self.tables: dict[str, AnyTable] = {FILLED: filled, SPANS: spans, CHANGE: change}
        for table in self.tables.values():
            self.addWidget(table)
            table.current_changed.connect(self._tell)
            table.sort_wanted.connect(self._sort_by)
            table.activated.connect(lambda _index: self.opened.emit())

    def show_quality(self, kind: str, quality: Quality, among: str) -> None:
        """Show one of the lists among some cases; the row that was chosen stays chosen."""
        self._rows = {
            FILLED: [within(one, among) for one in quality.variables],
            SPANS: [span_within(one, among) for one in quality.spans],
            CHANGE: quality.change.shifts if quality.change else (),
        }
        self._kind = kind
        if any(one.before is not None for one in quality.variables):
            self.tables[FILLED].show_filled(("before",))
        self.setCurrentWidget(self.table)
        self._fill()

    @property
    def table(self) -> AnyTable:
        """The list that is seen."""
        return self.tables[self._kind]

    def _sort_by(self, key: str, descending: bool) -> None:
        self._sort[self._kind] = key, descending
        self._fill()

    def _fill(self) -> None:
        number = max(0, self.table.currentIndex().row())
        former = self.table.rows.row_at(number)
        key, descending = self._sort.get(self._kind, ("", False))
        rows = ordered(self._rows[self._kind], _KEYS[self._kind], key, descending=descending)
        self.table.blockSignals(True)
        self.table.rows.set_rows(rows)
        places = [at for at, row in enumerate(rows) if _name(row) == _name(former)]
        self.table.choose(places[0] if places else 0)
        self.table.blockSignals(False)
        self.chosen.emit(self.table.current_row() if rows else None)

    def _tell(self, row: object) -> None:
        if row is not None:
            self.chosen.emit(row)


def _name(row: object) -> tuple[str, ...]:
    """Return what tells a row from the others of its list."""
    match row:
        case VariableQuality():
            return (row.variable,)
        case SpanQuality():
            return row.begin, row.end
        case Shift():
            return row.kind, row.variable, row.code
    return ()
