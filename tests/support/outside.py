"""Real certificates and a real TLS server with programmable faults."""

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.support.pki import (
    DAY,
    HSA_ID,
    NOW,
    Issued,
    PlainIdentity,
    Wish,
    authority,
    elliptic_key,
    issue,
    packed,
    plain_identity,
    rsa_key,
)

__all__ = [
    "DAY",
    "HSA_ID",
    "NOW",
    "Issued",
    "PlainIdentity",
    "Wish",
    "authority",
    "elliptic_key",
    "issue",
    "packed",
    "plain_identity",
    "rsa_key",
]

TEST_PERSON = "197701012382"  # Skatteverket's test range

# --- the server --------------------------------------------------------------------------------


def answer_of(
    status: str, body: bytes, kind: str = "text/xml; charset=utf-8", extra: bytes = b""
) -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + extra + b"\r\n" + body


def soap(content: str) -> bytes:
    return (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">'
        f"<soap:Body>{content}</soap:Body></soap:Envelope>"
    ).encode()


def result(code: str, text: str) -> bytes:
    """Return an answer as the register words it."""
    return answer_of(
        "200 OK",
        soap(
            '<r:postRegistrationResponse xmlns:r="urn:spor-reconstruction:registration:4.1">'
            f"<r:registrationResult><r:resultCode>{code}</r:resultCode>"
            f"<r:resultText>{text}</r:resultText></r:registrationResult>"
            "</r:postRegistrationResponse>"
        ),
    )


def fault(text: str) -> bytes:
    content = f"<soap:Fault><faultcode>soap:Client</faultcode><faultstring>{text}</faultstring>"
    return answer_of("500 Internal Server Error", soap(content + "</soap:Fault>"))


@cache
def bomb() -> bytes:
    """Return an answer that, unpacked, says that case 1 was taken and fills 120 MB."""
    said = result("OK", "Skapade: 1").partition(b"\r\n\r\n")[2]
    body = gzip.compress(said + b" " * 120_000_000, compresslevel=1)
    return answer_of("200 OK", body, extra=b"Content-Encoding: gzip\r\n")


Answer = bytes | Callable[["ssl.SSLSocket"], None]


@dataclass
class Server:
    """A TLS server that demands a client certificate and gives the answers it was told to."""

    port: int
    answers: list[Answer] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    closed: int = 0
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}/spor/ws"

    def drip(self, secure: ssl.SSLSocket) -> None:
        """Send a byte now and then, for ever."""
        while not self.released.wait(0.05):
            secure.sendall(b"H")

    def ask_late(self, secure: ssl.SSLSocket, answer: bytes) -> None:
        """Ask for the client certificate after the request, as Apache does per path."""
        secure.verify_client_post_handshake()
        secure.sendall(answer[:1])  # carries the question; the reply is read with the next bytes
        secure.settimeout(0.2)
        with suppress(TimeoutError):
            secure.recv(1)  # takes the certificate in; nothing else comes
        secure.settimeout(10)
        secure.sendall(answer[1:])

    def silence(self, _secure: ssl.SSLSocket) -> None:
        """Say nothing until the test is over."""
        self.released.wait(30)


@dataclass(frozen=True)
class Setup:
    """How a server is set up."""

    server: Issued
    client_authority: Issued | None
    version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    asks_late: bool = False  # for the client certificate, once it has seen the request
    trusted: bytes = b""  # more authorities of clients, as PEM
    lists: bytes = b""  # revocation lists of client certificates, as PEM
    chain: bytes = b""  # what the server sends after its own certificate, as PEM
    adjust: Callable[[ssl.SSLContext], None] | None = None  # what else is odd about its TLS


@contextmanager
def serving(folder: Path, setup: Setup) -> Iterator[Server]:
    """Serve until the block ends."""
    context = server_context(folder, setup)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    server = Server(listener.getsockname()[1])
    threads = [threading.Thread(target=_accept, args=(listener, context, server))]
    threads[0].start()
    try:
        yield server
    finally:
        server.released.set()
        threads[0].join()
        listener.close()


def server_context(folder: Path, setup: Setup) -> ssl.SSLContext:
    """Return what a server of a setup shakes hands with."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = context.maximum_version = setup.version
    pem = folder / "server.pem"
    pem.write_bytes(setup.server.key_pem + setup.server.pem + setup.chain)
    context.load_cert_chain(pem)
    if setup.client_authority:
        context.verify_mode = ssl.CERT_REQUIRED
        context.post_handshake_auth = setup.asks_late
        authorities = setup.client_authority.pem + setup.trusted
        context.load_verify_locations(cadata=authorities.decode())
    if setup.lists:
        lists = folder / "clients.crl"
        lists.write_bytes(setup.lists)
        context.load_verify_locations(cafile=lists)
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    if setup.adjust:
        setup.adjust(context)
    return context


def _accept(listener: socket.socket, context: ssl.SSLContext, server: Server) -> None:
    threads = []
    while not server.released.is_set():
        try:
            plain, _ = listener.accept()
        except TimeoutError:
            continue
        threads.append(threading.Thread(target=_talk, args=(plain, context, server)))
        threads[-1].start()
    for thread in threads:
        thread.join()


def _talk(plain: socket.socket, context: ssl.SSLContext, server: Server) -> None:
    plain.settimeout(10)
    try:
        with context.wrap_socket(plain, server_side=True) as secure, suppress(OSError):
            server.connections += 1
            while _answer_one(secure, server):
                pass
        server.closed += 1
    except OSError:
        plain.close()  # the handshake failed, as some tests want


def _answer_one(secure: ssl.SSLSocket, server: Server) -> bool:
    """Read one request and answer it; whether the line stays open."""
    request = _read_request(secure, server)
    if request is None:
        return False
    server.requests.append(request)
    secure.settimeout(10)  # to answer may take its time
    answer = server.answers.pop(0)
    if callable(answer):
        answer(secure)
        return False
    secure.sendall(answer)
    return not answer.endswith(CLOSE)


CLOSE = b"<!-- the line is closed after this -->"


def _read_request(secure: ssl.SSLSocket, server: Server) -> bytes | None:
    request = bytearray()
    secure.settimeout(0.05)
    while not server.released.is_set():
        try:
            chunk = secure.recv(65536)
        except TimeoutError:
            continue
        if not chunk:
            return None
        request += chunk
        head, split, body = request.partition(b"\r\n\r\n")
        if split and len(body) >= _length(head):
            return bytes(request)
    return None


def _length(head: bytes | bytearray) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
