"""TLS for cheroot: a client certificate of our own CA is demanded; its HSA-id goes along."""

import ssl
from contextlib import suppress
from pathlib import Path
from socket import socket
from typing import Any

from cheroot.makefile import StreamReader, StreamWriter
from cheroot.server import HTTPConnection
from cheroot.ssl import Adapter

HSA_ID = "stage.hsa_id"  # environ key: serialNumber of the client certificate's subject


def server_context(certificate: Path, ca: Path, passphrase: str) -> ssl.SSLContext:
    """Return a context that lets in only certificates of our own CA, TLS 1.2 or later."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(cafile=ca)
    context.load_cert_chain(certificate, password=passphrase)
    return context


class MutualTls(Adapter):  # type: ignore[misc, unused-ignore]
    """Wraps each connection; the handshake itself waits for the worker thread."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self.context = context

    def bind(self, sock: socket) -> socket:
        """Return the listening socket as it is."""
        return sock

    def wrap(self, sock: socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
        """Wrap without a handshake, so that a silent client does not hold up the others."""
        wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return wrapped, {}

    def get_environ(self) -> dict[str, str]:
        """Return what is the same for every connection."""
        return {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def makefile(self, sock: ssl.SSLSocket, mode: str = "r", bufsize: int = -1) -> Any:
        """Return a stream over the connection."""
        return (StreamReader if "r" in mode else StreamWriter)(sock, mode, bufsize)


class MutualTlsConnection(HTTPConnection):  # type: ignore[misc, unused-ignore]
    """One connection: handshake first, in the worker's thread, then requests."""

    def communicate(self) -> bool:
        """Answer one request; return whether the connection stays open."""
        if not self.ssl_env:
            try:
                self.socket.do_handshake()
            except OSError:
                return False  # the client was told why by a TLS alert
            self.ssl_env = self.server.ssl_adapter.get_environ() | _peer(self.socket)
        return bool(super().communicate())  # type: ignore[no-untyped-call]

    def close(self) -> None:
        """Close both directions, so that nothing is left to the garbage collector.

        A client that was killed leaves an answer that cannot be delivered; an error from here
        would end cheroot's worker, and with it the whole server.
        """
        with suppress(OSError):
            super().close()
        with suppress(OSError):
            self.wfile.close()


def _peer(connection: ssl.SSLSocket) -> dict[str, str]:
    """Return the HSA-id of the connected client."""
    certificate: dict[str, Any] = connection.getpeercert() or {}
    pairs = [pair for part in certificate.get("subject", ()) for pair in part]
    return {HSA_ID: dict(pairs).get("serialNumber", "")}
