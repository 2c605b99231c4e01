"""The whole export through the whole chain: values, documents, findings and verdict per case.

Cases go through in blocks, two at a time, so that memory does not grow with what is worked on.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from lxml import etree

from app.core.errors import ExportError
from app.core.finding import Tier
from app.core.mapping import Link, Project
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.engine.block import Workshop
from app.engine.counting import barred
from app.engine.export import Export
from app.engine.finding_rows import none_found
from app.engine.judges import Judges
from app.engine.line import Checked, Line, by_tier, none_counted
from app.engine.mapping import demand_columns, feeds_of, fingerprint
from app.engine.rows import Cases, number_cases, stocks_of
from app.engine.rules import LATEST
from app.engine.store import PackedStore, Store, Values

BLOCK = 20_000
STEP = "analyse"
_STOPPING = [tier.value for tier in Tier if tier.stops_sending]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the register would make of an export.

    `cases` has one row per behandlingsnummer in the file's order: case, row, verdict, phase, counts
    (a mask of what it counts as), tier and cause of its worst finding (null when it has none),
    findings, blocked, digest. `findings` has case, code, tier, variable, table, column, row and
    values (JSON), worst first within a case; those without a case come last. `profile` is the
    register profile that the documents were made by, `project` the mapping.
    """

    cases: pl.DataFrame
    findings: pl.DataFrame
    fingerprint: str
    store: Store = field(repr=False)
    profile: Profile | None = None
    project: Project | None = None
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of tables with several

    def place_of(self, case: str) -> int | None:
        """Return where a case stands in `cases`, None when it is not there."""
        return self.cases["case"].index_of(case)

    def stopped(self) -> pl.Series:
        """Return which cases may not be sent: a finding stops them, or the patient has declined."""
        by_finding = pl.col("tier").is_in(_STOPPING).fill_null(value=False)
        return self.cases.select((by_finding | pl.col("blocked")).alias("stopped")).to_series()

    def document(self, place: int) -> bytes:
        """Return the request document of the case at a place, as it is sent."""
        return next(iter(self.store.documents([place])))

    def documents(self, places: Sequence[int]) -> Iterator[bytes]:
        """Yield the request documents of cases in the given order."""
        return self.store.documents(places)

    def values(self, case: str) -> Values:
        """Return a case's values per repeated group ("" for its own); nothing for a strange one.

        Each has case, row and a text column per linked variable, null when missing.
        """
        place = self.place_of(case)
        return {} if place is None else self.store.values(place)

    def blocks(self) -> Iterator[Values]:
        """Yield the values of all cases, some cases at a time, in the order of `cases`."""
        return self.store.blocks()


def analyse(
    export: Export,
    project: Project,
    profile: Profile,
    schema: etree.XMLSchema | Judges,
    progress: Progress = silent,
    today: date = LATEST,
) -> Analysis:
    """Take every case through the approved links, the schema and the rules in force that day.

    Raises ExportError when the export lacks a table or a column that the mapping needs.
    """
    if project.case_table not in export.tables:
        raise ExportError("case-table-missing", table=project.case_table)
    feeds = feeds_of(project, profile, _sent(project, profile))
    demand_columns(export, project, feeds)
    key = next((one for one in project.used_links if one.variable == profile.case_key), None)
    cases = number_cases(export, project, key)
    stocks, joined = stocks_of(export, project, feeds, cases)
    early = pl.concat([cases.findings, joined])
    workshop = Workshop(project, profile, cases.frame, stocks, today)
    judges = schema if isinstance(schema, Judges) else Judges(schema)
    line = Line(workshop, feeds, judges, early)
    made: list[Checked] = []
    total = len(cases.frame)
    progress(0, total, STEP)
    with closing(line.checked(total, BLOCK)) as blocks:
        for checked in blocks:
            made.append(checked)
            progress(min(len(made) * BLOCK, total), total, STEP)
    findings = _all_findings(early, made, workshop)
    return Analysis(
        cases=_cases(cases, made, findings, profile),
        findings=findings.drop("index"),
        fingerprint=fingerprint(project),
        store=PackedStore(profile, cases.frame["case"], BLOCK, tuple(one.packed for one in made)),
        project=project,
        files=export.files,
    )


def _all_findings(early: pl.DataFrame, made: list[Checked], workshop: Workshop) -> pl.DataFrame:
    """Return the findings of the blocks, and after them those that are of no case."""
    alone = pl.concat([early.filter(pl.col("index").is_null()), workshop.unreadable])
    return pl.concat([none_found(), *(block.findings for block in made), by_tier(alone)])


def _sent(project: Project, profile: Profile) -> tuple[Link, ...]:
    """Return the approved links; not those whose values reach no element of the contract."""
    unbound = {one.id for one in profile.variables if not one.is_bound}
    return tuple(link for link in project.used_links if link.variable not in unbound)


def _cases(
    cases: Cases, made: list[Checked], findings: pl.DataFrame, profile: Profile
) -> pl.DataFrame:
    """Return one row per case with how it is counted and its worst finding."""
    declined = pl.col("code") == "blocked-patient"
    worst = (
        findings.filter(pl.col("index").is_not_null())
        .group_by("index", maintain_order=True)
        .agg(
            pl.col("tier").first(),
            pl.col("code").first().alias("cause"),
            pl.len().alias("findings"),
            declined.any().alias("blocked"),
        )
    )
    counted = pl.concat([none_counted(), *(one.counted for one in made)])
    frame = cases.frame.select("index", "case", "row").hstack(counted)
    tier = pl.col("tier").fill_null("")
    return frame.join(worst, on="index", how="left", maintain_order="left").select(
        "case",
        "row",
        "verdict",
        "phase",
        barred(profile, pl.col("counts"), tier).alias("counts"),
        "tier",
        "cause",
        pl.col("findings").fill_null(0),
        pl.col("blocked").fill_null(value=False),
        "digest",
    )
