"""The scene: both sides and the lines between them, laid out and put forward or faded."""

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsScene

from app.core.mapping import LinkState
from app.gui.mapping.drawing.entries import LEFT, RIGHT, Entry
from app.gui.mapping.drawing.line_item import FADED, PLAIN, STRONG, Course, LineItem
from app.gui.mapping.drawing.lines import Line
from app.gui.mapping.drawing.side_item import SideItem

_LEFT_SHARE, _RIGHT_SHARE = 0.36, 0.42
_LEAST_GAP = 70.0
_WIDEST = 460.0
_NEAR_END, _APART, _MIDDLE = 0.84, 0.13, 0.4
_EDGE = 6.0  # how far inside the edge a line stops whose end is out of sight


class Board(QGraphicsScene):
    """Columns left, variables right, lines between; each side scrolls by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.sides = {LEFT: SideItem(), RIGHT: SideItem()}
        for side in self.sides.values():
            self.addItem(side)
        self.lines: tuple[Line, ...] = ()
        self._items: list[LineItem] = []
        self._rubber = LineItem()
        self._rubber.show_state(LinkState.SUGGESTED, 1, STRONG)
        self._rubber.hide()
        self.addItem(self._rubber)
        self._strong: frozenset[tuple[str, str]] = frozenset()
        self._fades = False
        self._badges: dict[tuple[str, str], float] = {}

    def show_picture(
        self, left: Sequence[Entry], right: Sequence[Entry], lines: Sequence[Line]
    ) -> None:
        """Show other entries and lines."""
        self.sides[LEFT].show_entries(left)
        self.sides[RIGHT].show_entries(right)
        self.lines = tuple(lines)
        self._badges = _badges(self.lines)
        while len(self._items) < len(self.lines):
            item = LineItem()
            self._items.append(item)
            self.addItem(item)
        for item in self._items[len(self.lines) :]:
            item.hide()
        self._dress_lines()
        self.run_lines()

    def set_room(self, width: float, height: float) -> None:
        """Lay both sides out in this room."""
        self.setSceneRect(0, 0, width, height)
        free = max(0.0, width - _LEAST_GAP)
        shares = _LEFT_SHARE + _RIGHT_SHARE
        left = int(min(_WIDEST, width * _LEFT_SHARE, free * _LEFT_SHARE / shares))
        right = int(min(_WIDEST, width * _RIGHT_SHARE, free * _RIGHT_SHARE / shares))
        self.sides[LEFT].set_room(0, left, height)
        self.sides[RIGHT].set_room(int(width) - right, right, height)
        self.run_lines()

    def scroll_side(self, side: str, offset: int) -> None:
        """Scroll one side."""
        self.sides[side].scroll_to(offset)
        self.run_lines()

    def put_forward(self, strong: Iterable[tuple[str, str]], *, fades: bool) -> None:
        """Put lines forward; the others fade or stay as they are."""
        self._strong = frozenset(strong)
        self._fades = fades
        self._dress_lines()
        self.run_lines()

    def lines_of(self, entry: Entry) -> tuple[Line, ...]:
        """Return the lines that end in an entry."""
        return tuple(
            line
            for line in self.lines
            if entry.key == (line.left if entry.side == LEFT else line.right)
        )

    def side_at(self, x: float) -> str:
        """Return the side at a place, "" between them."""
        for name, side in self.sides.items():
            if side.x() <= x < side.x() + side.width:
                return name
        return ""

    def entry_at(self, place: QPointF) -> Entry | None:
        """Return the entry at a place."""
        side = self.side_at(place.x())
        return self.sides[side].entry_at(place.y()) if side else None

    def line_at(self, place: QPointF) -> Line | None:
        """Return the topmost line at a place."""
        for item in self.items(place):
            if isinstance(item, LineItem) and item in self._items and item.look != FADED:
                return self.lines[self._items.index(item)]
        return None

    def stretch(self, entry: Entry, place: QPointF) -> None:
        """Draw a line from an entry to where the pointer is."""
        start = self._end(entry.side, entry.key)
        self._rubber.run(Course(start, place) if entry.side == LEFT else Course(place, start))
        self._rubber.show()

    def drop(self) -> None:
        """Take the line to the pointer away."""
        self._rubber.hide()

    def run_lines(self) -> None:
        """Run all lines to where their ends now are."""
        for item, line in zip(self._items, self.lines, strict=False):
            start, end = self._end(LEFT, line.left), self._end(RIGHT, line.right)
            course = self._course(start, end, self._badges[line.key], line.key in self._strong)
            item.setVisible(course is not None)
            if course is not None:
                item.run(course)

    def _course(
        self,
        start: QPointF,
        end: QPointF,
        badge: float,
        is_strong: bool,
    ) -> Course | None:
        """Return how a line runs: whole, to the edge when it is put forward, or as a stub."""
        starts, ends = self._is_in_sight(start), self._is_in_sight(end)
        if is_strong and (starts or ends):
            return Course(self._inside(start), self._inside(end), badge=badge)
        if starts and ends:
            return Course(start, end, badge=badge)
        if starts or ends:
            return Course(start, end, is_stub=True) if starts else Course(end, start, is_stub=True)
        return None

    def _end(self, side: str, key: str) -> QPointF:
        one = self.sides[side]
        x = one.x() + one.width if side == LEFT else one.x()
        return QPointF(x, one.middle(key))

    def _is_in_sight(self, place: QPointF) -> bool:
        return 0 <= place.y() <= self.sceneRect().height()

    def _inside(self, place: QPointF) -> QPointF:
        bottom = self.sceneRect().height() - _EDGE
        return QPointF(place.x(), min(max(place.y(), _EDGE), bottom))

    def _dress_lines(self) -> None:
        rest = FADED if self._fades else PLAIN
        for item, line in zip(self._items, self.lines, strict=False):
            look = STRONG if line.key in self._strong else rest
            item.show_state(line.state, line.count, look)


def _badges(lines: Sequence[Line]) -> dict[tuple[str, str], float]:
    """Return where on each line its number stands: near the end that has fewer lines, and apart."""
    crowds = Counter(key for line in lines for key in line.key)
    before: Counter[str] = Counter()
    places = {}
    for line in lines:
        is_left = crowds[line.left] < crowds[line.right]
        end = line.left if is_left else line.right
        place = max(_MIDDLE, _NEAR_END - _APART * before[end])
        before[end] += line.count > 1
        places[line.key] = 1 - place if is_left else place
    return places
