"""Take the whole export through the whole chain and count what came of it."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from app.core.clock import in_stockholm
from app.core.finding import TIER_ORDER, Tier
from app.core.mapping import Project
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.workflow.desk import Desk
from app.workflow.load import load_export, prepared_export
from app.workflow.views import Cause, Summary

if TYPE_CHECKING:
    from app.engine.analysis import Analysis


def analyse(desk: Desk, project: Project, base: str, progress: Progress = silent) -> Summary:
    """Load, convert, build and check every case; keep the result on the desk.

    libxml2 judges the documents that the columns could not prove valid.
    """
    return _analysed(desk, project, base, progress, strict=False)


def analyse_strictly(
    desk: Desk, project: Project, base: str, progress: Progress = silent
) -> Summary:
    """Do the same with every document judged by libxml2."""
    return _analysed(desk, project, base, progress, strict=True)


def _analysed(
    desk: Desk, project: Project, base: str, progress: Progress, *, strict: bool
) -> Summary:
    from app.engine.analysis import analyse as analyse_export
    from app.engine.judges import Judges
    from app.files.profile import compile_schema

    own, profile = desk.profile(project.profile), desk.profile_for(project)
    load_export(desk, project, base, progress)
    export = prepared_export(desk)
    today = in_stockholm(desk.clock()).date()
    another = partial(compile_schema, profile)
    judges = Judges(another(), another, strict=strict)
    analysis = analyse_export(export, project, profile, judges, progress, today)
    with desk.lock:
        if desk.export is export:  # else other files were read meanwhile
            desk.project = project
            desk.analysis = replace(analysis, profile=own)
            desk.book = None  # it holds on to the former one
    return summarise(analysis, project, profile)


def summarise(analysis: "Analysis", project: Project, profile: Profile) -> Summary:
    """Count the cases of an analysis."""
    from app.engine.rules import LATEST

    cases = analysis.cases
    tiers = dict(cases["tier"].value_counts().rows())
    verdicts = dict(cases["verdict"].value_counts().rows())
    return Summary(
        cases=cases.height,
        verdicts=tuple((one.id, verdicts.get(one.id, 0)) for one in profile.verdicts),
        clean=tiers.get(None, 0) + tiers.get(Tier.NOTE.value, 0),
        stopped=int(analysis.stopped().sum()),
        blocked=int(cases["blocked"].sum()),
        causes=_causes(analysis),
        unapproved=len(project.links) - len(project.used_links),
        fingerprint=analysis.fingerprint,
        profile_rules_unchecked=sum(
            not rule.condition and rule.is_in_force(LATEST) for rule in profile.rules
        ),
    )


def _causes(analysis: "Analysis") -> tuple[Cause, ...]:
    """Return what is wrong and with how many cases, most frequent first."""
    import polars as pl

    counts = analysis.findings.group_by("code", "tier").agg(
        pl.col("case").n_unique().alias("n"),
        pl.struct(pl.col("variable", "column").fill_null("")).unique(),
    )
    causes = [
        Cause(code, Tier(tier), n, tuple(sorted((one["variable"], one["column"]) for one in at)))
        for code, tier, n, at in counts.rows()
    ]
    return tuple(sorted(causes, key=lambda one: (-one.cases, TIER_ORDER.index(one.tier), one.code)))
