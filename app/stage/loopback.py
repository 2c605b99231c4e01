"""A cheroot server on loopback that starts in a thread and stops cleanly."""

import logging
from collections.abc import Callable, Iterable
from socket import socket
from threading import Thread
from typing import Any

from cheroot.server import HTTPConnection
from cheroot.ssl import Adapter
from cheroot.wsgi import Server

from app.core.errors import StageError

HOST = "127.0.0.1"
IDLE_SECONDS = 120  # how long a kept-alive connection may rest
STOP_SECONDS = 2

logger = logging.getLogger(__name__)
Application = Callable[[Any, Any], Iterable[bytes]]


class _QuietServer(Server):  # type: ignore[misc, unused-ignore]
    """Keeps cheroot's messages in our log, and leaves no socket behind when a port is taken."""

    @staticmethod
    def bind_socket(socket_: socket, bind_addr: tuple[str, int]) -> socket:
        """Bind, or close the socket."""
        try:
            Server.bind_socket(socket_, bind_addr)  # type: ignore[no-untyped-call]
        except OSError:
            socket_.close()
            raise
        return socket_

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """Log a message; cheroot's name addresses, never what was sent."""
        logger.log(level, msg, exc_info=traceback)


class Loopback:
    """One application on one port of this computer."""

    def __init__(
        self,
        application: Application,
        port: int,
        threads: int,
        tls: Adapter | None = None,
        connection: type[HTTPConnection] = HTTPConnection,
    ) -> None:
        self._server = _QuietServer(
            (HOST, port),
            application,
            numthreads=threads,
            server_name="stage",
            request_queue_size=64,
            timeout=IDLE_SECONDS,
            shutdown_timeout=STOP_SECONDS,
        )
        self._server.ssl_adapter = tls
        self._server.ConnectionClass = connection
        self._server.expiration_interval = 0.1  # also how long stopping may take
        self._thread = Thread(target=self._server.serve, name=f"stage on {port or 'any port'}")

    def start(self) -> int:
        """Begin to answer; return the port."""
        port = self._server.bind_addr[1]
        try:
            self._server.prepare()
        except OSError:
            raise StageError("stage-port-taken", port=port) from None
        self._thread.start()
        return int(self._server.bind_addr[1])

    def stop(self) -> None:
        """Stop answering and wait until every thread has ended."""
        self._server.stop()
        if self._thread.ident is not None:
            self._thread.join()
