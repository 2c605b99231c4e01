"""What would have to be another for a condition to turn: the fewest values of one case.

The condition's tree says which values may matter; what is found is tried on the case before it is
told. Values are given, taken away or set to others, and a group may get one more row. Where that
leads nowhere, whole rows are emptied first. Where the tree does not say how (a form, a number of
rows) nothing is found.
"""

import ast
import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain, combinations, count, islice

from app.core.case import CaseValues
from app.core.clock import in_stockholm
from app.core.condition import Scope, Value, function_of, meaning, name_of, read
from app.core.condition import named as names_in
from app.core.reasons import Place
from app.core.register import Profile, ValueType

Spot = tuple[str, int, str]  # group, row, variable
# The values that would be others: None for any value at all, "" for one that is taken away.
Way = Mapping[Spot, str | None]
Goal = tuple[ast.expr, bool]  # a condition, and whether it is to be true or anything but true

MOST_WAYS = 12  # of those that a tree offers only so many of the shortest are followed
MOST_TRIES = 24
MOST_EMPTIED = 8  # choices of rows to empty, when values alone lead nowhere
TRIES_WHEN_EMPTIED = 4
_ANY_TIME = "2026-01-01T08:00:00+01:00"
_EXAMPLES = (0, 1)
_ORDERS: Mapping[type[ast.cmpop], tuple[int, ...]] = {  # how left may lie to right
    ast.Lt: (-1,),
    ast.LtE: (0, -1),
    ast.Gt: (1,),
    ast.GtE: (0, 1),
    ast.Eq: (0,),
    ast.NotEq: (1, -1),
}


@dataclass(frozen=True, slots=True)
class Found:
    """The values that would be others; those of `examples` may be any at all."""

    values: Mapping[Spot, str]
    examples: frozenset[Spot]


def fewest(
    case: CaseValues, profile: Profile, goals: Sequence[Goal], reached: Callable[[CaseValues], bool]
) -> Found | None:
    """Return the fewest values with which a case reaches its goals, None when none were found."""
    search = _Search(profile, goals, reached, _times(case, profile))
    found = search.run(case, {}, MOST_TRIES)
    asked = {name for tree, _ in goals for kind, name in names_in(tree) if kind == "group"}
    for emptied in _emptied(case, asked):
        if found is not None:
            break
        found = search.run(case, emptied, TRIES_WHEN_EMPTIED)
    return search.shrunk(case, found) if found else None


def _emptied(case: CaseValues, asked: set[str]) -> Iterator[Way]:
    """Yield ways that take everything of some rows away, the fewest rows first, then of all."""
    rows = [
        {(group, at, variable): "" for variable, text in row.items() if text}
        for group, several in case.groups.items()
        for at, row in enumerate(several)
        if group in asked
    ]
    some = chain.from_iterable(combinations(rows, number) for number in range(1, len(rows)))
    for chosen in (*islice(some, MOST_EMPTIED), tuple(rows)):
        yield {spot: text for row in chosen for spot, text in row.items()}


def _times(case: CaseValues, profile: Profile) -> Sequence[str]:
    """Return the times of a case, the earliest first; a case without any gets one."""
    rows = (row for rows in case.groups.values() for row in rows)
    known = [(datetime.fromisoformat(_ANY_TIME), _ANY_TIME)]
    for values in (case.values, *rows):
        for variable, text in values.items():
            one = profile.by_id.get(variable)
            if one is not None and one.value_type is ValueType.DATETIME:
                moment = read(text, ValueType.DATETIME)
                known += [(moment, text)] if isinstance(moment, datetime) else []
    return [text for _moment, text in sorted(known)]


def with_values(case: CaseValues, values: Mapping[Spot, str]) -> CaseValues:
    """Return the case with other values; "" takes one away."""
    own = dict(case.values)
    groups = {group: [dict(row) for row in rows] for group, rows in case.groups.items()}
    for (group, row, variable), text in values.items():
        if group:
            rows = groups.setdefault(group, [])
            rows.extend({} for _ in range(row + 1 - len(rows)))
        holder = groups[group][row] if group else own
        holder.pop(variable, None)
        if text:
            holder[variable] = text
    return replace(case, values=own, groups={name: tuple(rows) for name, rows in groups.items()})


