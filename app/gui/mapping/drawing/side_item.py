"""One side of the drawing: its entries under each other, moved as a whole."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.gui.mapping.drawing.entries import Entry
from app.gui.mapping.drawing.entry_item import HEIGHT, EntryItem


class SideItem(QGraphicsItem):
    """A list of entries that scrolls by itself; the heading of what is on top stays there."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)
        self.setZValue(3)
        self.entries: tuple[Entry, ...] = ()
        self._rows: dict[str, int] = {}
        self._items: list[EntryItem] = []
        self._pinned = EntryItem(self)
        self._pinned.setZValue(1)
        self.width = 0.0
        self.height = 0.0  # of what is in sight
        self.offset = 0
        self._marks = ("", False, "")

    def boundingRect(self) -> QRectF:
        return QRectF()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint nothing: the entries do."""

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other entries."""
        self.entries = tuple(entries)
        self._rows = {entry.key: row for row, entry in enumerate(self.entries)}
        while len(self._items) < len(self.entries):
            item = EntryItem(self)
            item.setPos(0, HEIGHT * len(self._items))
            self._items.append(item)
        for row, item in enumerate(self._items):
            item.setVisible(row < len(self.entries))
        self._paint_anew()

    def set_room(self, x: float, width: float, height: float) -> None:
        """Take this much room."""
        self.width, self.height = width, height
        self.setPos(x, -self.offset)
        self._paint_anew()

    @property
    def reach(self) -> int:
        """How far the side can be scrolled."""
        return max(0, HEIGHT * len(self.entries) - int(self.height))

    def scroll_to(self, offset: int) -> None:
        """Scroll to an offset."""
        self.offset = max(0, min(offset, self.reach))
        self.setY(-self.offset)
        self._pin()

    def row_of(self, key: str) -> int:
        """Return the row of an entry, -1 when it is not shown."""
        return self._rows.get(key, -1)

    def entry_of(self, key: str) -> Entry | None:
        """Return the entry of a key, None when it is not shown."""
        row = self.row_of(key)
        return self.entries[row] if row >= 0 else None

    def middle(self, key: str) -> float:
        """Return where the middle of an entry lies in the scene; it may be out of sight."""
        return HEIGHT * (self.row_of(key) + 0.5) - self.offset

    def entry_at(self, y: float) -> Entry | None:
        """Return the entry at a height of the scene."""
        if self._pinned.isVisible() and 0 <= y < HEIGHT:
            return self._pinned.entry
        row = int((y + self.offset) // HEIGHT)
        return self.entries[row] if 0 <= row < len(self.entries) else None

    def offset_to_see(self, key: str) -> int:
        """Return the least scrolling that brings an entry in sight, below the pinned heading."""
        top = HEIGHT * self.row_of(key)
        above = 0 if self.row_of(key) == 0 else HEIGHT
        if top - above < self.offset:
            return max(0, top - above)
        return max(self.offset, top + HEIGHT - int(self.height))

    def offset_beside(self, key: str, level: float) -> int:
        """Return the scrolling that brings an entry level with a height, if it is out of sight."""
        if HEIGHT <= self.middle(key) <= self.height - HEIGHT / 2:
            return self.offset
        return max(0, round(HEIGHT * (self.row_of(key) + 0.5) - level))

    def mark(self, current: str, *, framed: bool, taken: str) -> None:
        """Mark the entry that is chosen and the one that is in hand."""
        self._marks = (current, framed, taken)
        for item in self._items[: len(self.entries)]:
            self._mark(item)
        self._mark(self._pinned)

    def _mark(self, item: EntryItem) -> None:
        current, framed, taken = self._marks
        key = item.entry.key if item.entry is not None else ""
        is_current = bool(key) and key == current
        item.mark(
            current=is_current, framed=is_current and framed, taken=bool(key) and key == taken
        )

    def _paint_anew(self) -> None:
        for item, entry in zip(self._items, self.entries, strict=False):
            item.show_entry(entry, self.width)
        self.mark(self._marks[0], framed=self._marks[1], taken=self._marks[2])
        self.scroll_to(self.offset)

    def _pin(self) -> None:
        """Keep the heading of the topmost entry in sight."""
        row = self.offset // HEIGHT
        top = self.entries[row] if row < len(self.entries) else None
        heading = self.entry_of(top.heading) if top is not None and self.offset else None
        self._pinned.setVisible(heading is not None)
        if heading is not None:
            self._pinned.show_entry(heading, self.width)
            self._pinned.setPos(0, self.offset)
            self._mark(self._pinned)
