"""Look at the certificates that a server shows, trusted or not, to tell what is wrong with them.

Nothing of ours is shown or sent: no certificate, no request. A server that wants a certificate in
TLS 1.2 breaks off before Python hands out its own, so there the records are read as they come.
"""

import ssl
import time
from collections.abc import Iterator
from dataclasses import replace

from cryptography import x509

from app.core.errors import NotSent
from app.transport.address import Address
from app.transport.line import Limits, reach, secured
from app.transport.proxy import Proxy

_HANDSHAKE, _CERTIFICATE = 22, 11  # RFC 5246, 6.2.1 and 7.4
_HEAD, _MESSAGE_HEAD, _LENGTH = 5, 4, 3
_CHUNK, _MOST = 16384, 256 * 1024
_DER = 2  # _ssl.ENCODING_DER


def look(
    address: Address, limits: Limits, proxy: Proxy | None = None
) -> tuple[x509.Certificate, ...]:
    """Return the certificates that a server shows, its own first; () when it shows none."""
    quick = replace(limits, read=min(limits.read, limits.connect))
    try:
        return _by_handshake(address, quick, proxy) or _by_records(address, quick, proxy)
    except (NotSent, OSError, ValueError):
        return ()


def _open() -> ssl.SSLContext:
    """Return a context that trusts anyone; what it reads is shown and never relied on."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _by_handshake(
    address: Address, limits: Limits, proxy: Proxy | None
) -> tuple[x509.Certificate, ...]:
    try:
        with secured(address, _open(), limits, proxy) as secure:
            return tuple(x509.load_der_x509_certificate(one) for one in _sent(secure))
    except NotSent:
        return ()


def _sent(secure: ssl.SSLSocket) -> Iterator[bytes]:
    """Yield the certificates as the server sent them; Python has a public name for it from 3.13."""
    public = getattr(secure, "get_unverified_chain", None)
    if public is not None:
        yield from public()
        return
    for one in secure._sslobj.get_unverified_chain() or ():  # type: ignore[attr-defined]  # noqa: SLF001 - so 3.11 and 3.12
        yield one.public_bytes(_DER)


def _by_records(
    address: Address, limits: Limits, proxy: Proxy | None
) -> tuple[x509.Certificate, ...]:
    """Shake hands in TLS 1.2 by hand, as far as the server's certificates."""
    context = _open()
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    shaking = context.wrap_bio(incoming, outgoing, server_hostname=address.host)
    received = bytearray()
    deadline = time.monotonic() + limits.read
    with reach(address, limits, proxy) as plain:
        while len(received) < _MOST and (left := deadline - time.monotonic()) > 0:
            plain.settimeout(left)  # for all of it: a server may drip
            try:
                shaking.do_handshake()
            except ssl.SSLWantReadError:
                plain.sendall(outgoing.read())
            found = _shown(bytes(received))
            if found:
                return found
            chunk = plain.recv(_CHUNK)
            if not chunk:
                break
            received += chunk
            incoming.write(chunk)
    return ()


def _shown(received: bytes) -> tuple[x509.Certificate, ...]:
    """Return the certificates in what a server has sent so far, () while they are not whole."""
    said = b"".join(_handshakes(received))
    while len(said) >= _MESSAGE_HEAD:
        kind, end = said[0], _MESSAGE_HEAD + int.from_bytes(said[1:_MESSAGE_HEAD])
        if kind == _CERTIFICATE and len(said) >= end:
            parts = _parts(said[_MESSAGE_HEAD + _LENGTH : end])
            return tuple(x509.load_der_x509_certificate(one) for one in parts)
        said = said[end:]
    return ()


def _handshakes(received: bytes) -> Iterator[bytes]:
    """Yield what the whole records of the handshake hold."""
    at = 0
    while at + _HEAD <= len(received):
        start, end = at + _HEAD, at + _HEAD + int.from_bytes(received[at + 3 : at + _HEAD])
        if received[at] == _HANDSHAKE and end <= len(received):
            yield received[start:end]
        at = end


def _parts(listed: bytes) -> Iterator[bytes]:
    """Yield the parts of a list whose every part has its length before it."""
    at = 0
    while at + _LENGTH <= len(listed):
        start = at + _LENGTH
        at = start + int.from_bytes(listed[at:start])
        yield listed[start:at]
