"""Where deeds are done: several at once on threads, each with progress, pause and cancel.

Runs in the worker process, or in threads of the window's own process for tests and pictures.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from inspect import signature
from multiprocessing.connection import Connection
from threading import Event, Lock
from time import monotonic
from typing import Any

from app.core.errors import Cancelled, WorkbenchError
from app.core.waiting import waits_are_told
from app.gui.background.deed import Advanced, Begin, Failed, Order, Reply, Request, Succeeded

MakeDesk = Callable[[], Any]

_THREADS = 4
_BETWEEN_REPORTS = 0.1  # seconds; the window does not need to hear more often

log = logging.getLogger(__name__)


class _Steering:
    """Whether one deed may go on."""

    def __init__(self) -> None:
        self.stopped = Event()
        self.may_run = Event()
        self.may_run.set()

    def follow(self, order: str) -> None:
        """Stop, wait or go on."""
        if order == "pause":
            self.may_run.clear()
            return
        if order == "cancel":
            self.stopped.set()
        self.may_run.set()

    def check(self) -> None:
        """Wait while paused; raise Cancelled once stopped."""
        self.may_run.wait()
        if self.stopped.is_set():
            raise Cancelled


class _Report:
    """The progress that a deed is given."""

    def __init__(self, number: int, steering: _Steering, reply: Callable[[Reply], None]) -> None:
        self._number = number
        self._steering = steering
        self._reply = reply
        self._last = 0.0
        self._step = ""

    def __call__(self, done: int, total: int, step: str = "") -> None:
        """Tell the window, unless it was told just now."""
        self._steering.check()
        now = monotonic()
        if step != self._step or done >= total or now - self._last >= _BETWEEN_REPORTS:
            self._last, self._step = now, step
            self._reply(Advanced(self._number, done, total, step))


class Performer:
    """Does deeds on one desk."""

    def __init__(self, make_desk: MakeDesk, reply: Callable[[Reply], None]) -> None:
        self._make_desk = make_desk
        self._reply = reply
        self._desk: Any = None
        self._lock = Lock()
        self._under_way: dict[int, _Steering] = {}
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="deed")

    def take(self, request: Request) -> None:
        """Begin a deed, or steer one."""
        if isinstance(request, Order):
            steering = self._under_way.get(request.number)
            if steering is not None:
                steering.follow(request.order)
            return
        self._under_way[request.number] = _Steering()
        self._pool.submit(self._perform, request)

    def close(self) -> None:
        """Cancel everything and wait until it has stopped."""
        for steering in list(self._under_way.values()):
            steering.follow("cancel")
        self._pool.shutdown(wait=True)

    def leave_desk(self) -> None:
        """Close the desk that was made here."""
        if self._desk is not None:
            self._desk.close()

    def _perform(self, request: Begin) -> None:
        steering = self._under_way[request.number]
        try:
            steering.check()
            report = _Report(request.number, steering, self._reply)
            answer: Reply = Succeeded(request.number, self._do(request, report))
        except WorkbenchError as error:
            answer = Failed(request.number, error)
        except Exception as error:
            log.exception("%s.%s failed", request.deed.module, request.deed.name)
            answer = Failed(request.number, WorkbenchError("unexpected", kind=type(error).__name__))
        del self._under_way[request.number]
        self._reply(answer)

    def _do(self, request: Begin, report: _Report) -> object:
        """Call the deed; its last parameter, whatever its name, is the progress."""
        function = request.deed.load()
        *_rest, progress = signature(function).parameters
        with waits_are_told(report):
            return function(self._shared_desk(), *request.arguments, **{progress: report})

    def _shared_desk(self) -> Any:
        with self._lock:
            if self._desk is None:
                self._desk = self._make_desk()
            return self._desk


def serve(connection: Connection, make_desk: MakeDesk) -> None:
    """Do what the window asks through the pipe, until it says None or is gone."""
    lock = Lock()

    def reply(message: Reply) -> None:
        with lock:
            connection.send(message)

    performer = Performer(make_desk, reply)
    try:
        while (request := connection.recv()) is not None:
            performer.take(request)
    except (EOFError, OSError):
        log.info("the window is gone")
    finally:
        performer.close()
        performer.leave_desk()