@dataclass(frozen=True, slots=True)
class _Search:
    """Tries ways in the order of their length, and goes on from those that do not suffice."""

    profile: Profile
    goals: Sequence[Goal]
    reached: Callable[[CaseValues], bool]
    times: Sequence[str]  # of the case, the earliest first

    def run(self, case: CaseValues, start: Way, tries: int) -> Found | None:
        """Return the first way from the start that reaches the goal, its values filled in."""
        order, seen = count(), {frozenset(start.items())}
        waiting: list[tuple[tuple[int, int], int, Way]] = [(_length(start), next(order), start)]
        for _ in range(tries):
            if not waiting:
                return None
            *_, way = heapq.heappop(waiting)
            found = self._tried(way, case)
            if found is not None:
                return found
            for longer in self._onwards(way, case):
                key = frozenset(longer.items())
                if key not in seen:
                    seen.add(key)
                    heapq.heappush(waiting, (_length(longer), next(order), longer))
        return None

    def shrunk(self, case: CaseValues, found: Found) -> Found:
        """Return what was found without values that need not go; a whole row goes as a whole."""
        values, rows = dict(found.values), {spot[:2] for spot, text in found.values.items() if text}
        for spot in [one for one, text in values.items() if not text and one[:2] in rows]:
            fewer = {one: text for one, text in values.items() if one != spot}
            if self.reached(with_values(case, fewer)):
                values = fewer
        return Found(values, found.examples)

    def _tried(self, way: Way, case: CaseValues) -> Found | None:
        """Return the way with examples for which it reaches the goal, None when it does not."""
        free = frozenset(spot for spot, text in way.items() if text is None)
        tried = [self._filled(way, example) for example in (_EXAMPLES if free else _EXAMPLES[:1])]
        fitting = [one for one in tried if self.reached(with_values(case, one))]
        if not fitting:
            return None
        return Found(fitting[0], free if fitting == tried else frozenset())

    def _onwards(self, way: Way, case: CaseValues) -> Iterator[Way]:
        """Yield the way with what else the case needs."""
        tried = with_values(case, self._filled(way, 0))
        ways, place = Ways(self.profile), Place(Scope(tried, self.profile))
        needed = all_of(ways.of(tree, place, Want(wanted, wanted)) for tree, wanted in self.goals)
        longer = (merged(way, more) for more in needed)
        yield from (one for one in longer if one is not None)

    def _filled(self, way: Way, example: int) -> dict[Spot, str]:
        """Return the way with examples of values that may be any."""
        return {
            spot: self._example(spot[2], example) if text is None else text
            for spot, text in way.items()
        }

    def _example(self, variable: str, example: int) -> str:
        """Return a value that a variable may have: early or late, one code or another."""
        known = self.profile.by_id[variable]
        codes = [one.code for one in self.profile.codes_of(known.code_list) if one.sendable]
        if known.code_list and codes:
            return codes[min(example, len(codes) - 1)]
        if known.value_type not in {ValueType.DATE, ValueType.DATETIME}:
            return "1"
        text = self.times[-1 if example else 0]
        return text[:10] if known.value_type is ValueType.DATE else text


@dataclass(frozen=True, slots=True)
class Want:
    """The truth that a part is to have, or, when not `surely`, at least not the other one."""

    truth: bool
    surely: bool

    def is_met(self, said: Value) -> bool:
        """Whether a part is as it should be; None is unknown."""
        return said is self.truth if self.surely else said is not (not self.truth)

    def turned(self) -> "Want":
        """Return what is wanted of the part of which this wants the contrary."""
        return Want(not self.truth, self.surely)


