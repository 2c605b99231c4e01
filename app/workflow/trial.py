"""Try the mapping as it is edited: one row through a link, one case through the whole chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.clock import in_stockholm
from app.core.errors import ExportError
from app.core.identity import is_only_a_time, mask, mask_text
from app.core.mapping import Link, LinkState, Project, Step
from app.core.progress import Progress, silent
from app.core.register import Profile, ValueType
from app.workflow.desk import Desk
from app.workflow.load import load_export, prepared_export
from app.workflow.mapping_views import CaseTrial, ConditionCount, LinkTrial, StepValue
from app.workflow.views import Problem

if TYPE_CHECKING:
    from app.engine.analysis import Analysis
    from app.engine.export import Export
    from app.engine.judges import Judges
    from app.engine.rows import Cases
    from app.engine.trial import RowTrial


@dataclass(frozen=True, slots=True)
class Ground:
    """What the last case was tried on, kept while the export and what numbers its cases stay.

    `own` is the export with the rows of one case, `chosen` what they were chosen by.
    """

    export: Export
    numbering: tuple[object, ...]
    cases: Cases
    chosen: tuple[tuple[str, ...], ...] = ()
    own: Export | None = None


_TIMES = {ValueType.DATETIME, ValueType.DATE}


def try_link(
    desk: Desk,
    project: Project,
    variable: str,
    row: int = 0,
    typed: tuple[str, ...] = (),
    _progress: Progress = silent,
) -> LinkTrial:
    """Take one row that a link reads, or typed texts, through its steps one by one.

    The row is counted from 0 and goes round: -1 is the last one.
    """
    from app.engine.export import Export
    from app.engine.trial import try_row, try_texts

    profile, link = desk.profile_for(project), project.link_of(variable)
    if link is None:
        return LinkTrial(0, 0, "", typed, (), "")
    if typed:
        tried = try_texts(desk.export or Export({}), project, link, typed)
        return _told(tried, link, str)
    found = try_row(prepared_export(desk), project, profile, link, row)
    if found is None:
        return LinkTrial(0, 0, "", (), (), "", "step-column-missing")
    return _told(found, link, _hiding(profile, variable, found))


def _told(tried: RowTrial, link: Link, hide: Callable[[str], str]) -> LinkTrial:
    """Return a row's trial for the window; steps after a problem have no value."""
    stages = [StepValue(hide(text), problem) for text, problem in tried.stages]
    after = (*stages[1:], *[StepValue("")] * (len(link.steps) + 1 - len(stages)))
    last = stages[-1] if stages else StepValue("")
    return LinkTrial(
        tried.row,
        tried.rows,
        tried.case,
        tuple(map(hide, tried.raw)),
        after,
        last.value,
        last.problem,
        tried.line,
        stages[0].value if stages else "",
    )


def _hiding(profile: Profile, variable: str, tried: RowTrial) -> Callable[[str], str]:
    """Return what hides who the patient is; digits of what becomes a time are none of that."""
    known = profile.by_id.get(variable)
    if known is not None and known.value_type is ValueType.PERSON_ID:
        return lambda text: mask(text) if text else ""
    became = tried.stages[-1][0] if tried.stages else ""
    is_time = known is not None and known.value_type in _TIMES
    return str if is_time and is_only_a_time(tried.raw, became) else mask_text


def count_condition(
    desk: Desk, project: Project, variable: str, step: Step, _progress: Progress = silent
) -> ConditionCount:
    """Count the rows that a link reads for which the condition of an only_when step holds."""
    from app.engine.trial import condition_count, rows_of

    link = project.link_of(variable)
    if link is None:
        return ConditionCount(0, 0)
    plain = replace(link, steps=tuple(one for one in link.steps if one.kind != step.kind))
    rows = rows_of(prepared_export(desk), project, desk.profile_for(project), plain)
    return ConditionCount(0, 0) if rows is None else ConditionCount(*condition_count(rows, step))


def detect_times(
    desk: Desk, project: Project, variable: str, _progress: Progress = silent
) -> tuple[tuple[str, float], ...]:
    """Return the formats that a link's dates or times are written in, the likeliest first.

    Each has its share of the filled values, 0.0-1.0; a format may be several with | between.
    """
    from app.engine.time_formats import formats_of

    profile, link = desk.profile_for(project), project.link_of(variable)
    if link is None or not link.columns:
        return ()
    known = profile.by_id.get(variable)
    days_only = known is not None and known.value_type is ValueType.DATE
    return formats_of(prepared_export(desk), project, profile, link, days_only=days_only)


