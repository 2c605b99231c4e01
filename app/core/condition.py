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
| `date(x)` `date('2000-01-01')` | the day of a moment in Stockholm; a fixed day |
| `birth_date(x)` `valid_person_id(x)` `valid_hsa_id(x)` | see `app.core.identity` |

A value that is missing or cannot be read (`FORMS`) is unknown, and so is whatever is computed from
it. A condition that is unknown in the end does not hold. Moments are compared in UTC; one without
an offset cannot be read. Numbers are binary floating point. Inside `any`, `every` and `count` the
variables of that group mean the row; elsewhere they may not be named. Groups do not nest.
A day d is a date or a moment, by its variable, or a text such as '2026-01-31'; `app.core.codes`
says what is known of a code.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from app.core.case import CaseValues, Values
from app.core.clock import in_stockholm
from app.core.codes import CODE_FUNCTIONS, says_of_code
from app.core.errors import ProfileError
from app.core.identity import birth_date, hsa_id_problem, person_id_problem
from app.core.register import Profile, ValueType

Value = str | float | date | datetime | timedelta | bool | None  # None = unknown

FORMS = {
    ValueType.NUMBER: r"[+-]?[0-9]+(\.[0-9]+)?",
    ValueType.DATE: r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    ValueType.DATETIME: r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})",
}

# Looking around, referring back and possessive repeats: the columns' engine has none of these.
_ONLY_PYTHON = re.compile(r"\(\?(?:[=!>(#]|<[=!]|P=)|\\[1-9Z]|[*+?}]\+")

# What each argument of a function is: "variable", "value" (variable or date text), "group",
# "condition", "list" (a code list's id), "register" (a code register's), "text" or "number"
# (literals).
ARGUMENTS = {
    "present": ("variable",),
    "missing": ("variable",),
    "valid_person_id": ("variable",),
    "valid_hsa_id": ("variable",),
    "birth_date": ("variable",),
    "date": ("value",),
    "days": ("number",),
    "hours": ("number",),
    "matches": ("variable", "text"),
    "in_list": ("variable", "list"),
    "valid_code": ("variable", "list", "value"),
    "in_register": ("variable", "register", "value"),
    "in_grace": ("variable", "register", "value"),
    "any": ("group", "condition"),
    "every": ("group", "condition"),
    "count": ("group", "condition"),
}

