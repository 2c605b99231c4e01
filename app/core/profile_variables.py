"""What changed in the variables and the repeated groups of a profile."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from app.core.profile_change import Change, ChangeKind, Subject
from app.core.profile_elements import Known
from app.core.profile_matching import Path, Twins
from app.core.profile_strictness import of_allowed, of_mandatory, of_value_type
from app.core.register import Profile, Text, Variable

Judge = Callable[[Any, Any], ChangeKind]


def always(kind: ChangeKind) -> Judge:
    """Return a judge that gives one answer whatever differs."""
    return lambda _before, _after: kind


# What is compared as it stands: field, what it is, how a difference is judged.
_FIELDS: tuple[tuple[str, Callable[[Variable], Any], Judge], ...] = (
    ("id", lambda one: one.id, always(ChangeKind.RENAMED)),
    ("name", lambda one: one.name, always(ChangeKind.RENAMED)),
    ("meaning", lambda one: one.meaning, always(ChangeKind.CHANGED)),
    ("type", lambda one: one.value_type, of_value_type),
    ("unit", lambda one: one.unit, always(ChangeKind.CHANGED)),
    ("section", lambda one: one.section, always(ChangeKind.MOVED)),
    ("mandatory", lambda one: one.mandatory, of_mandatory),
    ("confidence", lambda one: one.fact.confidence, always(ChangeKind.CHANGED)),
    ("mandatory_confidence", lambda one: one.mandatory_confidence, always(ChangeKind.CHANGED)),
    ("cardinality_confidence", lambda one: one.cardinality_confidence, always(ChangeKind.CHANGED)),
)


def variable_changes(twins: Twins) -> Iterator[Change]:
    """Yield what changed in the variables, in the order of the second; what is gone comes last."""
    former = {new: old for old, new in twins.ids.items()}
    for variable in twins.second.variables:
        if variable.id in former:
            yield from _between(twins, twins.first.by_id[former[variable.id]], variable)
        else:
            yield _change(ChangeKind.NEW, variable, "", ("", variable.name.sv))
    for variable in twins.first.variables:
        if variable.id not in twins.ids:
            yield _change(ChangeKind.REMOVED, variable, "", (variable.name.sv, ""))


def place_changes(twins: Twins) -> Iterator[Change]:
    """Yield how much surer the elements are; once when it is so for most, as with a real contract.

    The one change for most has the id of the request.
    """
    placed = [(old, new) for old, new in _both(twins) if old.is_bound and new.is_bound]
    sureness = {new.id: (old.element_confidence, new.element_confidence) for old, new in placed}
    counts = Counter(sureness.values())
    for pair, count in counts.items():
        if pair[0] is pair[1]:
            continue
        texts = shown(*pair)
        if count > 1 and 2 * count > len(placed):
            root = twins.second.root.name
            yield Change(ChangeKind.CHANGED, Subject.ELEMENT, root, "element_confidence", *texts)
            continue
        for _, new in placed:
            if sureness[new.id] == pair:
                yield _change(ChangeKind.CHANGED, new, "element_confidence", texts)


def group_changes(twins: Twins) -> Iterator[Change]:
    """Yield what changed in the repeated groups."""
    former = {new: old for old, new in twins.groups.items()}
    first = {group.id: group for group in twins.first.groups}
    for group in twins.second.groups:
        old = first.get(former.get(group.id, ""))
        if old is None:
            yield Change(ChangeKind.NEW, Subject.GROUP, group.id)
            continue
        names = shown(old.name, group.name)
        for name, pair in (("id", (old.id, group.id)), ("name", names)):
            if pair[0] != pair[1]:
                yield Change(ChangeKind.RENAMED, Subject.GROUP, group.id, name, *pair)
    gone = [one for one in first if one not in twins.groups]
    yield from (Change(ChangeKind.REMOVED, Subject.GROUP, one) for one in gone)


def told_by_variables(twins: Twins) -> Known:
    """Return what the changes of variables, groups and code lists tell about elements."""
    types, codes = set(), set()
    for old, new in _both(twins):
        if old.value_type is not new.value_type:
            types.add(new.path)
        if _same_difference(twins, old, new):
            codes.add(new.path)
    return Known(
        first=_comings(twins.first, set(_kept(twins)), set(twins.groups)),
        second=_comings(twins.second, set(_kept(twins).values()), set(twins.groups.values())),
        types=types,
        codes=codes,
    )


def shown(before: object, after: object) -> tuple[str, str]:
    """Return two values as texts; of names in two languages the one that differs."""
    if isinstance(before, Text) and isinstance(after, Text):
        differs = before.sv != after.sv
        return (before.sv, after.sv) if differs else (before.en, after.en)
    if isinstance(before, bool) and isinstance(after, bool):
        return ("yes", "no") if before else ("no", "yes")
    if isinstance(before, tuple) and isinstance(after, tuple):
        return ", ".join(map(str, before)), ", ".join(map(str, after))
    return str(before), str(after)


def _both(twins: Twins) -> Iterator[tuple[Variable, Variable]]:
    for old, new in twins.ids.items():
        yield twins.first.by_id[old], twins.second.by_id[new]


def _kept(twins: Twins) -> dict[str, str]:
    """Return the variables that stand at the same element, by the contract's pairs."""
    pairs = twins.elements.pairs
    return {
        old.id: new.id
        for old, new in _both(twins)
        if old.is_bound and new.is_bound and pairs.get(old.path) == new.path
    }


