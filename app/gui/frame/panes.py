"""F6: move the focus from one part of the window to the next."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget


@runtime_checkable
class Entered(Protocol):
    """A pane that says itself which of its parts F6 comes to."""

    entry: QWidget


def panes_of(page: QWidget) -> list[QWidget]:
    """Return the parts of a page: what its splitters divide, or the page itself."""
    parts = [
        part
        for splitter in page.findChildren(QSplitter)
        if splitter.isVisible()
        for part in map(splitter.widget, range(splitter.count()))
        if part is not None
    ]
    leaves = [part for part in parts if not any(map(QWidget.isVisible, _divided(part)))]
    return [part for part in leaves if part.isVisible() and _first(part)] or [page]


def focus_next(panes: list[QWidget]) -> None:
    """Give the focus to the pane after the one that has it."""
    focus = QApplication.focusWidget()
    here = next((i for i, pane in enumerate(panes) if focus and _holds(pane, focus)), -1)
    for step in range(1, len(panes) + 1):
        first = _first(panes[(here + step) % len(panes)])
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _divided(part: QWidget) -> list[QSplitter]:
    found: list[QSplitter] = part.findChildren(QSplitter)
    return found


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _first(pane: QWidget) -> QWidget | None:
    """Return what takes the focus in a pane: what it says itself, else its first part."""
    inside: list[QWidget] = [pane, *pane.findChildren(QWidget)]
    if isinstance(pane, Entered):
        inside.insert(0, pane.entry)
    for widget in inside:
        takes = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if takes and widget.isVisible() and widget.isEnabled():
            return widget
    return None