@dataclass(frozen=True, slots=True)
class Ways:
    """What the parts of a condition offer; nothing is tried here."""

    profile: Profile
    known: dict[tuple[int, str, int], Value] = field(default_factory=dict)

    def truth(self, node: ast.expr, place: Place) -> Value:
        """Return what a tree means at a place, worked out once."""
        key = id(node), place.group, place.row
        if key not in self.known:
            self.known[key] = meaning(node, place.scope)
        return self.known[key]

    def of(self, node: ast.expr, place: Place, wanted: Want) -> list[Way]:
        """Return ways to give a tree the truth that is wanted."""
        if wanted.is_met(self.truth(node, place)):
            return [{}]
        match node:
            case ast.BoolOp():
                parts = (self.of(part, place, wanted) for part in node.values)
                one_is_enough = isinstance(node.op, ast.Or) is wanted.truth
                return one_of(parts) if one_is_enough else all_of(parts)
            case ast.UnaryOp():
                return self.of(node.operand, place, wanted.turned())
            case ast.Call() if function_of(node) in {"any", "every"}:
                return self._over_rows(node, place, wanted)
        return shortest(self._of_part(node, place, wanted))

    def _of_part(self, node: ast.expr, place: Place, wanted: Want) -> Iterator[Way]:
        """Yield ways to turn a single comparison or question."""
        if isinstance(node, ast.Call):
            yield from self._asked(node, place, wanted)
        elif isinstance(node, ast.Compare):
            yield from self._compared(node, place, wanted)
            if not wanted.surely:
                names = dict.fromkeys(name for kind, name in names_in(node) if kind == "variable")
                yield from ({self._spot(name, place): ""} for name in names)

    def _over_rows(self, node: ast.Call, place: Place, wanted: Want) -> list[Way]:
        """Return ways over the rows that there are, and over one more where one is enough."""
        group, condition = name_of(node.args[0]), node.args[1]
        rows = place.rows(group)
        parts = [self.of(condition, row, wanted) for row in rows]
        if (function_of(node) == "any") is not wanted.truth:
            return all_of(parts)
        new = Place(Scope(place.scope.case, self.profile), group, len(rows))
        return one_of([*parts, self.of(condition, new, wanted)])

    def _asked(self, call: ast.Call, place: Place, wanted: Want) -> Iterator[Way]:
        """Yield ways to answer a question otherwise."""
        function, name = function_of(call), name_of(call.args[0])
        if function == "has":
            yield from self._part(name, place, wanted)
        elif function in {"present", "missing"}:
            there = wanted.truth is (function == "present")
            yield {self._spot(name, place): None if there else ""}
        elif name:
            yield from self._code(call, name, place, wanted)

    def _part(self, section: str, place: Place, wanted: Want) -> Iterator[Way]:
        """Yield the way to take everything of a part away."""
        own = [one for one in self.profile.variables if one.section == section]
        if wanted.truth:
            return  # any of its values would do, and none is nearer than the others
        groups = place.scope.case.groups
        rows = {one.id: len(groups.get(one.group, ())) if one.group else 1 for one in own}
        yield {(one.group, at, one.id): "" for one in own for at in range(rows[one.id])}

    def _code(self, call: ast.Call, name: str, place: Place, wanted: Want) -> Iterator[Way]:
        """Yield codes that a question on codes may be answered by, and no code at all."""
        spot = self._spot(name, place)
        known = self.profile.by_id[name].code_list
        asked = name_of(call.args[1]) if len(call.args) > 1 else ""
        for one in (*self.profile.codes_of(asked), *self.profile.codes_of(known)):
            tried = with_values(place.scope.case, {spot: one.code})
            rows = Place(Scope(tried, self.profile)).rows(place.group)
            scope = rows[place.row].scope if place.group else Scope(tried, self.profile)
            if one.sendable and meaning(call, scope) is wanted.truth:
                yield {spot: one.code}
                break
        if not wanted.truth:
            yield {spot: ""}

    def _compared(self, node: ast.Compare, place: Place, wanted: Want) -> Iterator[Way]:
        """Yield values of one side that lie to the other as they should."""
        fitting = _ORDERS[type(node.ops[0])]
        orders = fitting if wanted.truth else tuple(one for one in (0, -1, 1) if one not in fitting)
        left, right = node.left, node.comparators[0]
        for side, other, way in ((left, right, 1), (right, left, -1)):
            if meaning(other, place.scope) is None:
                yield {
                    self._spot(name, place): None
                    for kind, name in names_in(node)
                    if kind == "variable" and not place.scope.text(name)
                }
            named, limit = _alone(side, meaning(other, place.scope), place)
            if isinstance(named, ast.Name) and limit is not None:
                spot, others = self._spot(named.id, place), self._others(named.id, limit)
                yield from ({spot: one} for one in _beside(limit, orders, way, others))

    def _others(self, name: str, text: Value) -> list[str]:
        """Return other codes that a variable may have."""
        codes = self.profile.codes_of(self.profile.by_id[name].code_list)
        return [one.code for one in codes if one.sendable and one.code != text]

    def _spot(self, name: str, place: Place) -> Spot:
        if self.profile.by_id[name].group:
            return place.group, place.row, name
        return "", 0, name


