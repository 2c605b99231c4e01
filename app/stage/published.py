"""What the stage publishes of its contract: the WSDL with its own address, and the schemas."""

from pathlib import Path

from lxml import etree

from app import safexml

_SOAP = "{http://schemas.xmlsoap.org/wsdl/soap/}"
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_REFERRING = (f"{_XSD}import", f"{_XSD}include", f"{_XSD}redefine")


def wsdl_at(wsdl: Path, endpoint: str) -> bytes:
    """Return the WSDL with every address pointing at the endpoint."""
    root = safexml.parse(wsdl.read_bytes())
    for address in root.iter(f"{_SOAP}address"):
        address.set("location", endpoint)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def schemas_beside(wsdl: Path) -> dict[str, bytes]:
    """Return every schema file the WSDL refers to, by the relative name it refers with."""
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


def _referred(document: Path, home: Path) -> list[Path]:
    """Return the files that a document's schemas refer to, as far as they lie beside it."""
    root = safexml.parse(document.read_bytes())
    locations = [one.get("schemaLocation", "") for one in root.iter(*_REFERRING)]
    paths = [(document.parent / one).resolve() for one in locations if one]
    return [path for path in paths if path.is_relative_to(home) and path.is_file()]
