"""A way out of the hospital's network that was set in the program; the environment has no say."""

import re
import socket
import time
from base64 import b64encode
from dataclasses import dataclass, field
from http import HTTPStatus

from app.core.entrance_settings import proxy_place
from app.core.errors import NotSent
from app.transport.address import Address, without_login

_STATUS = re.compile(rb"HTTP/1\.[01] (\d{3})(?: [^\r\n]*)?\r?\n")
_LARGEST_HEAD = 16 * 1024
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Proxy:
    """Where the proxy is, and who we are to it."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def netloc(self) -> str:
        """Host and port as one text."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def place(self) -> tuple[str, int]:
        """Host and port, to connect to."""
        return self.host, self.port

    @property
    def authorization(self) -> str:
        """The header that says who we are, "" for a proxy that does not ask."""
        if not self.user:
            return ""
        return "Basic " + b64encode(f"{self.user}:{self.password}".encode()).decode()


def read_proxy(text: str, user: str = "", password: str = "") -> Proxy:
    """Return the proxy at `host:port`; anything else is refused before a connection."""
    place = proxy_place(text)
    if place is None:
        raise NotSent("proxy-unreadable", proxy=without_login(text))
    return Proxy(*place, user, password)


def tunnel(plain: socket.socket, proxy: Proxy, address: Address, seconds: float) -> None:
    """Ask a connected proxy for a line to the entrance."""
    try:
        plain.sendall(_question(proxy, address))
        status = _status(_head(plain, time.monotonic() + seconds))
    except TimeoutError:
        raise NotSent("proxy-silent", proxy=proxy.netloc, host=address.netloc) from None
    except OSError:
        raise NotSent("proxy-unreachable", proxy=proxy.netloc) from None
    if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        raise NotSent("proxy-login", proxy=proxy.netloc)
    if status // 100 != HTTPStatus.OK // 100:
        raise NotSent("proxy-refused", proxy=proxy.netloc, host=address.netloc, status=status)


def _question(proxy: Proxy, address: Address) -> bytes:
    """Return the request for a tunnel; it names the entrance and nothing of a case."""
    lines = [f"CONNECT {address.netloc} HTTP/1.1", f"Host: {address.netloc}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def _head(plain: socket.socket, deadline: float) -> bytes:
    """Read the answer up to its empty line and no byte further: what follows is the entrance's."""
    head = bytearray()
    while not head.endswith(_END):
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        plain.settimeout(left)
        byte = plain.recv(1)
        if not byte or len(head) > _LARGEST_HEAD:
            raise ConnectionResetError
        head += byte
    return bytes(head)


def _status(head: bytes) -> int:
    found = _STATUS.match(head)
    if found is None:
        raise ConnectionResetError
    return int(found[1])
