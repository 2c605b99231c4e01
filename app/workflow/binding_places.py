"""A foreign contract's elements as the suggester sees them: names, place, notes, kind of value."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.core.binding import Path
from app.core.contract import Leaf, leaves
from app.core.register import Element, Profile, ValueType, Variable

_MOST = 0.5  # a repeated part with more of the leaves than this is the case itself
_LONGEST_CODE = 24
_YES_NO = 2

_BASES = {
    "dateTime": "datetime",
    "date": "date",
    "time": "time",
    "decimal": "number",
    "float": "number",
    "double": "number",
    "boolean": "boolean",
}
# How well a kind of element takes a type of value; a pair that is missing cannot be.
_FITS: Mapping[tuple[ValueType, str], float] = {
    (ValueType.DATETIME, "datetime"): 1.0,
    (ValueType.DATETIME, "text"): 0.8,
    (ValueType.DATE, "date"): 1.0,
    (ValueType.DATE, "datetime"): 0.85,
    (ValueType.DATE, "text"): 0.8,
    (ValueType.NUMBER, "number"): 1.0,
    (ValueType.NUMBER, "codes"): 0.8,
    (ValueType.NUMBER, "text"): 0.85,
    (ValueType.CODE, "codes"): 1.0,
    (ValueType.CODE, "number"): 0.85,
    (ValueType.CODE, "text"): 1.0,
    (ValueType.CODE, "boolean"): 0.95,
    (ValueType.TEXT, "text"): 1.0,
    (ValueType.TEXT, "number"): 0.8,
    (ValueType.TEXT, "codes"): 0.8,
    (ValueType.PERSON_ID, "text"): 1.0,
    (ValueType.PERSON_ID, "number"): 0.95,
    (ValueType.HSA_ID, "text"): 1.0,
}


@dataclass(frozen=True, slots=True)
class Place:
    """One element that holds a value.

    `own` are the names that are its alone, from the outermost part that holds nothing else down;
    `above` the names of the parts that it shares. `repeated` says whether it may occur several
    times in a case.
    """

    path: Path
    element: Element
    own: tuple[str, ...]
    above: tuple[str, ...]
    notes: str  # what is said to people
    appinfo: str  # and to machines
    repeated: bool

    @property
    def kind(self) -> str:
        """What kind of value it takes: a form of time, "number", "boolean", "codes" or "text"."""
        if self.element.allowed:
            return "codes"
        return _BASES.get(self.element.base, "text")


def places(root: Element, appinfo: Mapping[Path, str]) -> tuple[Place, ...]:
    """Return every element that holds a value, in the schema's order."""
    found = leaves(root)
    below: dict[Path, int] = {}
    for leaf in found:
        for depth in range(len(leaf.path) + 1):
            below[leaf.path[:depth]] = below.get(leaf.path[:depth], 0) + 1
    return tuple(_place(leaf, below, appinfo) for leaf in found)


def fit(variable: Variable, place: Place, base: Profile) -> float:
    """Return how well the kinds of value go together, 0 when they contradict each other."""
    kind = place.kind
    if kind == "boolean" and variable.value_type is ValueType.CODE:
        codes = [one for one in base.codes_of(variable.code_list) if one.sendable]
        return 0.95 if variable.code_list and len(codes) == _YES_NO else 0.0
    longest = next((int(v) for name, v in place.element.facets if name == "maxLength"), 0)
    if variable.value_type is ValueType.CODE and longest > _LONGEST_CODE:
        return 0.7
    return _FITS.get((variable.value_type, kind), 0.0)


def _place(leaf: Leaf, below: Mapping[Path, int], appinfo: Mapping[Path, str]) -> Place:
    alone = len(leaf.path)
    while alone > 1 and below[leaf.path[: alone - 1]] == 1:
        alone -= 1
    ways = [leaf.path[:depth] for depth in range(alone, len(leaf.path) + 1)]
    parts = (*leaf.way, leaf.element)
    machine = " ".join(appinfo[one] for one in ways if one in appinfo)
    said = " ".join(parts[len(one)].documentation for one in ways).strip()
    for text in (appinfo[one] for one in ways if one in appinfo):
        said = said.replace(text, "").strip()
    many = any(
        part.maximum != 1 and below[leaf.path[:depth]] < _MOST * below[()]
        for depth, part in enumerate(parts)
        if depth
    )
    own, above = leaf.path[alone - 1 :], leaf.path[: alone - 1]
    return Place(leaf.path, leaf.element, own, above, said, machine, many)
