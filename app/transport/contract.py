"""The register's contract (WSDL and schema) as zeep reads it: what a request must be called."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from app.core.errors import ProfileError

if TYPE_CHECKING:
    from zeep.transports import Transport
    from zeep.wsdl import Document

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"


@dataclass(frozen=True, slots=True)
class Contract:
    """What the contract says of its one operation. Elements are written as `{namespace}name`."""

    namespace: str
    service: str
    operation: str
    request: str
    response: str
    soap_action: str


def read_contract(wsdl: Path, operation: str = "") -> Contract:
    """Return the contract of a WSDL on disk; its schemas must lie on disk too.

    `operation` chooses among several; with one operation it may be left out.
    """
    binding = _soap_binding(_load(wsdl), wsdl)
    operations: dict[str, Any] = binding[1]._operations  # noqa: SLF001 - zeep has no other door
    chosen = operations.get(operation) if operation else None
    if not operation and len(operations) == 1:
        (chosen,) = operations.values()
    request, response = _element(chosen, "input"), _element(chosen, "output")
    if chosen is None or chosen.style != "document" or request is None or response is None:
        raise ProfileError("contract-operation", name=wsdl.name, count=len(operations))
    return Contract(
        namespace=request.namespace,
        service=binding[0],
        operation=chosen.name,
        request=request.text,
        response=response.text,
        soap_action=chosen.soapaction or "",
    )


def _element(operation: Any, direction: str) -> Any:
    """Return the name of the element that an operation takes or gives, None when it has none."""
    body = getattr(getattr(operation, direction, None), "body", None)
    return body.qname if body is not None and body.qname.namespace else None


def _soap_binding(document: "Document", wsdl: Path) -> tuple[str, Any]:
    from zeep.wsdl.bindings import Soap11Binding

    for service in document.services.values():
        for port in service.ports.values():
            if isinstance(port.binding, Soap11Binding):
                return service.name, port.binding
    raise ProfileError("contract-unreadable", name=wsdl.name)


def _load(wsdl: Path) -> "Document":
    from lxml.etree import LxmlError
    from zeep.exceptions import Error
    from zeep.settings import Settings
    from zeep.wsdl import Document

    settings = Settings(strict=True, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    if not wsdl.is_file():
        raise ProfileError("contract-missing", name=wsdl.name)
    try:
        disk = cast("type[Transport]", _DiskOnly())  # as zeep's stubs have it; only `load` is used
        return Document(str(wsdl.resolve()), disk, settings=settings)
    except (Error, LxmlError, OSError, ValueError, LookupError, AttributeError):
        raise ProfileError("contract-unreadable", name=wsdl.name) from None


class _DiskOnly:
    """Gives zeep the files it asks for and never the network."""

    def load(self, url: str) -> bytes:
        """Return a file's content."""
        return Path(url).read_bytes()
