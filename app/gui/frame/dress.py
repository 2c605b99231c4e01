"""Language and colours of the window: chosen in the menu, or following the system."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from app.gui import settings, theme
from app.gui.frame import deeds
from app.gui.frame.context import Context
from app.gui.frame.language import Languages
from app.language.text import _


class Dress(QObject):
    """Says when everything shown must be built anew; never while a batch is on its way."""

    changed = Signal()

    def __init__(self, context: Context, app: QApplication) -> None:
        super().__init__()
        self._context = context
        self._app = app
        self._languages = Languages(app)
        self._is_waiting = False
        self._put_on()
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        context.backend.finished.connect(self._change_now)

    def use_language(self, language: str) -> None:
        """Speak another language."""
        self._context.settings.set_text(settings.LANGUAGE, language)
        self._change()

    def use_scheme(self, scheme: str) -> None:
        """Show other colours."""
        self._context.settings.set_text(settings.SCHEME, scheme)
        self._change()

    def _put_on(self) -> None:
        self._languages.use(self._context.settings.text(settings.LANGUAGE))
        theme.follow(self._app, self._context.settings.text(settings.SCHEME))

    def _change(self) -> None:
        self._is_waiting = any(job.deed == deeds.SEND for job in self._context.backend.jobs)
        if self._is_waiting:
            self._context.messages.show(_("The window changes when the batch is done."))
            return
        self._put_on()
        self.changed.emit()

    def _change_now(self) -> None:
        """Make a change that waited; at the next turn, when the batch's report has been shown."""
        if self._is_waiting:
            QTimer.singleShot(0, self, self._change)

    def _follow_system(self, wanted: Qt.ColorScheme) -> None:
        is_dark = theme.scheme() == "dark"
        follows = self._context.settings.text(settings.SCHEME) == "system"
        if follows and is_dark != (wanted == Qt.ColorScheme.Dark):
            QTimer.singleShot(0, self, self._change)
