"""The connection ladder below the contract: how far we come towards an entrance, without a case."""

import http.client
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from app.core.errors import NotSent
from app.transport.address import Address, read_address
from app.transport.asked import Asked
from app.transport.fetch import LIMITS, wsdl_address
from app.transport.first_answer import FirstAnswer, ask, client_fault, contract_rung
from app.transport.line import Limits, Line, listen_first, reach, secured
from app.transport.proxy import Proxy
from app.transport.rung import (
    ASKED,
    CLIENT,
    CONNECT,
    NAME,
    PROXY,
    READ,
    SERVER,
    Rung,
    State,
    Values,
    broken,
    broken_by,
    origin,
    said,
)
from app.transport.server_look import look
from app.transport.tls import refusal

__all__ = ["Climb", "Rung", "State"]

PATIENCE = 30.0  # seconds for the contract; somebody sits and waits for it
SETTLE = 2.0  # a person waits for this answer once, so it may take longer than in a batch

# What a server that breaks the handshake off without a word of ours leaves open; once it has asked
# for our certificate, the certificate is what it minds.
_OF_THE_SERVER = frozenset({"tls-closed", "tls-failed", "tls-timeout"})
_BEFORE_ASKING = {"tls-client-refused": "tls-no-common"}  # nothing of ours was shown yet


def _patient() -> Limits:
    return replace(LIMITS, settle=SETTLE, total=PATIENCE)


