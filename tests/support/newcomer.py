"""Somebody new at the real window: every click and key is really made, noted and counted.

An action is a click, a key pressed (with or without Ctrl, Shift and Alt), a text typed into the
field that has the focus, or a turn of the wheel. Waiting for the window is none.
"""

from collections import Counter
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListView,
    QMenu,
    QScrollArea,
    QTabWidget,
    QWidget,
)

from app.gui.background.backend import Backend, ThreadChannel
from app.gui.frame.pictures import Settled
from app.gui.settings import FOLDER
from app.keystore.secrets import MemorySecrets
from app.main import build_desk, build_window

CLICK, KEY, TYPE, SCROLL = "click", "key", "type", "scroll"
_TAKING = frozenset({"Enter", "Space"})  # keys after which one looks before going on
_ARROW = 10  # pixels from a list's right edge to the middle of its arrow
_LEFT = Qt.MouseButton.LeftButton
_MODIFIERS = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


class Newcomer:
    """Somebody at the window who waits until it has come to rest before going on."""

    def __init__(self, app: QApplication, data: Path, folder: Path) -> None:
        self.desk = build_desk(data, MemorySecrets())
        self.desk.for_this_run = True
        self.backend = Backend(lambda: self.desk, ThreadChannel)
        self.window = build_window(app, self.backend, data / "window.ini")
        self.window.context.settings.set_text(FOLDER, str(folder))  # where dialogs open
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.settled = Settled(self.backend)
        app.setDoubleClickInterval(0)  # a list takes a second click only after so long
        self.done: Counter[str] = Counter()
        self.log: list[str] = []
        self.wait()

    @property
    def actions(self) -> int:
        """How many actions it has taken so far."""
        return self.done.total()

    @property
    def page(self) -> Any:
        """The page that is shown."""
        return self.window.page

    def wait(self) -> None:
        """Wait until the window has come to rest."""
        self.settled.wait()
        active: QWidget | None = QApplication.activeWindow()
        if active is None or not active.isVisible():
            self.window.activateWindow()  # as a desktop does when a dialog or a list is gone
            self.settled.wait()

    def click(self, widget: QWidget, place: QPoint | None = None) -> None:
        """Click the middle of a widget, or a place in it."""
        self._bring_in_sight(widget)
        assert widget.isVisible(), _name(widget)
        assert widget.isEnabled(), _name(widget)
        self._note(CLICK, _name(widget))
        QTest.mouseClick(widget, _LEFT, pos=place or widget.rect().center())
        self.wait()

    def click_cell(
        self, view: QAbstractItemView, row: int, column: int = 0, *, add: bool = False
    ) -> None:
        """Click a cell, after turning the wheel when it is out of sight; `add` holds Ctrl down."""
        index = view.model().index(row, column, view.rootIndex())
        assert index.isValid(), row
        if not view.viewport().rect().contains(view.visualRect(index).center()):
            view.scrollTo(index)
            self._note(SCROLL, _name(view))
        self._note(CLICK, f"{_name(view)}: {index.data()}")
        held = _MODIFIERS["Ctrl"] if add else Qt.KeyboardModifier.NoModifier
        QTest.mouseClick(view.viewport(), _LEFT, held, view.visualRect(index).center())
        self.wait()

    def pick(self, box: QComboBox, text: str) -> None:
        """Open a list by a click on its arrow and click one of its entries."""
        self.click(box, QPoint(box.width() - _ARROW, box.height() // 2))
        row = box.findText(text, Qt.MatchFlag.MatchStartsWith)
        self.click_cell(box.view(), row, box.modelColumn())

    def pick_file(self, dialog: QFileDialog, name: str, *, add: bool = False) -> None:
        """Click a file in a dialog's list; `add` keeps those that are chosen already."""
        view = dialog.findChild(QListView, "listView")
        assert isinstance(view, QListView)
        model, root = view.model(), view.rootIndex()
        names = [model.index(row, 0, root).data() for row in range(model.rowCount(root))]
        self.click_cell(view, names.index(name), add=add)

    def click_action(self, menu: str, text: str) -> None:
        """Open a menu by a click and click one of its actions."""
        bar = self.window.menuBar()
        title = next(one for one in bar.actions() if menu in one.text().replace("&", ""))
        self.click(bar, bar.actionGeometry(title).center())
        popup: QWidget | None = QApplication.activePopupWidget()
        assert isinstance(popup, QMenu)
        action = next(one for one in popup.actions() if text in one.text())
        self.click(popup, popup.actionGeometry(action).center())

    def click_tab(self, tabs: QTabWidget, number: int) -> None:
        """Click a tab."""
        self.click(tabs.tabBar(), tabs.tabBar().tabRect(number).center())

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as "Ctrl+N", "Tab" or "Down"."""
        for key in keys:
            self._note(KEY, key)
            *held, name = key.split("+") if key != "+" else ["+"]
            modifier = Qt.KeyboardModifier.NoModifier
            for one in held:
                modifier |= _MODIFIERS[one]
            QTest.keyClick(_focus(), _key(name), modifier)
            if name in _TAKING or key == keys[-1]:
                self.wait()

    def reach(self, name: str, key: str = "Tab") -> None:
        """Press a key until what is called so has the focus."""
        seen: list[QWidget] = []
        while _name(_focus()) != name:
            assert _focus() not in seen, f"{name} is not reached"
            seen.append(_focus())
            self.press(key)

    def write(self, text: str) -> None:
        """Type a text into what has the focus."""
        self._note(TYPE, text)
        QTest.keyClicks(_focus(), text)
        self.wait()

    def dialog(self) -> QFileDialog:
        """Return the file dialog that is open."""
        return next(
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, QFileDialog) and one.isVisible()
        )

    def button(self, text: str, root: QWidget | None = None) -> QAbstractButton:
        """Return the button in sight that says so."""
        buttons = (root or self.window).findChildren(QAbstractButton)
        return next(one for one in buttons if one.isVisible() and text in one.text())

    def leave(self) -> None:
        """Close everything; nothing is left to be saved."""
        self.window.context.document.undo_stack.setClean()
        self.wait()
        self.backend.close()
        self.desk.close()
        self.window.deleteLater()
        self.window.context.document.deleteLater()

    def look(self, path: str) -> None:
        """Take a picture of the window."""
        self.window.grab().save(path)

    def story(self) -> str:
        """Return what was done, one action a line."""
        return "\n".join(f"{at:3} {line}" for at, line in enumerate(self.log, start=1))

    def _note(self, kind: str, what: str) -> None:
        self.done[kind] += 1
        self.log.append(f"{kind} {what}")

    def _bring_in_sight(self, widget: QWidget) -> None:
        """Turn the wheel when a widget lies below what its area shows."""
        parent = widget.parentWidget()
        while parent is not None:
            if isinstance(parent, QScrollArea):
                middle = widget.mapTo(parent.viewport(), widget.rect().center())
                if not parent.viewport().rect().contains(middle):
                    parent.ensureWidgetVisible(widget)
                    self._note(SCROLL, _name(parent))
            parent = parent.parentWidget()


def _focus() -> QWidget:
    """Return what gets the keys now."""
    popup: QWidget | None = QApplication.activePopupWidget()
    focus: QWidget | None = QApplication.focusWidget()
    if popup is not None:
        inner: QWidget | None = popup.focusWidget()
        return inner or popup
    assert focus is not None
    return focus


def _key(name: str) -> Qt.Key:
    names = {"Enter": "Return", "+": "Plus", "-": "Minus"}
    found = getattr(Qt.Key, f"Key_{names.get(name, name)}")
    assert isinstance(found, Qt.Key)
    return found


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    line = widget.placeholderText() if isinstance(widget, QLineEdit) else ""
    return widget.accessibleName() or text or line or type(widget).__name__
