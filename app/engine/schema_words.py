"""What Xerces says of a breach of the schema that libxml2 has found: its code and its sentence."""

import re
from collections.abc import Sequence
from functools import cache

from elementpath.regex import translate_pattern
from lxml import etree

from app.core.register import Element
from app.core.xerces import (
    TRIED,
    Fault,
    Spot,
    could_follow,
    refused_by_pattern,
    worded,
)

VALUE = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands for the value: it may not be for all eyes


def fault_of(
    entries: "Sequence[etree._LogEntry]",
    node: "etree._Element",
    way: tuple[Element | None, ...],
) -> Fault:
    """Return what Xerces says first of an element, given all that libxml2 says of it."""
    spot = _spot(node, way)
    first = entries[0]
    if first.type_name in TRIED:
        pattern = _refusing(spot)
        if pattern:
            return refused_by_pattern(spot, pattern)
        of_value = [one for one in entries if one.type_name in TRIED]
        first = min(of_value, key=lambda one: TRIED.index(one.type_name))
    known = spot.element
    rests_on = {spot.type_name: known.base} if known else {}
    said = worded(first.type_name, str(first.message), spot, lambda name: rests_on.get(name, name))
    return said or Fault(_code(first.type_name), "")


def _spot(node: "etree._Element", way: tuple[Element | None, ...]) -> Spot:
    name = etree.QName(node)
    local = name.localname
    inside = [etree.QName(one).localname for one in node.iterchildren("{*}*")]
    return Spot(
        f"{node.prefix}:{local}" if node.prefix else local,
        name.namespace or "",
        way,
        node.text or "",
        VALUE,
        could_follow(way[-1], inside),
    )


def _refusing(spot: Spot) -> str:
    """Return the pattern of an element's type that its text has not the form of, else ""."""
    known = spot.element
    forms = [value for name, value in known.facets if name == "pattern"] if known else []
    text = spot.text if known and known.base == "string" else " ".join(spot.text.split())
    refused = forms and not any(re.search(_form(one), text) for one in forms)
    return "|".join(forms) if refused else ""


@cache
def _form(pattern: str) -> "re.Pattern[str]":
    form = translate_pattern(pattern, back_references=False, lazy_quantifiers=False, anchors=False)
    return re.compile(form)


@cache
def _code(kind: str) -> str:
    """Return the standard's name for an error type of libxml2 that has no wording."""
    words = kind.removeprefix("SCHEMAV_").lower().split("_")
    named = "-".join(word for word in words if not word.isdigit())
    return ".".join([named, *(word for word in words if word.isdigit())])