@dataclass
class Climb:
    """One climb. After it, `answer` is what the server showed as its contract.

    `issuers` are the names (DER) of those who issued our certificate, directly and above.
    """

    address: str
    context: ssl.SSLContext
    limits: Limits = field(default_factory=_patient)
    proxy: Proxy | None = None
    issuers: tuple[bytes, ...] = ()
    answer: FirstAnswer | None = None
    server: tuple[x509.Certificate, ...] = ()
    asked: Asked = field(init=False, repr=False)
    _welcomed: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        """Watch what the server asks for."""
        self.asked = Asked(self.context)

    @property
    def moment(self) -> datetime | None:
        """What the server's clock said, None when it did not tell."""
        return self.answer.moment if self.answer else None

    def rungs(self) -> Iterator[Rung]:
        """Yield the rungs in order, each as soon as it is known; a broken one is the last."""
        try:
            place = read_address(self.address)
        except NotSent as error:
            yield broken_by(NAME, error)
            return
        for climb in (self._name, self._connect, self._handshake, self._first_request):
            for rung in climb(place):
                yield rung
                if not rung.is_open:
                    return

    def _name(self, place: Address) -> Iterator[Rung]:
        """Look the name up: the proxy's where one is set, for the proxy looks up the entrance's."""
        host, port = (self.proxy.host, self.proxy.port) if self.proxy else (place.host, place.port)
        where = ("proxy", self.proxy.netloc) if self.proxy else ("host", host)
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            problem = "proxy-unreachable" if self.proxy else "name-unknown"
            yield broken(NAME, problem, (where,), said(error))
            return
        places = dict.fromkeys(str(one[4][0]) for one in found)
        yield Rung(NAME, values=(where, ("addresses", ", ".join(places))))

    def _connect(self, place: Address) -> Iterator[Rung]:
        where = (("host", place.netloc),)
        try:
            reach(place, self.limits, self.proxy).close()
        except NotSent as error:
            of_proxy = self.proxy is not None and error.code.startswith("proxy-")
            yield broken_by(PROXY if of_proxy else CONNECT, error)
            return
        if self.proxy:
            yield Rung(PROXY, values=(("proxy", self.proxy.netloc), *where))
        yield Rung(CONNECT, values=where)

    def _handshake(self, place: Address) -> Iterator[Rung]:
        try:
            with secured(place, self.context, self.limits, self.proxy) as secure:
                yield self._trusted(place, secure)
                if self.asked.was_asked or not self.asked.sees:
                    yield self._asked()
                yield from self._listened(secure)
        except NotSent as error:
            yield from self._broken_handshake(place, error)

    def _trusted(self, place: Address, secure: ssl.SSLSocket) -> Rung:
        shown = x509.load_der_x509_certificate(secure.getpeercert(binary_form=True) or b"")
        self.server = (shown,)
        values = (("host", place.netloc), ("tls", secure.version() or ""), *_told(shown))
        return Rung(SERVER, values=values)

    def _listened(self, secure: ssl.SSLSocket) -> Iterator[Rung]:
        """Listen for a refusal; a welcome in TLS 1.3 are the tickets for the next session."""
        try:
            listen_first(secure, self.limits.settle)
        except NotSent as error:
            if self.asked.was_asked or not self.asked.sees:
                yield self._refused(error)
                return
            yield from (self._asked(), self._taken(), broken_by(READ, error, "ladder-no-answer"))
            return
        session = secure.session
        self._welcomed = secure.version() != "TLSv1.3" or bool(session and session.has_ticket)

    def _broken_handshake(self, place: Address, error: NotSent) -> Iterator[Rung]:
        """Tell whether it is the server's certificate that does not hold, or ours for the server.

        In TLS 1.2 a server judges ours within the handshake, after its own was good.
        """
        if self._may_be_ours(error) and (self.asked.was_asked or not self.asked.sees):
            yield Rung(SERVER, values=(("host", place.netloc),))
            yield self._asked()
            yield self._refused(error)
            return
        values = tuple(error.values.items())
        problem = _BEFORE_ASKING.get(error.code, error.code)
        if error.code.startswith(("tls-server-", "tls-revocation-")):
            self.server = look(place, self.limits, self.proxy)
            values = (*values, *_why(error), *(_told(self.server[0]) if self.server else ()))
        yield broken(SERVER, problem, values, said(origin(error)))

    def _may_be_ours(self, error: NotSent) -> bool:
        """Whether it may be our certificate that the server minds."""
        closed = self.asked.was_asked and error.code in _OF_THE_SERVER
        return closed or error.code.startswith("tls-client-")

    def _asked(self, late: bool = False) -> Rung:
        """Return whether the server asks for a certificate, and whose; `late` is after the path."""
        if not self.asked.was_asked:
            problem = "asked-nothing" if self.asked.sees else "asked-unseen"
            return Rung(ASKED, State.NOTE, problem)
        names = (("issuers", "; ".join(self.asked.names)),) if self.asked.names else ()
        if self.issuers and not self.asked.takes(self.issuers):
            return Rung(ASKED, State.NOTE, "asked-for-others", names)
        return Rung(ASKED, values=(*names, *((("late", "yes"),) if late else ())))

    def _taken(self) -> Rung:
        """Return that our certificate was taken, unless it surely was not asked for."""
        if self.asked.sees and not self.asked.was_asked:
            return Rung(CLIENT, State.NOTE, "client-not-judged")
        return Rung(CLIENT)

    def _refused(self, error: NotSent) -> Rung:
        """Return the rung of our certificate, turned down by an alert or by a closed line."""
        code = "client-closed" if error.code in _OF_THE_SERVER else error.code
        return broken_by(CLIENT, error, code)

    def _first_request(self, place: Address) -> Iterator[Rung]:
        """Ask for the contract: some servers judge a certificate only once they see the path."""
        asked_before = self.asked.was_asked or not self.asked.sees
        fault: Rung | None = None
        with closing(Line(place, self.context, self.limits, self.proxy)) as line:
            try:
                self.answer = ask(line, wsdl_address(place.path))
            except NotSent as error:
                ours = self._may_be_ours(error) and not self._welcomed
                fault = self._refused(error) if ours else broken_by(READ, error, "ladder-no-answer")
            except (OSError, http.client.HTTPException) as error:
                fault = self._no_answer(error, asked_before)
        if not asked_before:
            yield self._asked(late=True)
        if self.answer is not None:
            fault = client_fault(self.answer, self.asked.was_asked)
        if fault is None or fault.code != CLIENT:
            yield self._taken()
        if fault is None and self.answer is not None:
            fault = contract_rung(self.answer)
        if fault is not None:
            yield fault

    def _no_answer(self, error: BaseException, asked_before: bool) -> Rung:
        """Return what broke when the line was closed instead of an answer."""
        if code := refusal(error):
            return broken(CLIENT, code, raw=said(error))
        if isinstance(error, TimeoutError):
            return broken(READ, "ladder-contract-slow", raw=said(error))
        if isinstance(error, http.client.IncompleteRead):
            return broken(READ, "ladder-contract-cut", raw=said(error))
        judged = self._welcomed and asked_before
        if self.asked.was_asked and not judged:
            return broken(CLIENT, "client-closed", raw=said(error))
        return broken(READ, "ladder-no-answer", raw=said(error))


def _why(error: NotSent) -> Values:
    """Return why OpenSSL does not trust a server: its code and its words."""
    cause = origin(error)
    if not isinstance(cause, ssl.SSLCertVerificationError):
        return ()
    return ("verify", str(cause.verify_code)), ("reason", cause.verify_message)


def _told(shown: x509.Certificate) -> Values:
    """Return a server certificate's name, issuer, last day and fingerprint."""
    return (
        ("server", shown.subject.rfc4514_string()),
        ("issuer", shown.issuer.rfc4514_string()),
        ("until", f"{shown.not_valid_after_utc:%Y-%m-%d}"),
        ("fingerprint", shown.fingerprint(SHA256()).hex()),
    )
