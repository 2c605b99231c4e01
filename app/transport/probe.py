"""The connection ladder: how far we come towards an entrance, rung by rung, without a case."""

import http.client
import ssl
from dataclasses import dataclass
from http import HTTPStatus

from cryptography import x509

from app.core.errors import NotSent
from app.transport.address import read_address
from app.transport.answer import REFUSALS
from app.transport.line import Limits, Line, listen_first, reach, secured
from app.transport.tls import refusal

CONNECT = "rung-connect"
SERVER = "rung-server-trusted"
CLIENT = "rung-client-accepted"
CONTRACT = "rung-contract-reachable"

SETTLE = 2.0  # a person waits for this answer once, so it may take longer than in a batch


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder; of a closed one the values hold the `problem`'s code."""

    code: str
    is_open: bool
    values: tuple[tuple[str, str], ...] = ()


def probe(address: str, context: ssl.SSLContext, limits: Limits | None = None) -> tuple[Rung, ...]:
    """Return the rungs in order, up to and including the first that does not hold."""
    limits = limits or Limits(settle=SETTLE)
    rungs: list[Rung] = []
    for climb in (_connect, _server_trusted, _client_accepted, _contract_reachable):
        rung = climb(address, context, limits)
        rungs.append(rung)
        if not rung.is_open:
            break
    return tuple(rungs)


def _connect(address: str, _context: ssl.SSLContext, limits: Limits) -> Rung:
    try:
        place = read_address(address)
        reach(place, limits).close()
    except NotSent as error:
        return _broken(CONNECT, error)
    return Rung(CONNECT, True, (("host", place.netloc),))


def _server_trusted(address: str, context: ssl.SSLContext, limits: Limits) -> Rung:
    place = read_address(address)
    try:
        secure = secured(place, context, limits)
    except NotSent as error:
        # In TLS 1.2 a server refuses our certificate within the handshake, after its own was good.
        if error.code.startswith("tls-client-"):
            return Rung(SERVER, True, (("host", place.netloc),))
        return _broken(SERVER, error)
    with secure:
        names = _names(secure)
        values = (("host", place.netloc), ("tls", secure.version() or ""), *names)
        return Rung(SERVER, True, values)


def _client_accepted(address: str, context: ssl.SSLContext, limits: Limits) -> Rung:
    try:
        with secured(read_address(address), context, limits) as secure:
            listen_first(secure, limits.settle)
    except NotSent as error:
        return _broken(CLIENT, error)
    return Rung(CLIENT, True)


def _contract_reachable(address: str, context: ssl.SSLContext, limits: Limits) -> Rung:
    """Ask for the contract: some servers judge a certificate only once they see the path."""
    line = Line(read_address(address), context, limits)
    try:
        line.begin()
        line.request("GET", f"{line.address.path}?wsdl")
        with line.getresponse() as response:
            return _judged(response.status, response.read(limits.answer))
    except NotSent as error:
        return _broken(CONTRACT, error)
    except (OSError, http.client.HTTPException) as error:
        return Rung(CONTRACT, False, (("problem", refusal(error) or "contract-no-answer"),))
    finally:
        line.close()


def _judged(status: int, body: bytes) -> Rung:
    values = (("status", str(status)),)
    if status == HTTPStatus.OK and b"definitions" in body:
        return Rung(CONTRACT, True, values)
    code = REFUSALS.get(status, "contract-not-served")
    return Rung(CONTRACT, False, (*values, ("problem", code)))


def _names(secure: ssl.SSLSocket) -> tuple[tuple[str, str], ...]:
    """Return the server certificate's name, issuer and last day."""
    certificate = x509.load_der_x509_certificate(secure.getpeercert(binary_form=True) or b"")
    return (
        ("server", certificate.subject.rfc4514_string()),
        ("issuer", certificate.issuer.rfc4514_string()),
        ("until", f"{certificate.not_valid_after_utc:%Y-%m-%d}"),
    )


def _broken(code: str, error: NotSent) -> Rung:
    return Rung(code, False, (*error.values.items(), ("problem", error.code)))
