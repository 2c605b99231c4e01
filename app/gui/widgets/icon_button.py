"""A button that is only an icon; its tip says what it does and by which key."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QToolButton

from app.gui import theme

_SIDE = 16


class IconButton(QToolButton):
    """One small action; a screen reader reads its name."""

    def __init__(
        self, icon: str, name: str, slot: Callable[[], object], *, key: str = "", on: bool = False
    ) -> None:
        super().__init__()
        self.setIcon(theme.icon(icon, "text"))
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})" if key else name)
        self.setCheckable(on)
        self.clicked.connect(lambda _checked=False: slot())
