"""A note that opens at a place in what it is about, and goes with Esc or the next step."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.labels import Label, Note, StatusLabel

_WIDEST = 420
_EDGE = 4
_BAR = 12  # the scroll bar's width


class PopOver(QFrame):
    """A status with its sentence, and a quieter line below; lies above `view`."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = theme.color("field_line").name()
        surface = theme.color("surface").name()
        self.setStyleSheet(
            f"QFrame#card {{ background: {surface}; border: 1px solid {line}; border-radius: 6px }}"
        )
        self.status = StatusLabel()
        self.text = Label()
        self.more = Note()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, theme.GRID, 12, theme.GRID)
        layout.setSpacing(4)
        for part in (self.status, self.text, self.more):
            layout.addWidget(part)
        self.hide()

    def show_at(self, place: QRect, status: str, text: str, more: str) -> None:
        """Show a sentence below a place in the view, above it where there is no room."""
        self.status.set_status(status)
        self.text.setText(text)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.setAccessibleName(f"{theme.status_word(status)}: {text} {more}".strip())
        width = min(_WIDEST, self._view.width() - _BAR - 2 * _EDGE)
        self.setFixedWidth(width)
        layout = self.layout()
        height = (
            layout.totalHeightForWidth(width) if layout is not None else self.sizeHint().height()
        )
        self.setFixedHeight(height)
        below = place.bottom() + _EDGE
        fits = below + height <= self._view.height()
        top = below if fits else max(_EDGE, place.top() - height - _EDGE)
        left = max(_EDGE, min(place.left(), self._view.width() - _BAR - width - _EDGE))
        self.move(QPoint(left, top))
        self.show()
        self.raise_()
