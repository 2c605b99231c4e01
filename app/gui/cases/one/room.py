"""All the room for one case: what stands beside it steps aside, and comes back."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QSplitter, QWidget

from app.gui.widgets.icon_button import IconButton
from app.language.text import _

_KEY = "Ctrl+Return"


class RoomButton(IconButton):
    """Gives a part of a splitter the whole width, or shares it again."""

    def __init__(self, part: QWidget) -> None:
        super().__init__(
            "arrow-expand-horizontal", _("All the room for the case"), self.turn, key=_KEY, on=True
        )
        self._part = part
        add_key(part, self.accessibleName(), _KEY, self.click)

    def turn(self) -> None:
        """Let what stands beside the part step aside, or come back."""
        splitter = self._part.parentWidget()
        if isinstance(splitter, QSplitter):
            others = [splitter.widget(at) for at in range(splitter.count())]
            for one in others:
                if one is not None and one is not self._part:
                    one.setVisible(not self.isChecked())


def add_key(part: QWidget, text: str, key: str, slot: Callable[[], object]) -> None:
    """Let a key do something while the part, or something in it, has the focus."""
    action = QAction(text, part)
    action.setShortcut(QKeySequence(key))
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(lambda _checked=False: slot())
    part.addAction(action)
