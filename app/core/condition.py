"""The language of the profile's rules and verdicts, and what a condition means for one case.

A condition has the syntax of a Python expression. Only these parts exist; `app.engine` compiles
the same trees to columns, and a property test holds the two equal.

| written | means |
|---|---|
| `V565` | the value of a variable: text, number, date or moment, by its type |
| `'akut'` `14` `True` | a text, a number, a truth |
| `a < b` `<=` `>` `>=` `==` `!=` | compare two of one kind; texts only by `==` and `!=`, exactly |
| `a - b` | of moments or dates a duration; of numbers a number; also `a + b`, `a * b` of numbers |
| `days(14)` `hours(6)` | a duration |
| `and` `or` `not` | Kleene's three-valued logic |
| `present(x)` `missing(x)` | whether the case has a (non-empty) value; never unknown |
| `any(group, c)` `every(group, c)` | `or`, `and` over the group's rows; no rows: false, true |
| `count(group, c)` | the number of rows for which c is surely true; never unknown |
| `in_list(x, code_list)` | whether a code of the list equals the text, both in lower case |
| `valid_code(x, code_list, d)` | the same, and the code is valid on the day d |
| `in_register(x, register, d)` | whether a national register has the code on the day d |
| `in_grace(x, register, d)` | whether only the former year has it, in the months of grace |
| `matches(x, 'regex')` | whether the whole text matches (syntax common to Python and Rust) |
| `at(x, -1, '17:00')` | the moment when Stockholm's clock shows 17:00 on the day before the day x |
| `has(section)` | whether the case has a value of that part of the profile; never unknown |
| `date(x)` `date('2000-01-01')` | the day of a moment in Stockholm; a fixed day |
| `birth_date(x)` `valid_person_id(x)` `valid_hsa_id(x)` | see `app.core.identity` |

A value that is missing or cannot be read (`FORMS`) is unknown, and so is whatever is computed from
it. A condition that is unknown in the end does not hold. Moments are compared in UTC; one without
an offset cannot be read. Numbers are binary floating point. Inside `any`, `every` and `count` the
variables of that group mean the row; elsewhere they may not be named. Groups do not nest.
A day d or x is a date or a moment, by its variable, or a text such as '2026-01-31';
`app.core.codes` says what is known of a code. Of the hour that occurs twice in October `at` means
the first; in the hour that March leaves out it puts the clock forward.
"""

import ast
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from app.core.case import CaseValues, Values
from app.core.clock import STOCKHOLM, in_stockholm
from app.core.codes import CODE_FUNCTIONS, says_of_code
from app.core.condition_language import (
    ARGUMENTS,
    ARITHMETIC,
    CLOCK_DAYS,
    COMPARISONS,
    FORMS,
    Condition,
    Value,
    code_lists,
    code_registers,
    function_of,
    is_form,
    name_of,
    named,
    names,
    parse,
    time_of,
    whole_number,
)
from app.core.errors import ProfileError
from app.core.identity import birth_date, hsa_id_problem, person_id_problem
from app.core.register import Profile, ValueType

__all__ = [
    "ARGUMENTS",
    "ARITHMETIC",
    "COMPARISONS",
    "FORMS",
    "Condition",
    "Scope",
    "Value",
    "code_lists",
    "code_registers",
    "function_of",
    "holds",
    "is_form",
    "meaning",
    "name_of",
    "named",
    "names",
    "parse",
    "read",
    "type_of",
]


def type_of(name: str, profile: Profile) -> ValueType:
    """Return the type of a variable; ProfileError when the profile has none of that id."""
    variable = profile.by_id.get(name)
    if variable is None:
        raise ProfileError("condition-unknown-name", name=name)
    return variable.value_type


def read(text: str, value_type: ValueType) -> Value:
    """Return a value in its own type, None when it is empty or cannot be read."""
    if not text:
        return None
    form = FORMS.get(value_type)
    if form is None:
        return text
    if not re.fullmatch(form, text):
        return None
    try:
        return _READERS[value_type](text)
    except (ValueError, OverflowError):
        return None


def holds(condition: Condition, case: CaseValues, profile: Profile) -> bool:
    """Whether a condition is surely true for one case."""
    return meaning(condition.tree, Scope(case, profile)) is True


_MIDNIGHT = re.compile(r"T24:00:00(\.0+)?[Z+-]")


def _read_moment(text: str) -> datetime:
    """Return the moment in UTC, or with its own offset where UTC's calendar does not reach."""
    moment = _with_midnight(text)
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment


def _with_midnight(text: str) -> datetime:
    """Return a moment; ISO 8601 also tells midnight as 24:00:00 of the day that ends."""
    if not _MIDNIGHT.search(text):
        return datetime.fromisoformat(text)
    start = datetime.fromisoformat(text.replace("T24", "T00"))
    try:
        return start + timedelta(days=1)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


_READERS: dict[ValueType, Callable[[str], Value]] = {
    ValueType.NUMBER: float,
    ValueType.DATE: date.fromisoformat,
    ValueType.DATETIME: _read_moment,
}


# What it means for one case


