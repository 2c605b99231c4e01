"""The mapping as the engine needs it: which links draw on which table, and its fingerprint."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256

from app.core.conversion import columns_read, lookups_in
from app.core.errors import ExportError, ProjectError
from app.core.mapping import Duplicates, GroupLink, Link, Pick, Project, Source
from app.core.register import Profile, Rule
from app.engine.export import Export
from app.engine.keys import key_columns

_TOLD = {"encoding": "utf-8", "delimiter": ";", "sheet": ""}  # by every project's fingerprint


@dataclass(frozen=True, slots=True)
class Feed:
    """Links that draw on the rows of one table: for one repeated group, or ("") for the case."""

    rows: GroupLink  # which rows, in which order; the group is "" for the case's own values
    links: tuple[Link, ...]
    nth: int = 0  # which one of a case's rows, see `Pick`; a group takes all of them

    @property
    def group(self) -> str:
        """The repeated group, "" for the values that occur once."""
        return self.rows.group

    @property
    def table(self) -> str:
        """The table whose rows are read."""
        return self.rows.table

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read, each once."""
        chosen = (self.rows.filter_column, self.rows.order_column)
        linked = (column for link in self.links for column in columns_read(link))
        return tuple(dict.fromkeys(name for name in (*chosen, *linked) if name))


def feeds_of(project: Project, profile: Profile, links: Iterable[Link]) -> tuple[Feed, ...]:
    """Return where the links' values come from; the case table's feed is first.

    Raises ProjectError when a link names a variable that the profile does not have, ExportError
    when what tells cases apart is not in their own table.
    """
    known = tuple(links)
    strange = [link.variable for link in known if link.variable not in profile.by_id]
    if strange:
        raise ProjectError("variable-unknown", variables=", ".join(sorted(strange)))
    for link in known:
        if link.variable == profile.case_key and not numbers_cases(link, project):
            raise ExportError(
                "case-key-elsewhere", variable=link.variable, table=project.case_table
            )
    bundles: dict[tuple[str, str, Pick], list[Link]] = {("", project.case_table, Pick()): []}
    for link in known:
        place = _place(link, project, profile)
        bundles.setdefault(place, []).append(link)
    return tuple(
        Feed(_rows(project, group, table, pick), tuple(bundle), pick.nth)
        for (group, table, pick), bundle in bundles.items()
        if table
    )


def numbers_cases(link: Link, project: Project) -> bool:
    """Whether a link gives every case a number of its own, from its row in the table of cases."""
    return link.table == project.case_table and bool(link.columns)


def _place(link: Link, project: Project, profile: Profile) -> tuple[str, str, Pick]:
    """Return the group and the table that a link belongs to, and which row it picks there."""
    group = profile.by_id[link.variable].group
    if group:
        chosen = project.group_link_of(group)
        return group, chosen.table if chosen else link.table, Pick()
    table = link.table or project.case_table
    return "", table, Pick() if table == project.case_table else link.pick


def _rows(project: Project, group: str, table: str, pick: Pick) -> GroupLink:
    chosen = project.group_link_of(group) if group else None
    return chosen or GroupLink(
        group, table, pick.filter_column, pick.filter_value, pick.order_column, pick.descending
    )


def demand_columns(export: Export, project: Project, feeds: tuple[Feed, ...]) -> None:
    """Raise ExportError with every column that the mapping needs and the export lacks.

    So does a link to another table than its group's: its columns would be sought in that one.
    """
    for feed in feeds:
        for link in feed.links:
            if link.columns and link.table not in {"", feed.table}:
                raise ExportError(
                    "link-other-table", variable=link.variable, table=link.table, rows=feed.table
                )
    missing = [
        (table, column)
        for table, column in dict.fromkeys(_needed(project, feeds))
        if table not in export.tables or column not in export.tables[table].columns
    ]
    if missing:
        tables, columns = zip(*missing, strict=True)
        raise ExportError(
            "column-missing",
            table=", ".join(dict.fromkeys(tables)),
            column=", ".join(f"{table}: {column}" for table, column in missing)
            if len(set(tables)) > 1
            else ", ".join(columns),
        )


def _needed(project: Project, feeds: tuple[Feed, ...]) -> Iterator[tuple[str, str]]:
    """Yield every table and column that an analysis reads."""
    for feed in feeds:
        for column in (*key_columns(project, feed.table), *feed.columns):
            yield feed.table, column
        for link in feed.links:
            for table, key, column in lookups_in(link):
                yield from ((table, name) for name in (key, column))
    for column in (project.blocking.column, project.duplicates.column):
        if column:
            yield project.case_table, column


def fingerprint(project: Project) -> str:
    """Return the SHA-256 of everything in the project that decides what is sent."""
    canonical: dict[str, object] = {
        "profile": project.profile,
        "case_table": project.case_table,
        "sources": sorted(
            [one.name, one.key, one.encoding, one.delimiter, one.sheet] for one in project.sources
        ),
        "groups": sorted(
            [one.group, one.table, one.filter_column, one.filter_value, one.order_column]
            for one in project.groups
        ),
        "links": sorted(
            [link.variable, link.table, link.columns, _steps(link)] for link in project.used_links
        ),
        "value_maps": sorted(
            [one.name, sorted(dict(one.entries).items()), one.unmapped]
            for one in project.value_maps
            if one.name in _maps_used(project)
        ),
        "blocking": [project.blocking.column, project.blocking.value],
    }
    canonical |= _unusual(project)
    text = json.dumps(canonical, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def _maps_used(project: Project) -> set[str]:
    """Return the names of the value maps that the approved links use."""
    steps = (step for link in project.used_links for step in link.steps)
    return {step.option("name") for step in steps if step.kind == "value_map"}


def _unusual(project: Project) -> dict[str, object]:
    """Return what decides as well and most projects do not have."""
    reading = sorted(
        (one.name, asdict(replace(one, name="", path="", key="", more=(), shape=())))
        for one in project.sources
    )
    usual = asdict(Source("", "", ""))
    found: dict[str, object] = {
        "rules": [_rule(rule) for rule in project.rules],  # an own rule may hold a case back
        "duplicates": asdict(project.duplicates) if project.duplicates != Duplicates() else {},
        "reading": [[name, said] for name, said in reading if {**said, **_TOLD} != usual],
        "descending": sorted(one.group for one in project.groups if one.descending),
        "picks": sorted(
            [link.variable, asdict(link.pick)] for link in project.used_links if link.pick != Pick()
        ),
    }
    return {name: said for name, said in found.items() if said}


def _rule(rule: Rule) -> list[str]:
    return [rule.id, rule.tier.value, rule.condition, rule.since, rule.until]


def _steps(link: Link) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(step.kind, sorted(step.options)) for step in link.steps]
