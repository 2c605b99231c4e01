"""What nobody must overlook, said in a field of its own: icon, words and a tinted ground."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.gui import theme
from app.gui.widgets.labels import Label

_ICON = 20


class Shout(QFrame):
    """One sentence; hidden while there is nothing to say."""

    def __init__(self, icon: str, tone: str = "blocks", ground: str = "removed") -> None:
        super().__init__()
        self.setObjectName("shout")
        edge, fill = theme.color(tone).name(), theme.color(ground).name()
        self.setStyleSheet(f"QFrame#shout {{ background: {fill}; border-left: 4px solid {edge}; }}")
        picture = QLabel()
        picture.setPixmap(theme.icon(icon, tone).pixmap(_ICON, _ICON))
        self._words = Label(bold=True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        layout.setSpacing(theme.GRID)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.hide()

    def text(self) -> str:
        """Return the sentence, "" when there is none."""
        return self._words.text()

    def say(self, text: str) -> None:
        """Say another sentence, or nothing."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
