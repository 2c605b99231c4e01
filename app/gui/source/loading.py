"""Whether the files are being read, how far that has come, and what to do when it was stopped."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.gui import theme
from app.gui.background.backend import Backend, Job
from app.gui.frame import deeds
from app.gui.frame.session import Session
from app.gui.widgets.controls import Button
from app.gui.widgets.trouble import Trouble
from app.language.text import _

_QUICK = 400  # ms; reading that is over sooner is not told


class LoadingLine(QWidget):
    """A line above the files while they are read for long, or when that was stopped."""

    def __init__(self, backend: Backend, session: Session) -> None:
        super().__init__()
        self._backend = backend
        self._session = session
        self._is_wanting = False
        self.told = Trouble(status="note")
        self.bar = QProgressBar()
        self.bar.setFixedWidth(200)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the reading has come"))
        self.stop = Button(_("Stop reading"), self._stop)
        self.again = Button(_("Read the files"), session.read_tables)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        for part in (self.bar, self.stop, self.again):
            row.addWidget(part)
        self._timer = QTimer(self, singleShot=True, interval=_QUICK)
        self._timer.timeout.connect(self._show_reading)
        backend.began.connect(self._begin)
        backend.finished.connect(self._end)
        self.hide()
        for job in self._jobs():
            self._begin(job)

    def show_state(self, *, is_wanting: bool) -> None:
        """Know whether there are files that are not read."""
        self._is_wanting = is_wanting
        self._settle()

    def _jobs(self) -> tuple[Job, ...]:
        return tuple(one for one in self._backend.jobs if one.deed == deeds.READ_TABLES)

    def _begin(self, job: Job) -> None:
        if job.deed == deeds.READ_TABLES:
            self.bar.setRange(0, 0)
            job.advanced.connect(self._advance)
            self._timer.start()

    def _end(self, job: Job) -> None:
        if job.deed == deeds.READ_TABLES:
            QTimer.singleShot(0, self, self._settle)  # once the page has what was read

    def _settle(self) -> None:
        """Say that files are not read when nothing reads them; else nothing, or how far it is."""
        if self._jobs():
            return
        self._timer.stop()
        self.setVisible(self._is_wanting)
        if self._is_wanting:
            self._say(_("The files are not read; only their first rows are shown."), "unknown")

    def _show_reading(self) -> None:
        if self._jobs():
            self._say(_("The files are being read. Their first rows are shown already."), "note")
            self.show()

    def _say(self, text: str, status: str) -> None:
        is_reading = bool(self._jobs())
        self.told.say(text, status)
        self.bar.setVisible(is_reading)
        self.stop.setVisible(is_reading)
        self.again.setVisible(not is_reading)

    def _advance(self, done: int, total: int, _step: str) -> None:
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)

    def _stop(self) -> None:
        for job in self._jobs():
            job.cancel()
