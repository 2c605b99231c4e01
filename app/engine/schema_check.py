"""What the register's schema says about each document, judged by libxml2.

libxml2 decides fast and says where; the codes are those of the XML Schema standard, which the
register's own validator (Xerces) uses in its answers.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from lxml import etree

from app.core.register import Element, Profile
from app.engine.schema_words import fault_of
from app.safexml import UnsafeXml, parse

_EXPECTED = re.compile(r"Expected is (?:one of )?\( (.*?) \)")
_NAMESPACE = re.compile(r"\{[^}]*\}")
_PLACES = re.compile(r"/\*(?:/\*(?:\[[0-9]+\])?)*")  # an element of a namespace is nameless there
_NOT_HERE = "cvc-complex-type.2.4.d"


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
    said: str = ""  # Xerces' sentence, with VALUE where it tells the value
    surplus: bool = False  # the element is known there, but is one too many or comes too late


@dataclass(frozen=True, slots=True)
class Judged:
    """The digests of documents and everything in them that breaks the schema."""

    digests: tuple[str, ...]
    broken: tuple[Broken, ...] = field(default=())


def judge(
    documents: Sequence[bytes],
    schema: etree.XMLSchema,
    profile: Profile,
    is_stopped: Callable[[], bool] = bool,
) -> Judged:
    """Check every document, or as many as there is time for.

    The schema is used by one thread at a time: it tells what is wrong with the last document only.
    """
    atlas = _Atlas(profile.root)
    digests, broken = [], []
    for number, document in enumerate(documents):
        if is_stopped():
            break
        digests.append(sha256(document).hexdigest())
        unknown = Broken(number, "document-unreadable", "", profile.root.name)
        try:
            root = parse(document)
        except UnsafeXml:
            broken.append(unknown)
            continue
        if not schema.validate(root):  # also without a word on why it is not valid
            broken += _explained(number, root, schema, atlas) or [unknown]
    return Judged(tuple(digests), tuple(broken))


def _explained(
    number: int, root: "etree._Element", schema: etree.XMLSchema, atlas: "_Atlas"
) -> list[Broken]:
    """Return the breaches of the document that was validated last; one per element."""
    entries: Any = schema.error_log  # lxml's stubs do not know that it is iterable
    of_element: dict[str, list[etree._LogEntry]] = {}
    for entry in entries:
        of_element.setdefault(entry.path or "/*", []).append(entry)
    return [_broken(number, same, _way(path, root), atlas) for path, same in of_element.items()]


def _way(path: str, root: "etree._Element") -> "list[etree._Element]":
    """Return the nodes from the root down to the one that libxml2 names, such as /*/*[3]/*[2]."""
    if not _PLACES.fullmatch(path):  # names instead of places, where there is no default namespace
        spaces = (one.nsmap.items() for one in root.iter("{*}*"))
        prefixes = {prefix: space for pairs in spaces for prefix, space in pairs if prefix}
        nodes: Any = root.getroottree().xpath(path, namespaces=prefixes)
        return [*reversed(list(nodes[0].iterancestors())), nodes[0]]
    way = [root]
    for step in path.split("/")[2:]:
        way.append(way[-1][int(step[2:-1]) - 1 if len(step) > 1 else 0])
    return way


def _broken(
    number: int,
    entries: "list[etree._LogEntry]",
    way: "list[etree._Element]",
    atlas: "_Atlas",
) -> Broken:
    node = way[-1]
    fault = fault_of(entries, node, atlas.way(way))
    expected = _EXPECTED.search(str(entries[0].message))
    wanted = _NAMESPACE.sub("", expected[1]).split(", ") if expected else []
    is_before = bool(wanted) and not fault.code.endswith("b")
    surplus = is_before and _is_too_many(atlas.find(way[:-1])[0], node, wanted)
    if wanted and not surplus:  # the first one wanted is at fault, not what stands there
        parent, group, place = atlas.find(way[:-1] if is_before else way)
        element = _wanted(parent, wanted) or atlas.find(way)[0]
    else:
        element, group, place = atlas.find(way)
    return Broken(
        document=number,
        code=fault.code,
        variable=_first_variable(element) if element else "",
        element=element.name if element else _local(node.tag),
        group=element.group if element and element.group else group,
        place=place,
        value="" if wanted or len(node) else (node.text or ""),
        expected="" if surplus else ", ".join(wanted),
        said=fault.sentence,
        surplus=surplus or fault.code == _NOT_HERE,
    )


def _is_too_many(parent: Element | None, node: "etree._Element", wanted: list[str]) -> bool:
    """Whether all that could follow comes after the element: it is one choice or time too many."""
    names = [one.name for one in parent.children] if parent else []
    own = _local(node.tag)
    return own in names and all(one in names[names.index(own) + 1 :] for one in wanted)


@dataclass(frozen=True, slots=True)
class _Spot:
    """What a way of tags leads to: the element, and how deep on it the row of a group begins."""

    element: Element | None
    group: str = ""
    depth: int = 0


class _Atlas:
    """Finds a document's nodes in the schema; what a way leads to is found out once."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._spots: dict[tuple[str, ...], _Spot] = {}

    def find(self, way: "list[etree._Element]") -> tuple[Element | None, str, int]:
        """Return the schema's element for a node, and the row of a group that it lies in."""
        tags = tuple([node.tag for node in way])
        spot = self._spots.get(tags)
        if spot is None:
            spot = self._spots[tags] = self._spot(tags)
        if not spot.depth:
            return spot.element, "", 0
        row = way[spot.depth]
        place = sum(1 for _ in row.itersiblings(row.tag, preceding=True))
        return spot.element, spot.group, place

    def way(self, way: "list[etree._Element]") -> tuple[Element | None, ...]:
        """Return the schema's elements for a way of nodes, None for those that it has not."""
        return tuple(self.find(way[: depth + 1])[0] for depth in range(len(way)))

    def _spot(self, tags: tuple[str, ...]) -> _Spot:
        spot = _Spot(self._root)
        for depth, tag in enumerate(tags[1:], start=1):
            children = spot.element.children if spot.element else ()
            known = next((one for one in children if one.name == _local(tag)), None)
            if known and known.group:
                spot = _Spot(known, known.group, depth)
            else:
                spot = replace(spot, element=known)
        return spot


def _local(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]


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
