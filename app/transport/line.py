"""One TLS connection to an entrance, with limits that a dripping server cannot stretch."""

import http.client
import selectors
import socket
import ssl
import time
from collections.abc import Sequence
from typing import Any

from app.core.errors import NotSent
from app.transport.address import Address
from app.transport.proxy import Proxy, tunnel
from app.transport.timed import Limits, Timed
from app.transport.tls import tls_code

__all__ = ["Limits", "Line", "listen_first", "reach", "secured"]

# Of what the addresses of a name did the most telling counts, in this order.
_TELLING: dict[Any, str] = {
    ConnectionRefusedError: "address-refused",
    TimeoutError: "connect-timeout",
}
_MOMENT = 0.01  # the least time that an address gets; 0 would mean not to wait at all


class Line(http.client.HTTPConnection):
    """An HTTP connection over our own TLS context; asks no environment and follows nothing."""

    def __init__(
        self,
        address: Address,
        context: ssl.SSLContext,
        limits: Limits,
        proxy: Proxy | None = None,
    ) -> None:
        super().__init__(address.host, address.port, timeout=limits.connect)
        self.address = address
        self.limits = limits
        self.exchanges = 0  # begun on the connection that is open now
        self._context = context
        self._proxy = proxy
        self._secure: ssl.SSLSocket | None = None
        self._timed: Timed | None = None

    def connect(self) -> None:
        """Connect, shake hands and listen for a refusal; nothing of a case has left yet."""
        self._secure = secured(self.address, self._context, self.limits, self._proxy)
        try:
            listen_first(self._secure, self.limits.settle)
        except BaseException:
            self._secure.close()
            raise
        self.exchanges = 0
        self._timed = Timed(self._secure, self.limits)
        self.sock = self._timed

    def begin(self) -> None:
        """Start the clock of one exchange, on a connection that is known to be alive."""
        if self.sock is not None and self._secure is not None and not _is_open(self._secure):
            self.close()
        if self.sock is None:
            self.connect()
        self.exchanges += 1
        if self._timed is not None:
            self._timed.begin()


def secured(
    address: Address, context: ssl.SSLContext, limits: Limits, proxy: Proxy | None = None
) -> ssl.SSLSocket:
    """Return a connected socket after the handshake, in which the server was verified."""
    plain = reach(address, limits, proxy)
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


def reach(address: Address, limits: Limits, proxy: Proxy | None = None) -> socket.socket:
    """Return a TCP connection to the entrance, through the proxy where one is set."""
    if proxy is None:
        return connected(address.host, address.port, limits.connect)
    try:
        plain = connected(proxy.host, proxy.port, limits.connect)
    except NotSent as error:
        raise NotSent("proxy-unreachable", proxy=proxy.netloc, reason=error.code) from None
    try:
        tunnel(plain, proxy, address, limits.connect)
    except BaseException:
        plain.close()
        raise
    plain.settimeout(limits.connect)
    return plain


def connected(host: str, port: int, seconds: float) -> socket.socket:
    """Return a TCP connection; the limit holds for all addresses of a name together.

    Each address gets its share, so that one that swallows everything does not hide the others.
    """
    deadline = time.monotonic() + seconds
    errors: list[OSError] = []
    found = _addresses(host, port)
    for tried, (family, kind, protocol, _, where) in enumerate(found):
        share = (deadline - time.monotonic()) / (len(found) - tried)
        plain = socket.socket(family, kind, protocol)
        try:
            plain.settimeout(max(share, _MOMENT))
            plain.connect(where)
            plain.settimeout(seconds)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as caught:
            plain.close()
            errors.append(caught)
        else:
            return plain
    for kind, code in _TELLING.items():
        telling = [isinstance(one, kind) for one in errors]
        if any(telling):
            raise NotSent(code, host=f"{host}:{port}") from errors[telling.index(True)]
    raise NotSent("address-unreachable", host=f"{host}:{port}") from next(iter(errors), None)


def _addresses(host: str, port: int) -> Sequence[tuple[Any, ...]]:
    try:
        return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror:
        raise NotSent("name-unknown", host=host) from None
    except (OSError, UnicodeError):
        raise NotSent("address-unreachable", host=f"{host}:{port}") from None


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


def _is_open(secure: ssl.SSLSocket) -> bool:
    """Whether a connection on which nothing is awaited can be used: the server has not closed it.

    Session tickets may come late and are no news; anything else that comes is.
    """
    if not _has_news(secure, 0):
        return True
    secure.setblocking(False)
    try:
        secure.recv(1)
    except ssl.SSLWantReadError:
        return True
    except OSError:
        return False
    return False


def _has_news(secure: ssl.SSLSocket, wait: float) -> bool:
    """Whether something can be read within `wait` seconds."""
    with selectors.DefaultSelector() as selector:
        selector.register(secure, selectors.EVENT_READ)
        return bool(selector.select(wait))
