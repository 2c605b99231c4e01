"""What a contract's schema demands of one element, whole enough to prove a document by it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Particle:
    """A part of a content: an element by its name, or a group of parts.

    `kind` is "element", "sequence", "choice" or "all"; `maximum` None is unbounded.
    """

    kind: str
    minimum: int
    maximum: int | None
    name: str = ""
    parts: tuple["Particle", ...] = ()


@dataclass(frozen=True, slots=True)
class SimpleType:
    """The type of a value: a built-in one, narrowed in steps, each with its own facets.

    A value fits when it fits the built-in type and every step; patterns of one step are
    alternatives.
    """

    built_in: str
    steps: tuple[tuple[tuple[str, str], ...], ...] = ()
