"""One row through one link step by step, and one case's rows out of a whole export."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from app.core.conversion import BLANKS, lookups_in
from app.core.mapping import Link, Project, Step
from app.core.register import Profile
from app.engine.columns import Column, Surroundings, convert_columns
from app.engine.conversions.column import stripped
from app.engine.conversions.only_when import holds
from app.engine.convert import parts_of
from app.engine.export import ROW, Export, line_of
from app.engine.keys import case_keys, key_columns, shown_keys
from app.engine.mapping import Feed
from app.engine.results import feed_of, surroundings
from app.engine.rows import chosen_rows, number_cases


@dataclass(frozen=True, slots=True)
class RowTrial:
    """One row's texts and what every step leaves of them: texts and problem codes.

    The first of `stages` is what the columns give together.
    """

    row: int
    rows: int
    line: int
    case: str
    raw: tuple[str, ...]
    stages: tuple[tuple[str, str], ...]


def rows_of(export: Export, project: Project, profile: Profile, link: Link) -> pl.DataFrame | None:
    """Return the rows that a link reads, None when the export lacks its columns."""
    feed = feed_of(export, project, profile, link)
    return None if feed is None else chosen_rows(export, feed, project)


def try_row(
    export: Export, project: Project, profile: Profile, link: Link, row: int
) -> RowTrial | None:
    """Take one of a link's rows through its steps; None when the export lacks its columns."""
    feed = feed_of(export, project, profile, link)
    if feed is None:
        return None
    rows = chosen_rows(export, feed, project)
    if rows.is_empty():
        return RowTrial(0, 0, 0, "", (), ())
    at = row % rows.height
    mine = rows.slice(at, 1)
    texts = tuple(mine[name][0] or "" for name in link.columns)
    known = surroundings(export, project, mine, link)
    line = line_of(int(mine[ROW][0]))
    told = _stages(parts_of(mine, link), link.steps, known)
    return RowTrial(at, rows.height, line, _case(export, mine, project, profile, feed), texts, told)


def try_texts(export: Export, project: Project, link: Link, typed: Sequence[str]) -> RowTrial:
    """Take typed texts through a link's steps; other columns have what is typed or nothing."""
    parts = [pl.Series([text], dtype=pl.String) for text in typed] or parts_of(_one_row(), link)
    named = dict(zip(link.columns, typed, strict=False))
    beside = pl.DataFrame({name: [text] for name, text in named.items()})
    known = surroundings(export, project, beside, link)
    return RowTrial(0, 0, 0, "", tuple(typed), _stages(parts, link.steps, known))


def _one_row() -> pl.DataFrame:
    return pl.DataFrame({ROW: [0]})


def _case(
    export: Export, mine: pl.DataFrame, project: Project, profile: Profile, feed: Feed
) -> str:
    """Return the behandlingsnummer of a row, as the register will see it."""
    keys = case_keys(mine, key_columns(project, feed.table))
    link = project.link_of(profile.case_key)
    if link is None or not link.steps or keys[0] is None:
        return str(shown_keys(keys)[0] or "")
    if feed_of(export, project, profile, link) is None:
        return str(shown_keys(keys)[0] or "")
    cases = number_cases(export, project, link)
    places = cases.keys.filter(pl.col("key") == keys[0])["index"]
    named = cases.frame["case"].gather(places)
    return str(named[0]) if len(named) else ""


def _stages(
    parts: list[pl.Series], steps: tuple[Step, ...], known: Surroundings
) -> tuple[tuple[str, str], ...]:
    """Return the text before the steps and after each, each with the problem that arose there."""
    found: list[tuple[str, str]] = []
    for count in range(len(steps) + 1):
        done = convert_columns(parts, steps[:count], known)
        text, problem = _only(done)
        if problem and found and found[-1][1]:
            break
        found.append((text, problem))
    return tuple(found)


def _only(column: Column) -> tuple[str, str]:
    return column.values[0] or "", column.problems[0] or ""


def condition_count(rows: pl.DataFrame, step: Step) -> tuple[int, int]:
    """Return for how many rows a condition holds, and how many there are."""
    column = step.option("column")
    fits = holds(rows[column], step) if column in rows.columns else None
    return (int(fits.sum()) if fits is not None else 0), rows.height


def narrowed(export: Export, project: Project, keys: Sequence[str]) -> Export:
    """Return the export with the rows of one case, by its keys; lookups see the rows of all."""
    asked = {place[0] for link in project.links for place in lookups_in(link)}
    tables, lost = dict(export.tables), {}
    for source in project.sources:
        table = tables.get(source.name)
        if table is None:
            continue
        rows = export.lost.get(source.name, ())
        lost[source.name] = tuple(one for one in rows if one.key.strip(BLANKS) in keys)
        if set(source.keys) <= set(table.columns):
            tables[source.name] = table.filter(_is_of(table, source.keys, keys))
    counts = {name: len(rows) for name, rows in lost.items()}
    whole = {name: table for name, table in export.tables.items() if name in asked}
    return replace(export, tables=tables, lost=lost, lost_count=counts, asked=whole)


def _is_of(table: pl.DataFrame, columns: Sequence[str], keys: Sequence[str]) -> pl.Series:
    """Return which rows are of a case, looking closely only at those that may be."""
    if len(columns) > 1 or len(keys) > 1:
        return case_keys(table, columns).is_in(keys).fill_null(value=False)
    (key,) = keys
    near = table[columns[0]].str.contains(key, literal=True).fill_null(value=False)
    return (
        near & (stripped(table[columns[0]]) == key).fill_null(value=False) if near.any() else near
    )


def usable(export: Export, project: Project, profile: Profile) -> tuple[Link, ...]:
    """Return the links whose tables and columns the export has, approved or not."""
    known = (link for link in project.links if link.variable in profile.by_id)
    return tuple(link for link in known if feed_of(export, project, profile, link))
