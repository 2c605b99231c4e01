"""Data quality: how full variables are, how their values lie, what cannot be, what has changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from app.core.phases import has_reached, phase_of
from app.core.progress import Progress, silent
from app.core.register import Profile, Variable
from app.core.spans import spans_of
from app.workflow.coverage_views import Share
from app.workflow.desk import Desk
from app.workflow.quality_change import compared, is_kept, this_load
from app.workflow.quality_views import Part, Quality, SpanQuality, VariableQuality
from app.workflow.standing import checked_project, prepared

if TYPE_CHECKING:
    import polars as pl

    from app.engine.analysis import Analysis

_Cells = Sequence[tuple[str, str, int, int]]  # phase, clinic, places for a value, of them filled


def quality(desk: Desk, clinic: str = "", progress: Progress = silent) -> Quality:
    """Return how full the mapped variables are, per phase and per clinic, and what has changed.

    `clinic` is the variable that tells clinics apart, "" for the first that is mapped.
    """
    from app.engine.quality import STEP, fillings, findings_on, strata, tallies

    analysis, profile = prepared(desk), profile_of(desk)
    variables = sent(desk, profile)
    clinic = clinic or next(iter(clinics_of(variables, profile)), "")
    known = strata(analysis, clinic, progress)
    frames = fillings(analysis, known, variables, progress)
    findings = findings_on(analysis)
    told = tuple(
        _variable(one, profile, frames, is_by_case(one, variables), findings.get(one.id, 0))
        for one in variables
    )
    now = this_load(desk, analysis, told, tallies(analysis, variables, progress), profile)
    progress(0, 0, STEP)  # what was cancelled is not kept
    former, change = compared(desk, now)
    filled = former.filled if former else {}
    return Quality(
        cases=analysis.cases.height,
        phases=_counted(known["phase"], [one.id for one in profile.phases]),
        clinic=clinic,
        clinics=_counted(known["clinic"]) if clinic else (),
        clinic_choices=clinics_of(variables, profile),
        variables=tuple(replace(one, before=filled.get(one.variable)) for one in told),
        spans=_spans(analysis, profile, variables, known),
        change=change,
    )


def keep_load(desk: Desk, progress: Progress = silent) -> bool:
    """Keep a new load for the next one to be compared with; return whether it was new."""
    if desk.project is None or is_kept(desk):
        return False
    quality(desk, "", progress)
    return True


def profile_of(desk: Desk) -> Profile:
    """Return the profile of the project that was checked, with its own rules."""
    return desk.profile_for(checked_project(desk))


def sent(desk: Desk, profile: Profile) -> tuple[Variable, ...]:
    """Return the variables that are mapped and sent, in the profile's order."""
    used = {link.variable for link in checked_project(desk).used_links}
    return tuple(one for one in profile.variables if one.is_bound and one.id in used)


def clinics_of(variables: Sequence[Variable], profile: Profile) -> tuple[str, ...]:
    """Return the mapped variables that may tell clinics apart, the usual one first."""
    once = {one.id for one in variables if not one.group}
    return tuple(name for name in profile.settings.get("clinics", "").split() if name in once)


def is_by_case(variable: Variable, variables: Sequence[Variable]) -> bool:
    """Whether cases are counted, and not rows: those of a list of one value each say nothing."""
    place = variable.group, variable.section
    return not variable.group or sum((one.group, one.section) == place for one in variables) == 1


def _variable(
    variable: Variable,
    profile: Profile,
    frames: "Mapping[str, pl.DataFrame]",
    by_case: bool,
    findings: int,
) -> VariableQuality:
    """Return how full one variable is where it may have a value."""
    phase = phase_of(variable, profile) if by_case else ""
    cells = _case_cells(frames, variable) if by_case else _row_cells(frames, variable)
    counted = [one for one in cells if has_reached(one[0], phase, profile)]
    order = [one.id for one in reversed(profile.phases)]
    return VariableQuality(
        variable=variable.id,
        group="" if by_case else variable.group,
        phase=phase,
        filled=_sum(counted),
        phases=_parts(counted, 0, order),
        clinics=_parts(counted, 1, []),
        findings=findings,
    )


def _row_cells(frames: "Mapping[str, pl.DataFrame]", variable: Variable) -> _Cells:
    """Return the rows with any value of the variable's section, and its values in them."""
    frame = frames.get(variable.group)
    if frame is None or variable.id not in frame.columns:
        return []
    return list(frame.select("phase", "clinic", f"#{variable.section}", variable.id).iter_rows())


def _case_cells(frames: "Mapping[str, pl.DataFrame]", variable: Variable) -> _Cells:
    """Return the cases, and those of them with a value."""
    import polars as pl

    cases, frame = frames.get(""), frames.get(variable.group)
    if cases is None or frame is None or variable.id not in frame.columns:
        return []
    where = ["phase", "clinic"]
    having = frame.select(*where, pl.col(f"@{variable.id}").alias("@"))
    joined = cases.select(*where, "#").join(having, on=where, how="left")
    return list(joined.select(*where, "#", pl.col("@").fill_null(0)).iter_rows())


def _sum(cells: _Cells) -> Share:
    return Share(sum(one[3] for one in cells), sum(one[2] for one in cells))


def _parts(cells: _Cells, at: int, order: Sequence[str]) -> tuple[Part, ...]:
    """Return the cells by phase (0) or clinic (1): in the given order, else the largest first."""
    keys = {str(one[at]) for one in cells}
    whole = (Part(key, _sum([one for one in cells if one[at] == key])) for key in keys)
    parts = [one for one in whole if one.filled.total]
    places = {key: place for place, key in enumerate(order)}
    last = len(order)
    return tuple(
        sorted(
            parts,
            key=lambda one: (places.get(one.key, last), not one.key, -one.filled.total, one.key),
        )
    )


def _counted(values: "pl.Series", order: Sequence[str] = ()) -> tuple[tuple[str, int], ...]:
    """Return how often each value occurs: earliest phase first, or the most frequent first."""
    counts = {str(value): int(n) for value, n in values.value_counts(name="n").iter_rows()}
    if order:
        return tuple((one, counts[one]) for one in reversed(order) if one in counts)
    return tuple(sorted(counts.items(), key=lambda one: (not one[0], -one[1], one[0])))


def _spans(
    analysis: "Analysis", profile: Profile, variables: Sequence[Variable], known: "pl.DataFrame"
) -> tuple[SpanQuality, ...]:
    """Return the pairs of times that are mapped, and how many cases break a rule about them."""
    import polars as pl

    from app.engine.quality import rules_broken

    mapped = {one.id: one for one in variables}
    pairs = rules_broken(analysis)
    found = []
    for one in spans_of(profile):
        if one.begin in mapped and one.end in mapped:
            cases = pairs.filter(pl.col("code").is_in(one.rules)).select("case").unique()
            broken = known.join(cases, on="case", how="semi")
            group = mapped[one.begin].group or mapped[one.end].group
            parts = _counted(broken["phase"]), _counted(broken["clinic"])
            found.append(SpanQuality(one.begin, one.end, group, one.rules, broken.height, *parts))
    return tuple(found)
