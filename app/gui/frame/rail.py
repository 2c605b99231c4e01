"""The rail on the left: a page per line, with a count where something waits."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from app.gui import theme
from app.gui.actions import PAGES, PageRow, page_key
from app.gui.widgets.controls import Line
from app.language.text import _

_WIDTH = 168
_MOST = 9999


class _Place(QToolButton):
    """One page of the rail; paints its own count."""

    def __init__(self, row: PageRow, number: int) -> None:
        super().__init__()
        self.count = 0
        self._title = _(row.title)
        self.setText("  " + self._title)
        self.setIcon(theme.icon(row.icon))
        self.setIconSize(QSize(20, 20))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setCheckable(True)
        self.setFixedHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(f"{self._title} ({page_key(number)})")
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how much waits on the page."""
        self.count = count
        self.setAccessibleName(f"{self._title}, {count}" if count else self._title)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.count:
            return
        text = str(self.count) if self.count <= _MOST else f"{_MOST}+"
        painter = QPainter(self)
        painter.setFont(theme.font("note", bold=True))
        painter.setPen(theme.color("accent" if not self.isChecked() else "on_selection"))
        box = self.rect().adjusted(0, 0, -12, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class Rail(QFrame):
    """All pages, one under the other; says which was chosen."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(_("Pages"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        layout.setSpacing(4)
        self._group = QButtonGroup(self)
        self._places: dict[str, _Place] = {}
        for number, row in enumerate(PAGES, start=1):
            if row.line_before:
                layout.addWidget(Line())
            place = _Place(row, number)
            self._places[row.id] = place
            self._group.addButton(place, number)
            layout.addWidget(place)
        layout.addStretch(1)
        self._group.idClicked.connect(self._tell)

    def show_page(self, page: str) -> None:
        """Mark the page that is shown."""
        self._places[page].setChecked(True)

    def set_count(self, page: str, count: int) -> None:
        """Show how much waits on a page."""
        self._places[page].set_count(count)

    def count(self, page: str) -> int:
        """Return how much waits on a page."""
        return self._places[page].count

    def _tell(self, number: int) -> None:
        self.chosen.emit(PAGES[number - 1].id)
