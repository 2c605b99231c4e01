"""What a test batch should cover, and which case has what: one number of bits per case."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import polars as pl

from app.core.conversion import BLANKS
from app.core.mapping import Link, Project, Step
from app.core.progress import Progress
from app.core.register import Profile
from app.engine.analysis import Analysis
from app.engine.columns import convert_columns
from app.engine.cover import Candidate
from app.engine.export import ROW, Export
from app.engine.keys import case_keys, key_columns
from app.engine.results import feed_of, surroundings
from app.engine.rows import chosen_rows, number_cases

STEP = "covering"
_WORD = 64  # bits of one column


class GoalKind(StrEnum):
    """What kind of thing a batch should show the register."""

    PHASE = "phase"
    VERDICT = "verdict"
    VARIABLE = "variable"
    SEVERAL = "several"  # several rows of a repeated group in one case
    ENTRY = "entry"  # of a value map: the local code stands in the export


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing to cover; `name` is its id (of an entry the value map's), `value` a local code."""

    kind: GoalKind
    name: str
    value: str = ""


def goals_of(project: Project, profile: Profile) -> tuple[Goal, ...]:
    """Return everything that a batch should cover, in the order in which it is told."""
    links = linked(project, profile)
    groups = dict.fromkeys(profile.by_id[link.variable].group for link in links)
    maps = dict.fromkeys(name for link in links for name in _maps_in(link))
    known = [found for name in maps if (found := project.value_map_of(name))]
    return (
        *(Goal(GoalKind.PHASE, one.id) for one in profile.phases),
        *(Goal(GoalKind.VERDICT, one.id) for one in profile.verdicts),
        *(Goal(GoalKind.VARIABLE, link.variable) for link in links),
        *(Goal(GoalKind.SEVERAL, group) for group in groups if group),
        *(Goal(GoalKind.ENTRY, one.name, local) for one in known for local, _ in one.entries),
    )


def linked(project: Project, profile: Profile) -> tuple[Link, ...]:
    """Return the links whose values are sent, in the profile's order."""
    used = {link.variable: link for link in project.used_links}
    return tuple(used[one.id] for one in profile.variables if one.is_bound and one.id in used)


def marks(
    analysis: Analysis,
    export: Export,
    project: Project,
    profile: Profile,
    goals: Sequence[Goal],
    progress: Progress,
) -> pl.DataFrame:
    """Return one row per case, in the analysis' order, with the goals it reaches as bits.

    `place` says which case; the other columns are words of 64 bits: of the n-th goal bit n % 64 of
    the column n // 64.
    """
    at = {goal: place for place, goal in enumerate(goals)}
    whole = _with(_nothing(len(goals), analysis.cases.height), _of_cases(analysis, at))
    whole = _with(whole, pl.concat([_nothing(len(goals), 0), *_of_values(analysis, at, progress)]))
    for reached in _of_entries(export, project, profile, at, progress):
        whole = _with(whole, reached)
    return whole


