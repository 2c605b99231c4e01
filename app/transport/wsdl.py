"""A WSDL on disk and those that it imports, as one set of named parts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from app.core.errors import ProfileError

if TYPE_CHECKING:
    from lxml import etree

WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
XSD = "{http://www.w3.org/2001/XMLSchema}"
_NO_WSDL = {
    "{http://www.w3.org/ns/wsdl}description": "contract-wsdl-2",
    "{http://www.w3.org/1999/xhtml}html": "contract-html",
    "html": "contract-html",
}
_REFERRING = (f"{XSD}import", f"{XSD}include", f"{XSD}redefine")
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Definitions:
    """The parts of a WSDL; `file` is its name, for what goes wrong."""

    file: str
    roots: tuple["etree._Element", ...] = field(repr=False)

    def every(self, kind: str) -> Iterator["etree._Element"]:
        """Yield the parts of one kind: service, binding, portType, message."""
        for root in self.roots:
            yield from root.iterchildren(f"{WSDL}{kind}")

    def named(self, kind: str, user: "etree._Element", name: str) -> "etree._Element | None":
        """Return the part that a user of it calls by a prefixed name."""
        wanted = qualified(user, name)
        for part in self.every(kind):
            root = part.getparent()
            namespace = root.get("targetNamespace", "") if root is not None else ""
            if f"{{{namespace}}}{part.get('name')}" == wanted:
                return part
        return None


def qualified(user: "etree._Element", name: str) -> str:
    """Return a prefixed name as `{namespace}name`, by the prefixes in scope where it stands."""
    prefix, colon, local = name.strip().partition(":")
    namespace = user.nsmap.get(prefix if colon else None) or ""
    return f"{{{namespace}}}{local if colon else prefix}"


def read_definitions(wsdl: Path) -> Definitions:
    """Return a WSDL and those it imports from its own folder.

    Raises ProfileError with a code of its own for everything that a WSDL is not.
    """
    return Definitions(wsdl.name, tuple(_roots(wsdl, wsdl.parent.resolve(), ())))


def _roots(wsdl: Path, home: Path, way: tuple[Path, ...]) -> Iterator["etree._Element"]:
    root = _read(wsdl)
    if root.tag == f"{XSD}schema" and way:
        return  # the schemas are not asked here
    if root.tag != f"{WSDL}definitions":
        code = _NO_WSDL.get(str(root.tag), "contract-not-wsdl")
        raise ProfileError(code, file=wsdl.name, element=root.tag)
    yield root
    for part in root.iterfind(f"{WSDL}types/{XSD}schema/*"):
        if part.tag in _REFERRING and (location := part.get("schemaLocation", "")):
            _beside(wsdl, home, location)
    for part in root.iterchildren(f"{WSDL}import"):
        target = _beside(wsdl, home, part.get("location", ""))
        if target in (*way, wsdl.resolve()):
            raise ProfileError("contract-circular", file=wsdl.name, place=target.name)
        yield from _roots(target, home, (*way, wsdl.resolve()))


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


def _read(wsdl: Path) -> "etree._Element":
    from app.safexml import UnsafeXml, parse

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
