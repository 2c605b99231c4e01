"""Random changes of a project by every edit that the window has, for properties of the history."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from random import Random
from typing import TypeVar

from app.core.conversion import KINDS
from app.core.finding import Tier
from app.core.mapping import (
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
from app.core.register import Confidence, Fact, Profile, Rule, Text
from app.gui.mapping import edits as mapping
from app.gui.source import edits as source
from app.workflow import shape, value_maps
from app.workflow.source_views import FileChange, Renaming, ShapeChange
from app.workflow.views import ColumnView, Suggestion, TableView

TEXTS = (
    "", "A", "Åsa", "två ord", 'ett "citat"', "it's", "tre\nrader\n", "flik\tflik", "C:\\mapp",
    "a|b", "=1+1", "#", "[x]", "'''", '"""', "\u00a0", "é", "😀", "x = 1", "%Y-%m-%d", "01",
)  # fmt: skip
COLUMNS = ("OPNR", "KÖN", "Vikt kg", "a.b", "x", "#3", "Tid 1", "Tid 2", 'k"o"l')
Drawn = TypeVar("Drawn")
Edit = Callable[["Chance", Project], Project]


class Chance:
    """Draws what an edit needs, the same for the same seed."""

    def __init__(self, seed: int, profile: Profile) -> None:
        self.random = Random(seed)
        self.profile = profile

    def one(self, *choices: Drawn) -> Drawn:
        return self.random.choice(choices)

    def text(self) -> str:
        return self.one(*TEXTS)

    def number(self, least: int = -1, most: int = 9) -> int:
        return self.random.randint(least, most)

    def columns(self) -> tuple[str, ...]:
        return tuple(self.random.sample(COLUMNS, self.random.randint(1, 3)))

    def variable(self):
        return self.one(*self.profile.variables)

    def table(self, project: Project) -> str:
        return self.one(*(one.name for one in project.sources), "ingen")

    def link(self, project: Project) -> Link:
        return self.one(*project.links, self.new_link(project))

    def new_link(self, project: Project) -> Link:
        return Link(self.variable().id, self.table(project), self.columns(), self.steps())

    def variables(self, project: Project) -> tuple[str, ...]:
        known = [link.variable for link in project.links]
        return tuple(self.random.sample(known, min(len(known), self.random.randint(0, 6))))

    def steps(self) -> tuple[Step, ...]:
        return tuple(self.step() for _ in range(self.random.randint(0, 3)))

    def step(self) -> Step:
        kind = self.one(*sorted(KINDS))
        settings = self.random.sample(KINDS[kind].settings, len(KINDS[kind].settings))
        return Step(kind, tuple((one.name, self.text()) for one in settings if self.number() > 3))

    def state(self) -> LinkState:
        return self.one(*list(LinkState))

    def pick(self) -> Pick:
        where = self.one(*COLUMNS)
        return Pick(
            where, self.text(), self.one("", *COLUMNS), self.one(True, False), self.number()
        )

    def group_link(self, project: Project) -> GroupLink:
        group = self.one(*self.profile.groups).id
        pick = self.pick()
        return GroupLink(
            group, self.table(project), pick.filter_column, pick.filter_value,
            pick.order_column, pick.descending,
        )  # fmt: skip

    def map_name(self, project: Project) -> str:
        return self.one(*(one.name for one in project.value_maps), "ny", self.text() or "m")

    def pairs(self) -> tuple[tuple[str, str], ...]:
        pairs = {self.text(): self.text() for _ in range(self.random.randint(0, 5))}
        return tuple(pairs.items())

    def source(self) -> Source:
        return Source(
            self.one("t", "operationer", "ny tabell", "Övrigt"),
            self.one("a.csv", "../b/c.xlsx", "C:/x/d.zip", "é.xml"),
            self.one(*COLUMNS),
            self.one("utf-8", "cp1252", "cp850"),
            self.one(";", ",", "\t", "|", ""),
            self.one("", "Blad 1"),
            self.one(*SourceKind),
            self.one((), ("feb.csv", "mars.csv")),
            self.one("", "in/i/arkivet.csv"),
            self.number(),
            self.one('"', "'", ""),
            self.one((), (1, 20, 300)),
            self.one("", "rot/rad"),
            self.one((), ("LOPNR",)),
            self.one((), self.columns()),
        )

    def renamings(self) -> tuple[Renaming, ...]:
        before, after = self.random.sample(COLUMNS, 2)
        return (Renaming(before, after, self.number(0, 100)),)

    def view(self, project: Project) -> TableView:
        one = self.one(*project.sources, self.source())
        columns = tuple(ColumnView(name, 1, 1, (), "") for name in self.columns())
        return TableView(one, 3, columns)

    def suggestion(self, project: Project) -> Suggestion:
        name = self.map_name(project)
        value_map = self.one(None, ValueMap(name, self.pairs()))
        return Suggestion(self.new_link(project), self.one("name", "both"), value_map)

    def rule(self, project: Project) -> Rule:
        since = self.one("", "2026-01-01")
        return Rule(
            self.one(project.free_rule_id(), *(one.id for one in project.rules)),
            self.one(Tier.BLOCKS, Tier.NOTE, Tier.INCONSISTENT),
            self.one("", 'V310 > "x"'),
            Text(self.text(), self.text()),
            Text(self.text(), self.text()),
            Fact(self.text(), Confidence.STATED, self.text()),
            variables=self.one((), ("V310", "V320")),
            since=since,
            own=True,
        )


