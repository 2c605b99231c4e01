"""A WSDL on disk as zeep has it, after what zeep has no words for has been looked for.

Imported where a contract is read, not before: zeep takes its time.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

from lxml import etree
from zeep.exceptions import Error
from zeep.ns import SOAP_11, WSDL
from zeep.settings import Settings
from zeep.wsdl import Document
from zeep.wsdl.bindings import Soap11Binding, Soap12Binding
from zeep.xsd import AnyType, Element, Schema

from app.core.errors import ProfileError
from app.safexml import UnsafeXml, parse

if TYPE_CHECKING:
    from zeep.transports import Transport
    from zeep.wsdl.definitions import Service
    from zeep.wsdl.wsdl import Definition

_XSD = "{http://www.w3.org/2001/XMLSchema}"
_WSDL, _SOAP = f"{{{WSDL}}}", f"{{{SOAP_11}}}"
_NO_WSDL = {
    "{http://www.w3.org/ns/wsdl}description": "contract-wsdl-2",
    "{http://www.w3.org/1999/xhtml}html": "contract-html",
    "html": "contract-html",
}
_REFERRING = (f"{_XSD}import", f"{_XSD}include", f"{_XSD}redefine")
_MOST_BYTES = 20_000_000
_AMISS = (Error, etree.LxmlError, LookupError, AttributeError, TypeError, ValueError)


class Wsdl(Document):
    """A WSDL and those it imports, read by zeep as one."""

    def load(self, location: str) -> None:
        """Read it; the schemas stay out, for xmlschema and libxml2 read more of them than zeep."""
        self.types = _Names()  # type: ignore[no-untyped-call]
        super().load(location)  # type: ignore[no-untyped-call]

    def _add_definition(self, definition: "Definition") -> None:
        # zeep does not look behind an import that has its importer's namespace.
        definition.imports = self._definitions
        super()._add_definition(definition)

    @property
    def every_service(self) -> dict[str, "Service"]:
        """The services of all files by name; zeep itself shows those of the first file."""
        files = self._definitions.values()
        return {one.name or "": one for file in files for one in file.services.values()}


class Named(Element):
    """An element that a message names."""


class _Names(Schema):
    """Stands for the schemas while a WSDL is read: whatever is named is there."""

    def add_documents(self, schema_nodes: object, location: str) -> None:
        """Leave the schemas alone."""

    def get_element(self, qname: "etree.QName") -> Named:
        """Return an element of the name."""
        return Named(qname, AnyType())  # type: ignore[no-untyped-call]

    def get_type(self, qname: "etree.QName", fail_silently: bool = False) -> AnyType:  # noqa: ARG002
        """Return a type for a part that names no element."""
        return AnyType()  # type: ignore[no-untyped-call]


class _Telling:
    """What zeep's bindings do not tell of an operation, or stumble over."""

    _operations: dict[str, Any]
    port_name: "etree.QName | None"
    encoded: frozenset[str] = frozenset()  # operations that are not literal

    @classmethod
    def parse(cls, definitions: "Definition", node: "etree._Element") -> Any:
        """Read a binding, spelled as zeep wants it."""
        for body in node.iter(f"{_SOAP}body"):
            if len(parts := body.get("parts", "").split()) == 1:
                body.set("part", parts[0])  # as zeep spells it
        for header in node.iter(f"{_SOAP}header", f"{_SOAP}headerfault"):
            header.set("use", header.get("use", "literal"))  # WS-I allows to leave it out
        found = super().parse(definitions, node)  # type: ignore[misc]
        found.encoded = frozenset(
            one.get("name", "")
            for one in node.iterchildren(f"{_WSDL}operation")
            if any(body.get("use", "literal") != "literal" for body in one.iter(f"{_SOAP}body"))
        )
        return found

    def resolve(self, definitions: Any) -> None:
        """Find the messages; an operation that lacks them stays, so that it can be told of."""
        for operation in self._operations.values():
            with suppress(*_AMISS):
                name = self.port_name.text if self.port_name is not None else ""
                self.port_type = definitions.get("port_types", name)
                operation.resolve(definitions)


class Soap11(_Telling, Soap11Binding):
    """A binding for SOAP 1.1, which we speak."""


class Soap12(_Telling, Soap12Binding):
    """A binding for SOAP 1.2, which we do not speak."""


class _Disk:
    """Gives zeep the files that were looked through, and never the network."""

    binding_classes = (Soap11, Soap12)

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def load(self, url: str) -> bytes:
        """Return a file's content."""
        return self._files[url]


def read_wsdl(wsdl: Path) -> Wsdl:
    """Return a WSDL and those it imports from its own folder.

    Raises ProfileError with a code of its own for everything that a WSDL is not.
    """
    files = dict(_files(wsdl, wsdl.parent.resolve(), ()))
    settings = Settings(strict=True, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    disk = cast("type[Transport]", _Disk(files))  # as zeep's stubs have it; only `load` is used
    try:
        return Wsdl(str(wsdl.resolve()), disk, settings=settings)
    except _AMISS as error:
        raise ProfileError("contract-wsdl-wrong", file=wsdl.name, reason=str(error)) from None


def _files(wsdl: Path, home: Path, way: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield a WSDL and what it imports by their places, in each the places of its imports."""
    root, here = _root(wsdl), wsdl.resolve()
    if root.tag != f"{_XSD}schema" or not way:
        if root.tag != f"{_WSDL}definitions":
            code = _NO_WSDL.get(str(root.tag), "contract-not-wsdl")
            raise ProfileError(code, file=wsdl.name, element=root.tag)
        for part in root.iterfind(f"{_WSDL}types/{_XSD}schema/*"):
            if part.tag in _REFERRING and (location := part.get("schemaLocation", "")):
                _beside(wsdl, home, location)
        for part in root.iterchildren(f"{_WSDL}import"):
            target = _beside(wsdl, home, part.get("location", ""))
            if target in (*way, here):
                raise ProfileError("contract-circular", file=wsdl.name, place=target.name)
            part.set("location", str(target))  # zeep does not know %20
            yield from _files(target, home, (*way, here))
    yield str(here), etree.tostring(root)


def _beside(wsdl: Path, home: Path, location: str) -> Path:
    """Return the file that a WSDL refers to, which must lie in its folder or below."""
    try:
        target = (wsdl.parent / unquote(location)).resolve()
        is_there = target.is_relative_to(home) and target.is_file()
    except (OSError, ValueError):
        is_there = False
    if not is_there:
        raise ProfileError("contract-import-missing", file=wsdl.name, place=location)
    return target


def _root(wsdl: Path) -> "etree._Element":
    if not wsdl.is_file():
        raise ProfileError("contract-missing", name=wsdl.name)
    try:
        with wsdl.open("rb") as file:
            return parse(file.read(_MOST_BYTES), limit=_MOST_BYTES - 1)
    except OSError:
        raise ProfileError("contract-unopened", file=wsdl.name) from None
    except UnsafeXml as error:
        megabytes = _MOST_BYTES // 1_000_000
        code = f"contract-{error.fault}"
        raise ProfileError(code, file=wsdl.name, megabytes=megabytes) from None
