"""The language of the profile's rules and verdicts: what may be written, as a tree.

What is written, and what it means for one case, is described in `app.core.condition`.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from app.core.errors import ProfileError
from app.core.register import ValueType

Value = str | float | date | datetime | timedelta | bool | None  # None = unknown

FORMS = {
    ValueType.NUMBER: r"[+-]?[0-9]+(\.[0-9]+)?",
    ValueType.DATE: r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    ValueType.DATETIME: r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"
    r"(Z|[+-][0-9]{2}:[0-9]{2})",
}

# Looking around, referring back and possessive repeats: the columns' engine has none of these.
_ONLY_PYTHON = re.compile(r"\(\?(?:[=!>(#]|<[=!]|P=)|\\[1-9Z]|[*+?}]\+")

_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?")
_MOST_DAYS = 36_600
# Days whose hours are told by Stockholm's clock: before, tables of time zones differ on its offset.
CLOCK_DAYS = (date(1900, 1, 1), date(9999, 12, 30))
_NAMES = {"group", "section", "list", "register"}  # what an argument may be the name of
_OF_THE_CASE = {"group", "section"}  # not to be asked for inside a group

# What each argument of a function is: "variable", "value" (variable or date text), "group",
# "section", "condition", "list" (a code list's id), "register" (a code register's); "text",
# "number", "days" (a whole number of them) or "time" (literals).
ARGUMENTS: dict[str, tuple[str, ...]] = {
    "present": ("variable",),
    "missing": ("variable",),
    "valid_person_id": ("variable",),
    "valid_hsa_id": ("variable",),
    "birth_date": ("variable",),
    "date": ("value",),
    "at": ("value", "days", "time"),
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
    "has": ("section",),
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


def named(tree: ast.expr) -> Iterator[tuple[str, str]]:
    """Yield every name in a tree with what it names: "variable", "group", "section" and so on."""
    if isinstance(tree, ast.Name):
        yield "variable", tree.id
    elif isinstance(tree, ast.Call):
        for kind, argument in zip(ARGUMENTS[function_of(tree)], tree.args, strict=True):
            if kind in _NAMES and isinstance(argument, ast.Name):
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


def whole_number(node: ast.expr) -> int | None:
    """Return the whole number that a node is, None when it is none."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        less = whole_number(node.operand)
        return None if less is None else -less
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def time_of(node: ast.expr) -> time | None:
    """Return the time of day that a node is, None when it is none."""
    text = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(text, str) or not _TIME.fullmatch(text):
        return None
    return time.fromisoformat(text)


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
    if in_group and _OF_THE_CASE & set(kinds):
        return False
    return all(map(_fits, kinds, call.args))


def _fits(kind: str, argument: ast.expr) -> bool:
    """Whether an argument is of the kind that the function takes."""
    text = argument.value if isinstance(argument, ast.Constant) else None
    match kind:
        case "variable" | "list" | "group" | "register" | "section":
            return isinstance(argument, ast.Name)
        case "value":
            return isinstance(argument, ast.Name) or (isinstance(text, str) and _is_day(text))
        case "days" | "time":
            fits = _is_count if kind == "days" else _is_time
            return fits(argument)
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


def _is_count(node: ast.expr) -> bool:
    """Whether a node is a number of days that the calendar has."""
    days = whole_number(node)
    return days is not None and abs(days) <= _MOST_DAYS


def _is_time(node: ast.expr) -> bool:
    return time_of(node) is not None


def _is_day(text: str) -> bool:
    """Whether a text is a day such as '2026-01-31'."""
    try:
        return bool(re.fullmatch(FORMS[ValueType.DATE], text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
