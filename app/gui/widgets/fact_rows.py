"""Facts as label and value, one row each; every value can be marked and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from app.gui import theme
from app.gui.widgets.labels import Label

SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class FactRows(QWidget):
    """Show pairs of label and value; a pair without a value is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(2 * theme.GRID)
        self._form.setVerticalSpacing(theme.GRID - 2)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, value in facts:
            if value:
                self._form.addRow(_label(name), _value(name, value))


def _label(name: str) -> Label:
    label = Label(name, tone="quiet")
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setWordWrap(False)
    return label


def _value(name: str, value: str) -> Label:
    label = Label(value)
    label.setTextInteractionFlags(SELECTABLE)
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    label.setAccessibleName(f"{name}: {value}")
    return label
