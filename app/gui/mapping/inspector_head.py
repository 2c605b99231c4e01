"""The top of the inspector: which variable, how far its link has come, and deciding on it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.mapping import LinkState
from app.gui import theme
from app.gui.mapping.fields import tool
from app.gui.mapping.suggestion_part import score_sentence
from app.gui.mapping.table_columns import decided
from app.gui.mapping.variable_rows import STATES, TO_APPROVE, VariableRow
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Note, SectionTitle, StatusLabel
from app.language.text import _, current


class InspectorHead(QWidget):
    """Name and state; approve, flag and remove are always in the same place."""

    decided = Signal(object)  # LinkState
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.title = SectionTitle()
        self.title.setWordWrap(True)
        self.state = StatusLabel()
        self.remark = Note()
        self.approve = Button(
            _("Approve"), lambda: self.decided.emit(LinkState.APPROVED), icon="check"
        )
        self.approve.setToolTip(_("Space, in the table"))
        self.flag = tool(
            "flag-outline", _("Flag the link"), lambda: self.decided.emit(LinkState.FLAGGED)
        )
        self.remove = tool("trash-can-outline", _("Remove the link"), self.removed.emit)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID // 2)
        row.addWidget(self.state, 1)
        for part in (self.approve, self.flag, self.remove):
            row.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        layout.addWidget(self.title)
        layout.addLayout(row)
        layout.addWidget(self.remark)

    def show_row(self, row: VariableRow) -> None:
        """Show a variable's name and state."""
        if row.variable is None:
            return
        name = row.variable.name.in_language(current())
        self.title.setText(f"{row.id}  {name}" if row.is_named_by_number else name)
        status, word = STATES[row.state]
        self.state.set_status(status or "unknown", _(word))
        link = row.link
        for part in (self.approve, self.flag, self.remove):
            part.setVisible(link is not None)
        if link is None:
            self.remark.hide()
            return
        self.approve.setVisible(link.state is not LinkState.APPROVED)
        self.flag.setVisible(link.state is not LinkState.FLAGGED)
        said = score_sentence(link) if row.state == TO_APPROVE and link.reasons else decided(link)
        self.remark.setText(said)
        self.remark.setVisible(bool(said))
