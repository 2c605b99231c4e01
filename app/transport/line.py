"""One TLS connection to an entrance, with limits that a dripping server cannot stretch."""

import http.client
import io
import selectors
import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any, Protocol

from app.core.errors import NotSent
from app.transport.address import Address
from app.transport.tls import tls_code


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


class Line(http.client.HTTPConnection):
    """An HTTP connection over our own TLS context; asks no environment and follows nothing."""

    def __init__(self, address: Address, context: ssl.SSLContext, limits: Limits) -> None:
        super().__init__(address.host, address.port, timeout=limits.connect)
        self.address = address
        self.limits = limits
        self._context = context
        self._secure: ssl.SSLSocket | None = None
        self._timed: _Timed | None = None

    def connect(self) -> None:
        """Connect, shake hands and listen for a refusal; nothing of a case has left yet."""
        self._secure = secured(self.address, self._context, self.limits)
        try:
            listen_first(self._secure, self.limits.settle)
        except BaseException:
            self._secure.close()
            raise
        self._timed = _Timed(self._secure, self.limits)
        self.sock = self._timed

    def begin(self) -> None:
        """Start the clock of one exchange, on a connection that is known to be alive."""
        if self.sock is not None and self._secure is not None and _has_news(self._secure, 0):
            self.close()  # between requests the only news is that the server has closed
        if self.sock is None:
            self.connect()
        if self._timed is not None:
            self._timed.begin()


def secured(address: Address, context: ssl.SSLContext, limits: Limits) -> ssl.SSLSocket:
    """Return a connected socket after the handshake, in which the server was verified."""
    plain = reach(address, limits)
    try:
        return context.wrap_socket(plain, server_hostname=address.host)
    except ssl.SSLError as error:
        raise NotSent(tls_code(error), host=address.netloc) from None
    except TimeoutError:
        raise NotSent("tls-timeout", host=address.netloc) from None
    except OSError:
        raise NotSent("tls-closed", host=address.netloc) from None
    finally:
        plain.close()  # a wrapped socket has taken the handle over; a failed one is left behind


def reach(address: Address, limits: Limits) -> socket.socket:
    """Return a TCP connection to the entrance."""
    try:
        plain = socket.create_connection((address.host, address.port), limits.connect)
    except socket.gaierror:
        raise NotSent("name-unknown", host=address.host) from None
    except ConnectionRefusedError:
        raise NotSent("address-refused", host=address.netloc) from None
    except TimeoutError:
        raise NotSent("connect-timeout", host=address.netloc) from None
    except (OSError, UnicodeError):
        raise NotSent("address-unreachable", host=address.netloc) from None
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return plain


def listen_first(secure: ssl.SSLSocket, settle: float) -> None:
    """Raise NotSent if the server refuses our certificate after a TLS 1.3 handshake.

    There the client is done before the server has judged its certificate; what comes first is
    either session tickets or the refusal. In TLS 1.2 the handshake itself has already told.
    """
    if secure.version() != "TLSv1.3" or not _has_news(secure, settle):
        return
    former = secure.gettimeout()
    secure.setblocking(False)
    try:
        if not secure.recv(1):
            raise NotSent("tls-closed")
    except ssl.SSLWantReadError:
        pass  # only session tickets: accepted
    except ssl.SSLError as error:
        raise NotSent(tls_code(error)) from None
    except OSError:
        raise NotSent("tls-closed") from None
    finally:
        secure.settimeout(former)


def _has_news(secure: ssl.SSLSocket, wait: float) -> bool:
    """Whether something can be read within `wait` seconds."""
    with selectors.DefaultSelector() as selector:
        selector.register(secure, selectors.EVENT_READ)
        return bool(selector.select(wait))


class _Timed:
    """A socket as http.client wants it, whose reads and writes obey what is left of the total."""

    def __init__(self, secure: ssl.SSLSocket, limits: Limits) -> None:
        self._secure = secure
        self._limits = limits
        self._deadline = 0.0

    def begin(self) -> None:
        """Start the clock of one exchange."""
        self._deadline = time.monotonic() + self._limits.total

    def sendall(self, data: bytes) -> None:
        """Send everything within what is left."""
        self.limit()
        self._secure.sendall(data)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a reader whose every read obeys the limits."""
        return io.BufferedReader(_TimedReader(self, self._secure.makefile("rb", buffering=0)))

    def limit(self) -> None:
        """Give the next read or write what is left of the time."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._secure.settimeout(min(left, self._limits.read))

    def close(self) -> None:
        """Close the connection."""
        self._secure.close()


class _Readable(Protocol):
    def readinto(self, buffer: Any, /) -> int | None: ...

    def close(self) -> None: ...


class _TimedReader(io.RawIOBase):
    def __init__(self, timed: _Timed, inner: _Readable) -> None:
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
