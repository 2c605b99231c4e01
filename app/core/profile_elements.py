"""What changed in the elements of a contract."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from app.core.profile_change import Change, ChangeKind, Subject
from app.core.profile_matching import Matching, Path
from app.core.profile_strictness import by_size, of_allowed, of_base, of_facet
from app.core.register import Element

_MANY = 1_000_000  # stands for unbounded
_OF_THE_BASE = {"whiteSpace"}  # follows from the built-in type
UNBOUNDED = "unbounded"


@dataclass(frozen=True, slots=True)
class Known:
    """What other changes already tell, so that it is not said twice.

    `first` and `second` are paths of elements whose coming or going is told; `types` the paths in
    the second contract whose change of type is, `codes` those whose change of listed values is.
    """

    first: Collection[Path] = ()
    second: Collection[Path] = ()
    types: Collection[Path] = ()
    codes: Collection[Path] = ()


@dataclass(frozen=True, slots=True)
class ElementChanges:
    """Finds what changed between two matched trees.

    `namespaces` are the target namespaces of both contracts; `prefix` comes before every path.
    """

    matching: Matching
    namespaces: tuple[str, str]
    known: Known = Known()
    prefix: Path = ()

    def all(self) -> Iterator[Change]:
        """Yield every change, in the order of the second contract; what is gone comes last."""
        order = {path: place for place, path in enumerate(self.matching.second)}
        changes = [
            (order[twin], one)
            for path, twin in self.matching.pairs.items()
            for one in self._between(path, twin)
        ]
        changes.extend((order[path], self._whole(ChangeKind.NEW, path)) for path in self._new())
        yield from (one for _, one in sorted(changes, key=lambda pair: pair[0]))
        yield from (self._whole(ChangeKind.REMOVED, path) for path in self._removed())
        yield from self._qualified()

    def _between(self, path: Path, twin: Path) -> Iterator[Change]:
        """Yield what differs between an element and its partner."""
        one, other = self.matching.first[path], self.matching.second[twin]
        pairs = self.matching.pairs
        if path and pairs.get(path[:-1]) != twin[:-1]:
            yield self._change(ChangeKind.MOVED, twin, "path", (_said(path), _said(twin)))
        elif one.name != other.name:
            yield self._change(ChangeKind.RENAMED, twin, "name", (one.name, other.name))
        if bool(one.base) != bool(other.base):
            yield self._change(ChangeKind.CHANGED, twin, "type", (_type(one), _type(other)))
            return
        yield from self._occurrence(one, other, twin)
        yield from self._type_and_facets(one, other, twin)
        yield from self._order(path, twin)

    def _occurrence(self, one: Element, other: Element, twin: Path) -> Iterator[Change]:
        if one.minimum != other.minimum:
            kind = by_size(one.minimum, other.minimum)
            counts = str(one.minimum), str(other.minimum)
            yield self._change(kind, twin, "minimum", counts)
        if one.maximum != other.maximum:
            kind = by_size(-(one.maximum or _MANY), -(other.maximum or _MANY))
            yield self._change(kind, twin, "maximum", (_often(one), _often(other)))

    def _type_and_facets(self, one: Element, other: Element, twin: Path) -> Iterator[Change]:
        if one.base != other.base:
            if twin not in self.known.types:
                kind = of_base(one.base, other.base)
                yield self._change(kind, twin, "type", (one.base, other.base))
            return
        yield from self._values(one, other, twin)
        before, after = _facets(one), _facets(other)
        for name in dict.fromkeys((*before, *after)):
            pair = before.get(name, ""), after.get(name, "")
            if pair[0] != pair[1]:
                yield self._change(of_facet(name, *pair), twin, name, pair)

    def _values(self, one: Element, other: Element, twin: Path) -> Iterator[Change]:
        """Yield what changed in the values that the schema lists."""
        before, after = one.allowed, other.allowed
        if before == after or twin in self.known.codes:
            return
        kind = of_allowed(before, after)
        if not before or not after:  # an empty list allows everything
            kind = ChangeKind.LOOSENED if before else ChangeKind.TIGHTENED
        gone, come = sorted(before - after), sorted(after - before)
        yield self._change(kind, twin, "enumeration", (", ".join(gone), ", ".join(come)))

    def _order(self, path: Path, twin: Path) -> Iterator[Change]:
        """Yield a change when the parts that both have come in another order."""
        inner = [
            self.matching.pairs.get((*path, child.name))
            for child in self.matching.first[path].children
        ]
        outer = [(*twin, child.name) for child in self.matching.second[twin].children]
        before = [one for one in inner if one in outer]
        after = [one for one in outer if one in before]
        if before != after:
            names = (", ".join(one[-1] for one in part if one) for part in (before, after))
            yield self._change(ChangeKind.MOVED, twin, "order", (next(names), next(names)))

    def _qualified(self) -> Iterator[Change]:
        """Yield changes of namespace; one for all when every element changed alike."""
        differing = {
            twin: spaces
            for path, twin in self.matching.pairs.items()
            if path and (spaces := self._spaces(path, twin))[0] != spaces[1]
        }
        everywhere = len(differing) > 1 and len(differing) == len(self.matching.pairs) - 1
        if everywhere and len(set(differing.values())) == 1:
            spaces = next(iter(differing.values()))
            yield self._change(ChangeKind.CHANGED, (), "namespace", spaces)
            return
        for twin, spaces in differing.items():
            yield self._change(ChangeKind.CHANGED, twin, "namespace", spaces)

    def _spaces(self, path: Path, twin: Path) -> tuple[str, str]:
        """Return an element's namespaces, the target namespace of its contract as a word."""
        spaces = (self.matching.first[path].namespace, self.matching.second[twin].namespace)
        pairs = zip(spaces, self.namespaces, strict=True)
        before, after = ("target" if one == target else one or "none" for one, target in pairs)
        return before, after

    def _new(self) -> list[Path]:
        """Return what is new and not told by a variable or a group: whole parts, else leaves."""
        return _tops(self.matching.second, self.matching.unmatched_second(), self.known.second)

    def _removed(self) -> list[Path]:
        return _tops(self.matching.first, self.matching.unmatched_first(), self.known.first)

    def _whole(self, kind: ChangeKind, path: Path) -> Change:
        element = (self.matching.second if kind is ChangeKind.NEW else self.matching.first)[path]
        needed = f"{element.minimum}..{_often(element)}"
        shown = f"{_type(element)} {needed}"
        pair = ("", shown) if kind is ChangeKind.NEW else (shown, "")
        made = Change(kind, Subject.ELEMENT, _said((*self.prefix, *path)), "", *pair)
        return replace(made, variable=element.variable)

    def _change(self, kind: ChangeKind, twin: Path, name: str, pair: tuple[str, str]) -> Change:
        element = self.matching.second[twin]
        said = _said((*self.prefix, *twin)) or element.name
        return Change(kind, Subject.ELEMENT, said, name, *pair, variable=element.variable)


def _tops(
    tree: Mapping[Path, Element], alone: Collection[Path], told: Collection[Path]
) -> list[Path]:
    """Return the elements to name for those without a partner: a whole part, or single leaves."""
    free = {path for path in alone if not any(path[: len(one)] == one for one in told if one)}
    found: list[Path] = []
    for path in tree:
        inside = [one for one in tree if one[: len(path)] == path and tree[one].base]
        if path not in free or any(path[: len(one)] == one for one in found):
            continue
        if all(one in free for one in inside):
            found.append(path)
    return found


def _facets(element: Element) -> dict[str, str]:
    """Return the facets by name, several patterns as one; without the listed values."""
    found: dict[str, str] = {}
    for name, value in element.facets:
        if name == "enumeration" or name in _OF_THE_BASE:
            continue
        found[name] = f"{found[name]} | {value}" if name in found else value
    return found


def _type(element: Element) -> str:
    return element.base or "part"


def _often(element: Element) -> str:
    return UNBOUNDED if element.maximum is None else str(element.maximum)


def _said(path: Path) -> str:
    return "/".join(path)
