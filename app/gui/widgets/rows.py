"""Thin read-only item models over plain rows: all in memory, or a page at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.gui import theme

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
PAGE = 200

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its title and how a row is shown in it.

    `status` returns a name of `theme.STATUS` (or "") and gives icon and colour; `icon` returns
    the name of an icon instead. `sort` is the key that the page asks its deed to sort by.
    """

    title: str
    text: Callable[[Row], str]
    number: bool = False
    status: Callable[[Row], str] | None = None
    icon: Callable[[Row], str] | None = None
    tip: Callable[[Row], str] | None = None
    sort: str = ""
    quiet: bool = False
    tinted: bool = True  # whether the status colours the text too, not only the icon
    width: int = 0  # pixels; 0 shares what is left with the other such columns
    weight: int = 1  # how large a part of what is left


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows that are all in memory."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        rows: Sequence[Row] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[Row, ...] = tuple(rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the same number keeps the selection."""
        if len(rows) == len(self._rows) and rows:
            self._rows = tuple(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, self._last))
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, index: int) -> Row | None:
        """Return one row, None when it is not there (yet)."""
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.row_at(index.row())
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        show = _SHOW.get(role)
        return None if show is None else show(column, row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.number else _LEFT
        return None

    @property
    def _last(self) -> int:
        return len(self.columns) - 1


def _status(column: Column[Any], row: Any) -> str:
    return column.status(row) if column.status else ""


def _decoration(column: Column[Any], row: Any) -> Any:
    status = _status(column, row)
    if status:
        return theme.status_icon(status)
    name = column.icon(row) if column.icon else ""
    return theme.icon(name, "quiet") if name else None


def _foreground(column: Column[Any], row: Any) -> Any:
    status = _status(column, row)
    if status and column.tinted:
        return theme.color(theme.STATUS[status].tone)
    return theme.color("quiet") if column.quiet else None


def _tip(column: Column[Any], row: Any) -> str:
    return column.tip(row) if column.tip else column.text(row)


_SHOW: dict[int, Callable[[Column[Any], Any], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda column, row: column.text(row),
    Qt.ItemDataRole.ToolTipRole: _tip,
    Qt.ItemDataRole.AccessibleTextRole: lambda column, row: column.text(row),
    Qt.ItemDataRole.TextAlignmentRole: lambda column, _row: _RIGHT if column.number else _LEFT,
    Qt.ItemDataRole.DecorationRole: _decoration,
    Qt.ItemDataRole.ForegroundRole: _foreground,
}


class PagedModel(RowsModel[Row]):
    """Rows that come a page at a time from a deed.

    `fetch(offset, count)` asks for rows; whoever asked hands them over by `accept`.
    """

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        fetch: Callable[[int, int], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, (), parent)
        self._fetch = fetch
        self._total = 0
        self._pages: dict[int, tuple[Row, ...]] = {}
        self._asked: set[int] = set()

    def restart(self) -> None:
        """Forget everything and ask for the first page."""
        self._pages.clear()
        self._asked = {0}
        self._fetch(0, PAGE)

    def accept(self, offset: int, total: int, rows: Sequence[Row]) -> None:
        """Take a page that was asked for."""
        if total != self._total or offset == 0:
            self.beginResetModel()
            self._total = total
            self._pages[offset // PAGE] = tuple(rows)
            self.endResetModel()
            return
        self._pages[offset // PAGE] = tuple(rows)
        if rows:
            bottom = self.index(offset + len(rows) - 1, self._last)
            self.dataChanged.emit(self.index(offset, 0), bottom)

    def row_at(self, index: int) -> Row | None:
        number, place = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is not None:
            return page[place] if place < len(page) else None
        if 0 <= index < self._total and number not in self._asked:
            self._asked.add(number)
            self._fetch(number * PAGE, PAGE)
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else self._total
