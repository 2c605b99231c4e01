"""What a project file says, fact by fact; unknown names and wrong kinds are refused."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from app.core.errors import ProjectError
from app.core.finding import Tier
from app.core.mapping import (
    FIRST_FILLED,
    OWN_RULE,
    OWN_TIERS,
    Blocking,
    Duplicates,
    GroupLink,
    Keep,
    Link,
    LinkState,
    Pick,
    Project,
    Source,
    SourceKind,
    Step,
    ValueMap,
)
from app.core.register import Confidence, Fact, Rule, Text

_NUL = "\0"
Content = dict[str, Any]
_Word = TypeVar("_Word", bound=StrEnum)
_Named = TypeVar("_Named", Source, GroupLink, Link, ValueMap)


class _Facts:
    """One table of the file; every fact is taken once, and what is left over is unknown."""

    def __init__(self, content: Any, place: str, name: str) -> None:
        self._place = place
        self._name = name
        if not isinstance(content, dict):
            raise self.wrong("")
        self._left: Content = dict(content)

    def wrong(self, fact: str) -> ProjectError:
        """Return the error for a fact of the wrong kind."""
        return ProjectError("project-value", name=self._name, fact=self._at(fact))

    def twice(self, fact: str, value: str) -> ProjectError:
        """Return the error for what may stand once only."""
        return ProjectError("project-twice", name=self._name, fact=self._at(fact), value=value)

    def text(self, fact: str, default: str = "") -> str:
        """Take one text."""
        value = self._left.pop(fact, default)
        if not isinstance(value, str):
            raise self.wrong(fact)
        return value

    def number(self, fact: str, default: int) -> int:
        """Take one whole number."""
        value = self._left.pop(fact, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(fact)
        return value

    def flag(self, fact: str) -> bool:
        """Take one yes or no, no when it is not there."""
        value = self._left.pop(fact, False)
        if not isinstance(value, bool):
            raise self.wrong(fact)
        return value

    def numbers(self, fact: str) -> tuple[int, ...]:
        """Take one list of whole numbers."""
        found = self._list(fact)
        if not all(isinstance(one, int) and not isinstance(one, bool) for one in found):
            raise self.wrong(fact)
        return tuple(found)

    def one_of(self, fact: str, usual: _Word) -> _Word:
        """Take one of an enumeration's words."""
        word = self.text(fact, usual.value)
        if word not in {one.value for one in type(usual)}:
            raise self.wrong(fact)
        return type(usual)(word)

    def texts(self, fact: str) -> tuple[str, ...]:
        """Take one list of texts."""
        return tuple(self._as_text(one, fact) for one in self._list(fact))

    def path(self, fact: str) -> str:
        """Take one path; none has a NUL, which no system takes."""
        value = self.text(fact)
        if _NUL in value:
            raise self.wrong(fact)
        return value

    def paths(self, fact: str) -> tuple[str, ...]:
        """Take one list of paths."""
        found = self.texts(fact)
        if any(_NUL in one for one in found):
            raise self.wrong(fact)
        return found

    def pairs(self, fact: str) -> tuple[tuple[str, str], ...]:
        """Take one list of pairs of texts."""
        found = self._list(fact)
        if not all(isinstance(one, list) and len(one) == len(("left", "right")) for one in found):
            raise self.wrong(fact)
        return tuple((self._as_text(a, fact), self._as_text(b, fact)) for a, b in found)

    def table(self, fact: str) -> "_Facts":
        """Take one table, empty when it is not there."""
        return _Facts(self._left.pop(fact, {}), self._at(fact), self._name)

    def tables(self, fact: str) -> tuple["_Facts", ...]:
        """Take a list of tables."""
        numbered = enumerate(self._list(fact), start=1)
        return tuple(_Facts(one, f"{self._at(fact)}[{at}]", self._name) for at, one in numbered)

    def rest(self) -> tuple[tuple[str, str], ...]:
        """Take all facts that are left, as names and texts."""
        names = tuple(self._left)
        return tuple((name, self.text(name)) for name in names)

    def finish(self) -> None:
        """Refuse what nobody asked for: it may be a slip of the pen."""
        for fact in self._left:
            raise ProjectError("project-unknown-key", name=self._name, fact=self._at(fact))

    def _at(self, fact: str) -> str:
        return ".".join(part for part in (self._place, fact) if part)

    def _as_text(self, value: Any, fact: str) -> str:
        if not isinstance(value, str):
            raise self.wrong(fact)
        return value

    def _list(self, fact: str) -> list[Any]:
        value = self._left.pop(fact, [])
        if not isinstance(value, list):
            raise self.wrong(fact)
        return value


