"""Which elements of an XML file are repeated: each is a table, its children's text the cells."""

from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from app.core.errors import ExportError
from app.safexml import Fault, UnsafeXml, stream

if TYPE_CHECKING:
    from lxml import etree

MOST_RECORDS = 40

Path = tuple[str, ...]


def local(element: "etree._Element") -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def path_of(element: "etree._Element") -> Path:
    """Return the names from the root down to an element."""
    above = [local(one) for one in element.iterancestors()]
    return (*reversed(above), local(element))


def repeated_paths(head: bytes, name: str, *, cut: bool) -> tuple[Path, ...]:
    """Return the elements that occur several times beside each other, the outermost first.

    A file in which none is repeated has its root for a record. Raises ExportError for what is
    no XML, or has a document type.
    """
    found: dict[Path, None] = {}
    beside: dict[etree._Element, Counter[str]] = {}
    root: Path = ()
    try:
        for element in stream(BytesIO(head)):
            parent = element.getparent()
            if parent is None:
                root = (local(element),)
                continue
            counts = beside.setdefault(parent, Counter())
            counts[str(element.tag)] += 1
            if counts[str(element.tag)] > 1:
                found.setdefault(path_of(element))
    except UnsafeXml as problem:
        if not cut or problem.fault is not Fault.ILL_FORMED or not found:
            raise told(problem, name) from None
    ordered = sorted(found, key=len)[:MOST_RECORDS]
    return tuple(ordered) if ordered else (root,)


def told(problem: UnsafeXml, name: str) -> ExportError:
    """Return what is wrong with an XML file as an error of ours."""
    if problem.fault is Fault.ILL_FORMED:
        return ExportError("xml-broken", name=name, line=problem.line)
    return ExportError("xml-unsafe", name=name)
