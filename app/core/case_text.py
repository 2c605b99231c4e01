"""A case's request document as text: which variable stands where, for documents that we wrote.

They hold elements, texts and namespaces only; the profile's tree of elements says what each is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from xml.sax.saxutils import escape, unescape

from app.core.register import Element, Profile

_TAG = re.compile(r"<(/?)(?:[^\s<>/:?!]+:)?([^\s<>/:?!]+)([^<>]*?)(/?)>")
_ENTITIES = {"&#13;": "\r"}

Hide = Callable[[str, str], str]  # variable and value -> what is shown


@dataclass(frozen=True, slots=True)
class Spot:
    """One element in a text; `start` and `end` hold its value, or its name where it is a part.

    `index` numbers the rows of a group from 1, 0 outside of groups; `row_path` is the path of the
    element that is one row of the group.
    """

    name: str
    path: tuple[str, ...]
    variable: str
    group: str
    index: int
    start: int
    end: int
    is_leaf: bool
    value: str = ""
    row_path: tuple[str, ...] = ()


@dataclass(slots=True)
class _Open:
    """An element that has not ended yet."""

    element: Element | None
    spot: Spot
    after: int  # where its content begins
    has_parts: bool = False


@dataclass(slots=True)
class _Scan:
    """Goes through a text once."""

    root: Element
    rows: dict[str, int] = field(default_factory=dict)
    way: list[_Open] = field(default_factory=list)

    def spots(self, text: str) -> Iterator[Spot]:
        """Yield every element as it ends, the innermost first."""
        for tag in _TAG.finditer(text):
            ends, name, _, alone = tag.groups()
            if not ends:
                self._begin(name, tag)
            if (ends or alone) and self.way:
                yield _ended(self.way.pop(), text, tag)

    def _begin(self, name: str, tag: re.Match[str]) -> None:
        around = self.way[-1] if self.way else None
        element = self._element(name, around)
        path: tuple[str, ...] = ()
        group, index, row_path = "", 0, path
        if around:
            around.has_parts = True
            path = () if element is self.root else (*around.spot.path, name)
            group, index, row_path = around.spot.group, around.spot.index, around.spot.row_path
        if element and element.group and element.group != group:
            group, row_path = element.group, path
            index = self.rows[group] = self.rows.get(group, 0) + 1
        variable = element.variable if element else ""
        spot = Spot(
            name, path, variable, group, index, tag.start(2), tag.end(2), False, "", row_path
        )
        self.way.append(_Open(element, spot, tag.end()))

    def _element(self, name: str, around: _Open | None) -> Element | None:
        """Return what the contract knows of an element; its request may stand in an envelope."""
        if around is None or around.element is None:
            return self.root if name == self.root.name else None
        return next((one for one in around.element.children if one.name == name), None)


def _ended(done: _Open, text: str, tag: re.Match[str]) -> Spot:
    """Return an element with its value, if it is no part."""
    if done.has_parts:
        return done.spot
    if tag[4]:  # it is empty, and so is its place
        return replace(done.spot, is_leaf=True)
    value = unescape(text[done.after : tag.start()], _ENTITIES)
    return replace(done.spot, start=done.after, end=tag.start(), is_leaf=True, value=value)


def spots_of(text: str, profile: Profile) -> tuple[Spot, ...]:
    """Return the elements of a document in the order in which they begin."""
    found = sorted(_Scan(profile.root).spots(text), key=lambda one: (one.start, not one.is_leaf))
    return tuple(found)


def hidden(text: str, spots: tuple[Spot, ...], hide: Hide) -> tuple[str, tuple[Spot, ...]]:
    """Return a text with its values as they are shown, and where everything stands in it."""
    parts: list[str] = []
    moved: list[Spot] = []
    done = shift = 0
    for spot in spots:
        shown = hide(spot.variable, spot.value) if spot.is_leaf and spot.value else spot.value
        start, end = spot.start + shift, spot.end + shift
        if shown != spot.value:
            written = escape(shown)
            parts += [text[done : spot.start], written]
            done, end = spot.end, start + len(written)
            shift = end - spot.end
        moved.append(replace(spot, start=start, end=end, value=shown))
    return "".join((*parts, text[done:])), tuple(moved)
