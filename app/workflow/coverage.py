"""How much of a mapping is done: mandatory variables, value maps, cases that pass."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from app.core.mapping import Link, LinkState, Project
from app.core.progress import Progress, silent
from app.core.register import Mandatory, Profile, Variable
from app.workflow.coverage_views import Coverage, PhaseCoverage, SectionCoverage, Share
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.engine.export import Export

_Maps = Mapping[str, tuple[Share, Share]]  # a variable's value map: codes, rows


def coverage(desk: Desk, project: Project, progress: Progress = silent) -> Coverage:
    """Return how much of the mapping is done; cases count once they were checked with it."""
    profile = desk.profile(project.profile)
    variables = _bound(profile)
    maps = _maps(desk.export, project, profile, progress)
    phases = _phases(desk, project, profile)
    return Coverage(
        mandatory=_mandatory(project, variables),
        approved=_approved(project.links),
        maps=_complete(maps.values()),
        values=_sum(rows for _, rows in maps.values()),
        passing=_sum(one.passing for one in phases) if phases is not None else None,
        sections=_sections(project, variables, maps),
        phases=phases or (),
    )


def _mandatory(project: Project, variables: Iterable[Variable]) -> Share:
    """Count the variables that every case needs; a link that waits for approval counts."""
    needed = [one for one in variables if one.mandatory is Mandatory.YES]
    return Share(sum(project.link_of(one.id) is not None for one in needed), len(needed))


def _approved(links: Iterable[Link]) -> Share:
    states = [link.state for link in links]
    return Share(states.count(LinkState.APPROVED), len(states))


def _bound(profile: Profile) -> tuple[Variable, ...]:
    return tuple(one for one in profile.variables if one.is_bound)


def _maps(export: "Export | None", project: Project, profile: Profile, progress: Progress) -> _Maps:
    """Return, for each variable with a value map, the codes and the rows that it knows."""
    from app.engine.results import value_counts

    found: dict[str, tuple[Share, Share]] = {}
    for variable in _bound(profile):
        link = project.link_of(variable.id)
        names = (
            [one.option("name") for one in link.steps if one.kind == "value_map"] if link else []
        )
        if link is None or not names or export is None:
            continue
        progress(0, 0, "counting")
        value_map = project.value_map_of(names[0])
        known = {local for local, _ in value_map.entries} if value_map else set()
        counts = value_counts(export, link, project, profile)
        mapped = [amount for value, amount in counts if value.strip() in known]
        rows = Share(sum(mapped), sum(amount for _, amount in counts))
        found[variable.id] = Share(len(mapped), len(counts)), rows
    return found


def _sections(
    project: Project, variables: tuple[Variable, ...], maps: _Maps
) -> tuple[SectionCoverage, ...]:
    """Return the sections in the order of the request."""
    found = []
    for section in dict.fromkeys(one.section for one in variables):
        within = [one for one in variables if one.section == section]
        links = [link for one in within if (link := project.link_of(one.id))]
        found.append(
            SectionCoverage(
                section,
                _mandatory(project, within),
                Share(len(links), len(within)),
                _approved(links),
                _complete(maps[one.id] for one in within if one.id in maps),
            )
        )
    return tuple(found)


def _phases(desk: Desk, project: Project, profile: Profile) -> tuple[PhaseCoverage, ...] | None:
    """Return how far the cases have come and how many pass; None when they were not checked so."""
    import polars as pl

    from app.engine.mapping import fingerprint

    with desk.lock:
        analysis = desk.analysis
    if analysis is None or analysis.fingerprint != fingerprint(project):
        return None
    counted = (
        analysis.cases.select("verdict", analysis.stopped())
        .group_by("verdict")
        .agg(
            (~pl.col("stopped")).sum().cast(pl.Int64).alias("passing"),
            pl.len().cast(pl.Int64).alias("total"),
        )
    )
    shares = {verdict: Share(passing, total) for verdict, passing, total in counted.iter_rows()}
    return tuple(
        PhaseCoverage(one.id, shares[one.id]) for one in profile.verdicts if one.id in shares
    )


def _complete(maps: Iterable[tuple[Share, Share]]) -> Share:
    """Count the value maps that know every code that occurs."""
    whole = [codes.is_whole for codes, _ in maps]
    return Share(sum(whole), len(whole))


def _sum(shares: Iterable[Share]) -> Share:
    found = tuple(shares)
    return Share(sum(one.done for one in found), sum(one.total for one in found))
