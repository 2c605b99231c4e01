"""A list of any length whose rows live in the worker: only what is looked at is fetched."""

from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from typing import Any, Generic

from PySide6.QtCore import QModelIndex, QTimer, Signal

from app.gui.widgets.rows import Column, Index, Row, RowsModel

PAGE = 200
_KEPT = 40  # pages, so at most 8 000 rows lie here
_QUEUED = 4  # pages; what was scrolled past before that is not fetched

Arrived = Callable[[int, Sequence[Any]], None]  # told the total and the rows of the page
Fetch = Callable[[int, int, Arrived, Callable[[], None]], None]


class LongList(RowsModel[Row], Generic[Row]):
    """Show a list that may hold a million rows, one page at a time.

    `fetch(offset, count, arrived, failed)` brings a page and calls back on the GUI thread. One
    page is under way at a time; the one looked at last comes first.
    """

    loaded = Signal()  # the first page has come, so the total is known

    def __init__(self, columns: Sequence[Column[Row]], fetch: Fetch) -> None:
        super().__init__(columns)
        self._fetch = fetch
        self._pages: OrderedDict[int, tuple[Row, ...]] = OrderedDict()
        self._wanted: list[int] = []
        self._waiting: dict[int, list[Callable[[], None]]] = {}
        self._generation = 0
        self._under_way: int | None = None
        self._loaded = False
        self._total = 0
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._ask)

    @property
    def total(self) -> int:
        """How many rows there are in all."""
        return self._total

    def reload(self) -> None:
        """Fetch everything anew, starting with the first page."""
        self._forget()
        self._wanted = [0]
        self._ask()

    def clear(self) -> None:
        """Show nothing."""
        self._forget()
        self._show(0, {})

    def row_at(self, index: int) -> Row | None:
        page, place = divmod(index, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def kept_row(self, index: int) -> Row | None:
        page, place = divmod(index, PAGE)
        rows = self._pages.get(page, ())
        return rows[place] if place < len(rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._total

    def collect(self, rows: Sequence[int], done: Callable[[list[Row]], None]) -> None:
        """Call `done` with these rows, once every page that holds one has come."""
        self._gather(deque(rows), [], done)

    def _gather(
        self, left: deque[int], found: list[Row], done: Callable[[list[Row]], None]
    ) -> None:
        while left:
            row = self.row_at(left[0])
            if row is None and left[0] < self._total:
                again = self._waiting.setdefault(left[0] // PAGE, [])
                again.append(lambda: self._gather(left, found, done))
                return
            left.popleft()
            if row is not None:
                found.append(row)
        done(found)

    def _forget(self) -> None:
        """Let go of everything fetched or asked for; answers still under way are ignored."""
        self._generation += 1
        self._wanted.clear()
        self._waiting.clear()
        self._under_way = None
        self._loaded = False

    def _want(self, page: int) -> None:
        if page in (self._under_way, *self._wanted) or page * PAGE >= self._total:
            return
        self._wanted.append(page)
        passed = [one for one in self._wanted[:-_QUEUED] if one not in self._waiting]
        self._wanted = [one for one in self._wanted if one not in passed]
        self._timer.start()

    def _ask(self) -> None:
        if self._under_way is not None or not self._wanted:
            return
        page, generation = self._wanted.pop(), self._generation
        self._under_way = page
        self._fetch(
            page * PAGE,
            PAGE,
            lambda total, rows: self._arrived(generation, page, total, tuple(rows)),
            lambda: self._failed(generation),
        )

    def _failed(self, generation: int) -> None:
        if generation == self._generation:
            self._forget()

    def _arrived(self, generation: int, page: int, total: int, rows: tuple[Row, ...]) -> None:
        if generation != self._generation:
            return
        self._under_way = None
        if not self._loaded or total != self._total:
            self._loaded = True
            self._show(total, {page: rows})
            self.loaded.emit()
        else:
            self._keep(page, rows)
        for again in self._waiting.pop(page, []):
            again()
        self._ask()

    def _show(self, total: int, pages: dict[int, tuple[Row, ...]]) -> None:
        self.beginResetModel()
        self._total = total
        self._pages = OrderedDict(pages)
        self.endResetModel()

    def _keep(self, page: int, rows: tuple[Row, ...]) -> None:
        self._pages[page] = rows
        if len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        if not rows:  # the list has become shorter since; a fetch of it is under way
            return
        first = page * PAGE
        last = first + len(rows) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, self._last))
