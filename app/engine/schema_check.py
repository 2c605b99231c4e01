"""What the register's schema says about each document, judged by libxml2.

libxml2 decides fast and says where; the codes are those of the XML Schema standard, which the
register's own validator (Xerces) uses in its answers.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from lxml import etree

from app.core.register import Element, Profile
from app.safexml import UnsafeXml, parse

# How the standard writes the words that libxml2 has in capitals only.
_WORDS = (
    "minLength maxLength minInclusive maxInclusive minExclusive maxExclusive totalDigits "
    "fractionDigits"
)
_CAMEL = {word.upper(): word for word in _WORDS.split()}
_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*?) \)")
_NAMESPACE = re.compile(r"\{[^}]*\}")


@dataclass(frozen=True, slots=True)
class Broken:
    """One breach of the schema in one document.

    `document` counts from 0, `element` is the one at fault or the one that is missing; `group` and
    `place` say in which row of a repeated group (from 0) it lies.
    """

    document: int
    code: str
    variable: str
    element: str
    group: str = ""
    place: int = 0
    value: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """The digests of documents and everything in them that breaks the schema."""

    digests: tuple[str, ...]
    broken: tuple[Broken, ...] = field(default=())


def judge(documents: Sequence[bytes], schema: etree.XMLSchema, profile: Profile) -> Judged:
    """Check every document; runs beside the making of the next ones."""
    digests, broken = [], []
    for number, document in enumerate(documents):
        digests.append(sha256(document).hexdigest())
        try:
            root = parse(document)
        except UnsafeXml:
            broken.append(Broken(number, "document-unreadable", "", profile.root.name))
            continue
        if not schema.validate(root):
            broken += _explained(number, root, schema, profile)
    return Judged(tuple(digests), tuple(broken))


def _explained(
    number: int, root: "etree._Element", schema: etree.XMLSchema, profile: Profile
) -> list[Broken]:
    """Return the breaches of the document that was validated last; one per element and code."""
    tree = root.getroottree()
    found: dict[tuple[str, str], Broken] = {}
    entries: Any = schema.error_log  # lxml's stubs do not know that it is iterable
    for entry in entries:
        path = entry.path or "/*"
        nodes: Any = tree.xpath(path)
        broken = _broken(number, entry.type_name, entry.message, nodes[0], profile)
        found.setdefault((path, broken.code), broken)
    return list(found.values())


def _broken(
    number: int, type_name: str, message: str, node: "etree._Element", profile: Profile
) -> Broken:
    code = code_of(type_name, message)
    expected = _EXPECTED.search(message)
    wanted = _NAMESPACE.sub("", expected[1]).split(", ") if expected else []
    chain = _chain(node)
    element, group, place = _find(chain, profile.root)
    if wanted:  # something is missing: the first one wanted is at fault, not what stands there
        parent, group, place = _find(chain if code.endswith("b") else chain[:-1], profile.root)
        element = _wanted(parent, wanted) or element
    return Broken(
        document=number,
        code=code,
        variable=_first_variable(element) if element else "",
        element=element.name if element else etree.QName(node).localname,
        group=element.group if element and element.group else group,
        place=place,
        value="" if wanted or len(node) else (node.text or ""),
        expected=", ".join(wanted),
    )


def code_of(type_name: str, message: str) -> str:
    """Return the standard's code for one of libxml2's error types."""
    if type_name == "SCHEMAV_ELEMENT_CONTENT":
        if "Missing child" in message:
            return "cvc-complex-type.2.4.b"
        return "cvc-complex-type.2.4.a" if "Expected is" in message else "cvc-complex-type.2.4.d"
    words = type_name.removeprefix("SCHEMAV_").split("_")
    named = "-".join(_CAMEL.get(word, word.lower()) for word in words if not word.isdigit())
    return ".".join([named, *(word for word in words if word.isdigit())])


def _chain(node: "etree._Element") -> list["etree._Element"]:
    """Return the elements from the root down to a node."""
    return [*reversed(list(node.iterancestors())), node]


def _find(chain: list["etree._Element"], root: Element) -> tuple[Element | None, str, int]:
    """Return the schema's element for a chain of nodes, and the row of a group it lies in."""
    element = root
    group, place = "", 0
    for node in chain[1:]:
        name = etree.QName(node).localname
        known = next((one for one in element.children if one.name == name), None)
        if known is None:
            return None, group, place
        element = known
        if element.group:
            group = element.group
            place = sum(1 for _ in node.itersiblings(node.tag, preceding=True))
    return element, group, place


def _wanted(parent: Element | None, names: list[str]) -> Element | None:
    """Return the first mandatory one of the wanted elements, else the first."""
    wanted = [one for one in (parent.children if parent else ()) if one.name in names]
    return next((one for one in wanted if one.minimum), wanted[0] if wanted else None)


def _first_variable(element: Element) -> str:
    """Return the variable of an element, or the first mandatory one below it."""
    if element.variable or not element.children:
        return element.variable
    inside = sorted(element.children, key=lambda child: child.minimum == 0)
    return _first_variable(inside[0])
