"""The part of the inspector where a variable is linked to a table's columns, or to a constant."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFormLayout, QWidget

from app.core.mapping import Link
from app.core.register import Variable
from app.gui import theme
from app.gui.mapping.fields import FindChoice, NarrowChoice
from app.gui.widgets.controls import Field
from app.gui.widgets.labels import FieldLabel
from app.gui.widgets.looks import looks, looks_icon
from app.gui.widgets.numbers import share
from app.language.text import _
from app.workflow.views import ColumnView, TableView

CONSTANT = "="
_MOST = 6  # columns of one variable


class ColumnsPart(QWidget):
    """Choose table and columns; what is chosen is told at once."""

    def __init__(
        self,
        map_columns: Callable[[str, tuple[str, ...]], None],
        map_constant: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._map_columns = map_columns
        self._map_constant = map_constant
        self._columns: tuple[str, ...] = ()
        self._tables: tuple[TableView, ...] = ()
        self._offered: dict[int, object] = {}
        self.table = NarrowChoice(_("Table"))
        first = FindChoice(_("Column"))
        first.setToolTip(_("Letters find a column; = and a value make it the same in every case."))
        self.choices = (first, *(FindChoice(_("And column")) for _place in range(_MOST - 1)))
        self.constant = Field(_("Constant value"))
        self.table.activated.connect(self._choose_table)
        for place, choice in enumerate(self.choices):
            choice.taken.connect(partial(self._choose_column, place))
        self.constant.editingFinished.connect(self._choose_constant)
        first.written.connect(self._write_constant)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(2 * theme.GRID)
        self._form.setVerticalSpacing(theme.GRID // 2)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in (self.table, *self.choices, self.constant):
            self._form.addRow(FieldLabel(field.accessibleName()), field)

    @property
    def first(self) -> FindChoice:
        """The choice of the first column."""
        return self.choices[0]

    def show_link(
        self, variable: Variable, link: Link | None, tables: tuple[TableView, ...], proposed: str
    ) -> None:
        """Show the link of a variable; `proposed` is the table for one without a link."""
        self._tables = tables
        self._columns = link.columns if link else ()
        names = tuple((table.source.name, table.source.name) for table in tables)
        choices = names if variable.group else (*names, (CONSTANT, _("Constant value")))
        self.table.set_entries(choices)
        is_constant = link is not None and not link.table
        self.table.set_value(CONSTANT if is_constant else link.table if link else proposed)
        self._offer_columns()
        steps = link.steps if link else ()
        self.constant.setText(steps[0].option("value") if is_constant and steps else "")
        self.constant.setModified(False)
        self._show_kind()

    def begin(self) -> None:
        """Take the focus where the source is entered."""
        if self.table.value() == CONSTANT:
            self.constant.setFocus()
        else:
            self.first.begin()

    def _show_kind(self) -> None:
        is_constant = self.table.value() == CONSTANT
        self._form.setRowVisible(self.constant, is_constant)
        for place, choice in enumerate(self.choices):
            self._form.setRowVisible(choice, not is_constant and place <= len(self._columns))

    def _offer_columns(self) -> None:
        columns = [
            column
            for table in self._tables
            if table.source.name == self.table.value()
            for column in table.columns
        ]
        names = [column.name for column in columns]
        gone = [name for name in self._columns if name not in names]
        lost = tuple((name, _("{column} (missing)").format(column=name)) for name in gone)
        entries = (("", "–"), *lost, *((name, name) for name in names))
        none = [("", "")] * (1 + len(lost))
        hints = [*none, *((looks_icon(one.looks_like), _about(one)) for one in columns)]
        for place, choice in enumerate(self.choices[: len(self._columns) + 1]):
            if self._offered.get(place) != (entries, hints):
                self._offered[place] = (entries, hints)
                choice.set_entries(entries)
                choice.set_hints(hints)
            choice.set_value(self._columns[place] if place < len(self._columns) else "")

    def _choose_table(self, _index: int) -> None:
        self._columns = ()
        self._offer_columns()
        self._show_kind()

    def _choose_column(self, place: int, name: str) -> None:
        chosen = list(self._columns)
        chosen[place : place + 1] = [name]
        self._map_columns(self.table.value(), tuple(dict.fromkeys(one for one in chosen if one)))

    def _write_constant(self, value: str) -> None:
        """Take what was written after =, where a constant may be chosen."""
        if value and self.table.findData(CONSTANT) >= 0:
            self._map_constant(value)

    def _choose_constant(self) -> None:
        if self.constant.isModified() and self.constant.text():
            self.constant.setModified(False)
            self._map_constant(self.constant.text())


def _about(column: ColumnView) -> str:
    """Return what a column holds, in a line."""
    total = max(column.filled, 1)
    filled = share(column.distinct, total)
    words = _("{kind}; {filled} values, {distinct} of them distinct; for instance {samples}")
    return words.format(
        kind=looks(column.looks_like),
        filled=column.filled,
        distinct=filled,
        samples=", ".join(column.samples[:3]) or "–",
    )
