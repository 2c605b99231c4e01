"""Which elements a type's content may hold, and how often: the sum of its inner groups."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Occurs:
    """An element of a content and how often it may stand there; `maximum` None is unbounded."""

    particle: Any  # an element of xmlschema
    minimum: int
    maximum: int | None

    def times(self, minimum: int, maximum: int | None) -> "Occurs":
        """Return it for a group that itself occurs so often."""
        return Occurs(self.particle, self.minimum * minimum, _product(self.maximum, maximum))


Content = dict[str, Occurs]


def content_of(group: Any) -> Content:
    """Return a group's elements by qualified name, inner groups taken apart, in schema order.

    An element of a choice need not be there unless every alternative has it; one that stands in
    several places counts once, at the first.
    """
    parts = [_part(particle) for particle in group]
    content = _either(parts) if group.model == "choice" else _all(parts)
    often = group.min_occurs, group.max_occurs
    scaled = {name: one.times(*often) for name, one in content.items()}
    return {name: one for name, one in scaled.items() if one.maximum != 0}


def _part(particle: Any) -> Content:
    from xmlschema.validators import XsdElement, XsdGroup

    if isinstance(particle, XsdGroup):
        return content_of(particle)
    if not isinstance(particle, XsdElement):
        return {}  # a wildcard: nothing is known to stand there
    low, high = particle.min_occurs, particle.max_occurs
    if not particle.abstract:
        return {particle.name: Occurs(particle, low, high)}
    return {one.name: Occurs(one, 0, high) for one in _stand_ins(particle)}


def _stand_ins(head: Any) -> Iterator[Any]:
    """Yield the elements that may stand for an abstract one, by name."""
    yield from sorted(
        (one for one in head.iter_substitutes() if not one.abstract), key=lambda one: str(one.name)
    )


def _all(parts: list[Content]) -> Content:
    """Return what stands in a sequence: the same element in several places adds up."""
    found: Content = {}
    for part in parts:
        for name, one in part.items():
            former = found.get(name)
            if former is None:
                found[name] = one
            else:
                high = _sum(former.maximum, one.maximum)
                found[name] = Occurs(former.particle, former.minimum + one.minimum, high)
    return found


def _either(parts: list[Content]) -> Content:
    """Return what stands in a choice: as little as the barest alternative has, as much as any."""
    found: Content = {}
    for name in _merged(parts):
        places = [part[name] for part in parts if name in part]
        low = min(one.minimum for one in places) if len(places) == len(parts) else 0
        found[name] = Occurs(places[0].particle, low, _largest(one.maximum for one in places))
    return found


def _merged(parts: list[Content]) -> list[str]:
    """Return the names of all alternatives in an order that suits each of them."""
    order: list[str] = []
    for part in parts:
        place = len(order)
        for name in reversed(part):  # what is new goes right before what follows it
            if name in order:
                place = order.index(name)
            else:
                order.insert(place, name)
    return order


def _largest(numbers: Iterator[int | None]) -> int | None:
    most = 0
    for number in numbers:
        if number is None:
            return None
        most = max(most, number)
    return most


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def _product(first: int | None, second: int | None) -> int | None:
    if first == 0 or second == 0:
        return 0
    return None if first is None or second is None else first * second
