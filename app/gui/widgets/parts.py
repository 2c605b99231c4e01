"""Parts of a page: the empty state, the splitter that remembers, the inspector."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QScrollArea,
    QSplitter,
    QSplitterHandle,
    QVBoxLayout,
    QWidget,
)

from app.gui import theme
from app.gui.settings import LAYOUT, Settings
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label, SectionTitle

_WORDS = 440  # pixels
_FOCUS = 2  # pixels


class EmptyState(QWidget):
    """What to do next where there is nothing to show, with the button that does it."""

    def __init__(
        self,
        icon: str,
        title: str,
        sentence: str,
        button: str = "",
        slot: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        picture = QLabel()
        picture.setPixmap(theme.icon(icon, "quiet").pixmap(48, 48))
        words = Label(sentence, tone="quiet")
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setFixedSize(_WORDS, words.heightForWidth(_WORDS))
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.GRID)
        layout.addStretch(2)
        for part in (picture, SectionTitle(title), words):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(button, slot, kind="primary") if button else None
        if self.button is not None:
            layout.addSpacing(theme.GRID)
            layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)


class _Handle(QSplitterHandle):
    """A thin line in the middle of a place wide enough to take hold of."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme.color("accent" if self.underMouse() else "line"))
        middle, box = self.rect().center(), self.rect()
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.drawLine(middle.x(), box.top(), middle.x(), box.bottom())
        else:
            painter.drawLine(box.left(), middle.y(), box.right(), middle.y())
        painter.end()


class Splitter(QSplitter):
    """Parts side by side (or above each other); where the user put the line is remembered."""

    def __init__(
        self, name: str, settings: Settings, *parts: QWidget, vertical: bool = False
    ) -> None:
        way = Qt.Orientation.Vertical if vertical else Qt.Orientation.Horizontal
        super().__init__(way)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(2 * theme.GRID + 1)
        self._key = f"{LAYOUT}/{name}"
        self._settings = settings
        self._shares: tuple[int, ...] = (1,)
        self._is_chosen = False
        for part in parts:
            self.addWidget(part)
        self.splitterMoved.connect(self._remember)

    def share(self, *sizes: int) -> None:
        """Divide the room in this proportion, unless the user has chosen otherwise."""
        self._shares = sizes
        kept = self._settings.state(self._key)
        self._is_chosen = not kept.isEmpty() and self.restoreState(kept)
        self._divide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._divide()

    def _divide(self) -> None:
        """Divide by the shares until the user has moved the line."""
        if not self._is_chosen:
            is_wide = self.orientation() == Qt.Orientation.Horizontal
            room = self.width() if is_wide else self.height()
            self.setSizes([room * share // sum(self._shares) for share in self._shares])

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)

    def _remember(self) -> None:
        self._is_chosen = True
        self._settings.set_state(self._key, self.saveState())


class _Edge(QWidget):
    """A frame around what has the focus, above what is painted there."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.color("accent"), _FOCUS))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class Inspector(QScrollArea):
    """Details of what is selected beside it: a column of parts that scrolls."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setObjectName("inspector")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(280)
        self._column = QWidget()
        self.setWidget(self._column)
        self._edge = _Edge(self)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._edge.show()
        self._edge.raise_()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._edge.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._column.setMaximumWidth(self.viewport().width())  # first: it bounds the layout below
        super().resizeEvent(event)
        self._edge.setGeometry(self.rect())

    def fill(self, *parts: QWidget) -> None:
        """Show these parts from the top down in place of the former ones."""
        self._column = QWidget()
        layout = QVBoxLayout(self._column)
        layout.setContentsMargins(0, 0, theme.GRID, theme.GRID)
        layout.setSpacing(theme.GRID)
        for part in parts:
            layout.addWidget(part)
        layout.addStretch(1)
        self._column.setMaximumWidth(self.viewport().width())
        self.setWidget(self._column)


def scroll_to(*parts: QWidget) -> None:
    """Scroll so that the parts are seen; where there is no room for all, the last one is."""
    for part in parts:
        around = part.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(part, 0, theme.GRID)
