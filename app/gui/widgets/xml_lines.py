"""What the lines of a document hold: which can be folded, and which element each belongs to."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TAG = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[?!][^>]*>|<(/?)([\w:.-]+)[^>]*?(/?)>", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its path of local names, and its first and last line, from 0."""

    path: tuple[str, ...]
    first: int
    last: int
    column: int = 0  # where its tag begins in the line


@dataclass(frozen=True, slots=True)
class Lines:
    """The elements of a document by where they stand; made of any text, whole or broken."""

    elements: tuple[Element, ...] = ()
    folds: Mapping[int, int] = field(default_factory=dict)  # first line -> last line, if any below

    def path_at(self, line: int) -> tuple[str, ...]:
        """Return the path of what begins on the line, else of the innermost element around it."""
        around = [one for one in self.elements if one.first <= line <= one.last]
        here = [one for one in around if one.first == line]
        inner = max(around, key=lambda one: len(one.path), default=None)
        return here[0].path if here else (inner.path if inner else ())

    def find(self, path: tuple[str, ...], number: int = 0) -> Element | None:
        """Return the n-th element whose path ends so, None when there are not so many."""
        size = len(path)
        found = [one for one in self.elements if size and one.path[-size:] == path]
        return found[number] if number < len(found) else None

    def folds_around(self, line: int) -> tuple[int, ...]:
        """Return the first lines of everything that hides the line when it is folded."""
        return tuple(first for first, last in self.folds.items() if first < line <= last)

    def fold_at(self, line: int) -> int:
        """Return the first line of the innermost part that the line belongs to, -1 for none."""
        return max(
            (first for first, last in self.folds.items() if first <= line <= last), default=-1
        )


def read_lines(text: str) -> Lines:
    """Return the elements of a text and what of it can be folded."""
    elements = sorted(_elements(text), key=lambda one: (one.first, one.column))
    folds: dict[int, int] = {}
    for one in elements:
        if one.last > one.first:
            folds[one.first] = max(one.last, folds.get(one.first, 0))
    return Lines(tuple(elements), folds)


def _elements(text: str) -> Iterator[Element]:
    """Yield every element at its end; what is never closed ends where what it stands in does."""
    open_ones: list[tuple[str, int, int]] = []
    line, counted = 0, 0
    for tag in _TAG.finditer(text):
        line += text.count("\n", counted, tag.start())
        counted = tag.start()
        name = (tag[2] or "").rpartition(":")[2]
        if not name:
            continue
        if tag[1]:
            yield from _close(open_ones, name, line)
            continue
        open_ones.append((name, line, tag.start() - text.rfind("\n", 0, tag.start()) - 1))
        if tag[3]:
            yield from _close(open_ones, name, line)
    while open_ones:
        yield from _close(open_ones, open_ones[-1][0], text.count("\n"))


def _close(open_ones: list[tuple[str, int, int]], name: str, line: int) -> Iterator[Element]:
    """Yield the element of this name that was opened last, and all left open within it."""
    names = [one[0] for one in open_ones]
    while name in names:
        path = tuple(names)
        ended = names.pop()
        _name, first, column = open_ones.pop()
        yield Element(path, first, line, column)
        if ended == name:
            return
