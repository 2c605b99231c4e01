"""A line that opens to more; what is below it is made when it is first opened."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import Button
from app.gui.widgets.tab_order import lead_through, next_beyond
from app.language.text import _

_INDENT = 24
_ICON = 16


class Fold(QWidget):
    """Closed to begin with; a click or Space opens it."""

    def __init__(self, text: str, make: Callable[[], QWidget], spoken: str = "") -> None:
        super().__init__()
        self._make = make
        self._body: QWidget | None = None
        self.head = Button(text, self.turn, icon="chevron-right", kind="quiet")
        self.head.setAccessibleName(spoken or text)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._state = QLabel()
        self._state.hide()
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._state)
        line.addWidget(self.head)
        line.addStretch(1)
        self._column.addLayout(line)

    def show_state(self, icon: str, tone: str) -> None:
        """Put an icon beside the line, before its words."""
        self._state.setPixmap(theme.icon(icon, tone).pixmap(_ICON, _ICON))
        self._state.show()

    @property
    def body(self) -> QWidget | None:
        """What is below the line, None while it was never opened."""
        return self._body

    @property
    def is_open(self) -> bool:
        """Whether what is below the line is shown."""
        return self._body is not None and not self._body.isHidden()

    def turn(self) -> None:
        """Open, or close again."""
        opens = not self.is_open
        if self._body is None:
            after = next_beyond(self.head)
            self._body = self._make()
            self._body.setContentsMargins(_INDENT, 0, 0, 0)
            self._column.addWidget(self._body)
            if after is not None:
                lead_through((self._body,), after)
        self._body.setVisible(opens)
        self.head.setIcon(theme.icon("chevron-down" if opens else "chevron-right", "accent"))
        self.head.setAccessibleDescription(_("Unfolded") if opens else _("Folded"))