def project_from(content: Content, name: str) -> Project:
    """Return the project that a file's content describes; `name` is the file's, for errors."""
    facts = _Facts(content, "", name)
    project = Project(
        name=facts.text("name"),
        profile=facts.text("profile"),
        case_table=facts.text("case_table"),
        notes="\n".join(facts.texts("notes")),
        blocking=_blocking(facts.table("blocking")),
        settings=tuple(sorted(facts.table("settings").rest())),
        sources=_distinct(facts, "sources", "name", _source),
        groups=_distinct(facts, "groups", "group", _group),
        links=_distinct(facts, "links", "variable", _link),
        value_maps=_distinct(facts, "value_maps", "name", _value_map),
        rules=_rules(facts),
        duplicates=_duplicates(facts.table("duplicates")),
    )
    facts.finish()
    return project


def _distinct(
    facts: _Facts, fact: str, named: str, read: Callable[[_Facts], _Named]
) -> tuple[_Named, ...]:
    """Return rows that each have a name of their own: of two, only one would be seen and edited."""
    rows: dict[str, _Named] = {}
    for table in facts.tables(fact):
        row = read(table)
        own = getattr(row, named)
        if own in rows:
            raise table.twice(named, own)
        rows[own] = row
    return tuple(rows.values())


def _blocking(facts: _Facts) -> Blocking:
    blocking = Blocking(facts.text("column"), facts.text("value"))
    facts.finish()
    return blocking


def _duplicates(facts: _Facts) -> Duplicates:
    duplicates = Duplicates(facts.one_of("keep", Keep.STOP), facts.text("column"))
    facts.finish()
    return duplicates


def _source(facts: _Facts) -> Source:
    source = Source(
        name=facts.text("name"),
        path=facts.path("path"),
        key=facts.text("key"),
        encoding=facts.text("encoding", "utf-8"),
        delimiter=facts.text("delimiter", ";"),
        sheet=facts.text("sheet"),
        kind=facts.one_of("kind", SourceKind.TEXT),
        more=facts.paths("more"),
        member=facts.text("member"),
        header=facts.number("header", FIRST_FILLED),
        quote=facts.text("quote", '"'),
        widths=facts.numbers("widths"),
        record=facts.text("record"),
        key_more=facts.texts("key_more"),
        shape=facts.texts("shape"),
    )
    facts.finish()
    return source


def _group(facts: _Facts) -> GroupLink:
    group = GroupLink(
        group=facts.text("group"),
        table=facts.text("table"),
        filter_column=facts.text("filter_column"),
        filter_value=facts.text("filter_value"),
        order_column=facts.text("order_column"),
        descending=facts.flag("descending"),
    )
    facts.finish()
    return group


def _link(facts: _Facts) -> Link:
    link = Link(
        variable=facts.text("variable"),
        table=facts.text("table"),
        columns=facts.texts("columns"),
        steps=tuple(map(_step, facts.tables("steps"))),
        state=facts.one_of("state", LinkState.SUGGESTED),
        score=facts.number("score", 100),
        note=facts.text("note"),
        pick=_pick(facts.table("pick")),
        reasons=facts.texts("reasons"),
        decided_by=facts.text("decided_by"),
        decided_on=facts.text("decided_on"),
    )
    facts.finish()
    return link


def _pick(facts: _Facts) -> Pick:
    pick = Pick(
        filter_column=facts.text("filter_column"),
        filter_value=facts.text("filter_value"),
        order_column=facts.text("order_column"),
        descending=facts.flag("descending"),
        nth=facts.number("nth", 0),
    )
    facts.finish()
    return pick


def _step(facts: _Facts) -> Step:
    return Step(facts.text("kind"), facts.rest())


def _value_map(facts: _Facts) -> ValueMap:
    value_map = ValueMap(
        name=facts.text("name"),
        entries=facts.pairs("entries"),
        unmapped=facts.text("unmapped", "error"),
    )
    facts.finish()
    return value_map


def _rules(facts: _Facts) -> tuple[Rule, ...]:
    """Return the hospital's own rules; their ids differ and are none that a profile may have."""
    rules: dict[str, Rule] = {}
    for row in facts.tables("rule"):
        rule = _rule(row)
        if rule.id in rules or not rule.id.startswith(OWN_RULE):
            raise row.wrong("id")
        rules[rule.id] = rule
    return tuple(rules[name] for name in sorted(rules))


def _rule(facts: _Facts) -> Rule:
    tier = facts.text("tier", Tier.NOTE.value)
    if tier not in {one.value for one in OWN_TIERS}:
        raise facts.wrong("tier")
    rule = Rule(
        id=facts.text("id"),
        tier=Tier(tier),
        condition=facts.text("condition"),
        message=Text(facts.text("sv"), facts.text("en")),
        remedy=Text(facts.text("remedy_sv"), facts.text("remedy_en")),
        fact=Fact(facts.text("source"), Confidence.STATED, facts.text("note")),
        variables=facts.texts("variables"),
        since=_day(facts, "since"),
        until=_day(facts, "until"),
        own=True,
    )
    facts.finish()
    return rule


def _day(facts: _Facts, fact: str) -> str:
    text = facts.text(fact)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise facts.wrong(fact) from None
