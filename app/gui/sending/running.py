"""The right side while a batch is under way: how far, pause, cancel."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.gui import theme
from app.gui.background.backend import Job
from app.gui.widgets.controls import Button
from app.gui.widgets.labels import Label, Note, SectionTitle
from app.language.sentences import name_of
from app.language.text import _


class Running(QWidget):
    """Steers the job that sends."""

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self.title = SectionTitle(_("Sending"))
        self.state = Label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("How far the sending has come"))
        self.pause = Button(_("Pause"), self._pause, icon="pause")
        self.cancel = Button(_("Cancel"), self._cancel, icon="stop")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        buttons.addWidget(self.pause)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GRID, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        layout.addWidget(self.title)
        layout.addWidget(self.state)
        layout.addWidget(self.bar)
        layout.addLayout(buttons)
        layout.addWidget(
            Note(_("Every attempt is journalled before and after. What is sent stays sent."))
        )
        layout.addStretch(1)

    def follow(self, job: Job) -> None:
        """Steer this job from now on."""
        self._job = job
        self.bar.setRange(0, 0)
        self.state.setText(name_of("connecting"))
        self.pause.setEnabled(True)
        self.cancel.setEnabled(True)
        self._name_pause()

    def advance(self, done: int, total: int, step: str) -> None:
        """Show how far the job has come."""
        if step == "connecting":
            return
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)
        self.state.setText(_("{done} of {total} cases").format(done=done, total=total))

    def _pause(self) -> None:
        if self._job is None:
            return
        if self._job.is_paused:
            self._job.resume()
        else:
            self._job.pause()
        self._name_pause()

    def _name_pause(self) -> None:
        paused = self._job is not None and self._job.is_paused
        name = _("Continue") if paused else _("Pause")
        self.pause.setText(name)
        self.pause.setAccessibleName(name)
        self.pause.setIcon(theme.icon("play" if paused else "pause"))
        self.title.setText(_("Paused") if paused else _("Sending"))

    def _cancel(self) -> None:
        if self._job is not None:
            self.pause.setEnabled(False)
            self.cancel.setEnabled(False)
            self.title.setText(_("Stopping after the case under way"))
            self._job.cancel()
