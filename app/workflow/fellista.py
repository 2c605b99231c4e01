"""The register's fellista and avvisade registreringar: read them, foresee what a resend does."""

import csv
import http.client
from collections import Counter
from collections.abc import Callable, Iterable
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from app.core.errors import ExportError, StageError
from app.core.finding import Finding, Tier
from app.core.identity import mask_text
from app.core.pairing import LOCAL, LOOPBACK
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.files.plain_cells import restored
from app.workflow.desk import Desk
from app.workflow.fellista_marks import keep_marks
from app.workflow.stage_note import find_stage
from app.workflow.views import FellistaCase, FellistaEntry, FellistaView

LARGEST = 20 * 1024 * 1024
ANSWER_LIMIT = 20.0  # seconds
LISTS = (("fellista.csv", "fellista"), ("avvisade.csv", "avvisad"))
KIND_HEADERS = frozenset({"typ", "kind", "lista"})
REASON_HEADERS = frozenset({"orsak", "orsaker", "fel", "felmeddelande", "meddelande", "reason"})
KEEPS_ON_LIST = frozenset(Tier) - {Tier.INCONSISTENT, Tier.NOTE}

Held = Callable[[str], str]  # case -> digest of what the register has, "" when not known


def read_stage_fellista(desk: Desk, progress: Progress = silent) -> FellistaView:
    """Read both lists from the portal of the local stage."""
    stage = find_stage(desk)
    if stage is None:
        raise StageError("stage-not-running")
    entries: list[FellistaEntry] = []
    for done, (name, kind) in enumerate(LISTS):
        progress(done, len(LISTS), "reading-fellista")
        text = _fetch(f"{stage.portal.rstrip('/')}/{name}")
        entries += _entries(text, desk.profile(), kind)
    keep_marks(desk, entries, LOCAL, whole=True)
    accepted = desk.journal().last_accepted(LOCAL)
    return _view(desk, entries, lambda case: accepted.get(case, ""))


def read_fellista(desk: Desk, path: str, progress: Progress = silent) -> FellistaView:
    """Read a list that was saved from the register: CSV, TSV, or one behandlingsnummer a line."""
    progress(0, 1, "reading-fellista")
    name = Path(path).name
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        raise ExportError("file-missing", name=name) from None
    if len(content) > LARGEST or b"\0" in content:
        raise ExportError("fellista-unreadable", name=name)
    view = read_fellista_text(desk, _decoded(content, name))
    if not view.cases:
        raise ExportError("fellista-empty", name=name)
    return view


def read_fellista_text(desk: Desk, text: str, _progress: Progress = silent) -> FellistaView:
    """Read a list that was pasted."""
    entries = _entries(text, desk.profile(), "fellista")
    keep_marks(desk, entries)
    return _view(desk, entries, _held_anywhere(desk))


def _fetch(address: str) -> str:
    """Return a text from the portal; only this machine is asked."""
    place = urlsplit(address)
    if place.scheme != "http" or place.hostname not in LOOPBACK:
        raise StageError("stage-unreachable")
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=ANSWER_LIMIT)
    try:
        connection.request("GET", place.path)
        answer = connection.getresponse()
        content = answer.read(LARGEST)
    except (OSError, http.client.HTTPException):
        raise StageError("stage-unreachable") from None
    finally:
        connection.close()
    if answer.status != HTTPStatus.OK:
        raise StageError("stage-unreachable")
    return content.decode("utf-8-sig", errors="replace")


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ExportError("fellista-unreadable", name=name)


def _entries(text: str, profile: Profile, kind: str) -> list[FellistaEntry]:
    """Return one entry per case and kind, its reasons in the list's order."""
    lines = [line for line in text.splitlines() if line.strip()]
    rows = [
        [restored(cell.strip()) for cell in row]
        for row in csv.reader(lines, delimiter=_delimiter(lines))
    ]
    if not rows:
        return []
    place = _places(rows[0], profile)
    body = rows if place is None else rows[1:]
    case_at, kind_at, reason_at = place or (0, -1, 1)
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in body:
        case = _cell(row, case_at)
        if case:
            said = reasons.setdefault((case, _kind(_cell(row, kind_at), kind)), [])
            reason = mask_text(_cell(row, reason_at), keep=case)
            if reason and reason not in said:
                said.append(reason)
    return [FellistaEntry(case, of, tuple(said)) for (case, of), said in reasons.items()]


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that the first line has most of."""
    first = lines[0] if lines else ""
    return max(";\t,", key=first.count)


def _places(header: list[str], profile: Profile) -> tuple[int, int, int] | None:
    """Return where case, kind and reason stand, None when the first line is no header."""
    variable = profile.by_id[profile.case_key]
    names = {variable.id, variable.name.sv, variable.name.en, *variable.aliases}
    known = {name.casefold() for name in names}
    cells = [cell.casefold() for cell in header]
    case_at = _first(cells, known)
    if case_at < 0:
        return None
    return case_at, _first(cells, KIND_HEADERS), _first(cells, REASON_HEADERS)


def _first(cells: list[str], names: Iterable[str]) -> int:
    return next((place for place, cell in enumerate(cells) if cell in names), -1)


def _cell(row: list[str], place: int) -> str:
    return row[place] if 0 <= place < len(row) else ""


def _kind(text: str, otherwise: str) -> str:
    return "avvisad" if text.casefold().startswith("avvis") else otherwise


def _held_anywhere(desk: Desk) -> Held:
    journal = desk.journal()

    def held(case: str) -> str:
        document = journal.accepted_document(case)
        return "" if document is None else sha256(document).hexdigest()

    return held


def _view(desk: Desk, entries: list[FellistaEntry], held: Held) -> FellistaView:
    digests = _digests(desk, [entry.case for entry in entries])
    cases = tuple(_judged(desk, entry, digests.get(entry.case), held) for entry in entries)
    counted = Counter(reason for entry in entries for reason in entry.reasons)
    return FellistaView(cases, tuple(counted.most_common()))


def _digests(desk: Desk, cases: list[str]) -> dict[str, str]:
    """Return the digests of those of the cases that are in the checked export."""
    if desk.analysis is None:
        return {}
    import polars as pl

    found = desk.analysis.cases.filter(pl.col("case").is_in(cases)).select("case", "digest")
    return {case: digest or "" for case, digest in found.iter_rows()}


def _judged(desk: Desk, entry: FellistaEntry, digest: str | None, held: Held) -> FellistaCase:
    """Say what would become of the entry if the case were sent as it now stands."""
    if digest is None or desk.analysis is None:
        return FellistaCase(entry, "missing", ())
    from app.engine.findings import findings_of

    findings: tuple[Finding, ...] = findings_of(desk.analysis, entry.case)
    if any(finding.tier in KEEPS_ON_LIST for finding in findings):
        return FellistaCase(entry, "still", findings)
    forecast = "unchanged" if digest == held(entry.case) else "green"
    return FellistaCase(entry, forecast, findings)
