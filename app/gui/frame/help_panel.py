"""F1: what the page is for, and its keys, beside the page."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDockWidget, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.frame.page import Page
from app.gui.frame.side_panel import title_bar
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.gui.widgets.parts import Inspector
from app.language.text import _

_WIDTH = 300


class HelpPanel(QDockWidget):
    """Help on the page that is shown."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Help"), parent)
        self.setObjectName("help")
        self.setAllowedAreas(Qt.DockWidgetArea.RightDockWidgetArea)
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self._body = Inspector(_("Help"))
        self.setTitleBarWidget(title_bar(_("Help"), _("Close the help"), self.hide))
        holder = QWidget()
        around = QVBoxLayout(holder)
        around.setContentsMargins(2 * theme.GRID, 0, theme.GRID, theme.GRID)
        around.addWidget(self._body)
        self.setWidget(holder)
        self.setMinimumWidth(_WIDTH)
        self.hide()

    def show_page(self, page: Page) -> None:
        """Show the help of a page."""
        keys = [action for action in page.actions() if not action.shortcut().isEmpty()]
        parts: list[QWidget] = [SectionTitle(page.accessibleName()), Label(page.help_text)]
        if keys:
            parts.append(SectionTitle(_("Keys")))
        parts.extend(Label(_key_line(action)) for action in keys)
        parts.append(Note(_("Ctrl+K finds every action by its name.")))
        self._body.fill(*parts)


def _key_line(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return f"{action.shortcut().toString(native)}   {action.text()}"
