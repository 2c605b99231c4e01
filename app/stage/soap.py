"""SOAP 1.1 on the register's side: open an envelope, word an answer or a fault."""

from http import HTTPStatus

from lxml import etree

from app import safexml

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
CONTENT_TYPE = "text/xml; charset=UTF-8"
_ACCEPTED_TYPES = {"text/xml", "application/xml", ""}


class SoapFault(Exception):
    """A request that gets a fault for an answer, with its HTTP status."""

    def __init__(
        self,
        text: str,
        code: str = "Client",
        status: HTTPStatus = HTTPStatus.INTERNAL_SERVER_ERROR,
    ) -> None:
        super().__init__(text)
        self.text = text
        self.code = code
        self.status = status


def check_content_type(content_type: str) -> None:
    """Refuse what is not XML."""
    if content_type.partition(";")[0].strip().lower() not in _ACCEPTED_TYPES:
        status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
        raise SoapFault("Unsupported Media Type", status=status)


def open_envelope(content: bytes) -> etree._Element:
    """Return the one element in the envelope's body."""
    try:
        envelope = safexml.parse(content)
    except safexml.UnsafeXml as error:
        raise SoapFault(f"Error reading XMLStreamReader: {error}") from None
    name = etree.QName(envelope)
    if name.localname != "Envelope" or name.namespace != ENVELOPE:
        text = "A SOAP 1.1 envelope is expected at this endpoint."
        raise SoapFault(text, "VersionMismatch")
    body = envelope.find(f"{{{ENVELOPE}}}Body")
    parts = [] if body is None else list(body.iterchildren("{*}*"))
    if len(parts) != 1:
        raise SoapFault("The body must hold exactly one element.")
    return parts[0]


def unknown_part(element: etree._Element) -> SoapFault:
    """Return the fault for a body element that no method of the service takes."""
    text = f"Message part {element.tag} was not recognized.  (Does it exist in service WSDL?)"
    return SoapFault(text)


def envelope_around(content: etree._Element) -> bytes:
    """Return an envelope whose body holds the element."""
    envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soap": ENVELOPE})
    etree.SubElement(envelope, f"{{{ENVELOPE}}}Body").append(content)
    return etree.tostring(envelope, encoding="UTF-8", xml_declaration=True)


def fault_envelope(fault: SoapFault) -> bytes:
    """Return the envelope of a fault."""
    element = etree.Element(f"{{{ENVELOPE}}}Fault", nsmap={"soap": ENVELOPE})
    etree.SubElement(element, "faultcode").text = f"soap:{fault.code}"
    etree.SubElement(element, "faultstring").text = fault.text
    return envelope_around(element)
