"""Read the request's elements from a contract's schema, in the order in which it wants them."""

from collections.abc import Mapping
from dataclasses import dataclass
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
    root = Element(name, 1, 1, children=walk.children(request.type, (), repeated=False))
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
        children: tuple[Element, ...] = ()
        if particle.type.has_simple_content() or particle.type.is_simple():
            self.leaves[path] = _leaf(particle.type, repeated)
        else:
            children = self.children(particle.type, path, repeated)
        type_name = particle.type.local_name or ""
        return Element(path[-1], *occurs, type_name, children=children)


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
    base = simple.root_type.name if simple.root_type is not None else ""
    value_type = _BASES.get((base or "").removeprefix(_XSD))
    allowed = frozenset(str(one) for one in getattr(simple, "enumeration", None) or ())
    return Leaf(value_type, allowed, repeated)
