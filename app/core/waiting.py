"""Waiting that may take as long as a person likes: it is told, and it can be cancelled.

Whoever does a deed says once how the deed tells its progress; whatever waits further down asks
here, and need not be handed a progress through every call.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import RLock

from app.core.progress import Progress, silent

FOR_KEYSTORE = "waiting-for-keystore"  # a step
TOLD_AFTER = 0.2  # seconds between the moments when a wait is told and can be cancelled

_told: ContextVar[Progress] = ContextVar("told", default=silent)


@contextmanager
def waits_are_told(progress: Progress) -> Iterator[None]:
    """Tell `progress` of every wait in the block; it may raise Cancelled to end the wait."""
    token = _told.set(progress)
    try:
        yield
    finally:
        _told.reset(token)


def still_waiting(step: str) -> None:
    """Tell what is waited for; raises Cancelled when nobody wants to wait any longer."""
    _told.get()(0, 1, step)


@contextmanager
def patiently(lock: "RLock", step: str) -> Iterator[None]:
    """Hold a lock that others may hold for long; waiting for it is told and can be cancelled."""
    while not lock.acquire(timeout=TOLD_AFTER):
        still_waiting(step)
    try:
        yield
    finally:
        lock.release()
