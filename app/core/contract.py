"""The elements of a contract's request that hold values, and which of them it demands."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from app.core.register import Element, Profile

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One element that holds a value; `path` are the names below the request."""

    path: Path
    element: Element
    way: tuple[Element, ...]  # the parts it stands in, from the request down

    @property
    def is_mandatory(self) -> bool:
        """Whether no request is valid without a value for it; one that is fixed we know."""
        is_there = all(one.minimum for one in (*self.way[1:], self.element))
        return is_there and self.element.fixed is None


def leaves(root: Element) -> tuple[Leaf, ...]:
    """Return every element that holds a value, in the schema's order."""
    return tuple(_leaves(root, (), ()))


def demanded(profile: Profile) -> tuple[Leaf, ...]:
    """Return the elements that the contract demands and no variable is bound to.

    An element is demanded when it and every part it stands in must be there, or are there because
    something in them is bound. One with a fixed value is written without a variable.
    """
    found = leaves(profile.root)
    return still_demanded(found, {leaf.path for leaf in found if leaf.element.variable})


def still_demanded(found: Iterable[Leaf], bound: Collection[Path]) -> tuple[Leaf, ...]:
    """Return those of a contract's leaves that are demanded when these paths are bound."""
    used = {path[:depth] for path in bound for depth in range(len(path) + 1)}
    return tuple(leaf for leaf in found if leaf.path not in bound and _is_demanded(leaf, used))


def in_the_head(profile: Profile) -> tuple[str, ...]:
    """Return the local names of what the contract wants in the head of a request's envelope."""
    names = profile.settings.get("soap_headers", "").split()
    return tuple(name.rpartition("}")[2] for name in names)


def _is_demanded(leaf: Leaf, used: set[tuple[str, ...]]) -> bool:
    parts = enumerate(leaf.way[1:], start=1)
    return bool(leaf.element.minimum and leaf.element.fixed is None) and all(
        part.minimum or leaf.path[:depth] in used for depth, part in parts
    )


def _leaves(element: Element, path: tuple[str, ...], way: tuple[Element, ...]) -> Iterator[Leaf]:
    if element.base:
        yield Leaf(path, element, way)
    for child in element.children:
        yield from _leaves(child, (*path, child.name), (*way, element))
