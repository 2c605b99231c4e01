"""The one way to parse XML: no DTD, no entities, no network, no huge trees."""

import re
from collections.abc import Iterator
from enum import StrEnum
from threading import local
from typing import BinaryIO

from lxml import etree

MAX_BYTES = 20 * 1024 * 1024

# Atomic: a text made of comments would else be tried in every way.
_SKIPPED = r"(?>\s+|\ufeff|<\?.*?\?>|<!--.*?-->)*+"
_PAGE = re.compile(_SKIPPED + r"<(?:!doctype\s+html|html|head|body)\b", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(_SKIPPED + r"<([^\s<>/!?]+)", re.DOTALL)
_threads = local()
_UTF_8 = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Fault(StrEnum):
    """What is wrong with a text that is not parsed."""

    TOO_LARGE = "too-large"
    EMPTY = "empty"
    HTML = "html"
    DTD = "dtd"
    ENTITIES = "entities"
    CUT = "cut"
    ILL_FORMED = "ill-formed"


class UnsafeXml(ValueError):
    """The text is not well-formed, too large, or carries a document type."""

    def __init__(self, fault: Fault, line: int = 0) -> None:
        super().__init__(fault.replace("-", " "))
        self.fault = fault
        self.line = line


def parse(text: bytes, limit: int = MAX_BYTES) -> "etree._Element":
    """Return the root element of well-formed XML.

    Raises UnsafeXml for anything larger than `limit` bytes, ill-formed, or with a DOCTYPE; its
    text quotes nothing of the input.
    """
    if len(text) > limit:
        raise UnsafeXml(Fault.TOO_LARGE)
    try:
        root = etree.fromstring(text, _parser())
    except etree.XMLSyntaxError:
        raise UnsafeXml(_fault_of(text)) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml(_fault_of(text))
    return root


def _parser() -> etree.XMLParser:
    """Return this thread's parser: making one takes longer than parsing a case's document."""
    if not hasattr(_threads, "parser"):
        _threads.parser = etree.XMLParser(
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_pis=True,
        )
    known: etree.XMLParser = _threads.parser
    return known


def stream(file: BinaryIO, tags: tuple[str, ...] | None = None) -> Iterator["etree._Element"]:
    """Yield the elements of a long text as they end, those with these tags if any are given.

    Whoever reads them clears them. Raises UnsafeXml as `parse` does, with the line.
    """
    events = etree.iterparse(
        file,
        events=("end",),
        tag=tags,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in events:
            if element.getroottree().docinfo.internalDTD is not None:
                raise UnsafeXml(Fault.DTD)
            yield element
    except etree.XMLSyntaxError as problem:
        raise UnsafeXml(Fault.ILL_FORMED, problem.lineno or 0) from None


def _fault_of(text: bytes) -> Fault:
    """Return what is wrong with a text that could not be parsed or has a document type."""
    coding = "utf-16" if text.startswith(_UTF_16) else "latin-1"
    words = text.removeprefix(_UTF_8).decode(coding, "replace")
    if not words.strip():
        return Fault.EMPTY
    if _PAGE.match(words):
        return Fault.HTML
    if "<!DOCTYPE" in words:
        return Fault.ENTITIES if "<!ENTITY" in words else Fault.DTD
    return Fault.CUT if _ends_early(words) else Fault.ILL_FORMED


def _ends_early(words: str) -> bool:
    """Whether the first element is never closed."""
    root = _ROOT.match(words)
    last = words.rpartition("</")[2].partition(">")
    return root is not None and (not last[1] or last[0].strip() != root[1])
