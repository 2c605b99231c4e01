"""Which element, variable, code list and code of one profile is which of another."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import product

from app.core.register import Element, Profile, Variable

Path = tuple[str, ...]

_ALIKE = 0.6  # of two names or two sets of parts: from here on it may be the same thing


@dataclass
class Matching:
    """Pairs of element paths in two trees; found name by name, then by what the elements hold.

    `ids` says what the variables of the first tree are called in the second.
    """

    first: Mapping[Path, Element]
    second: Mapping[Path, Element]
    ids: Mapping[str, str]
    pairs: dict[Path, Path] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)

    def match(self) -> None:
        """Find all pairs: same path, renamed in its place, moved elsewhere."""
        self._pair((), ())
        for path in sorted(self.first, key=len):
            if path not in self.pairs:
                self._find_elsewhere(path)

    def unmatched_first(self) -> tuple[Path, ...]:
        """Return the paths of the first tree without a partner."""
        return tuple(path for path in self.first if path not in self.pairs)

    def unmatched_second(self) -> tuple[Path, ...]:
        """Return the paths of the second tree without a partner."""
        return tuple(path for path in self.second if path not in self.taken)

    def _pair(self, one: Path, other: Path) -> None:
        """Pair two elements, then those below them that have the same name, then the renamed."""
        self.pairs[one] = other
        self.taken.add(other)
        inner, outer = _children(self.first[one], one), _children(self.second[other], other)
        names = {path[-1]: path for path in outer}
        for path in inner:
            twin = names.get(path[-1])
            if twin is not None and twin not in self.taken:
                self._pair(path, twin)
        for path, twin in product(inner, outer):
            if self._is_free(path, twin) and self._alike(path, twin, in_place=True):
                self._pair(path, twin)

    def _find_elsewhere(self, path: Path) -> None:
        """Pair an element with one in another place that holds the same."""
        for twin in sorted(self.second, key=len):
            if self._is_free(path, twin) and self._alike(path, twin, in_place=False):
                self._pair(path, twin)
                return

    def _is_free(self, path: Path, twin: Path) -> bool:
        return path not in self.pairs and twin not in self.taken

    def _alike(self, path: Path, twin: Path, *, in_place: bool) -> bool:
        one, other = self.first[path], self.second[twin]
        if bool(one.base) != bool(other.base):
            return False
        held = {self.ids.get(name, name) for name in variables_in(one)}
        also = set(variables_in(other))
        if held or also:
            return _share(held, also) >= _ALIKE
        if not in_place:
            return one.name == other.name and one.base == other.base and one.facets == other.facets
        likeness = SequenceMatcher(None, one.name.casefold(), other.name.casefold()).ratio()
        return one.base == other.base and likeness >= _ALIKE


@dataclass(frozen=True, slots=True)
class Twins:
    """Two profiles and what each part of the first is called in the second.

    What is gone has no entry. `codes` has "list/code" of the first -> code, for those that are
    written otherwise.
    """

    first: Profile
    second: Profile
    ids: Mapping[str, str]
    groups: Mapping[str, str]
    lists: Mapping[str, str]
    codes: Mapping[str, str]
    elements: Matching


def match_profiles(first: Profile, second: Profile) -> Twins:
    """Return what is the same in two profiles."""
    ids = match_variables(first, second)
    lists = match_lists(first, second, ids)
    elements = match_elements(first.root, second.root, ids)
    groups = {one.id: one.id for one in first.groups if one.id in {two.id for two in second.groups}}
    for one, other in product(first.groups, second.groups):
        if one.path and elements.pairs.get(one.path) == other.path:
            free = one.id not in groups and other.id not in groups.values()
            groups |= {one.id: other.id} if free else {}
    codes = match_codes(first, second, lists)
    return Twins(first, second, ids, groups, lists, codes, elements)


def match_elements(first: Element, second: Element, ids: Mapping[str, str]) -> Matching:
    """Return which element of one tree is which of the other."""
    matching = Matching(dict(walk(first)), dict(walk(second)), ids)
    matching.match()
    return matching


def walk(element: Element, path: Path = ()) -> Iterator[tuple[Path, Element]]:
    """Yield every element with its path, each part before what is in it."""
    yield path, element
    for child in element.children:
        yield from walk(child, (*path, child.name))


def variables_in(element: Element) -> tuple[str, ...]:
    """Return the ids of the variables that an element holds, itself or in its parts."""
    return tuple(one.variable for _, one in walk(element) if one.variable)


def match_variables(first: Profile, second: Profile) -> Mapping[str, str]:
    """Return what each variable is called in the other profile; without those that are gone.

    The id decides; a new id is a new name when it stands at the same element or has the same name.
    """
    ids = {one.id: one.id for one in first.variables if one.id in second.by_id}
    left = [one for one in first.variables if one.id not in ids]
    new = [one for one in second.variables if one.id not in first.by_id]
    for same in (_same_element, _same_name):
        for one, other in product(left, new):
            if one.id not in ids and other.id not in ids.values() and same(one, other):
                ids[one.id] = other.id
    return ids


def match_lists(first: Profile, second: Profile, ids: Mapping[str, str]) -> Mapping[str, str]:
    """Return what each code list is called in the other profile; without those that are gone."""
    own, other = _lists(first), _lists(second)
    known = {name: name for name in own if name in other}
    for one in first.variables:
        twin = second.by_id.get(ids.get(one.id, ""))
        if twin is None or one.code_list in other or twin.code_list in {"", *own, *known.values()}:
            continue
        if one.code_list:
            known[one.code_list] = twin.code_list
    return known


def match_codes(first: Profile, second: Profile, lists: Mapping[str, str]) -> Mapping[str, str]:
    """Return the codes that are written otherwise: "list/code" of the first -> code.

    Only a code that says which former one it means can be known to be the same.
    """
    found: dict[str, str] = {}
    for own, other in lists.items():
        before = {one.code for one in first.codes_of(own)}
        after = {one.code for one in second.codes_of(other)}
        for one in second.codes_of(other):
            if one.means in before - after and one.code not in before:
                found.setdefault(f"{own}/{one.means}", one.code)
    return found


def _lists(profile: Profile) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code.code_list for code in profile.codes))


def _same_element(one: Variable, other: Variable) -> bool:
    return one.is_bound and other.is_bound and one.path == other.path


def _same_name(one: Variable, other: Variable) -> bool:
    return one.name == other.name and one.section == other.section


def _children(element: Element, path: Path) -> tuple[Path, ...]:
    return tuple((*path, child.name) for child in element.children)


def _share(one: Iterable[str], other: Iterable[str]) -> float:
    """Return how much two sets have in common, 0 to 1."""
    first, second = set(one), set(other)
    return len(first & second) / len(first | second)
