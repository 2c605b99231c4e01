"""What links do to the loaded export, approved or not: samples and counts for the mapping page."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from app.core.conversion import BLANKS, lookups_in
from app.core.errors import WorkbenchError
from app.core.identity import mask
from app.core.mapping import Link, Project
from app.core.register import Profile
from app.engine.columns import Surroundings, convert_columns, join_parts, present
from app.engine.conversions.lookup import lookups_of
from app.engine.convert import parts_of
from app.engine.export import Export
from app.engine.finding_rows import is_secret
from app.engine.mapping import Feed, demand_columns, feeds_of
from app.engine.rows import chosen_rows

NO_PROJECT = Project("", "")


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """What one link does: a sample before and after, and how often it works or fails.

    `failed` counts values that are there and cannot be converted; samples of person ids are masked.
    """

    variable: str
    sample_in: tuple[str, ...] = ()
    sample_out: str = ""
    filled: int = 0
    failed: int = 0
    total: int = 0


def link_results(
    export: Export, project: Project, profile: Profile, variables: Sequence[str]
) -> tuple[LinkOutcome, ...]:
    """Return what the links of these variables do; one that cannot be tried counts nothing."""
    links = (project.link_of(variable) for variable in variables)
    return tuple(_outcome(export, project, profile, link) for link in links if link)


def _outcome(export: Export, project: Project, profile: Profile, link: Link) -> LinkOutcome:
    feed = feed_of(export, project, profile, link)
    if feed is None:
        return LinkOutcome(link.variable)
    rows = chosen_rows(export, feed, project)
    parts = parts_of(rows, link)
    column = convert_columns(parts, link.steps, surroundings(export, project, rows, link))
    hide = mask if is_secret(link.variable, profile) else str
    at = _telling_row(column.values, column.problems, parts)
    return LinkOutcome(
        link.variable,
        tuple(hide(rows[name][at] or "") for name in link.columns) if at is not None else (),
        hide(column.values[at]) if at is not None and column.values[at] else "",
        len(rows) - column.values.null_count(),
        len(rows) - column.problems.null_count(),
        len(rows),
    )


def surroundings(export: Export, project: Project, rows: pl.DataFrame, link: Link) -> Surroundings:
    """Return what the steps of one link may look at beside the values of its columns."""
    return Surroundings(project, rows, lookups_of(export.tables, lookups_in(link)))


def feed_of(export: Export, project: Project, profile: Profile, link: Link) -> Feed | None:
    """Return the feed of one link by itself, None when the export lacks what it reads."""
    try:
        feeds = feeds_of(project, profile, (link,))
        demand_columns(export, project, feeds)
    except WorkbenchError:
        return None
    return next((feed for feed in feeds if link in feed.links), None)


def _telling_row(values: pl.Series, problems: pl.Series, parts: list[pl.Series]) -> int | None:
    """Return the first row with a value; else the first with a problem, else with any text."""
    for column in (values, problems, present(join_parts(parts))):
        found = column.is_not_null().arg_true()
        if len(found):
            return int(found[0])
    return None


def value_counts(
    export: Export, link: Link, project: Project = NO_PROJECT, profile: Profile | None = None
) -> list[tuple[str, int]]:
    """Return the local codes that reach the link's value map, most frequent first.

    Steps before the value map are taken, and blanks around the codes make no difference; without
    a value map the texts are counted as they are. With a profile only the rows count that the
    link reads.
    """
    feed = feed_of(export, project, profile, link) if profile else None
    table = export.tables.get(feed.table if feed else link.table)
    if table is None or not link.columns or not set(link.columns) <= set(table.columns):
        return []
    table = chosen_rows(export, feed, project) if feed else table
    kinds = [step.kind for step in link.steps]
    before = link.steps[: kinds.index("value_map")] if "value_map" in kinds else ()
    parts = [table[name] for name in link.columns]
    texts = convert_columns(parts, before, surroundings(export, project, table, link)).values
    plain = texts.str.strip_chars(BLANKS) if "value_map" in kinds else texts
    counts = plain.drop_nulls().alias("value").value_counts(name="count")
    ordered = counts.sort(["count", "value"], descending=[True, False])
    return [(str(value), int(count)) for value, count in ordered.iter_rows()]
