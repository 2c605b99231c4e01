"""Whether what is written in a part fits its content: sequences and choices over whole columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from app.core.content import Particle
from app.core.register import Element
from app.engine.proof.claims import Claim, both, either, every, negated, some


@dataclass(frozen=True, slots=True)
class Child:
    """One element of a part: whether a value is written in it, and how often.

    `count` is None for one that is written at most once. `filled` when the contract itself says
    what stands there where no value does; it is then written as often as it must be.
    """

    element: Element
    said: Claim
    count: pl.Expr | None = None
    filled: bool = False

    @property
    def written(self) -> Claim:
        """Whether the element is there at all."""
        return True if self.filled else self.said


def fitting(content: Particle, children: tuple[Child, ...]) -> Claim:
    """Return whether the children are a content that the schema allows; False when in doubt.

    Sound where every element has one place and the places come in the order of writing.
    """
    by_name = {child.element.name: child for child in children}
    named = [one.name for one in _elements(content)]
    written = [one.element.name for one in children]
    if named != written or len(by_name) < len(children):
        return False
    return _fits(content, by_name)


def _elements(content: Particle) -> Iterator[Particle]:
    if content.kind == "element":
        yield content
    for part in content.parts:
        yield from _elements(part)


def _fits(content: Particle, children: Mapping[str, Child]) -> Claim:
    content = _plain(content)
    if content.kind == "element":
        return _often_enough(content, children[content.name])
    if content.minimum > 1:
        return False
    once = _choice if content.kind == "choice" else _sequence
    fits = once(content, children)
    return fits if content.minimum else either(fits, negated(_any(content, children)))


def _plain(content: Particle) -> Particle:
    """Return a group around one element as that element, as often as both say."""
    if len(content.parts) != 1:
        return content
    inner = _plain(content.parts[0])
    if inner.kind != "element" or inner.minimum > 1:
        return content
    most = None
    if content.maximum is not None and inner.maximum is not None:
        most = content.maximum * inner.maximum
    return replace(inner, minimum=content.minimum * inner.minimum, maximum=most)


def _often_enough(content: Particle, child: Child) -> Claim:
    """Return whether an element is there as often as it may and must be."""
    most = content.maximum
    copies = child.element.minimum if child.filled else 0
    missing = content.minimum <= copies and (most is None or copies <= most)
    if child.count is None:
        there: Claim = content.minimum <= 1 and (most is None or most >= 1)
    else:
        enough: Claim = True if content.minimum <= 1 else child.count >= content.minimum
        there = both(enough, True if most is None else child.count <= most)
    return either(both(child.said, there), both(negated(child.said), missing))


def _any(content: Particle, children: Mapping[str, Child]) -> Claim:
    return some(children[one.name].written for one in _elements(content))


def _sequence(content: Particle, children: Mapping[str, Child]) -> Claim:
    return every(_fits(part, children) for part in content.parts)


def _choice(content: Particle, children: Mapping[str, Child]) -> Claim:
    """Return whether one alternative fits and nothing of the others is there.

    Where the choice may be made again, each alternative that is there may be another time.
    """
    if content.maximum is None:
        return both(
            every(_fits_or_lacks(part, children) for part in content.parts),
            some(_fits(part, children) for part in content.parts),
        )
    ways = []
    for part in content.parts:
        others = [one for one in content.parts if one is not part]
        alone = negated(some(_any(one, children) for one in others))
        ways.append(both(_fits(part, children), alone))
    return some(ways)


def _fits_or_lacks(part: Particle, children: Mapping[str, Child]) -> Claim:
    return either(_fits(part, children), negated(_any(part, children)))
