"""Where the repeated parts of a profile stand in another contract."""

from collections.abc import Mapping
from dataclasses import replace

from app.core.binding import Path
from app.core.contract import Leaf
from app.core.register import Confidence, Fact, Group, Profile, Text

SOURCE = "contract"


def moved_groups(base: Profile, bound: Mapping[str, Leaf], case_key: Path) -> tuple[Group, ...]:
    """Return the profile's groups where the contract has them, and one for each new part.

    `bound` are the elements by variable. A group whose part the contract lacks has no path.
    """
    taken: set[Path] = set()
    moved = []
    for group in base.groups:
        members = [bound[one.id] for one in base.of_group(group.id) if one.id in bound]
        others = [leaf.path for name, leaf in bound.items() if name not in _ids(base, group)]
        path = _part(members, case_key) or _common(members, others, case_key)
        path = () if path in taken else path
        taken.add(path)
        moved.append(replace(group, path=path))
    return (*moved, *_new(base, bound, case_key, taken))


def _ids(base: Profile, group: Group) -> set[str]:
    return {one.id for one in base.of_group(group.id)}


def repeated_parts(leaf: Leaf, case_key: Path) -> tuple[Path, ...]:
    """Return the repeated parts that an element stands in within one case, innermost first."""
    parts = (*leaf.way, leaf.element)
    return tuple(
        leaf.path[:depth]
        for depth in range(len(leaf.path), 0, -1)
        if parts[depth].maximum != 1 and case_key[:depth] != leaf.path[:depth]
    )


def _part(members: list[Leaf], case_key: Path) -> Path:
    """Return the innermost repeated part that most of a group's elements stand in."""
    counts: dict[Path, int] = {}
    for leaf in members:
        for path in repeated_parts(leaf, case_key):
            counts[path] = counts.get(path, 0) + 1
    return max(counts, key=lambda path: (counts[path], len(path)), default=())


def _common(members: list[Leaf], others: list[Path], case_key: Path) -> Path:
    """Return the part that is the group's alone although it occurs once, () when there is none."""
    if not members:
        return ()
    path = members[0].path
    for leaf in members[1:]:
        while leaf.path[: len(path)] != path:
            path = path[:-1]
    shared = any(one[: len(path)] == path for one in (*others, case_key))
    return () if shared else path


def _new(
    base: Profile, bound: Mapping[str, Leaf], case_key: Path, taken: set[Path]
) -> tuple[Group, ...]:
    """Return a group for each repeated part that holds only variables new to the profile."""
    around: dict[Path, set[str]] = {}
    for name, leaf in bound.items():
        for path in repeated_parts(leaf, case_key):
            around.setdefault(path, set()).add(name)
    known = {one.id for one in base.groups} | set(base.by_id)
    made = []
    for path, names in around.items():
        if path in taken or names & set(base.by_id):
            continue
        name = next(one for one in _names(path[-1]) if one not in known)
        known.add(name)
        made.append(Group(name, Text(path[-1], path[-1]), path, Fact(SOURCE, Confidence.STATED)))
    return tuple(made)


def _names(name: str) -> "list[str]":
    plain = "".join(sign if sign.isalnum() else "_" for sign in name)
    plain = plain if plain[:1].isalpha() else f"_{plain}"
    return [plain, *(f"{plain}_{number}" for number in range(2, 99))]
