"""Whether a condition fits a profile: known names, and operations between things of one kind."""

import ast
from dataclasses import dataclass
from enum import StrEnum

from app.core.condition import ARGUMENTS, Condition, function_of, name_of, type_of
from app.core.errors import ProfileError
from app.core.register import Profile, ValueType


class Kind(StrEnum):
    """What kind of thing a part of a condition is."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    MOMENT = "moment"
    DURATION = "duration"
    TRUTH = "truth"


_OF_VARIABLES = {
    ValueType.NUMBER: Kind.NUMBER,
    ValueType.DATE: Kind.DAY,
    ValueType.DATETIME: Kind.MOMENT,
}

_OF_FUNCTIONS = {
    "at": Kind.MOMENT,
    "birth_date": Kind.DAY,
    "date": Kind.DAY,
    "days": Kind.DURATION,
    "hours": Kind.DURATION,
    "count": Kind.NUMBER,
}

_WITHOUT_ORDER = {Kind.TEXT, Kind.TRUTH}

LONGEST = 20_000  # characters of a condition: what is longer was made by a machine gone wrong


def check(condition: Condition, profile: Profile) -> None:
    """Raise ProfileError unless the condition is a truth about cases of this profile."""
    if len(condition.text) > LONGEST:
        raise ProfileError("condition-unreadable", condition=condition.text[:LONGEST])
    try:
        kind = _Checker(profile).kind(condition.tree)
    except RecursionError:
        raise ProfileError("condition-unreadable", condition=condition.text) from None
    if kind is not Kind.TRUTH:
        raise ProfileError("condition-kinds", part=condition.text)


@dataclass(frozen=True, slots=True)
class _Checker:
    """Knows the profile and the group whose rows are meant, "" for the case itself."""

    profile: Profile
    group: str = ""

    def kind(self, node: ast.expr) -> Kind:
        """Return what kind of thing a tree is."""
        match node:
            case ast.Name():
                return self._variable(node.id)
            case ast.Constant(value=bool()):
                return Kind.TRUTH
            case ast.Constant(value=str()):
                return Kind.TEXT
            case ast.Call():
                return self._called(node)
            case ast.Compare() | ast.BinOp():
                return self._computed(node)
            case _:
                return self._logic(node)

    def _variable(self, name: str) -> Kind:
        kind = _OF_VARIABLES.get(type_of(name, self.profile), Kind.TEXT)
        if self.profile.by_id[name].group not in {"", self.group}:
            raise ProfileError("condition-outside-group", name=name)
        return kind

    def _logic(self, node: ast.expr) -> Kind:
        """Return the kind of `and`, `or`, `not` and of a number."""
        parts: list[ast.expr] = []
        if isinstance(node, ast.BoolOp):
            parts = node.values
        elif isinstance(node, ast.UnaryOp):
            parts = [node.operand]
        for part in parts:
            _demand(self.kind(part) is Kind.TRUTH, node)
        return Kind.TRUTH if parts else Kind.NUMBER

    def _called(self, call: ast.Call) -> Kind:
        """Return the kind of what a function gives, its arguments checked."""
        function = function_of(call)
        if function in {"any", "every", "count"}:
            group, condition = call.args
            inside = _Checker(self.profile, self._known_group(name_of(group)))
            _demand(inside.kind(condition) is Kind.TRUTH, call)
        else:
            for kind, argument in zip(ARGUMENTS[function], call.args, strict=True):
                self._argument(kind, argument, call)
        return _OF_FUNCTIONS.get(function, Kind.TRUTH)

    def _argument(self, kind: str, argument: ast.expr, call: ast.Call) -> None:
        """Check one argument of a function."""
        name = name_of(argument)
        match kind:
            case "variable":
                self._variable(name)
            case "value" if name:
                _demand(self._variable(name) in {Kind.DAY, Kind.MOMENT}, call)
            case "list":
                self._known(name, {one.code_list for one in self.profile.codes})
            case "register":
                self._known(name, {one.id for one in self.profile.registers})
            case "section":
                self._known(name, set(self.profile.sections))

    def _known_group(self, name: str) -> str:
        return self._known(name, {group.id for group in self.profile.groups})

    def _known(self, name: str, names: set[str]) -> str:
        if name not in names:
            raise ProfileError("condition-unknown-name", name=name)
        return name

    def _computed(self, node: ast.Compare | ast.BinOp) -> Kind:
        """Return the kind of a comparison or a computation."""
        left = self.kind(node.left)
        right = self.kind(node.comparators[0] if isinstance(node, ast.Compare) else node.right)
        _demand(left is right, node)
        if isinstance(node, ast.Compare):
            by_equality = isinstance(node.ops[0], ast.Eq | ast.NotEq)
            _demand(by_equality or left not in _WITHOUT_ORDER, node)
            return Kind.TRUTH
        if isinstance(node.op, ast.Sub) and left in {Kind.DAY, Kind.MOMENT}:
            return Kind.DURATION
        _demand(left is Kind.NUMBER, node)
        return Kind.NUMBER


def _demand(fits: bool, node: ast.expr) -> None:
    if not fits:
        raise ProfileError("condition-kinds", part=ast.unparse(node))
