"""What is waited for while the keystore, a token or a server takes its time, and a way out."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.gui import theme
from app.gui.background.backend import Backend, Job
from app.gui.frame import deeds
from app.gui.widgets.controls import Button
from app.gui.widgets.trouble import Trouble
from app.language.text import N_, _

_QUICK = 600  # ms; what is over sooner is not told
_ASKED = "waiting-for-keystore"  # the step that a deed tells while the keystore is silent
_KEYSTORE = N_("Waiting for the computer's keystore. It may be asking you in another window.")
_TOKEN = N_("Waiting for the token.")
_WORDS = {
    deeds.CERTIFICATES: _KEYSTORE,
    deeds.IMPORT_CERTIFICATE: _KEYSTORE,
    deeds.CHOOSE_CERTIFICATE: _KEYSTORE,
    deeds.REMOVE_CERTIFICATE: _KEYSTORE,
    deeds.COMPLETE_ORDER: _KEYSTORE,
    deeds.CANCEL_ORDER: _KEYSTORE,
    deeds.ENTRANCE_FACTS: _KEYSTORE,  # whether it has the proxy's password
    deeds.KEEP_PROXY_PASSWORD: _KEYSTORE,
    deeds.IMPORT_STAGE_CERTIFICATE: _KEYSTORE,
    deeds.START_STAGE: N_("The local stage is starting."),
    deeds.ORDER_CERTIFICATE: N_("The key is being made. A long key takes a few seconds."),
    deeds.TOKEN_CERTIFICATES: _TOKEN,
    deeds.USE_TOKEN_CERTIFICATE: _TOKEN,
    deeds.OPEN_TOKEN: _TOKEN,
    deeds.CHECK_REVOCATION: N_("The issuer's list is being fetched."),
    deeds.UNLOCK_KEYSTORE: N_("The passphrase is being tried."),
    deeds.START_PASSPHRASE: N_("The passphrase is being tried."),
}


class WaitingLine(QWidget):
    """Hidden unless something is waited for longer than a moment."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._backend = backend
        self._asked: set[int] = set()  # jobs that the keystore keeps waiting
        self.told = Trouble(status="waiting")
        self.cancel = Button(_("Cancel"), self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self.told, 1)
        row.addWidget(self.cancel)
        self._timer = QTimer(self, singleShot=True, interval=_QUICK)
        self._timer.timeout.connect(self._show_waiting)
        backend.began.connect(self._begin)
        backend.finished.connect(self._end)
        self.hide()
        if self._jobs():
            self._timer.start()

    def _jobs(self) -> tuple[Job, ...]:
        return tuple(one for one in self._backend.jobs if one.deed in _WORDS)

    def _begin(self, job: Job) -> None:
        if job.deed in _WORDS:
            job.advanced.connect(partial(self._advance, job.number))
            if self.isHidden() and not self._timer.isActive():
                self._timer.start()

    def _advance(self, number: int, _done: int, _total: int, step: str) -> None:
        """Tell at once when the keystore is silent: it may be asking elsewhere."""
        if (step == _ASKED) is not (number in self._asked):
            self._asked ^= {number}
            self._show_waiting()

    def _end(self, job: Job) -> None:
        self._asked.discard(job.number)
        if not self._jobs():
            self._timer.stop()
            self.hide()
        elif self.isVisible():
            self._show_waiting()

    def _show_waiting(self) -> None:
        jobs = self._jobs()
        if jobs:
            asked = any(one.number in self._asked for one in jobs)
            self.told.say(_(_KEYSTORE if asked else _WORDS[jobs[0].deed]), "waiting")
            self.show()

    def stop(self) -> None:
        """Cancel what is waited for, whether it is told yet or not."""
        for job in self._jobs():
            job.cancel()