def _alone(side: ast.expr, limit: Value, place: Place) -> tuple[ast.expr, Value]:
    """Return a side and its limit; of a difference the first value, and where that would lie."""
    if not isinstance(side, ast.BinOp):
        return side, limit
    second = meaning(side.right, place.scope)
    if not isinstance(side.op, ast.Sub):
        return side, None
    try:
        if isinstance(second, date) and isinstance(limit, timedelta):
            return side.left, second + limit
        if isinstance(second, float) and isinstance(limit, float):
            return side.left, second + limit
    except OverflowError:
        pass
    return side, None


def _beside(limit: Value, orders: tuple[int, ...], way: int, others: list[str]) -> Iterator[str]:
    """Yield texts of values that lie so to the limit: as much, just more or just less."""
    if isinstance(limit, str):
        if 0 in orders:
            yield limit
        else:
            yield from (*others[:2], "")
        return
    for order in orders:
        try:
            text = _stepped(limit, order * way)
        except OverflowError:
            continue
        if text:
            yield text


def _stepped(limit: Value, step: int) -> str:
    """Return a value one step from another as it stands in the XML, "" where there is none."""
    if isinstance(limit, datetime):
        return in_stockholm(limit + timedelta(seconds=step)).isoformat()
    if isinstance(limit, date):
        return (limit + timedelta(days=step)).isoformat()
    if isinstance(limit, float):
        return f"{limit + step:f}".rstrip("0").rstrip(".")
    return ""


# Ways together


def merged(one: Way, other: Way) -> Way | None:
    """Return two ways as one, None when they contradict each other."""
    result = dict(one)
    for spot, text in other.items():
        known = result.get(spot, text)
        if text is None and known:
            continue
        if known is None and text == "":
            return None
        if known not in {None, text}:
            return None
        result[spot] = text
    return result


def all_of(parts: Iterable[list[Way]]) -> list[Way]:
    """Return the shortest ways that do what every part needs."""
    result: list[Way] = [{}]
    for ways in parts:
        pairs = (merged(one, other) for one in result for other in ways)
        result = shortest(one for one in pairs if one is not None)
    return result


def one_of(parts: Iterable[list[Way]]) -> list[Way]:
    """Return the shortest ways that do what any of the parts needs."""
    return shortest(way for ways in parts for way in ways)


def shortest(ways: Iterable[Way]) -> list[Way]:
    """Return so many of the shortest ways, each once."""
    each: dict[frozenset[tuple[Spot, str | None]], Way] = {}
    for way in ways:
        each.setdefault(frozenset(way.items()), way)
    return sorted(each.values(), key=_length)[:MOST_WAYS]


def _length(way: Way) -> tuple[int, int]:
    """Return how long a way is; of two, the one that takes less away comes first."""
    return len(way), sum(text == "" for text in way.values())
