"""The cases as they are listed: kept on the desk until the analysis or the journal changes."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cache
from threading import RLock
from typing import TYPE_CHECKING

from app.core.case_state import CLEAN, NEVER, UNDER_WAY, Change, FellistaState
from app.core.errors import ExportError, JournalError, KeystoreError
from app.core.finding import TIER_ORDER
from app.core.outcome import OutcomeKind
from app.core.register import Profile
from app.workflow.desk import Desk
from app.workflow.standing import checked_profile, checked_project, prepared
from app.workflow.views import CaseFilter, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from app.core.mapping import Project
    from app.engine.case_list import CaseList
    from app.engine.case_past import Past
    from app.engine.case_rows import CaseRows
    from app.engine.export import Export

Chosen = CaseFilter | tuple[str, ...]
_FILTERS = 8  # whose places stay at hand
COLUMN_OF = {  # of a filter's fields that hold texts, the column of the list
    "verdicts": "verdict",
    "phases": "phase",
    "tiers": "tier",
    "changes": "change",
    "outcomes": "outcome",
    "fellista": "fellista",
}


@dataclass
class CaseBook:
    """The list of cases, what they were made of, and the places that the last filters let through.

    Whoever takes all of it from one book is never given rows of files that were read since.
    """

    cases: CaseList
    profile: Profile
    project: Project
    _export: Export | None
    trouble: Problem | None = None  # why the journal cannot be read: the list then lacks the past
    _chosen: OrderedDict[CaseFilter, pl.Series] = field(default_factory=OrderedDict)
    _rows: CaseRows | None = None
    _lock: RLock = field(default_factory=RLock)  # pages are asked for in several threads

    def places(self, wanted: CaseFilter) -> pl.Series:
        """Return the places of the cases that a filter lets through, in its order."""
        with self._lock:
            places = self._chosen.get(wanted)
            if places is None:
                masks = list(_masks(self.cases, wanted, self.profile))
                places = self.cases.places(masks, wanted.sort, descending=wanted.descending)
                self._chosen[wanted] = places
            self._chosen.move_to_end(wanted)
            while len(self._chosen) > _FILTERS:
                self._chosen.popitem(last=False)
            return places

    def places_of(self, chosen: Chosen) -> pl.Series:
        """Return the places of chosen cases; of none where none are named."""
        if isinstance(chosen, CaseFilter):
            return self.places(chosen)
        found = self.places(CaseFilter(cases=chosen))
        return found if chosen else found.clear()

    def names(self, chosen: Chosen) -> list[str]:
        """Return chosen cases, those that the export has."""
        found: list[str] = self.cases.column("case").gather(self.places_of(chosen)).to_list()
        return found

    @property
    def export(self) -> Export:
        """The export that the cases are of; raise when nothing is loaded."""
        if self._export is None:
            raise ExportError("not-analysed")
        return self._export

    def rows_of(self, place: int) -> dict[str, pl.DataFrame]:
        """Return the rows of the case that stands at a place of the analysis, in every table."""
        from app.engine.case_rows import CaseRows
        from app.engine.findings import further_rows

        rows = self._rows = self._rows or CaseRows(self.export, self.project)
        analysis = self.cases.analysis
        case, row = analysis.cases["case"][place], int(analysis.cases["row"][place])
        return rows.of(row, further_rows(analysis, case))

    def renewed(self, past: Past) -> CaseBook:
        """Return the book with what the journal says now."""
        return replace(self, cases=self.cases.renewed(past), _chosen=OrderedDict(), _lock=RLock())


def book_of(desk: Desk) -> CaseBook:
    """Return the book of the checked export and of the journal as they now are."""
    past, trouble = _past(desk)  # the journal's key may have to be asked of a person
    with desk.lock:
        analysis, profile = prepared(desk), checked_profile(desk)
        book, past = desk.book, past if trouble else desk.past or past
        if book is None or book.cases.analysis is not analysis or book.profile is not profile:
            from app.engine.case_list import case_list

            cases = case_list(analysis, past, _orders(profile))
            desk.book = book = CaseBook(cases, profile, checked_project(desk), desk.export)
        elif not book.cases.past.says_the_same(past):
            desk.book = book = book.renewed(past)
        book.trouble = trouble
        return book


def _past(desk: Desk) -> tuple[Past, Problem | None]:
    """Return what the journal says; where it cannot be read, what it said last, and why."""
    try:
        return past_of_journal(desk), None
    except (JournalError, KeystoreError) as error:
        problem = Problem(error.code, tuple(error.values.items()))
        return desk.past or _unknown(), problem


@cache
def _unknown() -> Past:
    from app.engine.case_past import past_of

    return past_of((0, 0, 0), (), ())


def past_of_journal(desk: Desk) -> Past:
    """Return what the journal says of all cases; only what has come to it since is read."""
    journal = desk.journal()
    with desk.lock:
        stamp = journal.stamp()
        if desk.past is None or desk.past.stamp != stamp:
            from app.engine.case_past import past_of

            attempts, answers, events = desk.past.stamp if desk.past else (0, 0, 0)
            tracks = journal.tracks((attempts, answers))
            desk.past = past_of(stamp, tracks, journal.event_tracks(events), desk.past)
        return desk.past


def _orders(profile: Profile) -> dict[str, tuple[str, ...]]:
    """Return the order of the texts of each column; the last of some stands for none."""
    return {
        "verdict": tuple(one.id for one in profile.verdicts),
        "phase": tuple(one.id for one in profile.phases),
        "tier": (*(tier.value for tier in TIER_ORDER), CLEAN),
        "change": tuple(one.value for one in Change),
        "outcome": (*(kind.value for kind in OutcomeKind), UNDER_WAY, NEVER),
        "fellista": tuple(one.value for one in FellistaState),
    }


def _masks(cases: CaseList, wanted: CaseFilter, profile: Profile) -> Iterator[pl.Series]:
    """Yield which cases each part of a filter lets through."""
    if wanted.cases:
        yield cases.named(wanted.cases)
    if wanted.text:
        yield cases.like(wanted.text)
    for part, column in COLUMN_OF.items():
        texts: tuple[str, ...] = getattr(wanted, part)
        if texts:
            yield cases.among(column, texts)
    yield from _judged(cases, wanted, profile)


def _judged(cases: CaseList, wanted: CaseFilter, profile: Profile) -> Iterator[pl.Series]:
    """Yield which cases the parts about counts, findings and exclusions let through."""
    from app.engine.case_list import Sought

    if wanted.counts:
        bits = {one.id: bit for bit, one in enumerate(profile.counts)}
        yield cases.counted(bits[one] for one in wanted.counts if one in bits)
    if wanted.sendable:
        yield cases.sendable()
    if wanted.excluded is not None:
        yield cases.left_out() if wanted.excluded else ~cases.left_out()
    sought = Sought(wanted.cause, wanted.variable, wanted.table, wanted.column, wanted.value)
    if sought != Sought():
        yield cases.with_finding(sought)
