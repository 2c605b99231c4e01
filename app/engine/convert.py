"""One block of cases: every link's columns through its steps, and what could not be taken."""

import polars as pl

from app.core.conversion import is_first_step
from app.core.finding import Tier
from app.core.mapping import Link, Step
from app.core.register import Profile, ValueType
from app.engine.columns import (
    Column,
    Surroundings,
    convert_columns,
    convert_texts,
    empty,
    join_parts,
)
from app.engine.condition_columns import TYPED
from app.engine.conversions.column import filled as filled_texts
from app.engine.conversions.column import join_tidy, stripped
from app.engine.export import ROW
from app.engine.finding_rows import Place, as_json, found, none_found, shown
from app.engine.mapping import Feed

NOT_VALUES = frozenset({"index", "row"})  # columns beside the variables


def convert_rows(
    rows: pl.DataFrame, feed: Feed, around: Surroundings, profile: Profile
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows' values (index, row, variables) and the findings on what has none."""
    values = {"index": rows["index"], "row": rows[ROW]}
    findings = [none_found()]
    tidied: dict[str, pl.Series] = {}  # several links read the same day
    for link in feed.links:
        parts = parts_of(rows, link)
        column = _converted(rows, link, around, tidied)
        values[link.variable] = column.values
        if column.moments is not None and _is_moment(link, profile):
            values[link.variable + TYPED] = column.moments
        if column.problems.null_count() < len(column.problems):
            bad = column.problems.is_not_null()
            findings += _problems(
                rows.select("index", ROW).filter(bad),
                join_parts(parts).filter(bad),
                column.problems.filter(bad),
                Place("", Tier.BLOCKS, link.variable, feed.table, " + ".join(link.columns)),
                profile,
            )
    return pl.DataFrame(values), pl.concat(findings)


def _converted(
    rows: pl.DataFrame, link: Link, around: Surroundings, tidied: dict[str, pl.Series]
) -> Column:
    """Return a link's columns after its steps; `tidied` are columns that were read before."""
    is_alone = not link.columns[1:]
    if is_alone or is_first_step(next(iter(link.steps), Step("")).kind):
        return convert_columns(parts_of(rows, link), link.steps, around)
    for name in link.columns:
        if name not in tidied:
            tidied[name] = filled_texts(stripped(rows[name]))
    start = join_tidy([tidied[name] for name in link.columns], " ")
    return convert_texts(filled_texts(start), link.steps, around)


def _is_moment(link: Link, profile: Profile) -> bool:
    """Whether conditions read a link's variable as moments."""
    return profile.by_id[link.variable].value_type is ValueType.DATETIME


def parts_of(rows: pl.DataFrame, link: Link) -> list[pl.Series]:
    """Return the columns that a link reads; a constant reads an empty one."""
    return [rows[name] for name in link.columns] or [empty(len(rows))]


def _problems(
    rows: pl.DataFrame, raw: pl.Series, codes: pl.Series, place: Place, profile: Profile
) -> list[pl.DataFrame]:
    """Return the findings of one link, one table per code."""
    values = as_json({"value": shown(raw, place.variable, profile)})
    findings = []
    for code in codes.unique(maintain_order=True):
        same = codes == code
        named = Place(code, place.tier, place.variable, place.table, place.column)
        chosen = rows.filter(same)
        findings.append(found(named, chosen["index"], chosen[ROW], values.filter(same)))
    return findings


def filled(values: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a group that hold any value: an empty element is never written."""
    variables = [name for name in values.columns if name not in NOT_VALUES]
    return values.filter(pl.any_horizontal(pl.col(variables).is_not_null()))
