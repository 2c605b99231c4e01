"""Export styles with their truth, and how well suggestions for them hold."""

import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from app.core.mapping import GroupLink, Link, Project, Source
from app.core.register import Mandatory, Profile
from app.workflow.desk import Desk
from app.workflow.load import read_tables
from app.workflow.suggest import Proposer, suggest_links
from app.workflow.suggest_groups import suggest_groups
from tests.support.workflow import PROFILE, make_desk

FIRST = 3  # how many a person is shown for one variable

Place = tuple[str, str]  # a table and a column of it


@dataclass(frozen=True)
class Style:
    """One export: how it is read, and what each column is in truth."""

    name: str
    folder: Path
    project: Project
    meant: Mapping[Place, frozenset[str]]  # right answers; empty for a column without a target
    dates: Mapping[Place, str]  # a date column that only accompanies a time, and that time
    groups: Mapping[str, GroupLink]

    @cached_property
    def aimless(self) -> frozenset[Place]:
        """Columns that mean nothing in the register."""
        return frozenset(one for one, meant in self.meant.items() if not meant) - set(self.dates)

    def right(self, link: Link) -> bool:
        """Whether a link takes a variable from where it stands, a time with a date of its own."""
        if link.variable not in self.meant.get((link.table, link.columns[-1]), ()):
            return False
        own = [place for place, time in self.dates.items() if time == link.columns[-1]]
        date = (link.table, link.columns[0])
        if len(link.columns) == 1:
            return True
        return date in own if own else date in self.dates or bool(self.meant.get(date))


@dataclass(frozen=True)
class Measure:
    """What came of suggestions for one style or several: counts, and shares of them."""

    sure: int = 0
    sure_right: int = 0
    given: int = 0  # all that are given in bulk, sure or likely
    given_right: int = 0
    wanted: int = 0  # mandatory variables that a column is meant for
    found: int = 0  # of these, with a right one among the first
    aimless: int = 0  # columns without a target
    disturbed: int = 0  # of these, with a suggestion
    targets: int = 0  # variables that a column is meant for
    groups: int = 0  # repeated groups proposed
    groups_right: int = 0

    def __add__(self, other: "Measure") -> "Measure":
        names = self.__dataclass_fields__
        return Measure(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def precision(self) -> float:
        """Share of the sure ones that are right."""
        return self.sure_right / self.sure if self.sure else 1.0

    @property
    def recall(self) -> float:
        """Share of the mandatory variables with a right one among the first."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def false_share(self) -> float:
        """Share of the columns without a target that get a suggestion."""
        return self.disturbed / self.aimless if self.aimless else 0.0

    def line(self, name: str) -> str:
        """Return the figures in one line."""
        return (
            f"{name:<24} sure {self.sure_right:>3}/{self.sure:<3} {self.precision:6.1%}"
            f"  recall@{FIRST} {self.found:>3}/{self.wanted:<3} {self.recall:6.1%}"
            f"  without target {self.disturbed:>3}/{self.aimless:<3} {self.false_share:6.1%}"
            f"  given {self.given_right:>3}/{self.given:<3} of {self.targets}"
            f"  groups {self.groups_right}/{self.groups}"
        )


def read_styles(folder: Path) -> tuple[Style, ...]:
    """Return the styles of a folder, by name."""
    return tuple(_style(one.parent) for one in sorted(folder.glob("*/truth.toml")))


def _style(folder: Path) -> Style:
    truth = tomllib.loads((folder / "truth.toml").read_text("utf-8"))
    sources = tuple(
        Source(Path(table).stem, f"{Path(table).stem}.csv", key)
        for table, key in truth["keys"].items()
    )
    rows = truth["column"]
    return Style(
        folder.name,
        folder,
        Project("P", PROFILE, sources, Path(truth["case_table"]).stem),
        {
            (Path(row["table"]).stem, row["name"]): frozenset(
                one for one in (row["variable"], *row.get("also", ())) if one
            )
            for row in rows
        },
        {(Path(row["table"]).stem, row["name"]): row["with"] for row in rows if "with" in row},
        {name: _group(name, one) for name, one in truth["groups"].items()},
    )


def _group(name: str, row: Mapping[str, str]) -> GroupLink:
    column = row.get("filter_column", row.get("column", ""))
    value = row.get("filter_value", row.get("value", ""))
    return GroupLink(name, Path(row["table"]).stem, column, value)


def measure(style: Style, folder: Path) -> Measure:
    """Let the program suggest for one style: what it gives in bulk, then for each variable."""
    desk = make_desk(folder)
    read_tables(desk, style.project, str(style.folder))
    groups = suggest_groups(desk, style.project)
    project = replace(style.project, groups=groups)
    given = suggest_links(desk, project)
    proposer = Proposer(desk, project)
    measured = judged(
        style,
        desk.profile(PROFILE),
        [one.link for one in given if one.link.columns],
        [one.link for one in given if one.link.columns and one.sure],
        lambda variable: [one.link for one in proposer.best_for(variable)],
    )
    told = [(one, style.groups[one.group]) for one in groups if one.group in style.groups]
    right = sum(_same_rows(desk, project, one, truth) for one, truth in told)
    return replace(measured, groups=len(told), groups_right=right)


def judged(
    style: Style,
    profile: Profile,
    given: Collection[Link],
    sure: Collection[Link],
    first: Callable[[str], list[Link]],
) -> Measure:
    """Hold suggestions against the truth; the case key, which is told beforehand, is left out."""
    given = [one for one in given if one.variable != profile.case_key]
    sure = [one for one in sure if one.variable != profile.case_key]
    meant = {one for ids in style.meant.values() for one in ids} - {profile.case_key}
    wanted = [
        one.id
        for one in profile.variables
        if one.id in meant and one.mandatory in {Mandatory.YES, Mandatory.CONDITIONAL}
    ]
    named = {(one.table, one.columns[-1]) for one in given}
    named |= {(one.table, one.columns[0]) for one in given}
    return Measure(
        sure=len(sure),
        sure_right=sum(map(style.right, sure)),
        given=len(given),
        given_right=sum(map(style.right, given)),
        wanted=len(wanted),
        found=sum(any(map(style.right, first(one)[:FIRST])) for one in wanted),
        aimless=len(style.aimless),
        disturbed=len(style.aimless & named),
        targets=len(meant & {one.id for one in profile.variables if one.is_bound}),
    )


def _same_rows(desk: Desk, project: Project, one: GroupLink, truth: GroupLink) -> bool:
    """Whether two ways to say which rows a group has choose the same ones."""
    if one.table != truth.table:
        return False
    source = project.source_of(one.table)
    assert source is not None
    table = desk.tables[source].table
    chosen = [
        table[link.filter_column].is_in(link.filter_value.split("|")).to_list()
        if link.filter_column
        else [True] * table.height
        for link in (one, truth)
    ]
    return chosen[0] == chosen[1]
