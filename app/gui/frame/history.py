"""The history panel: every change by its name, and a way back to any of them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QUndoGroup, QUndoStack
from PySide6.QtWidgets import QDockWidget, QFrame, QUndoView, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.frame.context import Context
from app.gui.frame.side_panel import title_bar
from app.gui.widgets.labels import Note
from app.gui.widgets.trouble import Trouble
from app.language.text import _, ngettext

_WIDTH = 260
_ICON = QSize(16, 16)
_ROW = "QUndoView::item { padding: 6px 4px; }"


class HistoryPanel(QDockWidget):
    """The steps of what is worked on; a click, or the arrows, goes to one of them."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("History"), parent)
        self.setObjectName("history")
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._group = context.document.undo_group
        self.view = QUndoView(self._group)
        self.view.setAccessibleName(_("History"))
        self.view.setEmptyLabel(_("As it was opened"))
        self.view.setIconSize(_ICON)
        self.view.setStyleSheet(_ROW)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setCleanIcon(theme.icon("content-save-outline", "quiet"))
        self.warning = Trouble(status="note")
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(2 * theme.GRID, 0, theme.GRID, theme.GRID)
        column.addWidget(self.view, 1)
        column.addWidget(self.warning)
        column.addWidget(Note(_("Choose a step to go there. Sending is not undone.")))
        self.setTitleBarWidget(title_bar(_("History"), _("Close the history"), self.hide))
        self.setWidget(holder)
        self.setMinimumWidth(_WIDTH)
        self._group.indexChanged.connect(self._warn)
        self._group.activeStackChanged.connect(self._warn)
        self.hide()
        self._warn()

    def _warn(self, _changed: object = None) -> None:
        """Say how many steps a new change would make impossible to redo."""
        self.warning.say(redo_warning(self._group), "note")


def redo_warning(group: QUndoGroup) -> str:
    """Return what a change now would lose, "" when it would lose nothing."""
    stack: QUndoStack | None = group.activeStack()
    ahead = stack.count() - stack.index() if stack is not None else 0
    if not ahead:
        return ""
    return ngettext(
        "{count} step is undone. A new change takes it away for good.",
        "{count} steps are undone. A new change takes them away for good.",
        ahead,
    ).format(count=ahead)


def lost_words(count: int) -> str:
    """Return that undone steps can no longer be redone."""
    return ngettext(
        "{count} undone step can no longer be redone.",
        "{count} undone steps can no longer be redone.",
        count,
    ).format(count=count)
