"""The panels beside the page: help, history, what is left to do."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from app.gui.frame.context import Context
from app.gui.frame.help_panel import HelpPanel
from app.gui.frame.history import HistoryPanel
from app.gui.frame.page import Page
from app.gui.frame.work_panel import WorkPanel


class Panels:
    """Builds the panels, anew when language or colours change, and shows and hides them."""

    def __init__(self, context: Context, window: QMainWindow) -> None:
        self._context = context
        self._window = window
        self._made: list[QDockWidget] = []
        self.build()

    def build(self) -> None:
        """Make every panel; one that was shown is shown again."""
        shown = {one.objectName() for one in self._made if not one.isHidden()}
        for former in self._made:
            self._window.removeDockWidget(former)
            former.deleteLater()
        self.help = HelpPanel(self._window)
        self.history = HistoryPanel(self._context, self._window)
        self.work = WorkPanel(self._context, self._window)
        self._made = [self.work, self.history, self.help]
        for one in self._made:
            self._window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, one)
            if one is not self.work:
                one.setVisible(one.objectName() in shown)

    def leave(self) -> None:
        """Let go of the history, which may outlive the window."""
        self.history.view.setGroup(None)  # type: ignore[arg-type]  # Qt takes none

    def show_page(self, page: Page) -> None:
        """Show the help of a page."""
        self.help.show_page(page)

    def shown(self) -> list[QWidget]:
        """Return what stands in the panels that are shown now."""
        return [one.widget() for one in self._made if one.isVisible()]

    def toggle_help(self) -> None:
        """Show or hide the help."""
        self.help.setVisible(self.help.isHidden())

    def toggle_history(self) -> None:
        """Show the history and go there, or hide it."""
        self.history.setVisible(self.history.isHidden())
        if not self.history.isHidden():
            self.history.view.setFocus()