def _comings(profile: Profile, kept: set[str], groups: set[str]) -> set[Path]:
    """Return the elements of variables and groups that come, go or move by their own changes."""
    own = {one.path for one in profile.variables if one.is_bound and one.id not in kept}
    return own | {one.path for one in profile.groups if one.path and one.id not in groups}


def _between(twins: Twins, old: Variable, new: Variable) -> Iterator[Change]:
    for name, value_of, judge in _FIELDS:
        before, after = value_of(old), value_of(new)
        if before != after:
            yield _change(judge(before, after), new, name, shown(before, after))
    yield from _group(twins, old, new)
    yield from _code_list(twins, old, new)
    yield from _element(twins, old, new)


def _group(twins: Twins, old: Variable, new: Variable) -> Iterator[Change]:
    """Yield a move between groups, unless a group that comes or goes tells it."""
    gone = old.group and old.group not in twins.groups
    come = new.group and new.group not in twins.groups.values()
    if not gone and not come and twins.groups.get(old.group, "") != new.group:
        yield _change(ChangeKind.MOVED, new, "group", (old.group, new.group))


def _code_list(twins: Twins, old: Variable, new: Variable) -> Iterator[Change]:
    if twins.lists.get(old.code_list, old.code_list) == new.code_list:
        return
    kind = of_allowed(_sendable(twins.first, old), _sendable(twins.second, new))
    if not old.code_list or not new.code_list:
        kind = ChangeKind.LOOSENED if old.code_list else ChangeKind.TIGHTENED
    yield _change(kind, new, "code_list", (old.code_list, new.code_list))


def _element(twins: Twins, old: Variable, new: Variable) -> Iterator[Change]:
    """Yield what happened to a variable's element, unless the element's own change tells it."""
    places = ["/".join(one.path) if one.is_bound else "" for one in (old, new)]
    pair = places[0], places[1]
    if not any(pair) or (all(pair) and twins.elements.pairs.get(old.path) == new.path):
        return
    kind = ChangeKind.MOVED if all(pair) else ChangeKind.REMOVED if pair[0] else ChangeKind.NEW
    yield _change(kind, new, "element", pair)


def _same_difference(twins: Twins, old: Variable, new: Variable) -> bool:
    """Whether the schema's listed values changed just as the variable's codes did."""
    elements = twins.elements
    if not (old.is_bound and elements.pairs.get(old.path) == new.path):
        return False
    schema = elements.first[old.path].allowed, elements.second[new.path].allowed
    difference = schema[0] - schema[1], schema[1] - schema[0]
    for current in (False, True):
        before = _sendable(twins.first, old, current=current)
        after = _sendable(twins.second, new, current=current)
        if difference == (before - after, after - before):
            return True
    return False


def _sendable(profile: Profile, variable: Variable, *, current: bool = False) -> frozenset[str]:
    """Return the codes that may be sent; without those that have an end if only `current`."""
    return frozenset(
        one.code
        for one in profile.codes_of(variable.code_list)
        if one.sendable and not (current and one.valid_to)
    )


def _change(kind: ChangeKind, variable: Variable, name: str, pair: tuple[str, str]) -> Change:
    return Change(kind, Subject.VARIABLE, variable.id, name, *pair, variable=variable.id)
