"""The register's contract (its WSDL): which service, operation and elements a request uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.errors import ProfileError

if TYPE_CHECKING:
    from zeep.wsdl.bindings.soap import SoapBinding, SoapOperation
    from zeep.wsdl.definitions import Service
    from zeep.wsdl.messages.soap import SoapMessage

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"


@dataclass(frozen=True, slots=True)
class Contract:
    """What the contract says of its one operation. Elements are written as `{namespace}name`.

    `headers` are the elements that it wants in the head of a request's envelope.
    """

    namespace: str
    service: str
    operation: str
    request: str
    response: str
    soap_action: str
    headers: tuple[str, ...] = ()


def read_contract(wsdl: Path, operation: str = "", service: str = "") -> Contract:
    """Return the contract of a WSDL on disk; what it refers to must lie on disk too.

    `operation` and `service` choose among several; where there is one they may be left out.
    Raises ProfileError with a code of its own for everything that cannot be used.
    """
    from app.transport.wsdl import read_wsdl

    file = wsdl.name
    chosen = _service(read_wsdl(wsdl).every_service, file, service)
    called = _operation(_operations(chosen), file, operation, chosen.name or "")
    _check_style(called, file)
    request, response = _element(called.input), _element(called.output)
    if not (request and response):
        raise ProfileError("contract-message", file=file, operation=called.name)
    return Contract(
        namespace=request[1:].partition("}")[0] if request.startswith("{") else "",
        service=chosen.name or "",
        operation=called.name,
        request=request,
        response=response,
        soap_action=called.soapaction or "",
        headers=_headers(called.input),
    )


# Which service and which operation


def _service(services: Mapping[str, "Service"], file: str, wanted: str) -> "Service":
    """Return the service of that name, or the only one that speaks SOAP 1.1."""
    from app.transport.wsdl import Soap11, Soap12

    if not services:
        raise ProfileError("contract-no-service", file=file)
    if wanted and wanted not in services:
        values = {"service": wanted, "services": _listed(services)}
        raise ProfileError("contract-service-unknown", file=file, **values)
    usable = [name for name, one in services.items() if _bindings(one, Soap11)]
    if wanted:
        usable = [name for name in usable if name == wanted]
    if not usable:
        speaks_12 = any(_bindings(one, Soap12) for one in services.values())
        code = "contract-soap-12" if speaks_12 else "contract-no-binding"
        raise ProfileError(code, file=file, service=wanted or _listed(services))
    if len(usable) > 1:
        values = {"count": str(len(usable)), "services": _listed(usable)}
        raise ProfileError("contract-services", file=file, **values)
    return services[usable[0]]


def _bindings(service: "Service", kind: type["SoapBinding"]) -> list[Any]:
    """Return the bindings of a service's ports that speak one version of SOAP."""
    return [one.binding for one in service.ports.values() if isinstance(one.binding, kind)]


def _operations(service: "Service") -> dict[str, "SoapOperation"]:
    """Return the operations that can be called over SOAP 1.1, by name."""
    from app.transport.wsdl import Soap11

    bindings = reversed(_bindings(service, Soap11))  # of several ports the first counts
    return {name: one for binding in bindings for name, one in binding.all().items()}


def _operation(
    operations: Mapping[str, "SoapOperation"], file: str, wanted: str, service: str
) -> "SoapOperation":
    """Return the operation of that name, or the only one."""
    if not operations:
        raise ProfileError("contract-no-operation", file=file, service=service)
    names = {"operations": _listed(operations), "count": str(len(operations))}
    if wanted and wanted not in operations:
        raise ProfileError("contract-operation-unknown", file=file, operation=wanted, **names)
    if not wanted and len(operations) > 1:
        raise ProfileError("contract-operations", file=file, **names)
    return operations[wanted or next(iter(operations))]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


# What the operation takes and gives


def _check_style(called: "SoapOperation", file: str) -> None:
    """Raise ProfileError unless the operation is document style and literal."""
    if called.style != "document":
        raise ProfileError("contract-rpc", file=file)
    if called.name in called.binding.encoded:
        raise ProfileError("contract-encoded", file=file)


def _element(message: "SoapMessage | None") -> str:
    """Return the element that an operation takes or gives, "" when it is not just one."""
    from app.transport.wsdl import Named

    body = message.body if message is not None else None
    return body.qname.text if isinstance(body, Named) else ""


def _headers(message: "SoapMessage | None") -> tuple[str, ...]:
    """Return the elements that the envelope's head is to hold."""
    head = message.header if message is not None else None
    return () if head is None else tuple(one.qname.text for _, one in head.type.elements)
