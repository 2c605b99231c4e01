"""Small deeds for the worker: they count, wait, fail and die."""

import os
from threading import Event

from app.core.errors import ExportError
from app.core.progress import Progress, silent


class SmallDesk:
    """A desk that says where it is and whether it was left."""

    def __init__(self) -> None:
        self.closed = Event()
        self.steps = 0

    def close(self) -> None:
        """Note that it was left."""
        self.closed.set()


def add(_desk: SmallDesk, left: int, right: int = 1, _progress: Progress = silent) -> int:
    return left + right


def where(_desk: SmallDesk, _progress: Progress = silent) -> int:
    return os.getpid()


def count_for_ever(desk: SmallDesk, progress: Progress = silent) -> None:
    pause = Event()
    while True:
        desk.steps += 1
        progress(desk.steps % 50, 100, "counting")
        pause.wait(0.002)


def fail(_desk: SmallDesk, _progress: Progress = silent) -> None:
    raise ExportError("file-missing", name="a.csv")


def stumble(_desk: SmallDesk, _progress: Progress = silent) -> None:
    raise ZeroDivisionError


def die(_desk: SmallDesk, _progress: Progress = silent) -> None:
    os._exit(3)
