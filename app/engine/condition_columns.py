"""Conditions compiled to columns; what they mean is written in `app.core.condition`."""

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from typing import cast

import polars as pl

from app.core.codes import CODE_FUNCTIONS
from app.core.condition import (
    ARITHMETIC,
    COMPARISONS,
    Condition,
    function_of,
    name_of,
    type_of,
)
from app.core.errors import ProfileError
from app.core.register import Profile, ValueType
from app.engine.clock_columns import moments_at
from app.engine.code_columns import says_of_codes
from app.engine.columns import ZONE
from app.engine.identity_columns import birth_dates, valid_hsa_ids, valid_person_ids
from app.engine.typed_columns import typed_as

TYPED = ":typed"
TRUTH = "__truth__"


@dataclass
class Rows:
    """The cases of one block and their groups, as conditions see them.

    Columns are made when a condition first needs them: the typed form of a variable beside its
    text, and one column per `any`, `every` and `count` beside the cases.
    """

    profile: Profile
    frames: dict[str, pl.DataFrame]
    over: dict[str, str] = field(default_factory=dict)  # a tree's dump -> column in frames[""]
    inner: dict[str, tuple[str, pl.Series]] = field(default_factory=dict)  # -> group, truth of rows

    def truths(self, condition: Condition) -> pl.Series:
        """Return for each case whether the condition surely holds."""
        compiled = self._compile(condition.tree, "")
        known = self.frames[""].with_columns(compiled.alias(TRUTH))[TRUTH]
        return known.cast(pl.Boolean).fill_null(value=False)

    def witnesses(self, condition: Condition) -> tuple[str, pl.DataFrame]:
        """Return a group the condition looks into and each case's first row there that makes it so.

        The group is "" when the condition looks into none.
        """
        for node in ast.walk(condition.tree):
            if isinstance(node, ast.Call) and ast.dump(node) in self.inner:
                group, truth = self.inner[ast.dump(node)]
                wanted = ~truth if function_of(node) == "every" else truth
                rows = self.frames[group].filter(wanted.fill_null(value=False))
                return group, rows.filter(pl.col("index").is_first_distinct())
        return "", self.frames[""].clear()

    def _compile(self, node: ast.expr, group: str) -> pl.Expr:
        """Return a tree as an expression over the frame of `group`; null means unknown."""
        match node:
            case ast.Name():
                return self._variable(node.id, group, typed=True)
            case ast.Constant():
                return _literal(node)
            case ast.Call():
                return self._called(node, group)
            case ast.Compare() | ast.BinOp():
                return self._computed(node, group)
            case ast.BoolOp() | ast.UnaryOp(op=ast.Not()):
                return self._joined(node, group)
        raise ProfileError("condition-unreadable", condition=ast.unparse(node))

    def _joined(self, node: ast.BoolOp | ast.UnaryOp, group: str) -> pl.Expr:
        """Return truths joined by and, or, not; Polars joins them as Kleene does."""
        if isinstance(node, ast.UnaryOp):
            return ~self._truth(node.operand, group)
        join = operator.or_ if isinstance(node.op, ast.Or) else operator.and_
        return reduce(join, (self._truth(part, group) for part in node.values))

    def _truth(self, node: ast.expr, group: str) -> pl.Expr:
        return self._compile(node, group).cast(pl.Boolean)

    def _computed(self, node: ast.Compare | ast.BinOp, group: str) -> pl.Expr:
        """Return what comes of two values; the operators of Python make expressions too."""
        if isinstance(node, ast.Compare):
            compute: Callable[..., object] = COMPARISONS[type(node.ops[0])]
            right = node.comparators[0]
        else:
            compute, right = ARITHMETIC[type(node.op)], node.right
        return cast(
            "pl.Expr", compute(self._compile(node.left, group), self._compile(right, group))
        )

    def _called(self, call: ast.Call, group: str) -> pl.Expr:
        """Return what a function gives."""
        function, first = function_of(call), call.args[0]
        if function in _OVER_ROWS:
            return self._over_rows(call)
        if function in _OF_LITERALS and isinstance(first, ast.Constant):
            return pl.lit(_OF_LITERALS[function](first.value))
        if function in {"date", "at", "has"}:
            return self._of_day_or_part(call, group)
        text = self._variable(name_of(first), group, typed=False)
        if function in CODE_FUNCTIONS:
            days = [self._day(node, group) for node in call.args[2:]]
            return says_of_codes(function, text, name_of(call.args[1]), days, self.profile)
        if function == "matches":
            form = cast("ast.Constant", call.args[1]).value
            return text.str.contains(f"^(?:{form!s})$")
        return _OF_TEXT[function](text)

    def _of_day_or_part(self, call: ast.Call, group: str) -> pl.Expr:
        """Return a day, a moment of it, or whether a case has a part."""
        if function_of(call) == "has":
            return self._has(name_of(call.args[0]))
        day = self._day(call.args[0], group)
        return moments_at(day, call) if function_of(call) == "at" else day

    def _day(self, node: ast.expr, group: str) -> pl.Expr:
        """Return a fixed day, or that of a variable: of a moment the day in Stockholm."""
        if isinstance(node, ast.Constant):
            return pl.lit(date.fromisoformat(str(node.value)))
        value = self._variable(name_of(node), group, typed=True)
        if type_of(name_of(node), self.profile) is ValueType.DATETIME:
            return value.dt.convert_time_zone(ZONE).dt.date()
        return value

    def _has(self, section: str) -> pl.Expr:
        """Return whether a case has a value of that part of the profile, worked out once."""
        column = f"{section}:has"
        if column not in self.frames[""].columns:
            said = pl.Series([False]).new_from_index(0, len(self.frames[""]))
            own = [one for one in self.profile.variables if one.section == section]
            for group in {one.group for one in own}:
                names = [one.id for one in own if one.group == group]
                said |= self._with_any(group, names)
            self.frames[""] = self.frames[""].with_columns(said.alias(column))
        return pl.col(column)

    def _with_any(self, group: str, names: list[str]) -> pl.Series:
        """Return for each case whether it, or a row of the group, has one of these variables."""
        frame = self._frame(group)
        there = [pl.col(name).is_not_null() for name in names if name in frame.columns]
        rows = frame.select("index", pl.any_horizontal(pl.lit(value=False), *there).alias("has"))
        return rows["has"] if not group else self._per_case("any", rows.rename({"has": TRUTH}))

    def _over_rows(self, call: ast.Call) -> pl.Expr:
        """Return what any, every or count says per case, worked out once."""
        tree = ast.dump(call)
        if tree not in self.over:
            group = name_of(call.args[0])
            compiled = self._truth(call.args[1], group)
            rows = self._frame(group).with_columns(compiled.alias(TRUTH))
            self.inner[tree] = group, rows[TRUTH]
            self.over[tree] = f"__over_{len(self.over)}__"
            column = self._per_case(function_of(call), rows).alias(self.over[tree])
            self.frames[""] = self.frames[""].with_columns(column)
        return pl.col(self.over[tree])

    def _per_case(self, function: str, rows: pl.DataFrame) -> pl.Series:
        """Return the rows' truths brought together per case; a case without rows has its own."""
        truth, places = rows[TRUTH], self._positions(rows)
        if function == "count":
            return self._number_of(places.filter(truth))
        decides = function == "any"
        result = pl.Series([not decides]).new_from_index(0, len(self.frames[""]))
        if truth.null_count():
            result = result.scatter(places.filter(truth.is_null()), None)
        return result.scatter(places.filter(truth if decides else ~truth), decides)

    def _number_of(self, places: pl.Series) -> pl.Series:
        """Return how often each case's place occurs."""
        counted = places.value_counts()
        result = pl.Series([0.0]).new_from_index(0, len(self.frames[""]))
        return result.scatter(counted[places.name], counted["count"].cast(pl.Float64))

    def _positions(self, rows: pl.DataFrame) -> pl.Series:
        """Return the places in the frame of cases that rows belong to."""
        cases = self.frames[""]
        return rows["index"] - (cases["index"][0] if len(cases) else 0)

    def _frame(self, group: str) -> pl.DataFrame:
        """Return the frame of a group; one that the mapping does not fill has no rows."""
        if group not in self.frames:
            self.frames[group] = self.frames[""].select("index", "row").clear()
        return self.frames[group]

    def _variable(self, name: str, group: str, *, typed: bool) -> pl.Expr:
        """Return a variable's column in the frame of `group`, made when it is not there yet."""
        column = name + TYPED if typed else name
        if column not in self._frame(group).columns:
            made, frame = self._made(name, group, typed=typed), self._frame(group)
            # As a series: of a column that is one value repeated, Polars compares one row only
            # where a literal stands to the left.
            values = frame.with_columns(made.alias(column))[column]
            self.frames[group] = frame.with_columns(values)
        return pl.col(column)

    def _made(self, name: str, group: str, *, typed: bool) -> pl.Expr:
        """Return a column of a variable that the frame of `group` does not have yet."""
        value_type = type_of(name, self.profile)
        if group and not self.profile.by_id[name].group:
            self._variable(name, "", typed=typed)
            column = self.frames[""][name + TYPED if typed else name]
            return pl.lit(column.gather(self._positions(self._frame(group))))
        if typed:
            return typed_as(value_type, self._variable(name, group, typed=False))
        return pl.lit(None, pl.String)


def _literal(node: ast.Constant) -> pl.Expr:
    value = node.value
    return pl.lit(value if isinstance(value, bool | str) else float(str(value)))


_OVER_ROWS = frozenset({"any", "every", "count"})

_OF_TEXT: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "present": lambda text: text.is_not_null(),
    "missing": lambda text: text.is_null(),
    "valid_person_id": valid_person_ids,
    "valid_hsa_id": valid_hsa_ids,
    "birth_date": birth_dates,
}

_OF_LITERALS: dict[str, Callable[..., timedelta]] = {
    "days": lambda number: timedelta(days=number),
    "hours": lambda number: timedelta(hours=number),
}
