"""Pairs of times whose order or distance a profile's rules speak of."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from app.core.condition import function_of, name_of, parse
from app.core.register import Profile, ValueType


@dataclass(frozen=True, slots=True)
class Span:
    """From one time of a case to another; `rules` are the ids of those that compare them.

    `limits` are distances that a rule names.
    """

    begin: str
    end: str
    rules: tuple[str, ...]
    limits: tuple[timedelta, ...] = ()


def spans_of(profile: Profile) -> tuple[Span, ...]:
    """Return the pairs of moments that rules compare, in the order in which rules name them.

    A rule is true when it is broken: that it asks for `a > b` says that a should come first.
    """
    found: dict[tuple[str, str], Span] = {}
    for rule in profile.rules:
        if not rule.condition:
            continue
        for begin, end, limit in _compared(parse(rule.condition).tree, profile):
            known = found.get((begin, end), Span(begin, end, ()))
            limits = (*known.limits, limit) if limit is not None else known.limits
            rules = tuple(dict.fromkeys((*known.rules, rule.id)))
            found[begin, end] = Span(begin, end, rules, tuple(dict.fromkeys(limits)))
    return tuple(found.values())


def _compared(tree: ast.expr, profile: Profile) -> Iterator[tuple[str, str, timedelta | None]]:
    """Yield what should come first, what after it, and the distance that is named, if any."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare):
            continue
        first, second = node.left, node.comparators[0]
        if isinstance(node.ops[0], ast.Lt | ast.LtE):
            first, second = second, first
        elif not isinstance(node.ops[0], ast.Gt | ast.GtE):
            continue
        if _is_moment(first, profile) and _is_moment(second, profile):
            yield name_of(first), name_of(second), None
        elif isinstance(first, ast.BinOp) and isinstance(first.op, ast.Sub):
            limit = _duration(second)
            if limit and _is_moment(first.left, profile) and _is_moment(first.right, profile):
                yield name_of(first.right), name_of(first.left), limit


def _is_moment(node: ast.expr, profile: Profile) -> bool:
    variable = profile.by_id.get(name_of(node))
    return variable is not None and variable.value_type is ValueType.DATETIME


def _duration(node: ast.expr) -> timedelta | None:
    """Return the duration that a literal says, None when it says none."""
    if not isinstance(node, ast.Call) or not isinstance(node.args[0], ast.Constant):
        return None
    amount = float(str(node.args[0].value)) if function_of(node) in {"days", "hours"} else None
    if amount is None:
        return None
    return timedelta(days=amount) if function_of(node) == "days" else timedelta(hours=amount)
