"""Servers on the loopback that fail in every way a network, a proxy or a register can.

Servers that speak TLS and HTTP as they should, and only refuse or answer oddly, are
`tests.support.outside.serving`; here are those that do not come that far.
"""

import socket
import ssl
import struct
import threading
import warnings
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.pki import Issued

Behaviour = Callable[["Listening", socket.socket], None]
Fork = tuple[socket.socket, socket.socket]


@dataclass
class Listening:
    """A port that takes connections and treats them badly."""

    port: int
    connections: int = 0
    received: bytearray = field(default_factory=bytearray)  # on all connections together
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}/spor/ws"


def silence(server: Listening, plain: socket.socket) -> None:
    """Take the connection and say nothing until the test is over."""
    while not server.released.is_set():
        with suppress(TimeoutError):
            if not (data := plain.recv(65536)):
                return
            server.received += data


def hang_up(server: Listening, plain: socket.socket) -> None:
    """Close as soon as something came."""
    server.received += plain.recv(65536)


def reset(server: Listening, plain: socket.socket) -> None:
    """Break the connection as a firewall does."""
    server.received += plain.recv(65536)
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def saying(answer: bytes) -> Behaviour:
    """Answer in clear text, whatever comes."""

    def behave(server: Listening, plain: socket.socket) -> None:
        server.received += plain.recv(65536)
        plain.sendall(answer)

    return behave


PLAIN_HTTP = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
SSH = b"SSH-2.0-OpenSSH_9.2\r\n"


@contextmanager
def listening(behave: Behaviour) -> Iterator[Listening]:
    """Treat every connection alike until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Listening(int(listener.getsockname()[1]))
        with _accepting(listener, server, behave):
            yield server


@contextmanager
def _accepting(listener: socket.socket, server: Listening, behave: Behaviour) -> Iterator[None]:
    listener.settimeout(0.05)
    talks: list[threading.Thread] = []

    def accept() -> None:
        while not server.released.is_set():
            with suppress(TimeoutError):
                plain, _ = listener.accept()
                server.connections += 1
                talks.append(threading.Thread(target=_treat, args=(server, plain, behave)))
                talks[-1].start()

    main = threading.Thread(target=accept)
    main.start()
    try:
        yield
    finally:
        server.released.set()
        for thread in (main, *talks):
            thread.join()


def _treat(server: Listening, plain: socket.socket, behave: Behaviour) -> None:
    plain.settimeout(0.1)
    with plain, suppress(OSError):
        behave(server, plain)


def unused_port() -> int:
    """Return a port at which nothing answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def full_port() -> Iterator[int]:
    """Yield a port that takes no more connections: to connect runs into the time limit."""
    with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for one in (first, second):
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield int(listener.getsockname()[1])


@contextmanager
def old_tls(folder: Path, issued: Issued, version: ssl.TLSVersion) -> Iterator[Listening]:
    """Speak only a TLS version that is too old."""
    pem = folder / "old-server.pem"
    pem.write_bytes(issued.key_pem + issued.pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = context.maximum_version = version

    def shake(server: Listening, plain: socket.socket) -> None:
        plain.settimeout(5)
        with context.wrap_socket(plain, server_side=True) as secure:
            server.received += secure.recv(65536)

    with listening(shake) as server:
        yield server


# --- proxies -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProxyRules:
    """What a proxy lets through; `answer` is said instead of connecting, b"" to connect."""

    login: str = ""  # "user:password" it asks for
    answer: bytes = b""
    silent: bool = False
    names: tuple[tuple[str, int], ...] = ()  # a host's name and the loopback port that it means


@dataclass
class Proxying:
    """A proxy that notes what it was asked, and in `listening.received` what it carried there."""

    listening: Listening
    asked: list[bytes] = field(default_factory=list)

    @property
    def port(self) -> int:
        return self.listening.port


@contextmanager
def proxying(rules: ProxyRules | None = None) -> Iterator[Proxying]:
    """Run a proxy for CONNECT, and for GET of whole addresses."""
    rules = rules or ProxyRules()
    asked: list[bytes] = []

    def behave(server: Listening, plain: socket.socket) -> None:
        plain.settimeout(5)
        head = _head(plain)
        asked.append(head)
        if rules.silent:
            server.released.wait(30)
        elif rules.login and b64encode(rules.login.encode()) not in head:
            plain.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
        elif rules.answer:
            plain.sendall(rules.answer)
        else:
            _carry(server, plain, head, dict(rules.names))

    with listening(behave) as server:
        yield Proxying(server, asked)


def _head(plain: socket.socket) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        byte = plain.recv(1)
        if not byte:
            break
        head += byte
    return head


def _carry(server: Listening, plain: socket.socket, head: bytes, names: dict[str, int]) -> None:
    """Connect to the loopback, whatever host was named, and pass everything on both ways."""
    method, place, _ = head.split(b" ", 2)
    whole = place.decode().removeprefix("http://").partition("/")
    host, _, port = whole[0].partition(":")
    with socket.create_connection(("127.0.0.1", names.get(host) or int(port or 80)), 5) as other:
        if method == b"CONNECT":
            plain.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        else:
            other.sendall(head.replace(place, b"/" + whole[2].encode(), 1))
        back = threading.Thread(target=_pass_on, args=(server, (other, plain), bytearray()))
        back.start()
        _pass_on(server, (plain, other), server.received)
        back.join()


def _pass_on(server: Listening, way: Fork, carried: bytearray) -> None:
    source, target = way
    source.settimeout(0.1)
    with suppress(OSError):
        while not server.released.is_set():
            with suppress(TimeoutError):
                data = source.recv(65536)
                if not data:
                    break
                carried += data
                target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
