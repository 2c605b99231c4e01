"""The request of one case as it leaves: the envelope, its size and its digest."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from app.core.case_text import hidden, spots_of
from app.core.errors import StageError
from app.core.progress import Progress, silent
from app.core.register import Profile
from app.workflow.case_detail import note_reveal, place_in_book
from app.workflow.case_masking import Masks
from app.workflow.case_views import CaseRequest
from app.workflow.desk import Desk
from app.workflow.entrances import address_of, find_entrance


def case_request(
    desk: Desk, case: str, entrance: str, reveal: bool = False, _progress: Progress = silent
) -> CaseRequest:
    """Return the request that would leave for an entrance if the case were sent alone.

    Its size and digest are those of the bytes as they are sent. The bytes themselves, which tell
    who the patient is, come only when they are asked for; that is journalled first.
    """
    from app.transport.envelope import wrap

    book, place = place_in_book(desk, case)
    if reveal:
        note_reveal(desk, case)
    wrapped = wrap(book.cases.analysis.document(place))
    text = wrapped.decode("utf-8")
    if not reveal:
        masks = Masks(book.profile, book.project, case)
        text, _ = hidden(text, spots_of(text, book.profile), masks.value)
    where = _where(desk, book.profile, entrance)
    return CaseRequest(
        case,
        text,
        len(wrapped),
        sha256(wrapped).hexdigest(),
        wrapped if reveal else b"",
        where.address,
        where.action,
    )


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a request goes and what it asks for, as far as it is known."""

    address: str = ""
    action: str = ""


def _where(desk: Desk, profile: Profile, entrance: str) -> _Where:
    """Return the address and the action of a request; a stage that does not run has none."""
    settings = profile.settings
    wsdl = Path(profile.wsdl)
    chosen = settings.get("operation", ""), settings.get("service", "")
    action = _action(str(wsdl), wsdl.stat().st_mtime_ns, *chosen)
    found = find_entrance(profile, entrance) if entrance else None
    try:
        address = address_of(desk, found) if found else ""
    except StageError:
        address = found.address if found else ""
    return _Where(address, action)


@lru_cache(maxsize=4)
def _action(wsdl: str, _modified: int, operation: str, service: str) -> str:
    """Return the SOAPAction of a contract, which takes long to read."""
    from app.transport.contract import read_contract

    return read_contract(Path(wsdl), operation, service).soap_action
