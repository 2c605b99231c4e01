"""What the case's document lacks, and why: a line that opens to a list."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.core.register import Profile
from app.gui import theme
from app.gui.cases.one.wording import group_name, variable_name
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label
from app.gui.widgets.rows import Column, RowsModel
from app.gui.widgets.table import Table
from app.language.sentences import sentence_of
from app.language.text import _, ngettext
from app.workflow.case_views import Unsent

_MOST = 6  # rows before they scroll


class UnsentList(QWidget):
    """Folded until somebody asks; the line says how many variables it is about."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self._shown: tuple[Unsent, ...] = ()
        columns: tuple[Column[Unsent], ...] = (
            Column(_("Variable"), self._name, weight=40),
            Column(_("Why it is not sent"), _reason, weight=60),
        )
        self.toggle = Button("", self._turn, icon="chevron-right", kind="quiet")
        self.table: Table[Unsent] = Table(_("Not sent"), RowsModel(columns))
        self.table.hide()
        self.reason = Label()
        self.reason.hide()
        self.table.current_changed.connect(self._tell)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toggle)
        layout.addWidget(self.table)
        layout.addWidget(self.reason)

    def show_unsent(self, unsent: Sequence[Unsent]) -> None:
        """Show what another document lacks."""
        self._shown = tuple(unsent)
        self.table.rows.set_rows(self._shown)
        self.table.setFixedHeight(theme.ROW * (min(_MOST, len(self._shown)) + 1) + 2)
        text = ngettext(
            "{count} variable is not sent", "{count} variables are not sent", len(unsent)
        )
        self.toggle.setText(text.format(count=len(unsent)))
        self.toggle.setAccessibleName(self.toggle.text())
        self.toggle.setVisible(bool(unsent))
        self.table.setVisible(self.table.isVisible() and bool(unsent))

    def _tell(self, one: Unsent | None) -> None:
        """Say the whole reason below the list: there it is cut off."""
        self.reason.setText(_reason(one) if one is not None else "")
        self.reason.setVisible(one is not None and not self.table.isHidden())

    def _turn(self) -> None:
        self.table.setVisible(not self.table.isVisible())
        name = "chevron-down" if self.table.isVisible() else "chevron-right"
        self.toggle.setIcon(theme.icon(name, "accent"))
        self._tell(self.table.current_row())

    def _name(self, one: Unsent) -> str:
        name = variable_name(one.variable, self._profile)
        row = group_name(one.group, one.index, self._profile) if one.index else ""
        if not one.variable:
            return row
        return f"{name} · {row}" if row else name


def _reason(one: Unsent) -> str:
    return sentence_of(one.reason, one.values)
