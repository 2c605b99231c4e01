"""A socket whose reads and writes obey limits that a dripping server cannot stretch."""

import io
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any, Protocol

_PIECE = 16 * 1024  # one TLS record


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds, and how much to read, in bytes.

    `settle` is how long a new TLS 1.3 connection is listened to before anything is sent: a server
    that refuses our certificate says so first then.
    """

    connect: float = 10.0
    read: float = 30.0
    total: float = 60.0
    settle: float = 0.25
    answer: int = 8 * 1024 * 1024


class Timed:
    """A socket as http.client wants it, whose reads and writes obey what is left of the total."""

    def __init__(self, inner: socket.socket | ssl.SSLSocket, limits: Limits) -> None:
        self._inner = inner
        self._limits = limits
        self._deadline = 0.0

    def begin(self) -> None:
        """Start the clock of one exchange."""
        self._deadline = time.monotonic() + self._limits.total

    def sendall(self, data: bytes) -> None:
        """Send everything within what is left."""
        view = memoryview(data)
        while view:
            self.limit()
            view = view[self._inner.send(view[:_PIECE]) :]

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a reader whose every read obeys the limits."""
        return io.BufferedReader(_TimedReader(self, self._inner.makefile("rb", buffering=0)))

    def limit(self) -> None:
        """Give the next read or write what is left of the time."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._inner.settimeout(min(left, self._limits.read))

    def close(self) -> None:
        """Close the connection."""
        self._inner.close()


class _Readable(Protocol):
    def readinto(self, buffer: Any, /) -> int | None: ...

    def close(self) -> None: ...


class _TimedReader(io.RawIOBase):
    def __init__(self, timed: Timed, inner: _Readable) -> None:
        self._timed = timed
        self._inner = inner

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int | None:
        self._timed.limit()
        return self._inner.readinto(buffer)

    def close(self) -> None:
        self._inner.close()
        super().close()
