"""What stands in the way, said where it stands: an icon and a sentence that wraps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.core.errors import Cancelled
from app.gui import theme
from app.gui.widgets.labels import Label
from app.language.sentences import Coded, error_sentence

_ICON = 16


class Trouble(QWidget):
    """One sentence with its status; hidden while there is nothing to say."""

    def __init__(self, text: str = "", status: str = "blocks") -> None:
        super().__init__()
        self._picture = QLabel()
        self._picture.setFixedSize(_ICON, _ICON + 4)
        self._words = Label()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        self.say(text, status)

    def text(self) -> str:
        """Return the sentence, "" when there is none."""
        return self._words.text()

    def say(self, text: str, status: str = "blocks") -> None:
        """Say another sentence, or nothing."""
        self._picture.setPixmap(theme.status_icon(status).pixmap(_ICON, _ICON))
        self._words.setText(text)
        self._words.set_tone(theme.STATUS[status].tone)
        self.setAccessibleName(f"{theme.status_word(status)}: {text}" if text else "")
        if not text:
            self.hide()
        elif self.parentWidget() is not None:  # alone it would open a window of its own
            self.show()

    def show_error(self, error: Coded) -> None:
        """Say what went wrong; a cancelled deed needs no words."""
        self.say("" if isinstance(error, Cancelled) else error_sentence(error))
