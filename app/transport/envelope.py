"""The SOAP 1.1 envelope, put around a ready document as bytes."""

PREFIX = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n'
    b'<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">'
    b"<soapenv:Body>\n"
)
SUFFIX = b"</soapenv:Body></soapenv:Envelope>\n"

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def wrap(document: bytes) -> bytes:
    """Return the envelope with the document in it; its XML declaration may only stand first."""
    return PREFIX + without_declaration(document) + SUFFIX


def without_declaration(document: bytes) -> bytes:
    """Return a UTF-8 document without its byte order mark and XML declaration."""
    body = document.removeprefix(_BYTE_ORDER_MARK).lstrip()
    if body.startswith(b"<?xml"):
        body = body.partition(b"?>")[2].lstrip()
    return body
