"""Read the request's elements from a contract's schema, in the order in which it wants them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.core.errors import ProfileError
from app.core.register import Element, ValueType

_DEPTH = 24  # a schema that goes deeper contains itself
_XSD = "{http://www.w3.org/2001/XMLSchema}"
_BASES = {"dateTime": ValueType.DATETIME, "date": ValueType.DATE, "decimal": ValueType.NUMBER}


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the schema says about one element that holds a value."""

    value_type: ValueType | None  # None: a text, whatever it may stand for
    allowed: frozenset[str]  # its enumeration, empty when it has none
    repeated: bool  # the element itself or a part it stands in


@dataclass(frozen=True, slots=True)
class RequestSchema:
    """The request as the schema has it; paths are the element names below the request."""

    namespace: str
    root: Element
    leaves: Mapping[tuple[str, ...], Leaf]


def read_request(xsd: Path, name: str) -> RequestSchema:
    """Return the request element of that name and everything below it."""
    import xmlschema

    try:
        schema = xmlschema.XMLSchema10(
            xsd.resolve().as_uri(), allow="sandbox", defuse="always", validation="strict"
        )
    except (xmlschema.XMLSchemaException, OSError):
        raise ProfileError("profile-contract-unreadable", file=xsd.name) from None
    request = next((one for one in schema.elements.values() if one.local_name == name), None)
    if request is None:
        raise ProfileError("profile-request-missing", file=xsd.name, row=name)
    walk = _Walk(xsd.name, {})
    root = Element(
        name,
        1,
        1,
        request.type.local_name or "",
        children=walk.children(request.type, (), repeated=False),
        namespace=request.target_namespace,
    )
    return RequestSchema(request.target_namespace, root, walk.leaves)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through the schema's particles and gathers the leaves on the way."""

    file: str
    leaves: dict[tuple[str, ...], Leaf]

    def children(self, xsd_type: Any, path: tuple[str, ...], repeated: bool) -> tuple[Element, ...]:
        """Return the elements of a type's content."""
        if len(path) > _DEPTH:
            raise ProfileError("profile-contract-unreadable", file=self.file)
        return tuple(
            self._element(particle, (low, high), (*path, particle.local_name), repeated)
            for particle, low, high in _particles(xsd_type.content, 1, 1)
        )

    def _element(
        self, particle: Any, occurs: tuple[int, int | None], path: tuple[str, ...], repeated: bool
    ) -> Element:
        """Return one element; a leaf is noted on the way."""
        repeated = repeated or occurs[1] != 1
        known = Element(
            path[-1],
            *occurs,
            particle.type.local_name or "",
            namespace=particle.target_namespace if particle.qualified else "",
            documentation=_documentation(particle),
        )
        if not (particle.type.has_simple_content() or particle.type.is_simple()):
            return replace(known, children=self.children(particle.type, path, repeated))
        self.leaves[path] = _leaf(particle.type, repeated)
        return replace(known, base=_base(particle.type), facets=_facets(particle.type))


def _particles(group: Any, minimum: int, maximum: int | None) -> Any:
    """Yield a group's elements with how often they may occur, inner groups flattened."""
    from xmlschema.validators import XsdElement, XsdGroup

    at_least = 0 if group.model == "choice" else minimum
    for particle in group:
        many = maximum is None or particle.max_occurs is None
        low = min(at_least, 1) * particle.min_occurs
        high = None if many else (maximum or 0) * particle.max_occurs
        if isinstance(particle, XsdElement):
            yield particle, low, high
        elif isinstance(particle, XsdGroup):
            yield from _particles(particle, low, high)


def _leaf(xsd_type: Any, repeated: bool) -> Leaf:
    """Return what a simple type says."""
    simple = xsd_type if xsd_type.is_simple() else xsd_type.content
    value_type = _BASES.get(_base(xsd_type))
    allowed = frozenset(str(one) for one in getattr(simple, "enumeration", None) or ())
    return Leaf(value_type, allowed, repeated)


def _base(xsd_type: Any) -> str:
    """Return the built-in type that a simple type rests on, without its namespace."""
    simple = xsd_type if xsd_type.is_simple() else xsd_type.content
    base = simple.root_type.name if simple.root_type is not None else ""
    return (base or "").removeprefix(_XSD)


def _facets(xsd_type: Any) -> tuple[tuple[str, str], ...]:
    """Return the facets of a simple type, its own and those of the types it restricts."""
    simple = xsd_type if xsd_type.is_simple() else xsd_type.content
    return tuple(
        (name, value)
        for key, facet in (simple.facets or {}).items()
        if key is not None and (name := key.removeprefix(_XSD))
        for value in _values(facet)
    )


def _values(facet: Any) -> tuple[str, ...]:
    several = getattr(facet, "enumeration", None) or getattr(facet, "regexps", None)
    return tuple(str(one) for one in several) if several else (str(facet.value),)


def _documentation(particle: Any) -> str:
    """Return what the schema's annotations say about an element and its type."""
    annotations = (particle.annotation, particle.type.annotation)
    texts = [
        " ".join("".join(part.itertext()).split())
        for annotation in annotations
        if annotation is not None
        for part in (*annotation.documentation, *annotation.appinfo)
    ]
    return " ".join(text for text in texts if text)
