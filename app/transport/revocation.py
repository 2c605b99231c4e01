"""Whether the own certificate has been revoked: its issuer's list, fetched from the issuer only.

A list is public and signed, so it comes over plain HTTP. It is asked of the hosts that the trust
data allows and of no others, whatever address stands in a certificate.
"""

import http.client
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from urllib.parse import SplitResult, urlsplit

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from app.core.errors import NotSent
from app.transport.line import connected
from app.transport.proxy import Proxy
from app.transport.timed import Limits, Timed

LIMITS = Limits(connect=5.0, read=10.0, total=60.0, answer=32 * 1024 * 1024)
CHUNK = 64 * 1024
HTTP_PORT = 80

Get = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Revocation:
    """What the issuer's list says of the certificate: a code and its values."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


class _Unusable(Exception):
    """A list cannot be relied on; the code says why."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.found = Revocation(code, tuple(values.items()))


def own_revocation(
    certificate: x509.Certificate,
    issuer: x509.Certificate | None,
    allowed_suffixes: Sequence[str],
    now: datetime,
    get: Get | None = None,
) -> Revocation:
    """Return what the list of the certificate's issuer says of it.

    Of several addresses the first that gives a usable list counts. That none does is a notice and
    no verdict: many hospitals' firewalls do not let the lists through.
    """
    addresses = list_addresses(certificate)
    if not addresses:
        return Revocation("revocation-no-list")
    if issuer is None or certificate.issuer != issuer.subject:
        return Revocation("revocation-issuer-missing", (("issuer", _name(certificate.issuer)),))
    found = Revocation("revocation-unreachable", (("host", _host(addresses[0])),))
    for address in addresses:
        try:
            return _judged(address, certificate, issuer, (allowed_suffixes, now, get or download))
        except _Unusable as error:
            found = error.found
    return found


