"""Links to other things, one a line: by a click, or with the arrows and Enter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QSizePolicy

from app.gui import theme
from app.language.text import _

_ICON = 16
_EDGE = 2  # pixels round the lines, where the focus is shown


@dataclass(frozen=True, slots=True)
class Link:
    """One line and where it leads; `status` is a name of `theme.STATUS`, "" for a plain arrow."""

    text: str
    target: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    tip: str = ""


class LinkList(QListWidget):
    """Says which link is wanted; as high as its lines are."""

    wanted = Signal(object)  # the link's target

    def __init__(self, name: str, links: Sequence[Link]) -> None:
        super().__init__()
        self.links = tuple(links)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for link in self.links:
            self.addItem(_item(link))
        self.itemClicked.connect(lambda _item: self._tell())
        self.itemActivated.connect(lambda _item: self._tell())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        """Return how high the lines are when they are folded at the width that there is."""
        self.doItemsLayout()
        last = self.visualItemRect(self.item(self.count() - 1)) if self.count() else None
        return (last.bottom() + self.verticalOffset() if last else 0) + 2 * _EDGE

    def _tell(self) -> None:
        if 0 <= self.currentRow() < len(self.links):
            self.wanted.emit(self.links[self.currentRow()].target)


def _item(link: Link) -> QListWidgetItem:
    if link.status:
        item = QListWidgetItem(theme.status_icon(link.status), link.text)
        spoken = f"{theme.status_word(link.status)}: {link.text}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    else:
        item = QListWidgetItem(theme.icon("arrow-right", "accent"), link.text)
    item.setForeground(theme.color("accent"))
    item.setToolTip(link.tip or _("Show it"))
    return item
