"""Whether a demand has become stricter: types, facets, how often, conditions."""

import ast
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from app.core.condition import COMPARISONS, function_of
from app.core.finding import TIER_ORDER, Tier
from app.core.profile_change import ChangeKind
from app.core.register import Mandatory, ValueType

# The built-in types of XML Schema by what each is a part of; all others are a part of string.
_WIDER = {
    "token": "normalizedString",
    "decimal": "double",
    "float": "double",
    "integer": "decimal",
    "long": "integer",
    "int": "long",
    "short": "int",
    "byte": "short",
    "nonNegativeInteger": "integer",
    "nonPositiveInteger": "integer",
    "positiveInteger": "nonNegativeInteger",
    "negativeInteger": "nonPositiveInteger",
    "unsignedLong": "nonNegativeInteger",
    "unsignedInt": "unsignedLong",
    "unsignedShort": "unsignedInt",
    "unsignedByte": "unsignedShort",
}
_ANY = {"string", "anySimpleType", "anyAtomicType"}
_LOWER_BOUNDS = {"minLength", "minInclusive", "minExclusive"}
_UPPER_BOUNDS = {"maxLength", "maxInclusive", "maxExclusive", "totalDigits", "fractionDigits"}
_DEMANDS = {Mandatory.NO: 0, Mandatory.UNKNOWN: 0, Mandatory.CONDITIONAL: 1, Mandatory.YES: 2}


def by_size(before: float, after: float) -> ChangeKind:
    """Judge something of which more is stricter."""
    if before == after:
        return ChangeKind.CHANGED
    return ChangeKind.TIGHTENED if after > before else ChangeKind.LOOSENED


def of_mandatory(before: Mandatory, after: Mandatory) -> ChangeKind:
    """Judge whether the register demands a variable more than before."""
    return by_size(_DEMANDS[before], _DEMANDS[after])


def of_tier(before: Tier, after: Tier) -> ChangeKind:
    """Judge what breaking a rule leads to; the worst tier is the strictest."""
    return by_size(TIER_ORDER.index(after), TIER_ORDER.index(before))


def of_value_type(before: ValueType, after: ValueType) -> ChangeKind:
    """Judge the type of a variable; a text may be anything."""
    if ValueType.TEXT not in {before, after}:
        return ChangeKind.CHANGED
    return ChangeKind.TIGHTENED if before is ValueType.TEXT else ChangeKind.LOOSENED


def of_base(before: str, after: str) -> ChangeKind:
    """Judge the built-in type of an element."""
    if before in _wider_than(after):
        return ChangeKind.TIGHTENED
    return ChangeKind.LOOSENED if after in _wider_than(before) else ChangeKind.CHANGED


def of_allowed(before: frozenset[str], after: frozenset[str]) -> ChangeKind:
    """Judge a list of what is allowed."""
    if before > after:
        return ChangeKind.TIGHTENED
    return ChangeKind.LOOSENED if before < after else ChangeKind.CHANGED


def of_facet(name: str, before: str, after: str) -> ChangeKind:
    """Judge one facet; "" when the type does not have it, and then anything goes."""
    if not before:
        return ChangeKind.TIGHTENED
    if not after:
        return ChangeKind.LOOSENED
    try:
        sizes = Decimal(before), Decimal(after)
    except InvalidOperation:
        return ChangeKind.CHANGED
    if name in _LOWER_BOUNDS:
        return by_size(float(sizes[0]), float(sizes[1]))
    return by_size(float(sizes[1]), float(sizes[0])) if name in _UPPER_BOUNDS else _UNDECIDED


def of_condition(before: ast.expr, after: ast.expr) -> ChangeKind | None:
    """Judge the condition under which a rule is broken; None when both mean the same.

    Only what the trees show is used: one more alternative, one condition less, another limit.
    """
    forth, back = implies(before, after), implies(after, before)
    if forth and back:
        return None
    if forth:
        return ChangeKind.TIGHTENED
    return ChangeKind.LOOSENED if back else ChangeKind.CHANGED


def implies(one: ast.expr, other: ast.expr) -> bool:
    """Whether the other condition surely holds wherever the one does, as far as the trees show."""
    if ast.dump(one) == ast.dump(other):
        return True
    if isinstance(one, ast.BoolOp) and isinstance(one.op, ast.Or):
        return all(implies(part, other) for part in one.values)
    if isinstance(other, ast.BoolOp) and isinstance(other.op, ast.And):
        return all(implies(one, part) for part in other.values)
    if isinstance(other, ast.BoolOp):
        return any(implies(one, part) for part in other.values) or _narrows(one, other)
    return _narrows(one, other) or _is_nearer(one, other)


def _narrows(one: ast.expr, other: ast.expr) -> bool:
    """Whether one is a conjunction of which a part implies the other."""
    return isinstance(one, ast.BoolOp) and any(implies(part, other) for part in one.values)


def _is_nearer(one: ast.expr, other: ast.expr) -> bool:
    """Whether two trees of the same form differ in a way that makes the one narrower."""
    match one, other:
        case ast.UnaryOp(), ast.UnaryOp():
            return implies(other.operand, one.operand)
        case ast.Call(), ast.Call():
            same = function_of(one) == function_of(other) in {"any", "every"}
            return (
                same and _same(one.args[0], other.args[0]) and implies(one.args[1], other.args[1])
            )
        case ast.Compare(), ast.Compare():
            return _is_farther(one, other)
    return False


def _is_farther(one: ast.Compare, other: ast.Compare) -> bool:
    """Whether a comparison with a fixed limit is true for less than the other."""
    if not _same(one.left, other.left) or type(one.ops[0]) is not type(other.ops[0]):
        return False
    limits = _limit(one.comparators[0]), _limit(other.comparators[0])
    compare: Callable[..., bool] = COMPARISONS[type(one.ops[0])]
    if limits[0] is None or limits[1] is None or isinstance(one.ops[0], ast.Eq | ast.NotEq):
        return False
    return limits[0][0] == limits[1][0] and compare(limits[0][1], limits[1][1])


def _limit(node: ast.expr) -> tuple[str, float | str] | None:
    """Return what a fixed value counts and how much; durations in hours."""
    match node:
        case ast.Constant(value=bool()):
            return None
        case ast.Constant(value=int() | float() as number):
            return "number", number
        case ast.Call(func=ast.Name(id="days" | "hours" as unit), args=[ast.Constant(value=value)]):
            return "duration", float(str(value)) * (24 if unit == "days" else 1)
        case ast.Call(func=ast.Name(id="date"), args=[ast.Constant(value=str() as day)]):
            return "day", day
    return None


def _same(one: ast.expr, other: ast.expr) -> bool:
    return ast.dump(one) == ast.dump(other)


def _wider_than(base: str) -> set[str]:
    """Return the built-in types that hold every value of this one."""
    wider = set() if base in _ANY else set(_ANY)
    while base in _WIDER:
        base = _WIDER[base]
        wider.add(base)
    return wider


_UNDECIDED = ChangeKind.CHANGED
