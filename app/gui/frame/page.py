"""The page that every page is: title, one sentence, one primary action to the right, a body."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.core.errors import WorkbenchError
from app.gui import theme
from app.gui.background.backend import Job
from app.gui.background.deed import Deed, Result
from app.gui.frame.context import Context
from app.gui.frame.navigator import Place
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label, PageTitle


class Page(QWidget):
    """One page.

    A page is built anew when the language or the colours change: take everything shown from the
    context in the constructor, and connect bound methods (not lambdas) to the context's signals,
    so that Qt lets go of a page that is gone.
    """

    def __init__(self, context: Context, title: str, sentence: str, help_text: str = "") -> None:
        super().__init__()
        self.context = context
        self.help_text = help_text or sentence
        self._needs_refresh = False  # something has changed while another page was looked at
        self.setAccessibleName(title)
        self._head = QHBoxLayout()
        self._head.setSpacing(theme.GRID)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(PageTitle(title))
        words.addWidget(Label(sentence, tone="quiet"))
        self._head.addLayout(words, 1)
        self._stack = QStackedLayout()
        layout = QVBoxLayout(self)
        margin = 3 * theme.GRID
        layout.setContentsMargins(margin, 2 * theme.GRID, margin, 2 * theme.GRID)
        layout.setSpacing(2 * theme.GRID)
        layout.addLayout(self._head)
        layout.addLayout(self._stack, 1)

    def set_primary(self, button: Button) -> None:
        """Put the one primary action to the right of the title."""
        self._head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    def add_secondary(self, button: QWidget) -> None:
        """Put a lesser action to the left of the primary one."""
        self._head.insertWidget(1, button, 0, Qt.AlignmentFlag.AlignTop)

    def add_body(self, body: QWidget) -> None:
        """Take a body in while it is still empty: a full one is styled all over again."""
        self._stack.addWidget(body)

    def show_body(self, body: QWidget) -> None:
        """Show a body or an empty state below the head."""
        if self._stack.indexOf(body) < 0:
            self._stack.addWidget(body)
        self._stack.setCurrentWidget(body)

    def add_action(self, text: str, keys: str, slot: Callable[[], object]) -> QAction:
        """Give the page an action with a key; the menu and the palette list it."""
        action = QAction(text, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked=False: slot())
        self.addAction(action)
        return action

    def run(
        self,
        deed: Deed[Result],
        *arguments: object,
        done: Callable[[Result], Any] | None = None,
        failed: Callable[[WorkbenchError], None] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Start a deed whose answer comes only while this page, or the part that asks, is there."""
        return self.context.backend.start(
            deed, *arguments, done=done, failed=failed, progress=progress, owner=owner or self
        )

    def refresh(self) -> None:
        """Show everything as it now is."""

    def refresh_when_seen(self) -> None:
        """Refresh now, or when the page is next seen: the worker has the seen page to serve."""
        self._needs_refresh = not self.isVisible()
        if not self._needs_refresh:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lead_through_head()
        if self._needs_refresh:
            self.refresh_when_seen()

    def arrive(self, place: Place) -> None:
        """Show what the place says; called every time the user comes to the page."""

    def _lead_through_head(self) -> None:
        """Let Tab come to the buttons beside the title from left to right."""
        items = (self._head.itemAt(at) for at in range(1, self._head.count()))
        parts = [item.widget() for item in items if item is not None]
        buttons = [part for part in parts if isinstance(part, Button)]
        if len(buttons) == len(parts):  # others lead through their own parts
            for left, right in pairwise(buttons):
                QWidget.setTabOrder(left, right)
