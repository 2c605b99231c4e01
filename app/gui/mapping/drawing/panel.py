"""The drawing of the mapping, with its filters, legend and what is focused in words."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.mapping import GroupLink
from app.gui.mapping.variable_rows import VariableRow
from app.workflow.views import TableView


class MappingDrawing(QWidget):
    """Columns of the export to the left, the register's variables to the right, lines between.

    It never changes the mapping: it says what is wanted. `link_wanted` names variable, table and
    column; what the variable had before is for the receiver to decide.
    """

    variable_chosen = Signal(str)
    link_wanted = Signal(str, str, str)
    unlink_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._chosen = ""

    def show_mapping(
        self,
        rows: Sequence[VariableRow],
        tables: Sequence[TableView],
        groups: Sequence[GroupLink] = (),
        headings: Mapping[str, str] | None = None,
    ) -> None:
        """Show all variables and all columns; `headings` are the sections' names."""

    def choose(self, variable: str) -> None:
        """Choose a variable as the table has done; says nothing back."""
        self._chosen = variable
