"""A thin read-only item model over plain rows that are all in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.gui import theme

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex

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
    hint: str = ""  # what the title means, where it is too short to say it
    quiet: bool = False
    tinted: bool = True  # whether the status colours the text too, not only the icon
    width: int = 0  # pixels; 0 shares what is left with the other such columns
    words: Sequence[str] = ()  # all that may stand in it, where that gives its width
    weight: int = 1  # how large a part of what is left
    spare: int = 0  # pixels: hidden where all columns have less room together
    idle: int = 0  # pixels: the same, until some row is known to have something in it

    @property
    def is_fixed(self) -> bool:
        """Whether its width does not depend on how much room there is."""
        return bool(self.width or self.words)


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

    def kept_row(self, index: int) -> Row | None:
        """Return one row if it is here; never sets out to fetch it."""
        return self.row_at(index)

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
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.hint or None
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