def list_addresses(certificate: x509.Certificate) -> tuple[str, ...]:
    """Return where the certificate says that its issuer's list is, over HTTP."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    places = (one for point in points for one in point.full_name or ())
    texts = (one.value for one in places if isinstance(one, x509.UniformResourceIdentifier))
    return tuple(one for one in texts if _parts(one) is not None)


def download(address: str, limits: Limits = LIMITS, proxy: Proxy | None = None) -> bytes:
    """Return a list from an http address. Follows nothing; raises NotSent."""
    parts = _parts(address)
    if parts is None or not parts.hostname:
        raise NotSent("revocation-unreachable", host=_host(address))
    line = _PlainLine(parts, limits, proxy)
    try:
        return line.fetch()
    except (NotSent, OSError, http.client.HTTPException):
        raise NotSent("revocation-unreachable", host=parts.hostname) from None
    finally:
        line.close()


def _judged(
    address: str,
    certificate: x509.Certificate,
    issuer: x509.Certificate,
    terms: tuple[Sequence[str], datetime, Get],
) -> Revocation:
    suffixes, now, get = terms
    host = _host(address)
    if not is_allowed(host, suffixes):
        raise _Unusable("revocation-host", host=host)
    try:
        data = get(address)
    except NotSent as error:
        raise _Unusable(error.code, **error.values) from None
    revoked = _read(data, host)
    _require_usable(revoked, issuer, host)
    try:
        entry = revoked.get_revoked_certificate_by_serial_number(certificate.serial_number)
    except ValueError:
        raise _Unusable("revocation-unreadable", host=host) from None
    if entry is not None:  # also in an old list: what is revoked stays so
        day = f"{entry.revocation_date_utc:%Y-%m-%d}"
        return Revocation("revocation-revoked", (("date", day), ("host", host)))
    ends = revoked.next_update_utc
    until = f"{ends:%Y-%m-%d}" if ends else "–"
    if ends is None or ends < now:
        raise _Unusable("revocation-old", host=host, until=until)
    return Revocation("revocation-good", (("host", host), ("until", until)))


def is_allowed(host: str, suffixes: Sequence[str]) -> bool:
    """Whether a host is one of the suffixes or below one."""
    return any(host == one or host.endswith(f".{one}") for one in suffixes if one)


def _read(data: bytes, host: str) -> x509.CertificateRevocationList:
    is_pem = data.lstrip().startswith(b"-----BEGIN")
    try:
        return (x509.load_pem_x509_crl if is_pem else x509.load_der_x509_crl)(data)
    except (ValueError, UnsupportedAlgorithm):
        raise _Unusable("revocation-unreadable", host=host) from None


def _require_usable(
    revoked: x509.CertificateRevocationList, issuer: x509.Certificate, host: str
) -> None:
    """Raise unless the issuer signed the list and it covers client certificates."""
    try:
        public = issuer.public_key()
        # Of the kinds of key that no authority may use the library says TypeError.
        is_signed = revoked.is_signature_valid(public)  # type: ignore[arg-type]
        covers = all(_is_covering(one) for one in revoked.extensions)
    except (InvalidSignature, UnsupportedAlgorithm, TypeError):
        is_signed, covers = False, False
    except (ValueError, x509.UnsupportedGeneralNameType):
        raise _Unusable("revocation-unreadable", host=host) from None
    if revoked.issuer != issuer.subject or not is_signed:
        raise _Unusable("revocation-signature", host=host, issuer=_name(issuer.subject))
    if not covers:
        raise _Unusable("revocation-unreadable", host=host)


def _is_covering(extension: "x509.Extension[x509.ExtensionType]") -> bool:
    """Whether a list with this extension still says of every client certificate what holds."""
    value = extension.value
    if isinstance(value, x509.IssuingDistributionPoint):
        partly = value.only_contains_ca_certs or value.only_contains_attribute_certs
        return not (partly or value.only_some_reasons or value.indirect_crl)
    return not extension.critical  # a critical one that we do not know may change everything


def _name(name: x509.Name) -> str:
    common = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(common[0].value) if common else name.rfc4514_string()


def _parts(address: str) -> SplitResult | None:
    """Return the parts of an http address that can be asked for, None of any other."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme == "http" and parts.hostname and parts.port != 0
    except ValueError:
        return None
    plain = address.isascii() and address.isprintable() and " " not in address
    return parts if usable and plain and parts.username is None else None


def _host(address: str) -> str:
    parts = _parts(address)
    return (parts.hostname if parts else None) or address.partition("://")[2].partition("/")[0]


class _PlainLine(http.client.HTTPConnection):
    """One question over HTTP, directly or through the proxy, within the limits."""

    def __init__(self, parts: SplitResult, limits: Limits, proxy: Proxy | None) -> None:
        super().__init__(parts.hostname or "", parts.port or HTTP_PORT)
        self._parts, self._limits, self._proxy = parts, limits, proxy

    def connect(self) -> None:
        """Connect within the limit."""
        host, port = (self.host, self.port) if self._proxy is None else self._proxy.place
        timed = Timed(connected(host, port, self._limits.connect), self._limits)
        timed.begin()
        self.sock = timed

    def fetch(self) -> bytes:
        """Ask for the list and read it, up to the largest size."""
        bare = self._parts._replace(fragment="")
        whole = bare.geturl()
        path = bare._replace(scheme="", netloc="").geturl() or "/"
        headers = {"User-Agent": "spor-workbench", "Connection": "close"}
        if self._proxy is not None and self._proxy.authorization:
            headers["Proxy-Authorization"] = self._proxy.authorization
        self.request("GET", whole if self._proxy else path, headers=headers)
        with self.getresponse() as response:
            if response.status != HTTPStatus.OK:
                raise http.client.HTTPException
            return self._read(response)

    def _read(self, response: http.client.HTTPResponse) -> bytes:
        body = bytearray()
        while chunk := response.read1(CHUNK):
            body += chunk
            if len(body) > self._limits.answer:
                raise http.client.HTTPException
        if response.length:
            raise http.client.IncompleteRead(bytes(body[:0]))
        return bytes(body)
