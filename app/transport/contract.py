"""The register's contract (its WSDL): which service, operation and elements a request uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.errors import ProfileError
from app.transport.wsdl import WSDL, Definitions, qualified, read_definitions

if TYPE_CHECKING:
    from lxml import etree

SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/"

_SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
_SOAP_12 = "{http://schemas.xmlsoap.org/wsdl/soap12/}"


@dataclass(frozen=True, slots=True)
class Contract:
    """What the contract says of its one operation. Elements are written as `{namespace}name`."""

    namespace: str
    service: str
    operation: str
    request: str
    response: str
    soap_action: str


def read_contract(wsdl: Path, operation: str = "", service: str = "") -> Contract:
    """Return the contract of a WSDL on disk; what it refers to must lie on disk too.

    `operation` and `service` choose among several; where there is one they may be left out.
    Raises ProfileError with a code of its own for everything that cannot be used.
    """
    whole = read_definitions(wsdl)
    chosen = _service(whole, service)
    named = chosen.get("name", "")
    called = _operation(whole, _operations(whole, chosen), operation, named)
    name = called.get("name", "")
    _check_style(whole, called)
    request, response = (_element(whole, called, way) for way in ("input", "output"))
    if not (request and response):
        raise ProfileError("contract-message", file=whole.file, operation=name)
    action = called.find(f"{_SOAP}operation")
    return Contract(
        namespace=request[1:].partition("}")[0],
        service=named,
        operation=name,
        request=request.removeprefix("{}"),
        response=response.removeprefix("{}"),
        soap_action="" if action is None else action.get("soapAction", ""),
    )


# Which service and which operation


def _service(whole: Definitions, wanted: str) -> "etree._Element":
    """Return the service of that name, or the only one that speaks SOAP 1.1."""
    services = {one.get("name", ""): one for one in whole.every("service")}
    if not services:
        raise ProfileError("contract-no-service", file=whole.file)
    if wanted and wanted not in services:
        values = {"service": wanted, "services": _listed(services)}
        raise ProfileError("contract-service-unknown", file=whole.file, **values)
    usable = [name for name, one in services.items() if _bindings(whole, one, _SOAP)]
    if wanted:
        usable = [name for name in usable if name == wanted]
    if not usable:
        speaks_12 = any(_bindings(whole, one, _SOAP_12) for one in services.values())
        code = "contract-soap-12" if speaks_12 else "contract-no-binding"
        raise ProfileError(code, file=whole.file, service=wanted or _listed(services))
    if len(usable) > 1:
        values = {"count": str(len(usable)), "services": _listed(usable)}
        raise ProfileError("contract-services", file=whole.file, **values)
    return services[usable[0]]


def _bindings(whole: Definitions, service: "etree._Element", soap: str) -> list["etree._Element"]:
    """Return the bindings of a service's ports that speak one version of SOAP."""
    ports = service.iterchildren(f"{WSDL}port")
    found = [whole.named("binding", port, port.get("binding", "")) for port in ports]
    return [one for one in found if one is not None and one.find(f"{soap}binding") is not None]


def _operations(whole: Definitions, service: "etree._Element") -> dict[str, "etree._Element"]:
    """Return the operations that can be called over SOAP 1.1, by name."""
    bindings = reversed(_bindings(whole, service, _SOAP))  # of several ports the first counts
    return {
        one.get("name", ""): one
        for binding in bindings
        for one in binding.iterchildren(f"{WSDL}operation")
    }


def _operation(
    whole: Definitions,
    operations: Mapping[str, "etree._Element"],
    wanted: str,
    service: str,
) -> "etree._Element":
    """Return the operation of that name, or the only one."""
    if not operations:
        raise ProfileError("contract-no-operation", file=whole.file, service=service)
    names = {"operations": _listed(operations), "count": str(len(operations))}
    if wanted and wanted not in operations:
        raise ProfileError("contract-operation-unknown", file=whole.file, operation=wanted, **names)
    if not wanted and len(operations) > 1:
        raise ProfileError("contract-operations", file=whole.file, **names)
    return operations[wanted or next(iter(operations))]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


# What the operation takes and gives


def _check_style(whole: Definitions, called: "etree._Element") -> None:
    """Raise ProfileError unless the operation is document style and literal."""
    above = called.getparent()
    binding = None if above is None else above.find(f"{_SOAP}binding")
    declared = [called.find(f"{_SOAP}operation"), binding]
    styles = [one.get("style") for one in declared if one is not None and one.get("style")]
    if styles and styles[0] != "document":
        raise ProfileError("contract-rpc", file=whole.file)
    if any(body.get("use", "literal") != "literal" for body in called.iter(f"{_SOAP}body")):
        raise ProfileError("contract-encoded", file=whole.file)


def _element(whole: Definitions, called: "etree._Element", way: str) -> str:
    """Return the element that an operation takes ("input") or gives ("output"), "" for none."""
    bound, message = called.find(f"{WSDL}{way}"), _message(whole, called, way)
    body = None if bound is None else next(bound.iter(f"{_SOAP}body"), None)
    if bound is None or message is None or body is None:
        return ""
    parts = {one.get("name", ""): one for one in message.iterchildren(f"{WSDL}part")}
    in_header = {one.get("part", "") for one in bound.iter(f"{_SOAP}header")}
    wanted = (body.get("parts") or "").split() or [one for one in parts if one not in in_header]
    found = [parts[name] for name in wanted if name in parts]
    if len(found) != 1 or not found[0].get("element"):
        return ""
    return qualified(found[0], found[0].get("element", ""))


def _message(whole: Definitions, called: "etree._Element", way: str) -> "etree._Element | None":
    """Return the message of an operation's one direction."""
    binding = called.getparent()
    if binding is None:
        return None
    port_type = whole.named("portType", binding, binding.get("type", ""))
    for one in () if port_type is None else port_type.iterchildren(f"{WSDL}operation"):
        side = one.find(f"{WSDL}{way}")
        if one.get("name") == called.get("name") and side is not None:
            return whole.named("message", side, side.get("message", ""))
    return None
