"""What a server's answer to the first request says of our certificate and of the contract.

Some servers let every certificate through TLS and judge it only here: nginx answers 400 with a
page, Apache 403 once it has seen the path.
"""

import http.client
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from app.transport.line import Line
from app.transport.rung import CLIENT, READ, Rung, Values, broken, said

HEADERS = {"Accept": "text/xml, application/xml, */*", "User-Agent": "spor-workbench"}
CHUNK = 64 * 1024

# What nginx's and Apache's pages say when the certificate is what they mind.
_UNSHOWN = b"No required SSL certificate"
_OF_CERTIFICATES = (b"SSL certificate", b"client certificate", b"certificate error")
_NGINX_CERTIFICATE = frozenset({495, 496})  # its own statuses; 496 when none was shown
_STATUS_FAULTS = {
    **dict.fromkeys((401, 407, 511), "ladder-login"),
    421: "ladder-misdirected",
    **dict.fromkeys((404, 405, 410, 501), "ladder-not-here"),
    **dict.fromkeys((429, 500, 502, 503, 504), "ladder-register-down"),
}
_LEAST_WSDL = b"definitions"


@dataclass(frozen=True, slots=True)
class FirstAnswer:
    """An answer as it came; `moment` is the server's clock, `elsewhere` where it points us to."""

    status: int
    reason: str = ""
    body: bytes = b""
    moment: datetime | None = None
    elsewhere: str = ""
    packed: bool = False
    too_large: bool = False
    cut: bool = False

    @property
    def raw(self) -> str:
        """The status line, and what a page says."""
        page = "" if self.status == HTTPStatus.OK else self.body[:4000].decode("utf-8", "replace")
        return said(f"HTTP {self.status} {self.reason} {page}")


def ask(line: Line, path: str) -> FirstAnswer:
    """Ask for the file at a path. Raises NotSent, OSError or HTTPException."""
    line.begin()
    line.request("GET", path, headers=HEADERS)
    with line.getresponse() as response:
        body, most = bytearray(), line.limits.answer
        while len(body) <= most and (chunk := response.read1(CHUNK)):
            body += chunk
        return FirstAnswer(
            status=response.status,
            reason=response.reason,
            body=bytes(body[:most]),
            moment=_moment(response),
            elsewhere=_elsewhere(response),
            packed=response.getheader("Content-Encoding", "identity") != "identity",
            too_large=len(body) > most,
            cut=bool(response.length) and len(body) <= most,
        )


def client_fault(answer: FirstAnswer, asked: bool) -> Rung | None:
    """Return the rung of our certificate if the answer turns it down, None when it does not."""
    status, body = answer.status, answer.body
    values = (("status", str(status)),)
    about = any(one.lower() in body.lower() for one in _OF_CERTIFICATES)
    if _UNSHOWN in body or status == max(_NGINX_CERTIFICATE):
        return broken(CLIENT, "client-not-shown", values, answer.raw)
    if status in _NGINX_CERTIFICATE or (status == HTTPStatus.BAD_REQUEST and about):
        return broken(CLIENT, "client-refused-page", values, answer.raw)
    if status == HTTPStatus.FORBIDDEN:
        code = "client-not-allowed" if asked else "client-forbidden"
        return broken(CLIENT, code, values, answer.raw)
    return None


def contract_rung(answer: FirstAnswer) -> Rung:
    """Return whether the answer is a contract, as far as can be seen without reading it."""
    code = _contract_fault(answer)
    values: Values = (("status", str(answer.status)),)
    if answer.elsewhere:
        values = (*values, ("host", answer.elsewhere))
    return broken(READ, code, values, answer.raw) if code else Rung(READ, values=values)


def _contract_fault(answer: FirstAnswer) -> str:
    if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
        return "ladder-moved"
    if answer.status != HTTPStatus.OK:
        return _STATUS_FAULTS.get(answer.status, "contract-not-served")
    if answer.too_large:
        return "ladder-contract-large"
    if answer.cut:
        return "ladder-contract-cut"
    return "" if _LEAST_WSDL in answer.body and not answer.packed else "ladder-no-contract"


def _moment(response: http.client.HTTPResponse) -> datetime | None:
    """Return what the server's clock says, None when it does not tell."""
    try:
        found = parsedate_to_datetime(response.getheader("Date") or "")
    except (ValueError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _elsewhere(response: http.client.HTTPResponse) -> str:
    """Return the host that an answer points us to, "" for none."""
    try:
        return urlsplit(response.getheader("Location") or "").hostname or ""
    except ValueError:
        return ""
