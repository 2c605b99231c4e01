"""Why a condition is what it is for one case: the parts that decide it, with their values."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.core.clock import in_stockholm
from app.core.condition import COMPARISONS, Scope, Value, function_of, meaning, name_of, named

_QUESTIONS = {"in_list": "counting-in-list", "matches": "counting-has-form"}

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Decider:
    """One part of a condition that decides it.

    `variables` are ids with the values they have, "" for a missing one; `row` is "planering 2" for
    the group's second row, "" for the case itself. `holds` says whether the part is as the
    condition asks, None when a value that it needs is missing or cannot be read.
    """

    text_code: str
    holds: bool | None
    variables: Pairs = ()
    row: str = ""
    values: Pairs = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part of a condition is asked: the case, or the row of a group, counted from 0."""

    scope: Scope
    group: str = ""
    row: int = 0

    @property
    def name(self) -> str:
        """What a decider calls the place."""
        return f"{self.group} {self.row + 1}" if self.group else ""

    def rows(self, group: str) -> list["Place"]:
        """Return the places of the group's rows."""
        return [Place(scope, group, at) for at, scope in enumerate(self.scope.rows(group))]


def reasons(node: ast.expr, place: Place, asked: bool = True) -> tuple[Decider, ...]:
    """Return the fewest parts that make a tree true, false or unknown.

    `asked` is the truth that is asked for, by which each part is judged.
    """
    match node:
        case ast.BoolOp():
            parts = [(part, place) for part in node.values]
            return _joined(parts, isinstance(node.op, ast.Or), asked)
        case ast.UnaryOp(op=ast.Not()):
            return reasons(node.operand, place, not asked)
        case ast.Call() if function_of(node) in {"any", "every"}:
            group, condition = name_of(node.args[0]), node.args[1]
            parts = [(condition, row) for row in place.rows(group)]
            decides = function_of(node) == "any"
            if parts:
                return _joined(parts, decides, asked)
            return (Decider("counting-no-rows", decides is not asked, values=(("group", group),)),)
        case ast.Constant():
            code = "counting-otherwise" if node.value else "counting-never"
            return (Decider(code, bool(node.value) is asked),)
    return tuple(_of_part(node, place, asked))


def _joined(
    parts: Sequence[tuple[ast.expr, Place]], decides: bool, asked: bool
) -> tuple[Decider, ...]:
    """Return why parts are what they are together, when one that is `decides` is enough."""
    truths = [meaning(node, place.scope) for node, place in parts]
    told = [reasons(node, place, asked) for node, place in parts]
    if decides in truths:
        enough = (why for why, truth in zip(told, truths, strict=True) if truth is decides)
        return min(enough, key=len)
    unknown = [why for why, truth in zip(told, truths, strict=True) if truth is None]
    return tuple(dict.fromkeys(one for why in unknown or told for one in why))


def _of_part(node: ast.expr, place: Place, asked: bool) -> Iterator[Decider]:
    """Yield what a single comparison or question says."""
    said = meaning(node, place.scope)
    texts = texts_in(node, place)
    if said is None:
        yield from _unknown(node, place, texts)
        return
    code, values = _in_words(node, place, bool(said))
    yield Decider(code, bool(said) is asked, texts, place.name, values)


def _unknown(node: ast.expr, place: Place, texts: Pairs) -> Iterator[Decider]:
    """Yield the values without which a part is unknown."""
    lacking = [pair for pair in texts if place.scope.value(pair[0]) is None]
    for variable, text in lacking:
        code = "counting-unreadable" if text else "counting-missing"
        yield Decider(code, None, ((variable, text),), place.name)
    if not lacking:
        part = (("part", ast.unparse(node)),)
        yield Decider("counting-unknown", None, texts, place.name, part)


def texts_in(node: ast.expr, place: Place) -> Pairs:
    """Return the variables that a part names, with values; of a section those that are there."""
    if isinstance(node, ast.Call) and function_of(node) == "has":
        case, section = place.scope.case, name_of(node.args[0])
        own = [one for one in place.scope.profile.variables if one.section == section]
        said = [(one.id, case.values.get(one.id, "")) for one in own if not one.group]
        for one in own:
            rows = case.groups.get(one.group, ()) if one.group else ()
            said += [(one.id, row.get(one.id, "")) for row in rows]
        return tuple(pair for pair in said if pair[1])
    names = dict.fromkeys(name for kind, name in named(node) if kind == "variable")
    return tuple((name, place.scope.text(name)) for name in names)


def _in_words(node: ast.expr, place: Place, said: bool) -> tuple[str, Pairs]:
    """Return the code of the sentence on a part, and its values."""
    if isinstance(node, ast.Compare):
        return _compared(node, place)
    function = function_of(node) if isinstance(node, ast.Call) else ""
    if function in {"present", "missing"}:
        there = said is (function == "present")
        return ("counting-present" if there else "counting-missing"), ()
    if function == "has" and isinstance(node, ast.Call):
        code = "counting-has" if said else "counting-has-not"
        return code, (("section", name_of(node.args[0])),)
    code = _QUESTIONS.get(function, "counting-fits")
    return (code if said else f"{code}-not"), (("part", ast.unparse(node)),)


def _compared(node: ast.Compare, place: Place) -> tuple[str, Pairs]:
    """Return how the two sides of a comparison lie, whatever is asked."""
    sides = node.left, node.comparators[0]
    first, second = (meaning(side, place.scope) for side in sides)
    values = (
        *(("left", ast.unparse(sides[0])), ("left_value", shown(first))),
        *(("right", ast.unparse(sides[1])), ("right_value", shown(second))),
    )
    if first == second:
        return "counting-equal", values
    if isinstance(first, str | bool):
        return "counting-differs", values
    later = COMPARISONS[ast.Gt](first, second)
    in_time = isinstance(first, date)  # a moment is one too
    codes = ("counting-before", "counting-after") if in_time else ("counting-less", "counting-more")
    return codes[later], values


def shown(value: Value) -> str:
    """Return a value as text; a moment as Stockholm's clock shows it."""
    if isinstance(value, datetime):
        try:
            return in_stockholm(value).isoformat()
        except OverflowError:
            return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return "" if value is None else str(value)


def row_of(name: str) -> tuple[str, int]:
    """Return the group and the row, counted from 0, of a place's name; ("", 0) for the case."""
    group, _, number = name.rpartition(" ")
    return (group, int(number) - 1) if group else ("", 0)
