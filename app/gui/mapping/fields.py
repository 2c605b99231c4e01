"""Fields of the inspector: choices that never change by the wheel, and columns found by letters."""

from collections.abc import Sequence
from functools import cache

from PySide6.QtCore import QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QScrollArea, QToolButton

from app.gui import theme
from app.gui.widgets.controls import Choice

_ICON = 16
_EQUALS = "="  # before a value of one's own, as in a sheet
TARGET = 24  # pixels: the least that a pointer hits, and no icon is painted into less than none
_LETTERS = 8  # that a narrow choice has room for
_OPENING = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up})
_TAKING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class NarrowChoice(Choice):
    """A choice as narrow as the inspector; the wheel scrolls past it."""

    def __init__(self, name: str, entries: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(name, entries)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _OPENING and not event.modifiers():
            self.showPopup()  # walking through a closed list would change the mapping at each step
        else:
            super().keyPressEvent(event)


class FindChoice(NarrowChoice):
    """A long list in which a few letters find an entry; Enter takes the first that fits."""

    taken = Signal(str)  # somebody chose this value
    written = Signal(str)  # somebody wrote = and this value, which is no entry

    def __init__(self, name: str, entries: tuple[tuple[str, str], ...] = ()) -> None:
        self._texts = QStringListModel()
        super().__init__(name)
        self.setEditable(True)
        self._line = self.lineEdit() or QLineEdit()
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self._completer = QCompleter(self._texts, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._take_text)
        self.setCompleter(completer)
        self.activated.connect(lambda _index: self.taken.emit(self.value()))
        self.set_entries(entries)

    def set_entries(self, entries: tuple[tuple[str, str], ...]) -> None:
        super().set_entries(entries)
        self._texts.setStringList([text for _value, text in entries])

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        """Give each entry an icon ("" for none) and a tip."""
        for index, (icon, tip) in enumerate(hints):
            self.setItemIcon(index, _drawn(icon or theme.BLANK, theme.scheme()))
            self.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)

    def begin(self) -> None:
        """Take the focus, ready for letters that replace what is chosen."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _TAKING and self._line.text().strip().startswith(_EQUALS):
            value = self._line.text().strip().removeprefix(_EQUALS).strip()
            self._show_chosen()
            self.written.emit(value)
        elif event.key() in _TAKING:
            self._take_text(self._best())
        elif event.key() == Qt.Key.Key_Escape:
            self._show_chosen()
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        popup = self._completer.popup()
        if popup is None or not popup.isVisible():
            self._show_chosen()

    def _best(self) -> str:
        """Return the entry that is typed, else the first that holds what is typed."""
        typed = self._line.text().strip()
        if not typed or self.findText(typed, Qt.MatchFlag.MatchFixedString) >= 0:
            return typed
        self._completer.setCompletionPrefix(typed)
        return self._completer.currentCompletion()

    def _take_text(self, text: str) -> None:
        index = self.findText(text, Qt.MatchFlag.MatchFixedString)
        popup = self._completer.popup()
        if popup is not None:
            popup.hide()
        if index < 0 and not text:
            index = self.findData("")
        if index >= 0 and index != self.currentIndex():
            self.setCurrentIndex(index)
            self._show_chosen()
            self.taken.emit(self.value())
        else:
            self._show_chosen()

    def _show_chosen(self) -> None:
        self.setEditText(self.itemText(self.currentIndex()) if self.currentIndex() >= 0 else "")
        self._line.setCursorPosition(0)


@cache
def _drawn(name: str, _scheme: str) -> QIcon:
    """Return an icon of one size: lists without room ask the set's own for none at all."""
    return QIcon(theme.icon(name, "quiet").pixmap(_ICON, _ICON))


def below_tabs(area: QScrollArea) -> None:
    """Let what scrolls keep clear of the tabs above it."""
    column = area.widget()
    layout = column.layout() if column is not None else None
    if layout is not None:
        layout.setContentsMargins(0, theme.GRID, theme.GRID, theme.GRID)


def tool(icon: str, name: str, slot: object = None, *, checkable: bool = False) -> QToolButton:
    """Return a small button with an icon; its name is also its tip."""
    button = QToolButton()
    button.setIcon(theme.icon(icon, "quiet"))
    button.setIconSize(QSize(_ICON, _ICON))
    button.setMinimumSize(TARGET, TARGET)
    button.setToolTip(name)
    button.setAccessibleName(name)
    button.setCheckable(checkable)
    if slot is not None:
        (button.toggled if checkable else button.clicked).connect(slot)
    return button
