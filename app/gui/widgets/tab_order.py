"""The way of the Tab key through parts that are made anew while their page is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def lead_through(parts: Sequence[QWidget], place: QWidget) -> None:
    """Let Tab pass through the parts just before `place`: what is made last would come last."""
    every = (one for part in parts for one in (part, *part.findChildren(QWidget)))
    # A choice's own list, for instance, is a window beside this one.
    new = [one for one in every if _takes(one) and one.window() is place.window()]
    before: QWidget | None = place.previousInFocusChain()
    while before is not None and before is not place and (before in new or not _takes(before)):
        before = before.previousInFocusChain()
    if before is None or before is place or before.window() is not place.window():
        return
    for one in new:
        QWidget.setTabOrder(before, one)
        before = one


def next_beyond(part: QWidget) -> QWidget | None:
    """Return what Tab comes to after a part and all that is in it, None where that is nothing."""
    after = part.nextInFocusChain()
    while after is not None and after is not part:
        if _takes(after) and not part.isAncestorOf(after) and after.window() is part.window():
            return after
        after = after.nextInFocusChain()
    return None


def holds_focus(part: QWidget) -> bool:
    """Whether a part, or what is in it, has the focus of its window, which need not be active."""
    focus: QWidget | None = part.window().focusWidget()
    return focus is not None and (focus is part or part.isAncestorOf(focus))


def _takes(widget: QWidget) -> bool:
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
