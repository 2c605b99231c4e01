"""An open connection to one entrance: ready bytes on a kept-alive line."""

import http.client
import ssl
from collections.abc import Sequence
from contextlib import suppress

from app.core.errors import AnswerLost, NotSent
from app.core.outcome import Outcome, OutcomeKind
from app.transport.address import read_address
from app.transport.answer import AnswerTexts, Reply, read_replies
from app.transport.contract import Contract
from app.transport.envelope import wrap
from app.transport.fetch import wsdl_address
from app.transport.line import Line
from app.transport.proxy import Proxy
from app.transport.timed import Limits
from app.transport.tls import refusal

CHUNK = 64 * 1024

# A server that asks for the certificate only once it has seen the path must hold what came with
# the question; Apache holds 128 KiB. So a larger case comes second on a connection.
LARGE = 64 * 1024


class Register:
    """One entrance of the register. Used by one thread at a time; connects at the first case.

    The address is the one given here, never the one in the contract; no proxy of the environment
    and no redirect can lead elsewhere.
    """

    def __init__(
        self,
        address: str,
        context: ssl.SSLContext,
        contract: Contract,
        texts: AnswerTexts,
        limits: Limits | None = None,
        proxy: Proxy | None = None,
    ) -> None:
        self._line = Line(read_address(address), context, limits or Limits(), proxy)
        self._texts = texts
        self._headers = {
            "Content-Type": "text/xml; charset=utf-8",
            "SOAPAction": f'"{contract.soap_action}"',
            "User-Agent": "spor-workbench",
        }

    def post(self, case: str, document: bytes) -> Outcome:
        """Send one case's request document and return what came of it."""
        return self.post_many((case,), document)[0]

    def post_many(self, cases: Sequence[str], document: bytes) -> tuple[Outcome, ...]:
        """Send a request document that holds several cases; return what came of each, in order."""
        try:
            reply = self._exchange(wrap(document))
        except NotSent as error:
            return tuple(Outcome(case, OutcomeKind.NOT_SENT, code=error.code) for case in cases)
        except AnswerLost as error:
            return tuple(Outcome(case, OutcomeKind.UNKNOWN, code=error.code) for case in cases)
        return read_replies(cases, reply, self._texts)

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def _exchange(self, envelope: bytes) -> Reply:
        try:
            self._line.begin()  # raises NotSent only: nothing of the case has left
            if len(envelope) > LARGE and self._line.exchanges == 1:
                self._warm_up()
            self._send(envelope)
            with self._line.getresponse() as response:
                return self._read(response)
        except (NotSent, AnswerLost):
            self._line.close()
            raise
        except (OSError, http.client.HTTPException) as error:
            self._line.close()
            raise _as_ours(error) from None

    def _send(self, envelope: bytes) -> None:
        """Send the request; a server that hangs up midway may have answered before it did."""
        with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
            self._line.request("POST", self._line.address.path, envelope, self._headers)

    def _warm_up(self) -> None:
        """Let the server ask for the certificate while nothing of the case is on its way."""
        host = self._line.address.netloc
        path = wsdl_address(self._line.address.path)
        try:
            self._line.request("GET", path, headers={"User-Agent": self._headers["User-Agent"]})
            with self._line.getresponse() as response:
                whole = len(response.read(self._line.limits.answer)) < self._line.limits.answer
        except TimeoutError:
            raise NotSent("connect-timeout", host=host) from None
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(refusal(error) or "tls-closed", host=host) from None
        if not whole:
            self._line.close()
        self._line.begin()

    def _read(self, response: http.client.HTTPResponse) -> Reply:
        """Read the answer up to its largest size; the case has been received by now."""
        if response.getheader("Content-Encoding", "identity") != "identity":
            raise AnswerLost("answer-unreadable")  # we asked for none: do not unpack a bomb
        body = bytearray()
        while chunk := response.read1(CHUNK):
            body += chunk
            if len(body) > self._line.limits.answer:
                raise AnswerLost("answer-too-large")
        if response.length:
            raise AnswerLost("answer-cut")
        return Reply(response.status, response.getheader("Content-Type", ""), bytes(body))


def _as_ours(error: Exception) -> NotSent | AnswerLost:
    """Return a broken exchange as our error: surely refused, or else unknown."""
    if code := refusal(error):
        return NotSent(code)
    if isinstance(error, TimeoutError):
        return AnswerLost("answer-timeout")
    if isinstance(error, http.client.IncompleteRead):
        return AnswerLost("answer-cut")
    return AnswerLost("answer-lost")
