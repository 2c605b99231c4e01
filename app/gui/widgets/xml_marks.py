"""Marks in a document: where something is worth a look, what it is, and how bad."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.gui import theme


@dataclass(frozen=True, slots=True)
class Mark:
    """One place in a document; `line` and `column` count from 0.

    `status` is a name of `theme.STATUS`; `number` is what the owner knows the mark by.
    """

    line: int
    column: int
    length: int
    status: str
    text: str
    more: str = ""
    number: int = 0

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{theme.status_word(self.status)}: {self.text}"

    def covers(self, column: int) -> bool:
        """Whether the mark is under a column of its line."""
        return self.column <= column <= self.column + self.length


def in_order(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return the marks from the top down; of one place those that came first."""
    return tuple(sorted(marks, key=lambda one: (one.line, one.column)))


def worst_by_line(marks: Sequence[Mark]) -> dict[int, Mark]:
    """Return for each line its worst mark."""
    order = tuple(theme.STATUS)
    worst: dict[int, Mark] = {}
    for one in marks:
        known = worst.get(one.line)
        if known is None or order.index(one.status) < order.index(known.status):
            worst[one.line] = one
    return worst


def step_from(marks: Sequence[Mark], line: int, column: int, way: int) -> Mark | None:
    """Return the next mark (1) or the previous (-1) from a place, None when there is none."""
    here = (line, column)
    if way > 0:
        return next((one for one in marks if (one.line, one.column) > here), None)
    return next((one for one in reversed(marks) if (one.line, one.column) < here), None)
