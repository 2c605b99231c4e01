"""The command palette: every action, found by a few letters of its name."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.widgets.controls import SearchField
from app.language.text import _

_SIZE = (560, 380)
_ICON = 16


def plain(action: QAction) -> str:
    """Return an action's text without the mark of its menu key."""
    return action.text().replace("&", "")


def matches(wanted: str, text: str) -> bool:
    """Whether every word that was typed is in the text."""
    return all(word in text.casefold() for word in wanted.casefold().split())


class CommandPalette(QDialog):
    """A field and a list; Enter does the chosen action."""

    def __init__(self, parent: QWidget, actions: tuple[QAction, ...]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Find an action"))
        self._actions = actions
        self.field = SearchField(_("Find an action"))
        self.field.setMaximumWidth(_SIZE[0])
        self.list = QListWidget()
        self.list.setAccessibleName(_("Actions"))
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setUniformItemSizes(True)
        layout = QVBoxLayout(self)
        layout.addWidget(self.field)
        layout.addWidget(self.list)
        self.resize(*_SIZE)
        corner = parent.mapToGlobal(parent.rect().center())
        self.move(corner.x() - _SIZE[0] // 2, parent.mapToGlobal(parent.rect().topLeft()).y() + 80)
        self.field.textChanged.connect(self._list)
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self._do)
        self.list.itemActivated.connect(self._do)
        self._list("")
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows of the field move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                last = self.list.count() - 1
                self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), last))
                return True
        return super().eventFilter(watched, event)

    def _list(self, wanted: str) -> None:
        self.list.clear()
        for action in self._actions:
            if matches(wanted, plain(action)):
                self.list.addItem(self._entry(action))
        self.list.setCurrentRow(0)

    def _entry(self, action: QAction) -> QListWidgetItem:
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        icon = theme.icon(theme.BLANK) if action.icon().isNull() else action.icon()
        entry = QListWidgetItem(icon, plain(action) + (f"    {keys}" if keys else ""))
        entry.setSizeHint(QSize(0, theme.ROW))
        entry.setData(Qt.ItemDataRole.UserRole, self._actions.index(action))
        if not action.isEnabled():
            entry.setForeground(theme.color("disabled"))
        return entry

    def _do(self) -> None:
        entry = self.list.currentItem()
        if entry is not None:
            action = self._actions[int(entry.data(Qt.ItemDataRole.UserRole))]
            self.close()
            action.trigger()
