"""What the lines mean, in one row."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.core.mapping import LinkState
from app.gui import theme
from app.gui.mapping.drawing.line_item import line_pen
from app.gui.widgets.labels import Note
from app.language.text import N_, _

_SAMPLE = QSize(26, 14)
_WEIGHT = 5  # lines that the sample of a thick one stands for
_LINES = (
    (LinkState.APPROVED, 1, N_("approved"), N_("Solid: approved")),
    (LinkState.SUGGESTED, 1, N_("suggested"), N_("Dashed: suggested, to be approved")),
    (LinkState.FLAGGED, 1, N_("flagged"), N_("Dotted: flagged for a colleague")),
    (
        LinkState.APPROVED,
        _WEIGHT,
        N_("several"),
        N_("Thick, with a number: so many lines to what is folded"),
    ),
)


class _Sample(QWidget):
    """One line as it is drawn."""

    def __init__(self, pen: QPen) -> None:
        super().__init__()
        self._pen = pen
        self.setFixedSize(_SAMPLE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self._pen)
        middle = self.height() // 2
        painter.drawLine(0, middle, self.width(), middle)
        painter.end()


class Legend(QWidget):
    """The kinds of lines and their words."""

    def __init__(self) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID // 2)
        for state, count, word, tip in _LINES:
            sample, name = _Sample(line_pen(state, count)), Note(_(word))
            name.setWordWrap(False)
            sample.setToolTip(_(tip))
            name.setToolTip(_(tip))
            layout.addWidget(sample)
            layout.addWidget(name)
            layout.addSpacing(theme.GRID)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("What the lines mean"))
        self.setAccessibleDescription(". ".join(_(tip) for *_rest, tip in _LINES))
