"""Hold a request against the profile's schema and word the first error as the register would."""

import re
from copy import deepcopy
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

from lxml import etree

from app import safexml
from app.core.register import Element, Profile
from app.files.profile import compile_schema
from app.stage.published import schemas_beside
from app.stage.xerces import PRIMITIVE_NAMES, WORDINGS, Wording

XSD = "{http://www.w3.org/2001/XMLSchema}"
BUILT_IN = "xs:"
ANONYMOUS = "#AnonType_"  # how Xerces begins the name of a type without one
_NAME = re.compile(r"\{([^{}]*)\}([^\s,{}]+)")


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
            return self._worded(alone, errors[0])

    def _worded(self, request: etree._Element, error: "etree._LogEntry") -> str:
        found = str(error.message)
        for wording in WORDINGS:
            told = wording.tells.search(found)
            if wording.kind == error.type_name and told:
                return self._sentence(request, error, wording, told.groupdict(""))
        return found

    def _sentence(
        self,
        request: etree._Element,
        error: "etree._LogEntry",
        wording: Wording,
        told: dict[str, str],
    ) -> str:
        element = _located(request, error.path or ".")
        type_name = _type_name(self._root, element)
        text = element.text or ""
        return wording.sentence.format_map(
            {"value": text, **_digits(text), **told}
            | {
                "element": _raw_name(element),
                "type": type_name,
                "primitive": self._primitive(told.get("atomic") or type_name),
                "set": f"[{told.get('set', '').replace(chr(39), '')}]",
                "expected": _expected(told.get("expected", "")),
            }
        )

    def _primitive(self, type_name: str) -> str:
        """Return the built-in type that a type of the schema rests on."""
        passed: set[str] = set()  # a type may restrict one of the same name in another namespace
        while type_name in self._bases and type_name not in passed:
            passed.add(type_name)
            type_name = self._bases[type_name]
        built_in = type_name.removeprefix(BUILT_IN)
        return PRIMITIVE_NAMES.get(built_in, built_in)


def _located(request: etree._Element, path: str) -> etree._Element:
    prefixes = {
        prefix: space
        for one in request.iter("{*}*")
        for prefix, space in one.nsmap.items()
        if prefix
    }
    found: Any = request.xpath(path, namespaces=prefixes)
    return found[0] if found else request


def _type_name(root: Element, element: etree._Element) -> str:
    """Return the schema's local name for the element's type, Xerces' name for one without."""
    names = [etree.QName(one).localname for one in (element, *element.iterancestors())][::-1]
    spec: Element | None = root
    for name in names[1:]:
        spec = next((one for one in spec.children if one.name == name), None) if spec else None
    return (spec.type_name if spec else "") or ANONYMOUS + names[-1]


def _raw_name(element: etree._Element) -> str:
    """Return the element's name as it stands in the request, with its prefix."""
    local = etree.QName(element).localname
    return f"{element.prefix}:{local}" if element.prefix else local


def _digits(number: str) -> dict[str, str]:
    whole, _, fraction = number.strip().lstrip("+-").partition(".")
    fraction = fraction.rstrip("0")
    return {"fraction": str(len(fraction)), "total": str(len(whole.lstrip("0")) + len(fraction))}


def _expected(names: str) -> str:
    """Return the names of the expected elements as Xerces writes them."""
    found = (_NAME.fullmatch(one) or one for one in names.split(", "))
    written = [one if isinstance(one, str) else f'"{one[1]}":{one[2]}' for one in found]
    return "{" + ", ".join(written) + "}"


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
    holder = simple.getparent()
    owner = "" if holder is None else holder.get("name", "")
    return simple.get("name") or ANONYMOUS + owner