def try_case(
    desk: Desk,
    project: Project,
    base: str,
    case: str = "",
    place: int = 0,
    progress: Progress = silent,
) -> CaseTrial:
    """Take one case through the whole chain; "" is the one at `place`, which goes round.

    Every link takes part, approved or not, so that an edit shows at once; nothing is kept. A link
    whose columns the export lacks is left out and told as the problem.
    """
    if desk.export is None:
        load_export(desk, project, base, progress)
    export, profile = prepared_export(desk), desk.profile_for(project)
    tried, problem = _tried(export, project, profile)
    try:
        ground = _ground(desk, export, tried, profile)
    except ExportError as error:
        return CaseTrial("", problem=_problem(error))
    cases = ground.cases
    at = _place(cases, case, place)
    if at is None:
        return CaseTrial("", total=cases.frame.height, problem=problem)
    name, line = (cases.frame[column][at] for column in ("case", "row"))
    own = _own_rows(desk, ground, tried, _keys(cases, at))
    return replace(
        _trial(desk, own, tried, profile, (name, int(line))),
        place=at,
        total=cases.frame.height,
        problem=problem,
    )


def _tried(export: Export, project: Project, profile: Profile) -> tuple[Project, Problem | None]:
    """Return the project with every usable link approved, and why some are not usable."""
    from app.engine.mapping import demand_columns, feeds_of
    from app.engine.trial import usable

    fine = usable(export, project, profile)
    links = tuple(replace(link, state=LinkState.APPROVED) for link in fine)
    rest = [one for one in project.links if one not in fine and one.variable in profile.by_id]
    problem = None
    if rest:
        try:
            demand_columns(export, project, feeds_of(project, profile, rest))
        except ExportError as error:
            problem = _problem(error)
    return replace(project, links=links), problem


def _problem(error: ExportError) -> Problem:
    return Problem(error.code, tuple(error.values.items()))


def _ground(desk: Desk, export: Export, project: Project, profile: Profile) -> Ground:
    """Return the export's cases numbered; most edits leave them as they are.

    Raises ExportError when the export lacks the case table or its key.
    """
    from app.engine.mapping import demand_columns, feeds_of
    from app.engine.rows import number_cases

    link = project.link_of(profile.case_key)
    keys = tuple((one.name, one.keys) for one in project.sources)
    numbering = (project.case_table, keys, project.duplicates, link, project.value_maps)
    known = desk.ground
    if known and known.export is export and known.numbering == numbering:
        return known
    if project.case_table not in export.tables:
        raise ExportError("case-table-missing", table=project.case_table)
    demand_columns(export, project, feeds_of(project, profile, ()))
    known = Ground(export, numbering, number_cases(export, project, link))
    _keep(desk, known)
    return known


def _keep(desk: Desk, ground: Ground) -> None:
    """Keep what the next trial needs, unless other files were read meanwhile: they are large."""
    with desk.lock:
        if desk.export is ground.export:
            desk.ground = ground


def _keys(cases: Cases, place: int) -> tuple[str, ...]:
    """Return the keys of a case: those of its further rows as well."""
    import polars as pl

    return tuple(cases.keys.filter(pl.col("index") == place)["key"])


def _own_rows(desk: Desk, ground: Ground, project: Project, keys: tuple[str, ...]) -> Export:
    """Return the export with one case's rows only; kept for the next edit on the same case.

    `ground` is that of this trial: by now another one may have put its own on the desk.
    """
    from app.core.conversion import lookups_in
    from app.engine.trial import narrowed

    looked_up = tuple(place[0] for link in project.links for place in lookups_in(link))
    chosen = (keys, looked_up)
    if ground.own is not None and ground.chosen == chosen:
        return ground.own
    own = narrowed(ground.export, project, keys)
    _keep(desk, replace(ground, chosen=chosen, own=own))
    return own


def _place(cases: Cases, case: str, place: int) -> int | None:
    """Return where a case stands among the cases; "" is the one at a place."""
    if not cases.frame.height:
        return None
    if not case:
        return place % cases.frame.height
    return cases.frame["case"].index_of(case)


def _trial(
    desk: Desk, own: Export, project: Project, profile: Profile, chosen: tuple[str, int]
) -> CaseTrial:
    """Take one case's rows, by its name and line, through the engine that takes all of them."""
    from app.engine.analysis import analyse
    from app.engine.findings import findings_of, further_rows
    from app.workflow.case_origin import source_rows, values_of

    name, line = chosen
    today = in_stockholm(desk.clock()).date()
    analysis: Analysis = analyse(own, project, profile, _judges_of(profile), silent, today)
    mine = analysis.cases["case"].index_of(name)
    rows = source_rows(own, project, line, further_rows(analysis, name))
    return CaseTrial(
        name,
        values_of(analysis, project, name, rows),
        findings_of(analysis, name),
        analysis.cases["verdict"][mine] or "" if mine is not None else "",
    )


def _judges_of(profile: Profile) -> Judges:
    """Return who judges by a profile's schema; asked after every edit, now and then by two."""
    return _judges(profile.xsd, Path(profile.xsd).stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _judges(xsd: str, _modified: int) -> Judges:
    from app.engine.judges import Judges
    from app.files.contract_compiling import compile_file

    another = partial(compile_file, Path(xsd))
    return Judges(another(), another)
