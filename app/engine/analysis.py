"""The whole export through the whole chain: values, documents, findings and verdict per case.

Cases go through in blocks, so that memory does not grow with what is worked on; while libxml2
judges the documents of one block, the next is made.
"""

from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Event

import polars as pl
from lxml import etree

from app.core.errors import ExportError
from app.core.mapping import Link, Project
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.engine.block import Block, Workshop
from app.engine.export import Export
from app.engine.finding_rows import TIERS, none_found
from app.engine.mapping import demand_columns, feeds_of, fingerprint
from app.engine.rows import Cases, number_cases, stocks_of
from app.engine.rules import LATEST
from app.engine.schema_check import Judged, judge
from app.engine.schema_findings import schema_findings
from app.engine.store import Packed, PackedStore, Store, Values, pack

BLOCK = 5_000
STEP = "analyse"


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the register would make of an export.

    `cases` has one row per behandlingsnummer in the file's order: case, row, verdict, phase, counts
    (a mask of what it counts as), tier and cause of its worst finding (null when it has none),
    findings, blocked, digest. `findings` has case, code, tier, variable, table, column, row and
    values (JSON), worst first within a case; those without a case come last. `profile` is the
    register profile that the documents were made by.
    """

    cases: pl.DataFrame
    findings: pl.DataFrame
    fingerprint: str
    store: Store = field(repr=False)
    profile: Profile | None = None
    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of tables with several

    def place_of(self, case: str) -> int | None:
        """Return where a case stands in `cases`, None when it is not there."""
        return self.cases["case"].index_of(case)

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
    schema: etree.XMLSchema,
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
    made: list[Block] = []
    packed: list[Packed] = []
    total = len(cases.frame)
    progress(0, total, STEP)
    with closing(_judged(workshop, total, schema)) as blocks:
        for block, judged in blocks:
            start = len(made) * BLOCK
            late = schema_findings(block, judged, feeds, profile)
            among = pl.col("index").is_between(start, start + BLOCK, closed="left")
            found = pl.concat([early.filter(among), block.findings, late])
            packed.append(pack(block.values))
            found = _sorted(found, cases)
            made.append(replace(block, values={}, digests=judged.digests, findings=found))
            progress(min(start + BLOCK, total), total, STEP)
    findings = _all_findings(early, made, workshop)
    return Analysis(
        cases=_cases(cases, made, findings),
        findings=findings.drop("index"),
        fingerprint=fingerprint(project),
        store=PackedStore(profile, cases.frame["case"], BLOCK, tuple(packed)),
        files=export.files,
    )


def _all_findings(early: pl.DataFrame, made: list[Block], workshop: Workshop) -> pl.DataFrame:
    """Return the findings of the blocks, and after them those that are of no case."""
    alone = pl.concat([early.filter(pl.col("index").is_null()), workshop.unreadable])
    return pl.concat([none_found(), *(block.findings for block in made), _by_tier(alone)])


def _sent(project: Project, profile: Profile) -> tuple[Link, ...]:
    """Return the approved links; not those whose values reach no element of the contract."""
    unbound = {one.id for one in profile.variables if not one.is_bound}
    return tuple(link for link in project.used_links if link.variable not in unbound)


def _judged(
    workshop: Workshop, total: int, schema: etree.XMLSchema
) -> Generator[tuple[Block, Judged]]:
    """Yield every block with what the schema says about it, which is found out meanwhile."""
    stopped = Event()
    with ThreadPoolExecutor(1) as judges, ExitStack() as at_the_end:
        at_the_end.callback(stopped.set)
        waiting: tuple[Block, Future[Judged]] | None = None
        for start in range(0, total, BLOCK):
            block = workshop.block(start, min(start + BLOCK, total))
            texts = block.documents.cast(pl.Binary).to_list()
            job = judges.submit(judge, texts, schema, workshop.profile, stopped.is_set)
            if waiting:
                yield waiting[0], waiting[1].result()
            waiting = block, job
        if waiting:
            yield waiting[0], waiting[1].result()


def _sorted(findings: pl.DataFrame, cases: Cases) -> pl.DataFrame:
    """Return the findings of cases with the case's name, worst first within a case."""
    names = cases.frame["case"].gather(findings["index"])  # the numbers are places, from 0
    return _by_tier(findings.with_columns(case=names))


def _by_tier(findings: pl.DataFrame) -> pl.DataFrame:
    return findings.sort("index", pl.col("tier").cast(TIERS), maintain_order=True)


def _cases(cases: Cases, made: list[Block], findings: pl.DataFrame) -> pl.DataFrame:
    """Return one row per case with its verdict and its worst finding."""
    declined = pl.col("code") == "blocked-patient"
    counted = (
        findings.filter(pl.col("index").is_not_null())
        .group_by("index", maintain_order=True)
        .agg(
            pl.col("tier").first(),
            pl.col("code").first().alias("cause"),
            pl.len().alias("findings"),
            declined.any().alias("blocked"),
        )
    )
    digests = [digest for block in made for digest in block.digests]
    frame = cases.frame.select("index", "case", "row").with_columns(
        _column("verdict", [block.verdicts for block in made]),
        pl.Series("digest", digests, dtype=pl.String),
        phase=pl.lit(""),
        counts=pl.lit(0, pl.UInt64),
    )
    return frame.join(counted, on="index", how="left", maintain_order="left").select(
        "case",
        "row",
        "verdict",
        "phase",
        "counts",
        "tier",
        "cause",
        pl.col("findings").fill_null(0),
        pl.col("blocked").fill_null(value=False),
        "digest",
    )


def _column(name: str, parts: list[pl.Series]) -> pl.Series:
    """Return the blocks' parts of a column as one."""
    whole = pl.concat(parts) if parts else pl.Series([], dtype=pl.String)
    return whole.alias(name)
