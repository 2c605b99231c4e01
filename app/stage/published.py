"""What the stage publishes: the contract's WSDL with its own address, and what that refers to."""

from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from app import safexml

_WSDL = "{http://schemas.xmlsoap.org/wsdl/}"
_ADDRESSES = (
    "{http://schemas.xmlsoap.org/wsdl/soap/}address",
    "{http://schemas.xmlsoap.org/wsdl/soap12/}address",
)
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_REFERRING = (f"{_XSD}import", f"{_XSD}include", f"{_XSD}redefine", f"{_WSDL}import")


def wsdl_at(wsdl: bytes, endpoint: str) -> bytes:
    """Return a WSDL with every address pointing at the endpoint."""
    root = safexml.parse(wsdl)
    for address in root.iter(*_ADDRESSES):
        address.set("location", endpoint)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def schemas_beside(wsdl: Path) -> dict[str, bytes]:
    """Return every file a WSDL or schema refers to, by the relative name it refers with."""
    home = wsdl.parent.resolve()
    found: dict[str, bytes] = {}
    waiting = [wsdl.resolve()]
    while waiting:
        for path in _referred(waiting.pop(), home):
            name = path.relative_to(home).as_posix()
            if name not in found:
                found[name] = path.read_bytes()
                waiting.append(path)
    return found


def files_at(wsdl: Path, endpoint: str) -> dict[str, bytes]:
    """Return every file beside a WSDL; the parts of the WSDL itself point at the endpoint too."""
    return {
        name: wsdl_at(content, endpoint) if _is_wsdl(content) else content
        for name, content in schemas_beside(wsdl).items()
    }


def _is_wsdl(content: bytes) -> bool:
    return bool(safexml.parse(content).tag == f"{_WSDL}definitions")


def _referred(document: Path, home: Path) -> list[Path]:
    """Return the files that a document's schemas refer to, as far as they lie beside it."""
    root = safexml.parse(document.read_bytes())
    locations = [
        one.get("schemaLocation") or one.get("location") or "" for one in root.iter(*_REFERRING)
    ]
    paths = [(document.parent / unquote(one)).resolve() for one in locations if one]
    return [path for path in paths if path.is_relative_to(home) and path.is_file()]
