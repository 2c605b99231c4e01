"""Facts as label and value, one row each; every value can be marked and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.gui import theme
from app.gui.widgets.labels import Label

SELECTABLE = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class FactRows(QWidget):
    """Show pairs of label and value; a pair without a value is left out.

    Names that are as long as their values `share` the width with them, and wrap as they do.
    """

    def __init__(self, *, share: bool = False) -> None:
        super().__init__()
        self._share = share
        self._labels: list[Label] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * theme.GRID)
        self._grid.setVerticalSpacing(theme.GRID - 2)
        self._grid.setColumnStretch(0, int(share))
        self._grid.setColumnStretch(1, 1)

    @property
    def text(self) -> str:
        """All that is shown, a line for each fact."""
        words = [label.text() for label in self._labels]
        return "\n".join(": ".join(pair) for pair in zip(words[::2], words[1::2], strict=True))

    def align(self, width: int) -> None:
        """Give the names at least this room, in line with other rows."""
        self._grid.setColumnMinimumWidth(0, width)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show other facts."""
        for label in self._labels:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._labels.clear()
        for name, value in facts:
            if value:
                self._add(_name(name, wraps=self._share), _value(name, value))

    def _add(self, name: Label, value: Label) -> None:
        row = len(self._labels) // 2
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(value, row, 1)
        self._labels += [name, value]


def _name(name: str, *, wraps: bool) -> Label:
    label = Label(name, tone="quiet")
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setWordWrap(wraps)
    return label


def _value(name: str, value: str) -> Label:
    label = Label(value)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setTextInteractionFlags(SELECTABLE)
    label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    label.setAccessibleName(f"{name}: {value}")
    return label
