"""A choice among a few views of one page, side by side; the arrows walk from one to the next."""

from string import Template

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from app.gui import theme

_MARGINS = 2 * (13 + 1) + 2  # pixels beside the text, as the style has them
_STYLE = Template("""
QFrame#segments { background: $rail; border: 1px solid $line; border-radius: 7px; }
QPushButton { background: transparent; color: $text; border: 1px solid transparent;
              border-radius: 5px; padding: 3px 13px; min-height: 18px; font-weight: 400; }
QPushButton:hover { background: $hover; }
QPushButton:checked { background: $selection; color: $on_selection; border-color: $accent;
                      font-weight: 600; }
QPushButton:focus { border: 2px solid $accent; padding: 2px 12px; }
""")


class Segments(QFrame):
    """One of several is on; `name` is what a screen reader says of the whole."""

    chosen = Signal(str)

    def __init__(self, name: str, entries: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.setObjectName("segments")
        self.setAccessibleName(name)
        self.setStyleSheet(_STYLE.substitute(theme.tokens(theme.scheme())))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for value, text in entries:
            button = QPushButton(text)
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}")
            bold = QFontMetrics(theme.font(bold=True)).horizontalAdvance(text)
            button.setMinimumWidth(bold + _MARGINS)  # so that the chosen one is not cut off
            self.buttons[value] = button
            self._group.addButton(button)
            layout.addWidget(button)
        self._group.buttonToggled.connect(self._tell)
        self.set_value(entries[0][0])

    def value(self) -> str:
        """Return what is chosen."""
        return next(value for value, button in self.buttons.items() if button.isChecked())

    def set_value(self, value: str) -> None:
        """Choose without telling anyone."""
        self._group.blockSignals(True)
        self.buttons[value].setChecked(True)
        self._group.blockSignals(False)

    def _tell(self, button: QPushButton, on: bool) -> None:
        if on:
            self.chosen.emit(next(v for v, one in self.buttons.items() if one is button))
