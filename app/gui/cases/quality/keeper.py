"""Keeps every new load for the next one to be compared with, also when nobody looks at it."""

from PySide6.QtCore import QObject

from app.gui.background.latest import Latest, rest_timer
from app.gui.frame import deeds
from app.gui.frame.context import Context

_REST = 3000  # ms after a check: first the user is served


class LoadKeeper(QObject):
    """Asks for it some time after each check; a load that is kept already costs nothing."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._session = context.session
        self._latest = Latest(context.backend, self)
        self._timer = rest_timer(self, _REST, self.keep)
        context.session.summary_changed.connect(self._follow)
        self._follow()  # the page is made when somebody comes to it: mostly after the check

    def keep(self) -> None:
        """Keep the load that is checked."""
        self._latest.start(deeds.KEEP_LOAD, done=lambda _is_new: None)

    def _follow(self) -> None:
        self._timer.stop()
        self._latest.forget(deeds.KEEP_LOAD)
        if self._session.summary is not None and not self._session.is_checking:
            self._timer.start()
