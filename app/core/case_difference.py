"""How a case differs from another version of it: by what it says, not by where its lines stand.

Rows of a group are matched by their content: a row that was moved is no difference.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.core.case_text import Spot, spots_of
from app.core.contract import leaves
from app.core.register import Profile

ADDED, REMOVED, CHANGED = "added", "removed", "changed"

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Differing:
    """One element that differs; `is_row` where it stands for a whole row of a group.

    `index` is that of the row now, or of the row before where it was removed.
    """

    kind: str
    path: Path
    variable: str
    group: str
    index: int
    before: str = ""
    after: str = ""
    is_row: bool = False

    @property
    def element(self) -> str:
        """The name of the element."""
        return self.path[-1] if self.path else ""


@dataclass(slots=True)
class _Row:
    """The values of one row of a group, or ("") of the case itself."""

    group: str
    index: int
    path: Path
    values: dict[Path, Spot] = field(default_factory=dict)

    @property
    def content(self) -> frozenset[tuple[Path, str]]:
        return frozenset((path, spot.value) for path, spot in self.values.items())


def differences(
    before: str, after: str, profile: Profile, former: Profile | None = None
) -> tuple[Differing, ...]:
    """Return what was added, removed and changed between two documents of a case.

    `former` is the profile that the first was made by where its contract is another one: then
    values are told apart by their variables, and not by where they stand.
    """
    order = {leaf.path: place for place, leaf in enumerate(leaves(profile.root))}
    old, new = _rows(before, former or profile), _rows(after, profile)
    if former is not None:
        old, new = _by_variable(old), _by_variable(new)
    found: list[Differing] = []
    for group in dict.fromkeys((*old, *new)):
        found += _of_group(old.get(group, []), new.get(group, []), order)
    return tuple(found)


def _rows(text: str, profile: Profile) -> dict[str, list[_Row]]:
    """Return a document's rows per group, those of the case itself first."""
    rows: dict[tuple[str, int], _Row] = {("", 0): _Row("", 0, ())}
    for spot in spots_of(text, profile):
        place = spot.group, spot.index
        row = rows.setdefault(place, _Row(*place, spot.row_path))
        if spot.is_leaf:
            row.values[_free(spot.path, row.values)] = spot
    groups: dict[str, list[_Row]] = {}
    for row in rows.values():
        groups.setdefault(row.group, []).append(row)
    return groups


def fits(text: str, profile: Profile) -> bool:
    """Whether a profile's contract has every element of a document."""
    known = {leaf.path for leaf in leaves(profile.root)}
    return all(spot.path in known for spot in spots_of(text, profile) if spot.is_leaf)


def _by_variable(groups: dict[str, list[_Row]]) -> dict[str, list[_Row]]:
    """Return rows whose values are found by their variables; without those that have none."""
    return {
        group: [
            replace(
                row, values={(one.variable,): one for one in row.values.values() if one.variable}
            )
            for row in rows
        ]
        for group, rows in groups.items()
    }


def _free(path: Path, taken: dict[Path, Spot]) -> Path:
    """Return a path of its own for an element that stands several times in the same part."""
    times = sum(one[: len(path)] == path for one in taken)
    return (*path, f"[{times + 1}]") if times else path


def _of_group(old: list[_Row], new: list[_Row], order: dict[Path, int]) -> Iterator[Differing]:
    pairs = _pairs(old, new)
    told = {id(row) for pair in pairs for row in pair}
    gone = [row for row in old if id(row) not in told]
    partner = {id(after): before for before, after in pairs}
    for row in new:
        if id(row) in partner:
            yield from _of_row(partner[id(row)], row, order)
        else:
            yield from _whole(ADDED, row)
    for row in gone:
        yield from _whole(REMOVED, row)


def _pairs(old: list[_Row], new: list[_Row]) -> list[tuple[_Row, _Row]]:
    """Return which rows are versions of each other: the most alike first, then by their place."""
    if old and new and not old[0].group:
        return [(old[0], new[0])]
    left, free, pairs = list(old), Counter(row.content for row in old), []
    rest: list[_Row] = []
    for row in new:
        if not free[row.content]:
            rest.append(row)
            continue
        free[row.content] -= 1
        same = next(one for one in left if one.content == row.content)
        left.remove(same)
        pairs.append((same, row))
    return [*pairs, *_alike(left, rest)]


def _alike(old: list[_Row], new: list[_Row]) -> list[tuple[_Row, _Row]]:
    """Return the pairs of rows that have anything in common, each row in one pair at most.

    The most alike come first, then those that stand nearest to each other.
    """
    scored = [
        (-same / max(len(one.values), len(other.values)), abs(one.index - other.index), other, one)
        for (one, other), same in _in_common(old, new)
    ]
    scored.sort(key=lambda each: (*each[:2], each[2].index, each[3].index))
    pairs, taken = [], set[int]()
    for *_, other, one in scored:
        if not taken & {id(one), id(other)}:
            taken |= {id(one), id(other)}
            pairs.append((one, other))
    return pairs


def _in_common(old: list[_Row], new: list[_Row]) -> Iterator[tuple[tuple[_Row, _Row], int]]:
    """Yield the pairs that have anything in common, and how many values; each value asked once."""
    holders: dict[tuple[Path, str], list[int]] = {}
    for at, row in enumerate(old):
        for said in row.content:
            holders.setdefault(said, []).append(at)
    for row in new:
        common = Counter(at for said in row.content for at in holders.get(said, ()))
        for at, same in common.items():
            yield (old[at], row), same


def _of_row(before: _Row, after: _Row, order: dict[Path, int]) -> Iterator[Differing]:
    """Yield what differs within a row, in the order of the contract."""
    paths = dict.fromkeys((*after.values, *before.values))
    for path in sorted(paths, key=lambda one: order.get(one, len(order))):
        old, new = before.values.get(path), after.values.get(path)
        if old and new:
            if old.value != new.value:
                yield _value(CHANGED, after.index, new, old.value, new.value)
        elif new:
            yield _value(ADDED, after.index, new, "", new.value)
        elif old:
            yield _value(REMOVED, before.index, old, old.value, "")


def _whole(kind: str, row: _Row) -> Iterator[Differing]:
    """Yield a row that came or went, and each of its values; a row may be one value itself."""
    if row.group and all(spot.path != row.path for spot in row.values.values()):
        yield Differing(kind, row.path, "", row.group, row.index, is_row=True)
    for spot in row.values.values():
        before, after = (spot.value, "") if kind == REMOVED else ("", spot.value)
        yield _value(kind, row.index, spot, before, after)


def _value(kind: str, index: int, spot: Spot, before: str, after: str) -> Differing:
    return Differing(kind, spot.path, spot.variable, spot.group, index, before, after)
