"""Read what a contract's schema demands of one element, where the tree of elements says less."""

from typing import Any

from app.core.content import Particle, SimpleType
from app.files.contract_types import XSD, holds_value, simple_of

_ANY = f"{XSD}anyType"


def model_of(particle: Any) -> Particle | SimpleType | None:
    """Return the content or the value type of an element of xmlschema, None when it is beyond us.

    Lists, unions, wildcards, abstract parts, keys and demanded attributes are.
    """
    xsd_type = particle.type
    named = particle if particle.ref is None else particle.ref
    if named.abstract or named.identities or getattr(xsd_type, "abstract", False):
        return None
    if any(one.use == "required" for one in particle.attributes.values() if one.name):
        return None
    if xsd_type.name == _ANY:
        return SimpleType("anyType")
    return _simple(simple_of(xsd_type)) if holds_value(xsd_type) else _group(xsd_type.content)


def _simple(simple: Any) -> SimpleType | None:
    """Return a value type, None for a list, a union, and what rests on one."""
    steps = []
    while not (simple.name or "").startswith(XSD):
        if not simple.is_atomic() or hasattr(simple, "member_types"):
            return None
        steps.append(tuple(_facets(simple)))
        simple = simple.base_type
        if simple is None or not simple.is_simple():
            simple = getattr(simple, "content", None)
        if simple is None or not simple.is_simple():
            return None
    return SimpleType(simple.local_name, tuple(reversed(steps)))


def _facets(simple: Any) -> list[tuple[str, str]]:
    """Return one step's facets; those of the types below it may be among them."""
    found: list[tuple[str, str]] = []
    for key, facet in (simple.facets or {}).items():
        name = (key or "").removeprefix(XSD)
        if hasattr(facet, "__iter__"):  # enumerations and patterns are lists of elements
            found += [(name, one.get("value", "")) for one in facet]
        else:
            found.append((name, str(getattr(facet, "value", ""))))
    return found


def _group(group: Any) -> Particle | None:
    from xmlschema.validators import XsdElement, XsdGroup

    parts = []
    for one in group:
        if isinstance(one, XsdElement) and not one.abstract:
            part = Particle("element", one.min_occurs, one.max_occurs, one.local_name)
        elif isinstance(one, XsdGroup) and (inner := _group(one)) is not None:
            part = inner
        else:
            return None
        parts.append(part)
    kept = tuple(one for one in parts if one.maximum != 0)
    return Particle(group.model, group.min_occurs, group.max_occurs, parts=kept)
