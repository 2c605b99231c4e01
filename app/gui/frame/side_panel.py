"""The line at the top of a panel beside the page: its name, and the button that closes it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.gui import theme
from app.gui.widgets.labels import Label


def title_bar(title: str, close_text: str, close: Callable[[], object]) -> QWidget:
    """Return the line of a panel."""
    button = QToolButton()
    button.setIcon(theme.icon("close", "quiet"))
    button.setToolTip(close_text)
    button.setAccessibleName(close_text)
    button.clicked.connect(lambda _checked=False: close())
    bar = QWidget()
    line = QHBoxLayout(bar)
    line.setContentsMargins(2 * theme.GRID, theme.GRID, theme.GRID, theme.GRID)
    line.addWidget(Label(title, tone="quiet"), 1)
    line.addWidget(button)
    return bar
