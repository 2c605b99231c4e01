"""Details that are made anew when what they show changes; Tab and the focus find them again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.gui.widgets.parts import Inspector
from app.gui.widgets.tab_order import lead_through, next_beyond


class Details(Inspector):
    """An inspector that keeps its place in the way of the Tab key, and the focus it had."""

    def fill(self, *parts: QWidget) -> None:
        """Show these parts in place of the former ones."""
        after, held = next_beyond(self), self._held()
        super().fill(*parts)
        column: QWidget | None = self.widget()
        if after is not None and column is not None:
            lead_through((column,), after)
        if held is not None:
            self._give_focus(held)

    def _held(self) -> str | None:
        """Return the name of what has the focus in here, None when nothing has.

        The window need not be the active one: the keystore may be asking in another.
        """
        focus: QWidget | None = self.window().focusWidget()
        inside = focus is not None and focus is not self and self.isAncestorOf(focus)
        return focus.accessibleName() if focus is not None and inside else None

    def _give_focus(self, name: str) -> None:
        """Give the focus to what is called as before, else to the whole."""
        parts = self.findChildren(QWidget)
        same = (one for one in parts if name and one.accessibleName() == name and _takes(one))
        (next(same, None) or self).setFocus()


def _takes(widget: QWidget) -> bool:
    return widget.isEnabled() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
