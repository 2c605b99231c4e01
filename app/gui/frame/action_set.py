"""The table of actions made into Qt actions and menus, each bound to its deed."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QUndoGroup
from PySide6.QtWidgets import QMenu, QMenuBar

from app.gui import theme
from app.gui.actions import ACTIONS, MENUS, PAGES, ActionRow, page_key
from app.language.text import _

Slot = Callable[[], object]


class ActionSet(QObject):
    """All actions of the window, by id."""

    def __init__(self, slots: Mapping[str, Slot], undo: QUndoGroup, go: Callable[[str], object]):
        super().__init__()
        self._groups: dict[str, QActionGroup] = {}
        self.by_id = {row.id: self._make(row, slots[row.id]) for row in ACTIONS}
        self.undo = undo.createUndoAction(self, _("Undo"))
        self.redo = undo.createRedoAction(self, _("Redo"))
        for action, icon, key in (
            (self.undo, "undo", QKeySequence.StandardKey.Undo),
            (self.redo, "redo", QKeySequence.StandardKey.Redo),
        ):
            action.setIcon(theme.icon(icon))
            action.setShortcut(QKeySequence(key))
        self.pages = tuple(
            self._page(number, go, row.id) for number, row in enumerate(PAGES, start=1)
        )

    def all(self) -> tuple[QAction, ...]:
        """Return every action, as the palette lists them."""
        return (*self.pages, self.undo, self.redo, *self.by_id.values())

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put all actions into the menus of a menu bar."""
        bar.clear()
        menus = {menu: bar.addMenu(_(title)) for menu, title in MENUS}
        for row in ACTIONS:
            if row.line_before:
                menus[row.menu].addSeparator()
            menus[row.menu].addAction(self.by_id[row.id])
        menus["edit"].addActions([self.undo, self.redo])
        first = menus["go"].actions()[0]
        menus["go"].insertActions(first, list(self.pages))
        menus["go"].insertSeparator(first)
        return menus

    def tick(self, action_id: str) -> None:
        """Mark the choice that holds in its group."""
        self.by_id[action_id].setChecked(True)

    def _make(self, row: ActionRow, slot: Slot) -> QAction:
        action = QAction(_(row.text), self)
        action.setObjectName(row.id)
        if row.icon:
            action.setIcon(theme.icon(row.icon))
        if row.key:
            action.setShortcut(QKeySequence(row.key))
        if row.group:
            group = self._groups.setdefault(row.group, QActionGroup(self))
            action.setCheckable(True)
            group.addAction(action)
        action.triggered.connect(lambda _checked=False: slot())
        return action

    def _page(self, number: int, go: Callable[[str], object], page: str) -> QAction:
        row = PAGES[number - 1]
        action = QAction(theme.icon(row.icon), _(row.title), self)
        action.setShortcut(QKeySequence(page_key(number)))
        action.triggered.connect(lambda _checked=False: go(page))
        return action
