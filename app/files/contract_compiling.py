"""Compile a contract's schemas with libxml2, which judges every request."""

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from app.core.errors import ProfileError

if TYPE_CHECKING:
    from lxml import etree

_compiling = Lock()  # libxml2's schema compiler is not safe in several threads


def compile_file(xsd: Path) -> "etree.XMLSchema":
    """Return a schema file and all that it brings in, compiled by libxml2.

    Raises ProfileError with what libxml2 says of the first thing that is wrong.
    """
    from lxml import etree

    from app.safexml import UnsafeXml, parse

    xsd = xsd.resolve()
    try:
        root = parse(xsd.read_bytes())
        root.getroottree().docinfo.URL = str(xsd)  # so that relative includes are found
        with _compiling:
            return etree.XMLSchema(root)
    except (OSError, UnsafeXml):
        raise ProfileError("profile-contract-unreadable", file=xsd.name) from None
    except etree.XMLSchemaParseError as error:
        reason = error.error_log[0].message if len(error.error_log) else str(error)
        for folder in (f"{xsd.parent.as_uri()}/", f"{xsd.parent.as_posix()}/", f"{xsd.parent}\\"):
            reason = reason.replace(folder, "")
        raise ProfileError("contract-schema-wrong", file=xsd.name, reason=reason) from None
