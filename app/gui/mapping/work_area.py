"""The table and the drawing of one mapping: either of them, or both side by side."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.mapping import GroupLink
from app.gui.frame.context import Context
from app.gui.mapping.drawing.panel import MappingDrawing
from app.gui.mapping.variable_rows import VariableRow
from app.gui.mapping.variable_table import VariablesTable
from app.gui.settings import MAPPING_VIEW
from app.gui.widgets.parts import Splitter
from app.language.text import N_
from app.workflow.views import TableView

TABLE, DRAWING, BOTH = "table", "drawing", "both"
VIEWS = ((TABLE, N_("Table")), (DRAWING, N_("Drawing")), (BOTH, N_("Both")))


class WorkArea(QWidget):
    """One selection for both: what is chosen here is chosen there."""

    chosen = Signal(object)  # the VariableRow, or None

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._settings = context.settings
        self._drawn: object = None
        self._is_following = False
        self.table = VariablesTable()
        self.drawing = MappingDrawing()
        self._split = Splitter("mapping-both", context.settings, self.table, self.drawing)
        self._split.share(5, 8)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        self.table.current_changed.connect(self._follow_table)
        self.drawing.variable_chosen.connect(self._follow_drawing)
        self.set_view(self.view)

    @property
    def view(self) -> str:
        """What is shown: the table, the drawing or both."""
        kept = self._settings.text(MAPPING_VIEW)
        return kept if kept in dict(VIEWS) else TABLE

    @property
    def has_drawing(self) -> bool:
        """Whether the drawing is shown."""
        return self.view != TABLE

    def set_view(self, view: str) -> None:
        """Show the table, the drawing or both, and remember it."""
        self._settings.set_text(MAPPING_VIEW, view)
        self.table.setVisible(view != DRAWING)
        self.drawing.setVisible(view != TABLE)
        self.table.set_narrow(narrow=view == BOTH)

    def show_drawing(
        self,
        rows: tuple[VariableRow, ...],
        tables: tuple[TableView, ...],
        groups: tuple[GroupLink, ...],
        headings: dict[str, str],
    ) -> None:
        """Draw the mapping where the drawing is seen and something has changed."""
        key = (rows, tables, groups)
        if self.has_drawing and key != self._drawn:
            self._drawn = key
            self.drawing.show_mapping(rows, tables, groups, headings)
            row = self.table.current_row()
            self.drawing.choose(row.id if row is not None else "")

    def take_focus(self) -> None:
        """Put the focus on what is shown first."""
        (self.drawing.canvas if self.view == DRAWING else self.table).setFocus()

    def _follow_table(self, row: VariableRow | None) -> None:
        if row is not None and self.has_drawing and not self._is_following:
            self.drawing.choose(row.id)
        self.chosen.emit(row)

    def _follow_drawing(self, variable: str) -> None:
        self._is_following = True
        self.table.choose_variable(variable)
        self._is_following = False