def _with(whole: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Return the goals that cases reach together with some that some of them reach."""
    names = [name for name in more.columns if name != "place"]
    joined = whole.join(more, on="place", how="left", suffix="+", maintain_order="left")
    bits = [(pl.col(name) | pl.col(f"{name}+").fill_null(0)).alias(name) for name in names]
    return joined.with_columns(bits).select(whole.columns)


def candidates(reached: pl.DataFrame, doubtful: pl.Series) -> list[Candidate]:
    """Return the first case of every kind that there is; doubtful ones are taken only in need."""
    words = [name for name in reached.columns if name != "place"]
    told = reached.with_columns(doubtful.alias("doubtful"))
    kinds = told.group_by("doubtful", *words).agg(pl.col("place").min()).sort("place")
    found = []
    for is_last, *parts, place in kinds.select("doubtful", *words, "place").iter_rows():
        mask = sum(part << (int(name) * _WORD) for name, part in zip(words, parts, strict=True))
        found.append(Candidate(place, mask, is_last))
    return found


def holders(reached: pl.DataFrame, count: int) -> tuple[tuple[int, int], ...]:
    """Return for each goal how many cases reach it, and the first of them (-1: none does)."""
    if not count or reached.is_empty():
        return ((0, -1),) * count
    at = pl.col("place")
    told = []
    for place in range(count):
        bit = pl.lit(1 << place % _WORD, pl.UInt64)
        has = (pl.col(str(place // _WORD)) & bit) != 0
        told.append(has.sum().alias(f"n{place}"))
        told.append(at.filter(has).min().fill_null(-1).alias(f"first{place}"))
    row = reached.select(told).row(0)
    return tuple(zip(row[::2], row[1::2], strict=True))


def _of_cases(analysis: Analysis, goals: Mapping[Goal, int]) -> pl.DataFrame:
    """Return what the cases' phases and verdicts reach."""
    wanted = [
        (pl.col(goal.kind.value) == goal.name, place)
        for goal, place in goals.items()
        if goal.kind in {GoalKind.PHASE, GoalKind.VERDICT}
    ]
    place = pl.int_range(pl.len(), dtype=pl.Int64).alias("place")
    return analysis.cases.select(place, *_words(wanted))


def _words(wanted: Sequence[tuple[pl.Expr, int]]) -> Iterator[pl.Expr]:
    """Yield one column per word that has a bit: the sum of the bits that are set."""
    for word in sorted({place // _WORD for _, place in wanted}):
        within = [(mark, place % _WORD) for mark, place in wanted if place // _WORD == word]
        set_bits = [
            pl.when(mark).then(pl.lit(1 << bit, pl.UInt64)).otherwise(pl.lit(0, pl.UInt64))
            for mark, bit in within
        ]
        yield pl.sum_horizontal(set_bits).alias(str(word))


def _of_values(
    analysis: Analysis, goals: Mapping[Goal, int], progress: Progress
) -> Iterator[pl.DataFrame]:
    """Yield which variables have a value, and of which groups there are several rows."""
    start, total = 0, analysis.cases.height
    words = range((len(goals) + _WORD - 1) // _WORD)
    for block in analysis.blocks():
        progress(start, total, STEP)
        own = block[""]
        at = own.select(
            "case", pl.int_range(start, start + own.height, dtype=pl.Int64).alias("place")
        )
        start += own.height
        whole = at.select("place", *(pl.lit(0, pl.UInt64).alias(str(word)) for word in words))
        for group, values in block.items():
            for reached in _in_block(values.join(at, on="case", how="inner"), group, goals):
                whole = _with(whole, reached)
        yield whole


def _in_block(
    values: pl.DataFrame, group: str, goals: Mapping[Goal, int]
) -> Iterator[pl.DataFrame]:
    """Yield the words of one block's rows of a group, one row per case."""
    names = [name for name in values.columns if Goal(GoalKind.VARIABLE, name) in goals]
    several = goals.get(Goal(GoalKind.SEVERAL, group)) if group else None
    kept = values.group_by("place").agg(pl.col(names).is_not_null().any(), pl.len().alias("#"))
    wanted = [(pl.col(name), goals[Goal(GoalKind.VARIABLE, name)]) for name in names]
    if several is not None:
        wanted.append((pl.col("#") > 1, several))
    if wanted:
        yield kept.select("place", *_words(wanted))


def _of_entries(
    export: Export,
    project: Project,
    profile: Profile,
    goals: Mapping[Goal, int],
    progress: Progress,
) -> Iterator[pl.DataFrame]:
    """Yield which cases have which local code of a value map, link by link."""
    if not any(goal.kind is GoalKind.ENTRY for goal in goals):
        return
    key = next((one for one in project.used_links if one.variable == profile.case_key), None)
    cases = number_cases(export, project, key)
    for link in linked(project, profile):
        for name in _maps_in(link):
            progress(0, 0, STEP)
            texts = _before_map(export, project, profile, link, name)
            if texts is not None:
                yield _reached(_placed(texts, cases.frame, cases.keys, link, project), name, goals)


def _before_map(
    export: Export, project: Project, profile: Profile, link: Link, name: str
) -> pl.DataFrame | None:
    """Return the rows that a link reads with the local code that reaches its value map."""
    feed = feed_of(export, project, profile, link)
    if feed is None:
        return None
    rows = chosen_rows(export, feed, project)
    steps = link.steps
    at = next(n for n, one in enumerate(steps) if one.kind == "value_map" and _name(one) == name)
    parts = [rows[column] for column in link.columns]
    texts = convert_columns(parts, steps[:at], surroundings(export, project, rows, link)).values
    keys = case_keys(rows, key_columns(project, feed.table))
    codes = texts.str.strip_chars(BLANKS)
    return pl.DataFrame({"key": keys, "row": rows[ROW], "code": codes})


def _placed(
    texts: pl.DataFrame, cases: pl.DataFrame, keys: pl.DataFrame, link: Link, project: Project
) -> pl.DataFrame:
    """Return the codes with the place of their case; of the case table only the rows that stand."""
    by_row = link.table == project.case_table
    known = cases.select("index", "row") if by_row else keys
    joined = texts.join(known, on="row" if by_row else "key", how="inner")
    return joined.select(pl.col("index").cast(pl.Int64).alias("place"), "code")


def _reached(codes: pl.DataFrame, name: str, goals: Mapping[Goal, int]) -> pl.DataFrame:
    """Return what the local codes of one value map reach, one row per case that has any."""
    entries = {
        goal.value: place
        for goal, place in goals.items()
        if goal.kind is GoalKind.ENTRY and goal.name == name
    }
    known = codes.filter(pl.col("code").is_in(list(entries)))
    wanted = [(pl.col("code") == local, place) for local, place in entries.items()]
    words = known.select("place", *_words(wanted))
    return words.group_by("place").agg(pl.exclude("place").bitwise_or())


def _nothing(goals: int, cases: int) -> pl.DataFrame:
    """Return so many cases that reach nothing yet."""
    words = [pl.lit(0, pl.UInt64).alias(str(at)) for at in range((goals + _WORD - 1) // _WORD)]
    return pl.select(pl.int_range(cases, dtype=pl.Int64).alias("place")).with_columns(words)


def _maps_in(link: Link) -> tuple[str, ...]:
    """Return the names of the value maps that a link's codes go through."""
    return tuple(dict.fromkeys(_name(one) for one in link.steps if one.kind == "value_map"))


def _name(step: Step) -> str:
    return step.option("name")
