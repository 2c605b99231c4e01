"""Which characters of a pattern may come one after the other, to know where libxml2 goes wrong.

libxml2 tries one way only where it takes two characters that may come next for disjoint. It errs
about some that are not, and then refuses what it should accept; a pattern with such a pair proves
nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from app.engine.proof.characters import ANY, Characters, common


@dataclass(frozen=True, slots=True)
class Atom:
    """One place of a pattern where a character stands; `plain` when nothing is left to interpret.

    Plain are one character, and a class of characters and ranges that is not a complement.
    """

    place: int
    source: str
    characters: Characters
    is_plain: bool

    def confuses(self, other: "Atom") -> bool:
        """Whether libxml2 may take the two for disjoint although they are not."""
        if self.source == other.source or ANY in {self.characters, other.characters}:
            return False
        both_plain = self.is_plain and other.is_plain
        return not both_plain and bool(common(self.characters.possible, other.characters.possible))


Atoms = frozenset[Atom]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a pattern: its expression, and what texts of it begin and end with."""

    text: str = ""
    first: Atoms = frozenset()
    last: Atoms = frozenset()
    may_be_empty: bool = True


@dataclass(slots=True)
class Automaton:
    """Puts parts together and notes what may follow what."""

    follow: dict[Atom, set[Atom]] = field(default_factory=dict)

    def one(self, atom: Atom, text: str) -> Part:
        """Return the part that is one character."""
        return Part(text, frozenset({atom}), frozenset({atom}), may_be_empty=False)

    def then(self, left: Part, right: Part) -> Part:
        """Return one part after the other."""
        self._join(left.last, right.first)
        return Part(
            left.text + right.text,
            left.first | right.first if left.may_be_empty else left.first,
            left.last | right.last if right.may_be_empty else right.last,
            left.may_be_empty and right.may_be_empty,
        )

    def either(self, left: Part, right: Part) -> Part:
        """Return a choice."""
        return Part(
            f"{left.text}|{right.text}",
            left.first | right.first,
            left.last | right.last,
            left.may_be_empty or right.may_be_empty,
        )

    def repeated(self, part: Part, quantifier: str, *, may_be_empty: bool, again: bool) -> Part:
        """Return a part with a quantifier; `again` when it may stand more than once."""
        if again:
            self._join(part.last, part.first)
        return Part(
            part.text + quantifier, part.first, part.last, may_be_empty or part.may_be_empty
        )

    def is_clear(self, whole: Part) -> bool:
        """Whether libxml2 sees every place where it has to try more than one way."""
        return not any(one.confuses(other) for one, other in self._rivals(whole))

    def _join(self, left: Atoms, right: Atoms) -> None:
        for atom in left:
            self.follow.setdefault(atom, set()).update(right)

    def _rivals(self, whole: Part) -> Iterator[tuple[Atom, Atom]]:
        for atoms in (whole.first, *self.follow.values()):
            yield from combinations(atoms, 2)
