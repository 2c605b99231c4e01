"""Read the request's elements from a contract's schema, in the order in which it wants them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.core.errors import ProfileError
from app.core.register import Element
from app.files.contract_compiling import compile_file
from app.files.contract_models import model_of
from app.files.contract_particles import Occurs, content_of
from app.files.contract_types import XSD, base_of, facets_of, holds_value, text_of, words_of_codes

MOST_ELEMENTS = 10_000  # a contract with more is a trap, not a form
DEEPEST = 60  # how far parts may stand inside parts

Path_ = tuple[str, ...]
Texts = Mapping[Path_, str]


@dataclass(frozen=True, slots=True)
class ContractSchema:
    """A contract's request and answer; paths are the element names below the request.

    `namespace` is the request's. `appinfo` is what the schema says to machines about an element,
    and part of its documentation; `code_texts` what it says about the values it lists;
    `attributes` are the elements that may not stand without an attribute.
    """

    namespace: str
    root: Element
    response: Element | None = None
    appinfo: Texts = field(default_factory=dict)
    code_texts: Mapping[Path_, Mapping[str, str]] = field(default_factory=dict)
    attributes: tuple[Path_, ...] = ()


def read_contract_schema(xsd: Path, request: str, response: str = "") -> ContractSchema:
    """Return the request, and the answer if it is named, with everything below them.

    The names are those of global elements, `name` or `{namespace}name`, in the schema or in one
    that it imports. Raises ProfileError for a schema that cannot be read, an element that is not
    there, and a request that contains itself.
    """
    schema = _load(xsd)
    walk = _Walk(xsd.name)
    found = _global(schema, xsd, request)
    root = walk.whole(found)
    answer = None
    if response:
        answer = _Walk(xsd.name, is_lenient=True).whole(_global(schema, xsd, response))
    return ContractSchema(
        namespace=found.target_namespace,
        root=root,
        response=answer,
        appinfo=walk.appinfo,
        code_texts=walk.code_texts,
        attributes=tuple(walk.attributes),
    )


def _load(xsd: Path) -> Any:
    """Return the schema as xmlschema has it.

    libxml2, which judges every request, judges the schema too: xmlschema takes five times as long
    for that, and refuses restrictions that others take.
    """
    import xmlschema

    compile_file(xsd)
    uri = xsd.resolve().as_uri()
    try:
        return xmlschema.XMLSchema10(uri, allow="sandbox", defuse="always", validation="skip")
    except (xmlschema.XMLSchemaException, OSError, RecursionError):
        raise ProfileError("profile-contract-unreadable", file=xsd.name) from None


def _global(schema: Any, xsd: Path, name: str) -> Any:
    """Return a global element by its name, in the schema's own namespace or in any."""
    every = [one for one in schema.maps.elements.values() if name in {one.name, one.local_name}]
    own = [one for one in every if one.target_namespace == schema.target_namespace]
    if not every:
        raise ProfileError("profile-request-missing", file=xsd.name, row=name)
    return (own or every)[0]


@dataclass(slots=True)
class _Walk:
    """Goes through a schema's particles and notes what the tree has no room for.

    A lenient one leaves out what no tree can hold: an answer is read, and never filled in whole.
    """

    file: str
    is_lenient: bool = False
    appinfo: dict[Path_, str] = field(default_factory=dict)
    code_texts: dict[Path_, Mapping[str, str]] = field(default_factory=dict)
    attributes: list[Path_] = field(default_factory=list)
    count: int = 0

    def whole(self, particle: Any) -> Element:
        """Return a global element and everything below it."""
        return self._element(Occurs(particle, 1, 1), (), ())

    def _element(self, occurs: Occurs, path: Path_, way: tuple[Any, ...]) -> Element:
        """Return one element; `way` are the types that it stands in."""
        particle, xsd_type = occurs.particle, occurs.particle.type
        self._note(particle, path)
        known = Element(
            particle.local_name,
            occurs.minimum,
            occurs.maximum,
            xsd_type.local_name or "",
            namespace=_namespace(particle),
            documentation=_documentation(particle),
            model=model_of(particle),
        )
        if holds_value(xsd_type):
            return replace(known, base=base_of(xsd_type), facets=_facets(particle))
        if any(one is xsd_type for one in way):
            if self.is_lenient:
                return known
            raise ProfileError("contract-recursive", file=self.file, path="/".join(path))
        return replace(known, children=self._children(xsd_type, path, (*way, xsd_type)))

    def _children(self, xsd_type: Any, path: Path_, way: tuple[Any, ...]) -> tuple[Element, ...]:
        """Return the elements of a type's content; those of one name must be of one namespace."""
        content = content_of(xsd_type.content)
        names = [one.particle.local_name for one in content.values()]
        found = []
        for place, (name, occurs) in enumerate(zip(names, content.values(), strict=True)):
            if name not in names[:place]:
                found.append(self._element(occurs, (*path, name), way))
            elif occurs.minimum and not self.is_lenient:
                at = "/".join((*path, name))
                raise ProfileError("contract-name-twice", file=self.file, path=at)
        return tuple(found)

    def _note(self, particle: Any, path: Path_) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS or len(path) > DEEPEST:
            raise ProfileError("contract-too-many", file=self.file, most=MOST_ELEMENTS)
        if said := " ".join(_notes(particle, "appinfo")):
            self.appinfo[path] = said
        if holds_value(particle.type) and (words := words_of_codes(particle.type)):
            self.code_texts[path] = words
        if any(one.use == "required" for one in particle.attributes.values() if one.name):
            self.attributes.append(path)


def _facets(particle: Any) -> tuple[tuple[str, str], ...]:
    """Return the facets of an element's type, and the value that it is fixed to."""
    fixed = (("fixed", particle.fixed),) if particle.fixed is not None else ()
    return (*facets_of(particle.type), *fixed)


def _namespace(particle: Any) -> str:
    """Return the namespace of an element's name; global ones have theirs even when unqualified."""
    space: str = particle.name.rpartition("}")[0]
    return space.removeprefix("{")


def _documentation(particle: Any) -> str:
    """Return what the schema says about an element and its type, to people and to machines."""
    texts = (*_notes(particle, "documentation"), *_notes(particle, "appinfo"))
    return " ".join(dict.fromkeys(texts))


def _notes(particle: Any, kind: str) -> Iterator[str]:
    """Yield the notes of one kind, nearest first; for machines also attributes of another kind."""
    xsd_type = particle.type
    for one in (particle, particle.ref, xsd_type, None if xsd_type.name else xsd_type.base_type):
        if one is None or one.elem is None or (one.name or "").startswith(XSD):
            continue
        if kind == "appinfo":
            yield from (value for name, value in one.elem.items() if name.startswith("{"))
        annotation = one.annotation
        for part in getattr(annotation, kind) if annotation is not None else ():
            if text := text_of(part):
                yield text