def _state(chance: Chance, project: Project) -> Project:
    day = chance.one("", "2026-02-03")
    variables = chance.variables(project)
    return mapping.with_state(project, variables, chance.state(), chance.text(), day)


def _files(chance: Chance, project: Project) -> Project:
    change = FileChange(chance.source(), ShapeChange(), chance.columns())
    return shape.with_files(project, change, chance.renamings())


def _more(chance: Chance, project: Project) -> Project:
    one = chance.one(*project.sources)
    return project.with_source(source.with_more_files(one, (chance.text(), "feb.csv")))


def _fewer(chance: Chance, project: Project) -> Project:
    one = chance.one(*project.sources)
    return project.with_source(source.without_file(one, chance.one(one.path, *one.more)))


def _own_map(chance: Chance, project: Project) -> Project:
    """Give one of two variables that share a value map a map of its own."""
    step = Step("value_map", (("name", chance.map_name(project)),))
    first, second = (chance.variable().id for _ in range(2))
    for variable in (first, second):
        project = project.with_link(Link(variable, chance.table(project), COLUMNS[:1], (step,)))
    return value_maps.own_map(project, first)[0]


def _removed(chance: Chance, project: Project) -> Project:
    """Remove a source, but never the last one: the other edits want something to work on."""
    if len(project.sources) < 3:
        return source.add_source(project, chance.source())
    return source.remove_source(project, chance.table(project))


# "module.function" -> the same on drawn arguments; the property demands that none is left out
EDITS: Mapping[str, Edit] = {
    "source.add_source": lambda c, p: source.add_source(p, c.source()),
    "source.add_sources": lambda c, p: source.add_sources(p, (c.source(), c.source())),
    "source.remove_source": _removed,
    "source.with_case_table": lambda c, p: source.with_case_table(p, c.table(p)),
    "source.with_keys": lambda c, p: source.with_keys(p, c.table(p), c.columns()),
    "source.with_more_files": _more,
    "source.without_file": _fewer,
    "source.with_columns_as_read": lambda c, p: source.with_columns_as_read(
        p, c.view(p), c.renamings()
    ),
    "mapping.map_columns": lambda c, p: mapping.map_columns(
        p, c.profile, c.variable(), c.table(p), c.columns()
    ),
    "mapping.map_constant": lambda c, p: mapping.map_constant(p, c.variable(), c.text()),
    "mapping.with_group": lambda c, p: mapping.with_group(
        p, c.profile, c.variable().group, c.table(p)
    ),
    "mapping.with_group_link": lambda c, p: mapping.with_group_link(p, c.profile, c.group_link(p)),
    "mapping.with_steps": lambda c, p: mapping.with_steps(p, c.link(p), c.steps()),
    "mapping.with_pick": lambda c, p: mapping.with_pick(p, c.link(p), c.pick()),
    "mapping.with_note": lambda c, p: mapping.with_note(p, c.link(p), c.text()),
    "mapping.waiting": lambda c, p: p.with_link(mapping.waiting(c.link(p))),
    "mapping.with_state": _state,
    "mapping.without": lambda c, p: mapping.without(p, c.variables(p)[:1]),
    "mapping.with_suggestions": lambda c, p: mapping.with_suggestions(
        p, (c.suggestion(p), c.suggestion(p)), c.profile
    ),
    "mapping.with_suggestion": lambda c, p: mapping.with_suggestion(p, c.suggestion(p), c.profile),
    "shape.repointed": lambda c, p: shape.repointed(p, c.table(p), c.renamings()),
    "shape.repointed_by": lambda c, p: shape.repointed_by(p, c.table(p), str.swapcase),
    "shape.with_shape": lambda c, p: shape.with_shape(p, (c.view(p),)),
    "shape.with_files": _files,
    "value_maps.with_value": lambda c, p: value_maps.with_value(
        p, c.map_name(p), c.text(), c.one(None, c.text())
    ),
    "value_maps.with_pairs": lambda c, p: value_maps.with_pairs(p, c.map_name(p), c.pairs()),
    "value_maps.with_unmapped": lambda c, p: value_maps.with_unmapped(
        p, c.map_name(p), c.one("error", "keep", "omit")
    ),
    "value_maps.own_map": _own_map,
    "project.with_rule": lambda c, p: p.with_rule(c.rule(p)),
    "project.without_rule": lambda c, p: p.without_rule(c.one("", *(r.id for r in p.rules))),
    "project.notes": lambda c, p: replace(p, notes=c.text()),
    "project.settings": lambda c, p: replace(p, settings=(("ca.stage", c.text()),)),
    "project.blocking": lambda c, p: replace(p, blocking=Blocking(c.one(*COLUMNS), c.text())),
    "project.duplicates": lambda c, p: replace(
        p, duplicates=Duplicates(c.one(*Keep), c.one("", *COLUMNS))
    ),
}
