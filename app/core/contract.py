"""The elements of a contract's request that hold values, and which of them it demands."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.core.register import Element, Profile


@dataclass(frozen=True, slots=True)
class Leaf:
    """One element that holds a value; `path` are the names below the request."""

    path: tuple[str, ...]
    element: Element
    way: tuple[Element, ...]  # the parts it stands in, from the request down

    @property
    def is_mandatory(self) -> bool:
        """Whether no request is valid without it."""
        return all(one.minimum for one in (*self.way[1:], self.element))


def leaves(root: Element) -> tuple[Leaf, ...]:
    """Return every element that holds a value, in the schema's order."""
    return tuple(_leaves(root, (), ()))


def demanded(profile: Profile) -> tuple[Leaf, ...]:
    """Return the elements that the contract demands and no variable is bound to.

    An element is demanded when it and every part it stands in must be there, or are there because
    something in them is bound.
    """
    found = leaves(profile.root)
    used = {
        leaf.path[:depth]
        for leaf in found
        if leaf.element.variable
        for depth in range(len(leaf.path) + 1)
    }
    return tuple(leaf for leaf in found if not leaf.element.variable and _is_demanded(leaf, used))


def _is_demanded(leaf: Leaf, used: set[tuple[str, ...]]) -> bool:
    parts = enumerate(leaf.way[1:], start=1)
    return bool(leaf.element.minimum) and all(
        part.minimum or leaf.path[:depth] in used for depth, part in parts
    )


def _leaves(element: Element, path: tuple[str, ...], way: tuple[Element, ...]) -> Iterator[Leaf]:
    if element.base:
        yield Leaf(path, element, way)
    for child in element.children:
        yield from _leaves(child, (*path, child.name), (*way, element))
