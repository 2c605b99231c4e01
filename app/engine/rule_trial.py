"""One condition held against a whole export, with only the columns that it needs."""

from collections.abc import Iterable

import polars as pl

from app.core.condition import Condition, names, parse
from app.core.errors import ProfileError
from app.core.mapping import Link, Project
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.engine.block import Workshop
from app.engine.condition_columns import Rows
from app.engine.export import Export
from app.engine.mapping import demand_columns, feeds_of
from app.engine.rows import Cases, number_cases, stocks_of

BLOCK = 20_000
STEP = "analyse"


def broken_by(
    export: Export, project: Project, profile: Profile, condition: str, progress: Progress = silent
) -> tuple[list[str], int]:
    """Return the cases for which a condition surely holds, and how many were asked.

    Raises ExportError when the export lacks what the links read, ProfileError for a condition that
    fits the profile and is too much for the columns.
    """
    read = parse(condition)
    feeds = feeds_of(project, profile, _links(project, profile, read))
    demand_columns(export, project, feeds)
    cases = number_cases(export, project, project.link_of(profile.case_key))
    stocks, _ = stocks_of(export, project, feeds, cases)
    workshop = Workshop(project, profile, cases.frame, stocks)
    return list(_broken(workshop, cases, profile, read, progress)), len(cases.frame)


def _broken(
    workshop: Workshop, cases: Cases, profile: Profile, condition: Condition, progress: Progress
) -> Iterable[str]:
    total = len(cases.frame)
    for start in range(0, total, BLOCK):
        progress(start, total, STEP)
        values, _ = workshop.convert(start, min(start + BLOCK, total))
        try:
            truths = Rows(profile, values).truths(condition)
        except (pl.exceptions.PolarsError, RecursionError):
            raise ProfileError("own-condition-uncomputable") from None
        yield from cases.frame["case"].slice(start, len(truths)).filter(truths)
    progress(total, total, STEP)


def _links(project: Project, profile: Profile, condition: Condition) -> list[Link]:
    """Return the used links of what a condition names; of a group all, for its rows to be there."""
    wanted = names(condition)
    groups = {profile.by_id[name].group for name in wanted if name in profile.by_id} | wanted
    return [
        link
        for link in project.used_links
        if link.variable in wanted or _group(link, profile) in groups - {""}
    ]


def _group(link: Link, profile: Profile) -> str:
    known = profile.by_id.get(link.variable)
    return known.group if known else ""
