"""Hold a request against the profile's schema and word the first error as the register would."""

import re
from copy import deepcopy
from dataclasses import replace
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

from elementpath.regex import translate_pattern
from lxml import etree

from app import safexml
from app.core.register import Element, Profile
from app.core.xerces import ANONYMOUS, TRIED, Spot, could_follow, refused_by_pattern, worded
from app.files.profile import compile_schema
from app.stage.published import schemas_beside

XSD = "{http://www.w3.org/2001/XMLSchema}"
BUILT_IN = "xs:"


class Strictness:
    """The compiled schema; one validation at a time, since its error log is shared."""

    def __init__(self, profile: Profile) -> None:
        self._schema = compile_schema(profile)
        self._root = profile.root
        self._bases = _bases(Path(profile.xsd))
        self._lock = Lock()

    def complaint(self, request: etree._Element) -> str:
        """Return the first schema error in Xerces' wording, "" for a valid request."""
        with self._lock:
            if self._schema.validate(request):
                return ""
            alone = deepcopy(request)  # so that the error's path starts at the request
            self._schema.validate(alone)
            errors: Any = self._schema.error_log
            return self._worded(alone, list(errors))

    def _worded(self, request: etree._Element, errors: "list[etree._LogEntry]") -> str:
        """Return what Xerces says first of the element that the first error is about."""
        element = _located(request, errors[0].path or ".")
        same = [one for one in errors if one.path == errors[0].path and one.type_name in TRIED]
        spot = self._spot(element)
        pattern = self._refusing(spot) if same else ""
        if pattern:
            return refused_by_pattern(spot, pattern).sentence
        first = min(same, key=lambda one: TRIED.index(one.type_name), default=errors[0])
        if errors[0].type_name not in TRIED:
            first = errors[0]
        fault = worded(first.type_name, str(first.message), spot, self._primitive)
        return fault.sentence if fault else str(first.message)

    def _spot(self, element: etree._Element) -> Spot:
        way = _way(self._root, element)
        local = etree.QName(element)
        spot = Spot(
            f"{element.prefix}:{local.localname}" if element.prefix else local.localname,
            local.namespace or "",
            way,
            element.text or "",
            element.text or "",
        )
        return replace(
            spot,
            could_follow=could_follow(spot.element, _names(element)),
        )

    @staticmethod
    def _refusing(spot: Spot) -> str:
        """Return the pattern of an element's type that its text has not the form of."""
        known = spot.element
        forms = [value for name, value in known.facets if name == "pattern"] if known else []
        text = spot.text if known and known.base == "string" else " ".join(spot.text.split())
        return "" if not forms or any(_fits(text, one) for one in forms) else "|".join(forms)

    def _primitive(self, type_name: str) -> str:
        """Return the built-in type that a type of the schema rests on."""
        passed: set[str] = set()  # a type may restrict one of the same name in another namespace
        while type_name in self._bases and type_name not in passed:
            passed.add(type_name)
            type_name = self._bases[type_name]
        return type_name.removeprefix(BUILT_IN)


def _fits(text: str, pattern: str) -> bool:
    form = translate_pattern(pattern, back_references=False, lazy_quantifiers=False, anchors=False)
    return re.search(form, text) is not None


def _names(element: etree._Element) -> list[str]:
    """Return the names of the elements that stand in an element."""
    return [etree.QName(one).localname for one in element.iterchildren("{*}*")]


def _located(request: etree._Element, path: str) -> etree._Element:
    prefixes = {
        prefix: space
        for one in request.iter("{*}*")
        for prefix, space in one.nsmap.items()
        if prefix
    }
    found: Any = request.xpath(path, namespaces=prefixes)
    return found[0] if found else request


def _way(root: Element, element: etree._Element) -> tuple[Element | None, ...]:
    """Return the schema's elements from the root down to an element of the request."""
    names = [etree.QName(one).localname for one in (element, *element.iterancestors())][::-1]
    way: list[Element | None] = [root]
    for name in names[1:]:
        above = way[-1]
        children = above.children if above else ()
        way.append(next((one for one in children if one.name == name), None))
    return tuple(way)


def _bases(xsd: Path) -> dict[str, str]:
    """Return what each simple type restricts, one without a name by Xerces' name for it."""
    bases: dict[str, str] = {}
    files = (xsd.read_bytes(), *schemas_beside(xsd).values())
    for simple in chain(*(safexml.parse(one).iter(f"{XSD}simpleType") for one in files)):
        restriction = simple.find(f"{XSD}restriction")
        if restriction is not None:
            prefix, _, base = restriction.get("base", "").rpartition(":")
            built_in = restriction.nsmap.get(prefix or None) == XSD[1:-1]
            bases[_simple_name(simple)] = BUILT_IN + base if built_in else base
    return bases


def _simple_name(simple: etree._Element) -> str:
    """Return the name of a simple type; of one without, Xerces' name: all that it stands in."""
    outer = "".join(one.get("name", "") for one in simple.iterancestors())
    return simple.get("name") or ANONYMOUS + outer