COMPARISONS: dict[type[ast.cmpop], Callable[..., bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}

ARITHMETIC: dict[type[ast.operator], Callable[..., Value]] = {
    ast.Sub: operator.sub,
    ast.Add: operator.add,
    ast.Mult: operator.mul,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: its text and its tree, made of the nodes the language knows."""

    text: str
    tree: ast.expr = field(compare=False, repr=False)


@lru_cache(maxsize=1024)
def parse(text: str) -> Condition:
    """Return the condition that the text says; ProfileError when it is not in the language."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
        known = _is_known(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ProfileError("condition-unreadable", condition=text) from None
    if not known:
        raise ProfileError("condition-unreadable", condition=text)
    return Condition(text, tree)


def names(condition: Condition) -> frozenset[str]:
    """Return the ids of the variables and groups that a condition names."""
    things = {"variable", "group"}
    return frozenset(name for kind, name in named(condition.tree) if kind in things)


def code_lists(condition: Condition) -> frozenset[str]:
    """Return the ids of the code lists that a condition names."""
    return frozenset(name for kind, name in named(condition.tree) if kind == "list")


def code_registers(condition: Condition) -> frozenset[str]:
    """Return the ids of the national code registers that a condition names."""
    return frozenset(name for kind, name in named(condition.tree) if kind == "register")


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
    return _meaning(condition.tree, _Scope(case, profile)) is True


def named(tree: ast.expr) -> Iterator[tuple[str, str]]:
    """Yield every name in a tree with what it names: "variable", "group", "list", "register"."""
    if isinstance(tree, ast.Name):
        yield "variable", tree.id
    elif isinstance(tree, ast.Call):
        for kind, argument in zip(ARGUMENTS[function_of(tree)], tree.args, strict=True):
            if kind in {"group", "list", "register"} and isinstance(argument, ast.Name):
                yield kind, argument.id
            else:
                yield from named(argument)
    else:
        for child in ast.iter_child_nodes(tree):
            if isinstance(child, ast.expr):
                yield from named(child)


def function_of(call: ast.Call) -> str:
    """Return the name of the function that is called."""
    return call.func.id if isinstance(call.func, ast.Name) else ""


def name_of(node: ast.expr) -> str:
    """Return the name that a node is, "" when it is none."""
    return node.id if isinstance(node, ast.Name) else ""


def _read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


_READERS: dict[ValueType, Callable[[str], Value]] = {
    ValueType.NUMBER: float,
    ValueType.DATE: date.fromisoformat,
    ValueType.DATETIME: _read_moment,
}


# What is in the language


def _is_known(node: ast.AST, in_group: bool = False) -> bool:
    """Whether the node and everything below it is in the language."""
    match node:
        case ast.Name() | ast.Constant(value=str() | int() | float()):
            return True
        case ast.Call():
            return _is_known_call(node, in_group)
        case ast.Compare():
            known = len(node.ops) == 1 and type(node.ops[0]) in COMPARISONS
            parts: list[ast.expr] = [node.left, *node.comparators]
        case ast.BinOp():
            known, parts = type(node.op) in ARITHMETIC, [node.left, node.right]
        case ast.BoolOp():
            known, parts = True, node.values
        case ast.UnaryOp(op=ast.Not()):
            known, parts = True, [node.operand]
        case _:
            return False
    return known and all(_is_known(part, in_group) for part in parts)


def _is_known_call(call: ast.Call, in_group: bool) -> bool:
    kinds = ARGUMENTS.get(function_of(call))
    if kinds is None or call.keywords or len(kinds) != len(call.args):
        return False
    if in_group and "group" in kinds:
        return False
    return all(map(_fits, kinds, call.args))


def _fits(kind: str, argument: ast.expr) -> bool:
    """Whether an argument is of the kind that the function takes."""
    text = argument.value if isinstance(argument, ast.Constant) else None
    match kind:
        case "variable" | "list" | "group" | "register":
            return isinstance(argument, ast.Name)
        case "value":
            is_day = isinstance(text, str) and read(text, ValueType.DATE) is not None
            return is_day or isinstance(argument, ast.Name)
        case "text":
            return isinstance(text, str) and is_form(text)
        case "number":
            return isinstance(text, int | float) and not isinstance(text, bool) and _is_span(text)
        case _:
            return _is_known(argument, in_group=True)


def _is_span(days: float) -> bool:
    """Whether there is a duration of so many days."""
    try:
        timedelta(days=days)
    except (OverflowError, ValueError):
        return False
    return True


def is_form(text: str) -> bool:
    """Whether a text is a regular expression that Python and Rust read alike."""
    if _ONLY_PYTHON.search(text):
        return False
    try:
        re.compile(text)
    except re.error:
        return False
    return True


# What it means for one case


@dataclass(frozen=True, slots=True)
class _Scope:
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

    def rows(self, group: str) -> tuple["_Scope", ...]:
        """Return the scopes of the group's rows."""
        rows = self.case.groups.get(group, ())
        return tuple(_Scope(self.case, self.profile, row) for row in rows)


def _meaning(node: ast.expr, scope: _Scope) -> Value:
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
            parts = [_meaning(part, scope) for part in node.values]
            return _or(parts) if isinstance(node.op, ast.Or) else _and(parts)
        case ast.UnaryOp():
            inner = _meaning(node.operand, scope)
            return None if inner is None else not inner
    raise ProfileError("condition-unreadable", condition=ast.unparse(node))


def _literal(node: ast.Constant) -> Value:
    value = node.value
    if isinstance(value, bool | str):
        return value
    return float(value) if isinstance(value, int | float) else None


def _computed(node: ast.Compare | ast.BinOp, scope: _Scope) -> Value:
    """Compare or compute with two values; unknown when either is."""
    first = _meaning(node.left, scope)
    if isinstance(node, ast.Compare):
        compute: Callable[..., Value] = COMPARISONS[type(node.ops[0])]
        second = _meaning(node.comparators[0], scope)
    else:
        compute = ARITHMETIC[type(node.op)]
        second = _meaning(node.right, scope)
    return None if first is None or second is None else compute(first, second)


def _or(parts: list[Value]) -> Value:
    return True if True in parts else None if None in parts else False


def _and(parts: list[Value]) -> Value:
    return False if False in parts else None if None in parts else True


def _called(call: ast.Call, scope: _Scope) -> Value:
    """Return what a function gives."""
    function, first = function_of(call), call.args[0]
    if function in _OVER_ROWS:
        rows = scope.rows(name_of(first))
        return _OVER_ROWS[function]([_meaning(call.args[1], row) for row in rows])
    if function in _OF_LITERALS and isinstance(first, ast.Constant):
        return _OF_LITERALS[function](first.value)
    if function in {"present", "missing"}:
        return bool(scope.text(name_of(first))) is (function == "present")
    if function == "date":
        return _day(first, scope)
    text = scope.text(name_of(first))
    return _of_text(function, text, call, scope) if text else None


def _of_text(function: str, text: str, call: ast.Call, scope: _Scope) -> Value:
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


def _day(node: ast.expr, scope: _Scope) -> date | None:
    """Return a fixed day, or that of a variable: of a moment the day in Stockholm."""
    if isinstance(node, ast.Constant):
        return date.fromisoformat(str(node.value))
    value = scope.value(name_of(node))
    if not isinstance(value, datetime):
        return value if isinstance(value, date) else None
    try:
        return in_stockholm(value).date()
    except OverflowError:
        return None


def _count(parts: list[Value]) -> Value:
    return float(parts.count(True))


_OVER_ROWS: dict[str, Callable[[list[Value]], Value]] = {
    "any": _or,
    "every": _and,
    "count": _count,
}

_OF_LITERALS: dict[str, Callable[..., Value]] = {
    "days": lambda number: timedelta(days=number),
    "hours": lambda number: timedelta(hours=number),
}
