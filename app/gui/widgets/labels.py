"""Texts: titles, notes, and the status that is always icon, word and colour."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.gui import theme

_ABOVE = 1  # pixel: the dots of Å, Ä and Ö reach above some fonts' lines


class Label(QLabel):
    """A text in one size of the scale; it wraps, and can be selected when asked."""

    def __init__(
        self, text: str = "", role: str = "body", *, tone: str = "text", bold: bool = False
    ) -> None:
        super().__init__(text)
        self.setFont(theme.font(role, bold=bold))
        self.set_tone(tone)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setContentsMargins(0, _ABOVE, 0, 0)

    def set_tone(self, tone: str) -> None:
        """Colour the text by a tone.

        By a style sheet: a palette set before the label is shown is lost when it gets its parent.
        """
        self.setStyleSheet(f"color: {theme.color(tone).name()}")


class PageTitle(Label):
    """The title of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "title", bold=True)
        self.setWordWrap(False)


class SectionTitle(Label):
    """The title of a part of a page."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, "section", bold=True)
        self.setWordWrap(False)


class Note(Label):
    """A quiet remark."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, "note", tone="quiet")


class FieldLabel(Label):
    """The name of a field, on one line with it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setWordWrap(False)
        self.setMinimumHeight(theme.ROW)


class OneLine(Label):
    """A text on one line; where there is no room for all of it, its tooltip says the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = ""
        self.setWordWrap(False)
        self.setContentsMargins(0, 0, 0, 0)  # in line with the icon before it

    def setText(self, text: str) -> None:
        self._whole = text
        self._fit()
        self.updateGeometry()

    def whole(self) -> str:
        """Return all of the text."""
        return self._whole

    def sizeHint(self) -> QSize:
        room = self.fontMetrics().horizontalAdvance(self._whole) + 2
        return QSize(room, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        right = Qt.TextElideMode.ElideRight
        room = self.width() if self.isVisible() else self.sizeHint().width()
        shown = self.fontMetrics().elidedText(self._whole, right, room)
        super().setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class IconLabel(QWidget):
    """An icon and a word beside each other."""

    def __init__(self, icon: str = "", text: str = "", tone: str = "text") -> None:
        super().__init__()
        self._picture = QLabel()
        self._word = OneLine()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._picture)
        layout.addWidget(self._word, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_state(icon, text, tone)

    def let_shrink(self) -> None:
        """Allow the word to be cut off where there is no room; its tooltip says it whole."""
        self._word.setMinimumWidth(1)

    def show_state(self, icon: str, text: str, tone: str) -> None:
        """Show another icon, text and colour."""
        self._picture.setVisible(bool(icon))
        if icon:
            self._picture.setPixmap(theme.icon(icon, tone).pixmap(16, 16))
        self._word.setText(text)
        self._word.set_tone(tone)
        self.setAccessibleName(text)

    def text(self) -> str:
        """Return the word."""
        return self._word.whole()


class StatusLabel(IconLabel):
    """A status of `theme.STATUS` by icon, colour and word."""

    def __init__(self, status: str = "unknown", text: str = "") -> None:
        super().__init__()
        self.set_status(status, text)

    def set_status(self, status: str, text: str = "") -> None:
        """Show a status by its own word, or by a fuller text."""
        one = theme.STATUS[status]
        self.show_state(one.icon, text or theme.status_word(status), one.tone)
