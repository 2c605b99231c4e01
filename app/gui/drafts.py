"""Bindings under work: one value and one undo stack for each contract, kept while the window is."""

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from app.core.binding import BindingTable
from app.workflow.profile_views import BindingView

Value = TypeVar("Value")


class Replace(QUndoCommand, Generic[Value]):
    """Swap one value for another; values do not change, so keeping both is enough."""

    def __init__(
        self, text: str, before: Value, after: Value, apply: Callable[[Value], None]
    ) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._apply = apply

    def redo(self) -> None:
        self._apply(self._after)

    def undo(self) -> None:
        self._apply(self._before)


class Draft(QObject):
    """The binding of one contract as the user has it now; saved is only what `view` says."""

    changed = Signal()

    def __init__(self, view: BindingView, group: QUndoGroup, parent: QObject) -> None:
        super().__init__(parent)
        self.view = view
        self.table = view.table
        self.undo_stack = QUndoStack(self)
        group.addStack(self.undo_stack)

    @property
    def is_modified(self) -> bool:
        """Whether something is not yet in the profile's folder."""
        return not self.undo_stack.isClean()

    def change(self, text: str, table: BindingTable) -> None:
        """Make one change that the user can undo; `text` says what in the menu."""
        if table != self.table:
            self.undo_stack.push(Replace(text, self.table, table, self._apply))

    def mark_saved(self, table: BindingTable, view: BindingView) -> None:
        """Remember that this table is in the folder; what was changed meanwhile is not."""
        self.view = view
        if self.table == table:
            self.undo_stack.setClean()
        self.changed.emit()

    def _apply(self, table: BindingTable) -> None:
        self.table = table
        self.changed.emit()


class Drafts(QObject):
    """The bindings that were opened, by profile."""

    def __init__(self, group: QUndoGroup, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._group = group
        self._drafts: dict[str, Draft] = {}

    @property
    def modified(self) -> tuple[Draft, ...]:
        """The bindings that have changes which are not saved."""
        return tuple(one for one in self._drafts.values() if one.is_modified)

    def get(self, profile: str) -> Draft | None:
        """Return a binding that was opened before, None when it was not."""
        return self._drafts.get(profile)

    def take(self, view: BindingView) -> Draft:
        """Open a binding anew as its folder has it."""
        self.drop(view.profile)
        self._drafts[view.profile] = Draft(view, self._group, self)
        return self._drafts[view.profile]

    def drop(self, profile: str) -> None:
        """Forget a binding, also what is not saved of it."""
        former = self._drafts.pop(profile, None)
        if former is not None:
            self._group.removeStack(former.undo_stack)
            former.deleteLater()