@dataclass(frozen=True, slots=True)
class Scope:
    """Where names are looked up: the case and, inside a group, one of its rows."""

    case: CaseValues
    profile: Profile
    row: Values = field(default_factory=dict)

    def text(self, name: str) -> str:
        """Return the text of a variable, "" when it is missing."""
        return self.row.get(name) or self.case.values.get(name, "")

    def value(self, name: str) -> Value:
        """Return the value of a variable in its own type."""
        return read(self.text(name), type_of(name, self.profile))

    def rows(self, group: str) -> tuple["Scope", ...]:
        """Return the scopes of the group's rows."""
        rows = self.case.groups.get(group, ())
        return tuple(Scope(self.case, self.profile, row) for row in rows)

    def has(self, section: str) -> bool:
        """Whether the case has a value of a variable of that section."""
        return any(
            any(row.get(one.id) for row in self.case.groups.get(one.group, ()))
            if one.group
            else self.case.values.get(one.id)
            for one in self.profile.variables
            if one.section == section
        )


def meaning(node: ast.expr, scope: Scope) -> Value:
    """Return what a tree means in a scope, None when it is unknown."""
    match node:
        case ast.Name():
            return scope.value(node.id)
        case ast.Constant():
            return _literal(node)
        case ast.Call():
            return _called(node, scope)
        case ast.Compare() | ast.BinOp():
            return _computed(node, scope)
        case ast.BoolOp():
            parts = (meaning(part, scope) for part in node.values)
            return _or(parts) if isinstance(node.op, ast.Or) else _and(parts)
        case ast.UnaryOp():
            inner = meaning(node.operand, scope)
            return None if inner is None else not inner
    raise ProfileError("condition-unreadable", condition=ast.unparse(node))


def _literal(node: ast.Constant) -> Value:
    value = node.value
    if isinstance(value, bool | str):
        return value
    return float(value) if isinstance(value, int | float) else None


def _computed(node: ast.Compare | ast.BinOp, scope: Scope) -> Value:
    """Compare or compute with two values; unknown when either is."""
    first = meaning(node.left, scope)
    if isinstance(node, ast.Compare):
        compute: Callable[..., Value] = COMPARISONS[type(node.ops[0])]
        second = meaning(node.comparators[0], scope)
    else:
        compute = ARITHMETIC[type(node.op)]
        second = meaning(node.right, scope)
    return None if first is None or second is None else compute(first, second)


def _or(parts: Iterable[Value]) -> Value:
    return _decided(parts, decides=True)


def _and(parts: Iterable[Value]) -> Value:
    return _decided(parts, decides=False)


def _decided(parts: Iterable[Value], *, decides: bool) -> Value:
    """Return the truth of parts of which one that `decides` is enough; the rest is not asked."""
    unknown = False
    for part in parts:
        if part is decides:
            return decides
        unknown = unknown or part is None
    return None if unknown else not decides


def _called(call: ast.Call, scope: Scope) -> Value:
    """Return what a function gives."""
    function, first = function_of(call), call.args[0]
    if function in _OVER_ROWS:
        rows = scope.rows(name_of(first))
        return _OVER_ROWS[function](meaning(call.args[1], row) for row in rows)
    if function in _OF_LITERALS and isinstance(first, ast.Constant):
        return _OF_LITERALS[function](first.value)
    if function in _OF_SCOPE:
        return _OF_SCOPE[function](call, scope)
    text = scope.text(name_of(first))
    return _of_text(function, text, call, scope) if text else None


def _of_text(function: str, text: str, call: ast.Call, scope: Scope) -> Value:
    """Return what a function says about a text that is there."""
    match function:
        case "valid_person_id":
            return person_id_problem(text) is None
        case "valid_hsa_id":
            return hsa_id_problem(text) is None
        case "birth_date":
            return birth_date(text)
    if function in CODE_FUNCTIONS:
        day = next((_day(node, scope) for node in call.args[2:]), None)
        return says_of_code(function, text, name_of(call.args[1]), day, scope.profile)
    form = call.args[1]
    return isinstance(form, ast.Constant) and re.fullmatch(str(form.value), text) is not None


def _day(node: ast.expr, scope: Scope) -> date | None:
    """Return a fixed day, or that of a variable: of a moment the day in Stockholm."""
    if isinstance(node, ast.Constant):
        return date.fromisoformat(str(node.value))
    value = scope.value(name_of(node))
    if not isinstance(value, datetime):
        return value if isinstance(value, date) else None
    try:
        return in_stockholm(value).date()
    except OverflowError:
        return date.min if value.year == 1 else date.max


def _at(call: ast.Call, scope: Scope) -> Value:
    """Return the moment of a time of day, so many days after a day."""
    day, days, clock = _day(call.args[0], scope), whole_number(call.args[1]), time_of(call.args[2])
    if day is None or days is None or clock is None:
        return None
    try:
        that = day + timedelta(days=days)
    except OverflowError:
        return None
    if not CLOCK_DAYS[0] <= that <= CLOCK_DAYS[1]:
        return None
    return datetime.combine(that, clock, STOCKHOLM).astimezone(UTC)


def _count(parts: Iterable[Value]) -> Value:
    return float(sum(part is True for part in parts))


_OVER_ROWS: dict[str, Callable[[Iterable[Value]], Value]] = {
    "any": _or,
    "every": _and,
    "count": _count,
}

_OF_SCOPE: dict[str, Callable[[ast.Call, Scope], Value]] = {
    "present": lambda call, scope: bool(scope.text(name_of(call.args[0]))),
    "missing": lambda call, scope: not scope.text(name_of(call.args[0])),
    "has": lambda call, scope: scope.has(name_of(call.args[0])),
    "date": lambda call, scope: _day(call.args[0], scope),
    "at": _at,
}

_OF_LITERALS: dict[str, Callable[..., Value]] = {
    "days": lambda number: timedelta(days=number),
    "hours": lambda number: timedelta(hours=number),
}
