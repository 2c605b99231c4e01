"""A TLS handshake and one message in memory, between the program's context and a server's."""

import ssl
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from tests.support.pki import Issued, Tree, pems

MESSAGE = b"<post/>"


@dataclass(frozen=True)
class Talk:
    """What a server saw."""

    version: str
    client: x509.Certificate
    said: bytes


def server_context(
    folder: Path, server: Issued, chain: tuple[x509.Certificate, ...], trusted: bytes, version: str
) -> ssl.SSLContext:
    """Return the context of a server that demands a client certificate, in one TLS version."""
    (folder / "server.pem").write_bytes(server.key_pem + server.pem + pems(chain))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    context.load_cert_chain(folder / "server.pem")
    context.load_verify_locations(cadata=trusted.decode())
    context.verify_mode = ssl.CERT_REQUIRED
    return context


def demanding(
    folder: Path, server: Issued, tree: Tree, trusted: bytes, version: str
) -> ssl.SSLContext:
    """Return the context of a server under a tree, that trusts some authorities for clients."""
    return server_context(folder, server, (tree.issuing.certificate,), trusted, version)


def talk(client: ssl.SSLContext, server: ssl.SSLContext, host: str = "localhost") -> Talk:
    """Shake hands in memory and send one message from the client."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    ours = client.wrap_bio(back, there, server_hostname=host)
    theirs = server.wrap_bio(there, back, server_side=True)
    waiting = [ours, theirs]
    while waiting:
        waiting = [side for side in waiting if not _done(side)]
    ours.write(MESSAGE)
    peer = theirs.getpeercert(binary_form=True)
    assert peer is not None
    said = theirs.read(len(MESSAGE))
    return Talk(str(ours.version()), x509.load_der_x509_certificate(peer), said)


def _done(side: ssl.SSLObject) -> bool:
    try:
        side.do_handshake()
    except ssl.SSLWantReadError:
        return False
    return True
