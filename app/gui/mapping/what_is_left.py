"""How much of the mapping is left: mandatory variables without a link, links to approve."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.gui import theme
from app.gui.mapping.variable_rows import MISSING, TO_APPROVE, VariableRow
from app.gui.widgets.labels import StatusLabel
from app.language.text import _


class WhatIsLeft(QWidget):
    """Two counts side by side, green when nothing is left."""

    def __init__(self) -> None:
        super().__init__()
        self.missing = StatusLabel()
        self.waiting = StatusLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(self.missing)
        layout.addWidget(self.waiting)

    def show_rows(self, rows: tuple[VariableRow, ...]) -> None:
        """Count what is left in all rows."""
        missing = sum(row.state == MISSING for row in rows)
        waiting = sum(row.state == TO_APPROVE for row in rows)
        words = _("{count} mandatory missing").format(count=missing)
        self.missing.set_status("refused" if missing else "clean", words)
        words = _("{count} to approve").format(count=waiting)
        self.waiting.set_status("inkonsistent" if waiting else "clean", words)
