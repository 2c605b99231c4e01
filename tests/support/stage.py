"""A local stage to test against: requests in the register's form, and a client with mutual TLS."""

import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from lxml import etree

from app import safexml
from tests.support.sample_hospital import test_person as a_test_person

NAMESPACE = "urn:spor-reconstruction:registration:4.1"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
PASSPHRASE = "a passphrase for tests only"
PERSON = a_test_person(7).replace("-", "")
OPERATION = (
    "<patienttidStart>2026-03-02T07:30:00+01:00</patienttidStart>"
    "<operationStart>{start}</operationStart><operationSlut>{end}</operationSlut>"
    "<patienttidSlut>2026-03-02T12:00:00+01:00</patienttidSlut>"
    "<operationskod>{code}</operationskod>"
)


def request(
    case: str = "2200054",
    *,
    system: str = "SE0000000000-OP1",
    start: str = "2026-03-02T08:00:00+01:00",
    end: str = "2026-03-02T09:30:00+01:00",
    code: str = "NFB49",
    urgency: str = "elektiv",
) -> bytes:
    """Return one performed case as a request element; clean unless told otherwise."""
    operation = OPERATION.format(start=start, end=end, code=code)
    text = (
        f'<postRegistrationRequest xmlns="{NAMESPACE}"><systemId>{system}</systemId>'
        "<recipientMessageSplit>SPOR</recipientMessageSplit>"
        f"<registrering><behandlingsnummer>{case}</behandlingsnummer>"
        f"<patient><patientId>{PERSON}</patientId></patient>"
        "<anmalan><tidpunktAnmalan>2026-02-20T10:00:00+01:00</tidpunktAnmalan>"
        f"<akutElektiv>{urgency}</akutElektiv></anmalan>"
        f"<operation>{operation}</operation></registrering></postRegistrationRequest>"
    )
    return text.encode()


def envelope(content: bytes) -> bytes:
    """Put a request element into an envelope."""
    before = f'<s:Envelope xmlns:s="{ENVELOPE}"><s:Header/><s:Body>'.encode()
    return before + content + b"</s:Body></s:Envelope>"


class Reachable(Protocol):
    """What a client needs to know of a stage, here or in another process."""

    endpoint: str
    ca: Path
    certificate: Path
    certificate_password: str


@dataclass(frozen=True)
class Reply:
    """One HTTP answer, and what stands in its envelope."""

    status: int
    content: bytes

    def _text(self, name: str) -> str:
        return safexml.parse(self.content).findtext(f".//{{*}}{name}") or ""

    @property
    def result(self) -> tuple[str, str]:
        """The code and text of the (first) registration."""
        return self._text("resultCode"), self._text("resultText")

    @property
    def fault(self) -> str:
        """The fault's text."""
        return self._text("faultstring")


def client_context(stage: Reachable, folder: Path, *, minimum: ssl.TLSVersion | None = None):
    """Return a TLS context that shows the stage's own client certificate."""
    key, certificate, _ = pkcs12.load_key_and_certificates(
        stage.certificate.read_bytes(), stage.certificate_password.encode()
    )
    assert key is not None
    assert certificate is not None
    password = b"only while the test runs"
    pem = folder / f"client-{len(list(folder.iterdir()))}.pem"
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(password),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = bare_context(stage.ca)
    context.load_cert_chain(pem, password=password)
    return context


def bare_context(ca: Path) -> ssl.SSLContext:
    """Return a TLS context that trusts a CA and shows no certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cafile=ca)
    return context


class Client:
    """A sender on one kept-alive connection."""

    def __init__(self, stage: Reachable, context: ssl.SSLContext) -> None:
        place = urlsplit(stage.endpoint)
        assert place.hostname
        self.path = place.path
        self.connection = HTTPSConnection(place.hostname, place.port, timeout=20, context=context)

    def post(self, content: bytes, content_type: str = "text/xml; charset=utf-8") -> Reply:
        """Post bytes as they are."""
        headers = {"Content-Type": content_type, "SOAPAction": '""'}
        return self.ask("POST", self.path, content, headers)

    def send(self, document: bytes) -> Reply:
        """Send a request element in an envelope."""
        return self.post(envelope(document))

    def get(self, path: str) -> Reply:
        """Get a path."""
        return self.ask("GET", path)

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Reply:
        """Make any request."""
        self.connection.request(method, path, body, headers or {})
        answer = self.connection.getresponse()
        return Reply(answer.status, answer.read())


@contextmanager
def client_of(stage: Reachable, folder: Path) -> Iterator[Client]:
    """Return a client that the stage lets in."""
    client = Client(stage, client_context(stage, folder))
    with closing(client.connection):
        yield client


def browse(address: str, host: str = "") -> tuple[int, dict[str, str], str]:
    """Read a page of the portal; return status, headers and text."""
    place = urlsplit(address)
    assert place.hostname
    with closing(HTTPConnection(place.hostname, place.port, timeout=20)) as connection:
        connection.request("GET", place.path, headers={"Host": host} if host else {})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()


def canonical(document: bytes) -> bytes:
    """Return a document in the form in which the stage stores it."""
    return etree.tostring(safexml.parse(document), method="c14n", exclusive=True)
