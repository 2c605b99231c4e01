"""Deeds off the GUI thread: in one worker process, or in threads of this one."""

import logging
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.core.errors import Cancelled, WorkbenchError
from app.gui.background.deed import (
    Advanced,
    Begin,
    Deed,
    Died,
    Failed,
    Order,
    Reply,
    Request,
    Result,
    Succeeded,
)
from app.gui.background.worker import MakeDesk, Performer, serve

_PATIENCE = 5.0  # seconds that a closing worker gets to end by itself

log = logging.getLogger(__name__)


class Job(QObject):
    """One deed under way; its callbacks come on the GUI thread."""

    advanced = Signal(int, int, str)
    ended = Signal()

    def __init__(self, number: int, deed: Deed[Any], backend: "Backend") -> None:
        super().__init__(backend)
        self.number = number
        self.deed = deed
        self.is_paused = False
        self.owner: QObject | None = None
        self.done: Callable[[Any], None] | None = None
        self.failed: Callable[[WorkbenchError], None] | None = None
        self._backend = backend

    def cancel(self) -> None:
        """Ask the deed to stop; it then fails with Cancelled."""
        self._backend.order(self, "cancel")

    def pause(self) -> None:
        """Ask the deed to wait at its next step."""
        self.is_paused = True
        self._backend.order(self, "pause")

    def resume(self) -> None:
        """Let the deed go on."""
        self.is_paused = False
        self._backend.order(self, "resume")

    @property
    def is_wanted(self) -> bool:
        """Whether the one that asked is still there to hear the answer."""
        return self.owner is None or shiboken6.isValid(self.owner)


class Channel(Protocol):
    """The way to whoever does the deeds."""

    def send(self, request: Request) -> None:
        """Hand over a request."""

    def close(self) -> None:
        """End the work and wait for it."""


class ProcessChannel:
    """One spawned process, read by one thread of ours."""

    def __init__(self, make_desk: MakeDesk, reply: Callable[[Reply], None]) -> None:
        context = get_context("spawn")
        self._ours, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=serve, args=(theirs, make_desk), name="worker"
        )
        self.process.start()
        theirs.close()
        self._reader = Thread(target=_read, args=(self._ours, reply), name="worker-reader")
        self._reader.start()

    def send(self, request: Request | None) -> None:
        """Hand over a request; a dead worker is noticed by the reader."""
        try:
            self._ours.send(request)
        except OSError:
            log.warning("the worker is gone")

    def close(self) -> None:
        """Tell the worker that there is no more, and wait for it and for the reader."""
        if self.process.is_alive():
            self.send(None)
        self.process.join(_PATIENCE)
        if self.process.is_alive():
            self.process.terminate()
            self.process.join()
        self._reader.join()
        self._ours.close()


def _read(connection: Connection, reply: Callable[[Reply], None]) -> None:
    try:
        while True:
            reply(connection.recv())
    except (EOFError, OSError):
        reply(Died())


class ThreadChannel:
    """Threads of this process: for tests and for pictures of the pages."""

    def __init__(self, make_desk: MakeDesk, reply: Callable[[Reply], None]) -> None:
        self._performer = Performer(make_desk, reply)

    def send(self, request: Request) -> None:
        """Hand over a request."""
        self._performer.take(request)

    def close(self) -> None:
        """Cancel everything and wait."""
        self._performer.close()


class _Bridge(QObject):
    """Brings replies from any thread to the GUI thread."""

    replied = Signal(object)


class Backend(QObject):
    """Starts deeds, and hands their results back on the GUI thread."""

    began = Signal(Job)
    finished = Signal(Job)
    troubled = Signal(WorkbenchError)  # a failure that nobody else shows
    died = Signal()  # the worker is gone, and with it all that it had loaded

    def __init__(
        self,
        make_desk: MakeDesk,
        channel: Callable[[MakeDesk, Callable[[Reply], None]], Channel] = ProcessChannel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_desk = make_desk
        self._make_channel = channel
        self._channel: Channel | None = None
        self._jobs: dict[int, Job] = {}
        self._last = 0
        self._bridge = _Bridge(self)
        self._bridge.replied.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The deeds under way, oldest first."""
        return tuple(self._jobs.values())

    def warm_up(self) -> None:
        """Start the worker before it is needed, right after the first paint."""
        if self._channel is None:
            self._channel = self._make_channel(self._make_desk, self._bridge.replied.emit)

    def start(
        self,
        deed: Deed[Result],
        *arguments: object,
        done: Callable[[Result], None] | None = None,
        failed: Callable[[WorkbenchError], None] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        owner: QObject | None = None,
    ) -> Job:
        """Start a deed; the callbacks come on the GUI thread, and not at all once `owner` is gone.

        A cancelled deed fails with Cancelled. Without `failed` the message area shows the error.
        """
        self.warm_up()
        self._last += 1
        job = Job(self._last, deed, self)
        job.owner, job.done, job.failed = owner, done, failed
        if progress is not None:
            job.advanced.connect(progress)
        self._jobs[job.number] = job
        self.began.emit(job)
        if self._channel is not None:
            self._channel.send(Begin(job.number, deed, arguments))
        return job

    def order(self, job: Job, order: str) -> None:
        """Steer a deed under way."""
        if job.number in self._jobs and self._channel is not None:
            self._channel.send(Order(job.number, order))

    def close(self) -> None:
        """Cancel everything, forget who asked, and leave nothing running."""
        self._bridge.blockSignals(True)
        self._jobs.clear()
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, Died):
            self._bury()
            return
        job = self._jobs.get(reply.number)
        if job is None:
            return
        if isinstance(reply, Advanced):
            if job.is_wanted:
                job.advanced.emit(reply.done, reply.total, reply.step)
            return
        self._end(job, reply)

    def _end(self, job: Job, reply: Succeeded | Failed) -> None:
        del self._jobs[job.number]
        self.finished.emit(job)
        if isinstance(reply, Failed):
            self._tell_failure(job, reply.error)
        elif job.is_wanted and job.done is not None:
            job.done(reply.result)
        job.ended.emit()
        job.deleteLater()

    def _tell_failure(self, job: Job, error: WorkbenchError) -> None:
        if job.failed is not None:
            if job.is_wanted:
                job.failed(error)
        elif not isinstance(error, Cancelled):
            self.troubled.emit(error)

    def _bury(self) -> None:
        """Fail what the dead worker was doing; the next deed starts another worker."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        lost = self.jobs
        self.died.emit()
        for job in lost:
            self._end(job, Failed(job.number, WorkbenchError("worker-died")))
