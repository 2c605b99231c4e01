"""A filter that is on or off: a tick as well as a colour says which."""

from string import Template

from PySide6.QtWidgets import QPushButton, QSizePolicy

from app.gui import theme

_STYLE = Template("""
QPushButton { background: transparent; color: $text; border: 1px solid $line;
              border-radius: 12px; padding: 2px 10px; min-height: 18px; font-weight: 400; }
QPushButton:hover { background: $hover; }
QPushButton:checked { background: $selection; color: $on_selection; border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 1px 9px; }
""")


class FilterChip(QPushButton):
    """One filter; `name` is what a screen reader says."""

    def __init__(self, text: str, icon: str = "", *, name: str = "") -> None:
        super().__init__(text)
        self._icon = icon
        self.setCheckable(True)
        self.setAccessibleName(name or text)
        self.setStyleSheet(_STYLE.substitute(theme.tokens(theme.scheme())))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._mark)
        self._mark(on=False)

    def set_on(self, *, on: bool) -> None:
        """Turn the filter on or off without telling anyone."""
        self.blockSignals(True)
        self.setChecked(on)
        self.blockSignals(False)
        self._mark(on=on)

    def _mark(self, on: bool) -> None:
        name = "check" if on else self._icon
        if name:
            self.setIcon(theme.icon(name, "on_selection" if on else "quiet"))
        else:
            self.setIcon(theme.icon("circle-outline", "quiet"))
