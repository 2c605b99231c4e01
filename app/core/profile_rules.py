"""What changed in the rules, verdicts and definitions of a profile: conditions with a name."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

from app.core.condition import parse
from app.core.errors import ProfileError
from app.core.profile_change import Change, ChangeKind, Subject
from app.core.profile_matching import Twins
from app.core.profile_strictness import of_condition, of_tier
from app.core.profile_variables import shown
from app.core.register import Count, Definition, Rule, Text, Verdict

_NEVER = "9"  # later than every day


def rule_changes(twins: Twins) -> Iterator[Change]:
    """Yield what changed in the rules, then the verdicts, then the definitions."""
    second = {rule.id: rule for rule in twins.second.rules}
    first = {rule.id: rule for rule in twins.first.rules}
    translate = _Translation(twins)
    for rule in twins.second.rules:
        if rule.id not in first:
            yield _of(Subject.RULE, rule.id, ChangeKind.NEW, "", ("", rule.tier.value), rule)
        else:
            yield from _between_rules(first[rule.id], rule, translate)
    for rule in twins.first.rules:
        if rule.id not in second:
            yield _of(Subject.RULE, rule.id, ChangeKind.REMOVED, "", (rule.tier.value, ""), rule)
    former, now = twins.first, twins.second
    yield from _named(Subject.VERDICT, former.verdicts, now.verdicts, translate)
    yield from _order(Subject.VERDICT, former.verdicts, now.verdicts)
    yield from _named(Subject.PHASE, former.phases, now.phases, translate)
    yield from _order(Subject.PHASE, former.phases, now.phases)
    yield from _named(Subject.COUNT, former.counts, now.counts, translate)
    yield from _counted(former.counts, now.counts)
    yield from _named(Subject.DEFINITION, former.definitions, now.definitions, translate)


def _between_rules(one: Rule, other: Rule, translate: "_Translation") -> Iterator[Change]:
    fields = (
        ("name", ChangeKind.RENAMED, one.message, other.message),
        ("remedy", ChangeKind.CHANGED, one.remedy, other.remedy),
        ("tier", of_tier(one.tier, other.tier), one.tier, other.tier),
        ("since", _earlier(one.since, other.since), one.since, other.since),
        ("until", _until(one.until, other.until), one.until, other.until),
        ("confidence", ChangeKind.CHANGED, one.fact.confidence, other.fact.confidence),
        *_wording(one, other),
    )
    for field, kind, before, after in fields:
        if before != after:
            yield _of(Subject.RULE, other.id, kind, field, shown(before, after), other)
    kind_of = translate.judge(one.condition, other.condition)
    if kind_of is not None:
        pair = one.condition, other.condition
        yield _of(Subject.RULE, other.id, kind_of, "condition", pair, other)
    elif not other.condition:
        yield from _not_checkable(one, other, translate)


def _wording(one: Rule, other: Rule) -> Iterator[tuple[str, ChangeKind, object, object]]:
    """Yield how sure the wording is, where that is not as sure as the rest."""
    before, after = one.message_confidence, other.message_confidence
    if (before, after) != (one.fact.confidence, other.fact.confidence):
        yield "message_confidence", ChangeKind.CHANGED, before, after


def _not_checkable(one: Rule, other: Rule, translate: "_Translation") -> Iterator[Change]:
    """Yield what changed in a rule that has no condition: its variables and why it has none."""
    before = [translate.ids.get(name, name) for name in one.variables]
    if before != list(other.variables):
        names = ", ".join(before), ", ".join(other.variables)
        yield _of(Subject.RULE, other.id, ChangeKind.CHANGED, "variables", names, other)
    if one.not_checkable != other.not_checkable:
        texts = shown(one.not_checkable or Text("", ""), other.not_checkable or Text("", ""))
        yield _of(Subject.RULE, other.id, ChangeKind.CHANGED, "not_checkable", texts, other)


def _named(
    subject: Subject,
    first: Sequence[Verdict | Count | Definition],
    second: Sequence[Verdict | Count | Definition],
    translate: "_Translation",
) -> Iterator[Change]:
    """Yield what changed in verdicts, phases, counts or definitions."""
    former, now = ({one.id: one for one in side} for side in (first, second))
    yield from (Change(ChangeKind.NEW, subject, one) for one in now if one not in former)
    yield from (Change(ChangeKind.REMOVED, subject, one) for one in former if one not in now)
    for name, new in now.items():
        old = former.get(name)
        if old is None:
            continue
        fields = (
            ("name", ChangeKind.RENAMED, old.name, new.name),
            ("meaning", ChangeKind.CHANGED, old.meaning, new.meaning),
            ("confidence", ChangeKind.CHANGED, old.fact.confidence, new.fact.confidence),
        )
        for field, kind, before, after in fields:
            if before != after:
                yield Change(kind, subject, name, field, *shown(before, after))
        if translate.judge(old.condition, new.condition) is not None:
            pair = old.condition, new.condition
            yield Change(ChangeKind.CHANGED, subject, name, "condition", *pair)


def _counted(first: Sequence[Count], second: Sequence[Count]) -> Iterator[Change]:
    """Yield what else changed in counts: their kind, what bars them, why one has no condition."""
    former = {one.id: one for one in first}
    for new in second:
        old = former.get(new.id, new)
        reasons = old.not_computable or Text("", ""), new.not_computable or Text("", "")
        fields = (
            ("kind", old.kind, new.kind),
            ("barred_by", old.barred_by or "", new.barred_by or ""),
            ("not_computable", *reasons),
        )
        for field, before, after in fields:
            if before != after:
                pair = shown(before, after)
                yield Change(ChangeKind.CHANGED, Subject.COUNT, new.id, field, *pair)


def _order(
    subject: Subject, first: Sequence[Verdict], second: Sequence[Verdict]
) -> Iterator[Change]:
    """Yield a change when these come in another order: the first that holds applies."""
    before, after = [one.id for one in first], [one.id for one in second]
    common = [one for one in before if one in after], [one for one in after if one in before]
    if common[0] != common[1]:
        pair = ", ".join(common[0]), ", ".join(common[1])
        yield Change(ChangeKind.MOVED, subject, common[1][0], "order", *pair)


def _of(
    subject: Subject, name: str, kind: ChangeKind, field: str, pair: tuple[str, str], rule: Rule
) -> Change:
    return Change(kind, subject, name, field, *pair, variable=next(iter(rule.variables), ""))


def _earlier(one: str, other: str) -> ChangeKind:
    return ChangeKind.TIGHTENED if other < one else ChangeKind.LOOSENED


def _until(one: str, other: str) -> ChangeKind:
    """Judge the day on which a rule ends; one that gets such a day is removed by it."""
    if not one:
        return ChangeKind.REMOVED
    return ChangeKind.TIGHTENED if (other or _NEVER) > one else ChangeKind.LOOSENED


# Conditions in the words of the second profile


@dataclass(frozen=True, slots=True)
class _Translation:
    """Reads conditions of the first profile in the names of the second."""

    twins: Twins

    @property
    def ids(self) -> Mapping[str, str]:
        """What the variables are called in the second profile."""
        return self.twins.ids

    def judge(self, before: str, after: str) -> ChangeKind | None:
        """Judge a condition, None when it means the same as before."""
        if not before or not after:
            return None if before == after else ChangeKind.CHANGED
        try:
            one, other = deepcopy(parse(before).tree), parse(after).tree
        except ProfileError:
            return None if before == after else ChangeKind.CHANGED
        return of_condition(_Renamed(self.twins).visit(one), other)


class _Renamed(ast.NodeTransformer):
    """Puts the second profile's names of variables, groups, lists and codes into a tree."""

    def __init__(self, twins: Twins) -> None:
        self._twins = twins
        self._names = {**twins.lists, **twins.groups, **twins.ids}

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.copy_location(ast.Name(self._names.get(node.id, node.id), node.ctx), node)

    def visit_Compare(self, node: ast.Compare) -> ast.Compare:
        """Translate the code that a variable is compared with, then the names."""
        sides = [node.left, *node.comparators]
        variable = next((one.id for one in sides if isinstance(one, ast.Name)), "")
        known = self._twins.first.by_id.get(variable)
        for side in sides:
            if known is not None and isinstance(side, ast.Constant):
                key = f"{known.code_list}/{side.value!s}"
                side.value = self._twins.codes.get(key, side.value)
        self.generic_visit(node)
        return node
