"""One case from its export rows to the register's answers."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.core.case import CaseValues
from app.core.case_text import hidden, spots_of
from app.core.clock import in_stockholm
from app.core.counting import CaseCount, explain
from app.core.errors import ExportError
from app.core.finding import Finding
from app.core.journal_event import EventKind
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.workflow.case_book import CaseBook, book_of
from app.workflow.case_masking import Masks
from app.workflow.case_origin import Origins, Place, shown_rows
from app.workflow.case_places import Places
from app.workflow.case_reasons import with_reasons
from app.workflow.case_unsent import Absences
from app.workflow.cases import rows_at
from app.workflow.desk import Desk
from app.workflow.difference import Accepted, difference_of, former_profile, lost_after
from app.workflow.views import CaseDetail, ValueView

_ALL_ATTEMPTS = 1000
_BESIDE_VALUES = ("case", "row")


def case_detail(
    desk: Desk,
    case: str,
    reveal: bool = False,
    entrance: str = "",
    _progress: Progress = silent,
) -> CaseDetail:
    """Return one case from its export rows to the register's answers, masked unless revealed.

    A reveal is journalled before anything is shown. The difference is to what the entrance
    accepted last, without one to what was accepted last anywhere.
    """
    book, place = place_in_book(desk, case)
    if reveal:
        note_reveal(desk, case)
    masks = None if reveal else Masks(book.profile, book.project, case)
    origins = _origins(desk, book, place)
    plain = _gathered(desk, book, place, origins)
    rows = {group: origins.places(group) for group in origins.values}
    document = book.cases.analysis.document(place)
    accepted = None if book.trouble else desk.journal().accepted(case, entrance)
    shown = _with_difference(desk, plain, (accepted, document), book.profile, masks)
    return _with_document(shown, book.profile, document.decode("utf-8"), masks, rows)


def place_in_book(desk: Desk, case: str) -> tuple[CaseBook, int]:
    """Return the list and where a case stands in the analysis."""
    book = book_of(desk)
    place = book.cases.analysis.place_of(case)
    if place is None:
        raise ExportError("case-unknown", case=case)
    return book, place


def note_reveal(desk: Desk, case: str) -> None:
    """Write down that somebody asked to see who the patient is."""
    desk.journal().note(EventKind.REVEALED, [(case, "")], desk.clock())


def _origins(desk: Desk, book: CaseBook, place: int) -> Origins:
    """Return a case's rows and values."""
    analysis, export = book.cases.analysis, book.export
    case = analysis.cases["case"][place]
    rows = shown_rows(book.rows_of(place), export)
    year = in_stockholm(desk.clock()).year
    return Origins(book.project, rows, analysis.values(case), analysis.files, export, year)


def _gathered(desk: Desk, book: CaseBook, place: int, origins: Origins) -> CaseDetail:
    """Return everything about a case but its document, nothing of it masked."""
    import polars as pl

    from app.engine.findings import findings_of

    journal = None if book.trouble else desk.journal()
    row = next(rows_at(book.cases, pl.Series([place])))
    findings = findings_of(book.cases.analysis, row.case)
    values = _in_order(origins.all(), book.profile)
    findings = with_reasons(findings, values, origins.rows, book.profile)
    return CaseDetail(
        row=row,
        source_rows=origins.rows,
        values=values,
        xml="",
        accepted_xml="",
        findings=findings,
        attempts=journal.attempts(row.case, 0, _ALL_ATTEMPTS) if journal else (),
        count=_count(origins, row.case, book.profile, findings),
        unsent=tuple(Absences(book.profile, origins.project, origins).all()),
        events=journal.events(row.case) if journal else (),
        trouble=book.trouble,
    )


def _in_order(values: Iterable[ValueView], profile: Profile) -> tuple[ValueView, ...]:
    """Return values as the register lists its variables: those of the case, then row by row."""
    order = {one.id: place for place, one in enumerate(profile.variables)}
    groups = {"": -1} | {one.id: place for place, one in enumerate(profile.groups)}
    last = len(order)

    def place(value: ValueView) -> tuple[int, int, int]:
        return groups.get(value.group, last), value.index, order.get(value.variable, last)

    return tuple(sorted(values, key=place))


def _count(
    origins: Origins, case: str, profile: Profile, findings: tuple[Finding, ...]
) -> CaseCount:
    """Return how the register will count a case."""
    rows = {
        group: tuple(_told(row) for row in frame.iter_rows(named=True))
        for group, frame in origins.values.items()
    }
    own = rows.pop("", ())
    tiers = frozenset(finding.tier for finding in findings)
    return explain(CaseValues(case, own[0] if own else {}, rows), profile, tiers)


def _told(row: dict[str, str | None]) -> dict[str, str]:
    """Return what one row says."""
    return {name: text for name, text in row.items() if text and name not in _BESIDE_VALUES}


def _with_difference(
    desk: Desk,
    plain: CaseDetail,
    documents: tuple[Accepted | None, bytes],
    profile: Profile,
    masks: Masks | None,
) -> CaseDetail:
    """Return a case with how it differs from what was accepted, masked where wanted."""
    accepted, document = documents
    before = accepted[1].decode("utf-8") if accepted else ""
    former = former_profile(desk, before, profile)
    difference = difference_of(accepted, document, profile, masks, former)
    if accepted:
        difference = replace(difference, lost=lost_after(accepted[0], plain.attempts))
    if masks:
        before, _ = hidden(before, spots_of(before, former or profile), masks.value)
        plain = masks.detail(plain)
    return replace(plain, difference=difference, accepted_xml=before, revealed=masks is None)


def _with_document(
    shown: CaseDetail,
    profile: Profile,
    text: str,
    masks: Masks | None,
    rows: Mapping[str, list[Place]],
) -> CaseDetail:
    """Return a case with its document, masked where wanted, and where everything stands in it."""
    spots = spots_of(text, profile)
    if masks:
        text, spots = hidden(text, spots, masks.value)
    places = Places(text, spots, profile, rows)
    return replace(
        shown,
        xml=text,
        places=places.all(),
        finding_places=places.of_findings(shown.findings),
    )
