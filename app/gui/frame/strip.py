"""The quiet strip at the bottom: the latest message, and the work under way."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QToolButton

from app.gui import theme
from app.gui.background.backend import Backend, Job
from app.gui.frame.messages import Message, Messages
from app.gui.widgets.labels import Label, Note
from app.language.sentences import name_of
from app.language.text import _

_QUICK = 400  # ms; work that is over sooner is not shown


class MessageStrip(QFrame):
    """Shows one message at a time; it stays until it is closed or another comes."""

    def __init__(self, messages: Messages) -> None:
        super().__init__()
        self.setObjectName("messages")
        self.setFixedHeight(40)
        self.setAccessibleName(_("Messages"))
        self.message: Message | None = None
        self._picture = QLabel()
        self._text = Label()
        self._copy = self._button("content-copy", _("Copy the message"), self._copy_text)
        self._close = self._button("close", _("Close the message"), self.clear)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 0)
        self.row.setSpacing(theme.GRID)
        self.row.addWidget(self._picture)
        self.row.addWidget(self._text, 1)
        self.row.addWidget(self._copy)
        self.row.addWidget(self._close)
        messages.posted.connect(self.show_message)
        messages.withdrawn.connect(self.withdraw)
        self.clear()

    def show_message(self, message: Message) -> None:
        """Show a message in place of the former one."""
        self.message = message
        self._picture.setPixmap(theme.status_icon(message.status).pixmap(16, 16))
        self._text.setText(message.text)
        self._text.setToolTip(message.text)
        self.setAccessibleDescription(message.text)
        for part in (self._picture, self._copy, self._close):
            part.show()

    def forget_success(self) -> None:
        """Let go of what went well when the user goes on; trouble stays until it is closed."""
        if self.message is not None and self.message.status == "clean":
            self.clear()

    def withdraw(self, text: str) -> None:
        """Let go of a message that no longer holds."""
        if self.message is not None and self.message.text == text:
            self.clear()

    def clear(self) -> None:
        """Show nothing."""
        self.message = None
        self._text.setText("")
        self.setAccessibleDescription("")
        for part in (self._picture, self._copy, self._close):
            part.hide()

    def _copy_text(self) -> None:
        if self.message is not None:
            code = f" ({self.message.code})" if self.message.code else ""
            QGuiApplication.clipboard().setText(self.message.text + code)

    def _button(self, icon: str, name: str, slot: object) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon, "quiet"))
        button.setIconSize(QSize(16, 16))
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.clicked.connect(slot)
        return button


class WorkStrip(QFrame):
    """Shows how far the oldest work has come, and lets the user stop it."""

    def __init__(self, backend: Backend) -> None:
        super().__init__()
        self._backend = backend
        self._step = Note()
        self._step.setWordWrap(False)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("How far the work has come"))
        self._stop = QToolButton()
        self._stop.setIcon(theme.icon("stop-circle-outline", "quiet"))
        self._stop.setToolTip(_("Stop"))
        self._stop.setAccessibleName(_("Stop"))
        self._stop.clicked.connect(self._cancel)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GRID)
        for part in (self._step, self._bar, self._stop):
            layout.addWidget(part)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_QUICK)
        self._timer.timeout.connect(self._show_work)
        backend.began.connect(self._wait)
        backend.finished.connect(self._end)
        self.hide()

    def _wait(self, job: Job) -> None:
        job.advanced.connect(self._advance)
        if not self._timer.isActive() and self.isHidden():
            self._timer.start()

    def _show_work(self) -> None:
        if self._backend.jobs:
            self._bar.setRange(0, 0)
            self._step.setText(_("Working…"))
            self.show()

    def _advance(self, done: int, total: int, step: str) -> None:
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        if step:
            self._step.setText(name_of(step))

    def _end(self, _job: Job) -> None:
        if not self._backend.jobs:
            self._timer.stop()
            self.hide()

    def _cancel(self) -> None:
        for job in self._backend.jobs:
            job.cancel()
