"""The part of the inspector where a variable is linked to a table's columns, or to a constant."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from app.core.mapping import Link
from app.core.register import Variable
from app.gui import theme
from app.gui.widgets.controls import Choice, Field
from app.gui.widgets.labels import FieldLabel
from app.language.text import _
from app.workflow.views import TableView

CONSTANT = "="


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
        self.table = narrow(Choice(_("Table")))
        self.first = narrow(Choice(_("Column")))
        self.second = narrow(Choice(_("And column")))
        self.constant = Field(_("Constant value"))
        self.table.activated.connect(self._choose_table)
        self.first.activated.connect(partial(self._choose_column, 0))
        self.second.activated.connect(partial(self._choose_column, 1))
        self.constant.editingFinished.connect(self._choose_constant)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(2 * theme.GRID)
        self._form.setVerticalSpacing(theme.GRID)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in (self.table, self.first, self.second, self.constant):
            self._form.addRow(FieldLabel(field.accessibleName()), field)

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
        self._show_kind()

    def _show_kind(self) -> None:
        is_constant = self.table.value() == CONSTANT
        self._form.setRowVisible(self.constant, is_constant)
        self._form.setRowVisible(self.first, not is_constant)
        self._form.setRowVisible(self.second, not is_constant and bool(self.first.value()))

    def _offer_columns(self) -> None:
        names = [
            column.name
            for table in self._tables
            if table.source.name == self.table.value()
            for column in table.columns
        ]
        gone = [name for name in self._columns if name not in names]
        lost = tuple((name, _("{column} (missing)").format(column=name)) for name in gone)
        entries = (("", "–"), *lost, *((name, name) for name in names))
        for place, choice in enumerate((self.first, self.second)):
            choice.set_entries(entries)
            choice.set_value(self._columns[place] if place < len(self._columns) else "")

    def _choose_table(self, _index: int) -> None:
        self._columns = ()
        self._offer_columns()
        self._show_kind()

    def _choose_column(self, _place: int, _index: int) -> None:
        chosen = (self.first.value(), self.second.value(), *self._columns[2:])
        self._map_columns(self.table.value(), tuple(name for name in chosen if name))

    def _choose_constant(self) -> None:
        if self.constant.isModified() and self.constant.text():
            self.constant.setModified(False)
            self._map_constant(self.constant.text())


def narrow(choice: Choice) -> Choice:
    """Let a choice be as narrow as the inspector."""
    choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)
    return choice
