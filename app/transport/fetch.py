"""Fetch a contract from an entrance: over our own TLS, with our certificate, from nowhere else."""

import http.client
import ssl
from contextlib import closing
from http import HTTPStatus
from urllib.parse import quote, urlsplit

from app.core.errors import NotSent, ProfileError
from app.transport.address import Address, read_address
from app.transport.answer import REFUSALS
from app.transport.line import Line
from app.transport.proxy import Proxy
from app.transport.timed import Limits
from app.transport.tls import refusal

LIMITS = Limits(settle=1.0, total=120.0, answer=20_000_000 - 1)
CHUNK = 64 * 1024

_ON_THE_WIRE = "/%:@!$&'()*+,;=~?-._"


def wsdl_address(address: str) -> str:
    """Return where an entrance shows its contract: its address with `?wsdl`, unless it asks."""
    return address if "?" in address else f"{address.strip()}?wsdl"


def fetch(
    address: str, context: ssl.SSLContext, limits: Limits = LIMITS, proxy: Proxy | None = None
) -> bytes:
    """Return one file from an https address. Raises NotSent, or ProfileError for what came."""
    with closing(ContractLine(address, context, limits, proxy)) as line:
        return line(address)


class ContractLine:
    """A line to the server that shows a contract; called with an address, it returns the file.

    Only the scheme, host and port of the first address are ever asked. No redirect is followed,
    nothing is unpacked, and a file may hold at most `limits.answer` bytes.
    """

    def __init__(
        self,
        address: str,
        context: ssl.SSLContext,
        limits: Limits = LIMITS,
        proxy: Proxy | None = None,
    ) -> None:
        self._line = Line(_parts(address)[0], context, limits, proxy)

    def __call__(self, address: str) -> bytes:
        """Return the file at an address."""
        place, path = _parts(address)
        if (place.host, place.port) != (self._line.address.host, self._line.address.port):
            raise NotSent("contract-elsewhere", host=place.netloc)
        try:
            return self._ask(path)
        except (NotSent, ProfileError):
            self._line.close()
            raise
        except TimeoutError:
            self._line.close()
            raise NotSent("contract-timeout", host=place.netloc) from None
        except http.client.IncompleteRead:
            self._line.close()
            raise ProfileError("contract-cut", file=_name(path)) from None
        except (OSError, http.client.HTTPException) as error:
            self._line.close()
            raise NotSent(refusal(error) or "contract-no-answer", host=place.netloc) from None

    def close(self) -> None:
        """Close the connection."""
        self._line.close()

    def _ask(self, path: str) -> bytes:
        self._line.begin()
        headers = {"Accept": "text/xml, application/xml, */*", "User-Agent": "spor-workbench"}
        self._line.request("GET", path, headers=headers)
        with self._line.getresponse() as response:
            self._check(response, path)
            return self._read(response, path)

    def _check(self, response: http.client.HTTPResponse, path: str) -> None:
        """Raise an error unless the server gives the file, as it is."""
        status = response.status
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            host = _host(response) or self._line.address.host
            raise NotSent("contract-moved", file=_name(path), host=host)
        if status != HTTPStatus.OK:
            raise NotSent(REFUSALS.get(status, "contract-not-served"), status=status)
        if response.getheader("Content-Encoding", "identity") != "identity":
            raise ProfileError("contract-packed", file=_name(path))

    def _read(self, response: http.client.HTTPResponse, path: str) -> bytes:
        body, most = bytearray(), self._line.limits.answer
        while chunk := response.read1(CHUNK):
            body += chunk
            if len(body) > most:
                megabytes = -(-most // 1_000_000)
                raise ProfileError("contract-too-large", file=_name(path), megabytes=megabytes)
        if response.length:
            raise ProfileError("contract-cut", file=_name(path))
        return bytes(body)


def _host(response: http.client.HTTPResponse) -> str:
    """Return the host that an answer sends us to, "" for the same one."""
    try:
        return urlsplit(response.getheader("Location") or "").hostname or ""
    except ValueError:
        return ""


def _parts(address: str) -> tuple[Address, str]:
    """Return the server of an address, and the path with its query as they go over the wire."""
    bare, mark, query = address.strip().partition("#")[0].partition("?")
    scheme, colon, rest = bare.partition("://")
    host, slash, path = rest.partition("/")
    place = read_address(scheme + colon + host + slash + quote(path, safe=_ON_THE_WIRE))
    return place, place.path + mark + quote(query, safe=_ON_THE_WIRE)


def _name(path: str) -> str:
    """Return what a person calls the file at a path."""
    return path.rpartition("/")[2] or path
