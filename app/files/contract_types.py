"""What a contract's schema says about one simple type: its primitive, its facets, its words."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

XSD = "{http://www.w3.org/2001/XMLSchema}"
_ANY = f"{XSD}anyType"
# What a built-in type adds to its primitive and a reader wants to know: xsd:int is no decimal.
_OF_BUILT_IN = frozenset({"minInclusive", "maxInclusive", "fractionDigits"})
_SILENT = frozenset({"whiteSpace", "assertion", "explicitTimezone"})

Facets = tuple[tuple[str, str], ...]


def holds_value(xsd_type: Any) -> bool:
    """Whether an element of the type holds a text, with or without attributes."""
    return bool(xsd_type.is_simple() or xsd_type.has_simple_content() or xsd_type.name == _ANY)


def base_of(xsd_type: Any) -> str:
    """Return the primitive that a type rests on, such as "dateTime"; "string" for a list.

    "anyType" for an element that the schema gives no type.
    """
    if xsd_type.name == _ANY:
        return "anyType"
    simple = simple_of(xsd_type)
    if _is_list(simple):
        return "string"
    members = {base_of(one) for one in _members(simple)}
    if members:
        return members.pop() if len(members) == 1 else "string"
    built_in = next((one for one in _down(simple) if (one.name or "").startswith(XSD)), None)
    return built_in.root_type.local_name if built_in is not None else "string"


def facets_of(xsd_type: Any) -> Facets:
    """Return a type's facets and those of the types it restricts, the narrowest of each.

    Patterns add up; a union has facets only where all its members are enumerations.
    """
    if xsd_type.name == _ANY:
        return ()
    simple = simple_of(xsd_type)
    own = tuple(_own_facets(simple))
    if _is_whole(simple) and not any(name == "fractionDigits" for name, _ in own):
        own += (("fractionDigits", "0"),)  # what tells it from a decimal
    members = [facets_of(one) for one in _members(simple)]
    if members and not any(name == "enumeration" for name, _ in own):
        lists = [[one for one in facets if one[0] == "enumeration"] for facets in members]
        own += tuple(dict.fromkeys(one for part in lists if all(lists) for one in part))
    return own


def words_of_codes(xsd_type: Any) -> dict[str, str]:
    """Return what the schema says about each value that it lists."""
    if xsd_type.name == _ANY:
        return {}
    simple = simple_of(xsd_type)
    found = {key: text for one in _members(simple) for key, text in words_of_codes(one).items()}
    for name, facet in _chain(simple):
        for value in facet if name == "enumeration" else ():
            text = " ".join(text_of(part) for part in value.iter(f"{XSD}annotation"))
            found.setdefault(value.get("value", ""), text.strip())
    return {value: text for value, text in found.items() if text}


def simple_of(xsd_type: Any) -> Any:
    """Return the simple type of an element that holds a value."""
    return xsd_type if xsd_type.is_simple() else xsd_type.content


def text_of(part: Any) -> str:
    """Return the text of an annotation; the attributes of what it embeds speak too."""
    texts = (text for one in part.iter() for text in _said_by(one, part))
    return re.sub(r" ([.,;:)])", r"\1", " ".join(" ".join(texts).split()))


def _said_by(element: Any, top: Any) -> Iterator[str]:
    outside = not str(element.tag).startswith(XSD)
    if outside:
        yield from (value for name, value in element.items() if not name.startswith("{http://www."))
    yield element.text or ""
    if element is not top:
        yield element.tail or ""


def _is_list(simple: Any) -> bool:
    return bool(simple.is_list())


def _is_whole(simple: Any) -> bool:
    """Whether a type rests on the built-in integer."""
    while simple is not None:
        if simple.name == f"{XSD}integer":
            return True
        simple = simple.base_type
    return False


def _members(simple: Any) -> Iterable[Any]:
    """Return the types of a union, or of the union that a type restricts."""
    for one in _down(simple):
        if members := getattr(one, "member_types", None):
            return tuple(members)
    return ()


def _down(simple: Any) -> Iterator[Any]:
    """Yield a simple type and those that it restricts, down to the built-in one."""
    while simple is not None:
        yield simple
        below = simple.base_type
        if below is not None and not below.is_simple():
            below = below.content if below.has_simple_content() else None
        simple = below


def _chain(simple: Any) -> Iterator[tuple[str, Any]]:
    """Yield the facets of a type and of those below it with their names, each facet once."""
    seen: set[int] = set()
    for one in () if _is_list(simple) else _down(simple):
        built_in = (one.name or "").startswith(XSD)
        for key, facet in (one.facets or {}).items():
            name = (key or "").removeprefix(XSD)
            known = id(facet) in seen or not name or name in _SILENT
            seen.add(id(facet))
            if not known and not (built_in and name not in _OF_BUILT_IN):
                yield name, facet


def _own_facets(simple: Any) -> Iterator[tuple[str, str]]:
    given: set[str] = set()
    for name, facet in _chain(simple):
        if name in given and name != "pattern":
            continue
        given.add(name)
        for value in _values(facet):
            yield name, value


def _values(facet: Any) -> Iterator[str]:
    if hasattr(facet, "__iter__"):  # enumerations and patterns are lists of elements
        yield from (one.get("value", "") for one in facet)
    else:
        yield str(facet.value)
