"""What was read on the register's lists, kept in the journal: only what is new of it."""

from collections.abc import Iterable, Mapping

from app.core.case_state import FellistaState
from app.core.journal_event import EventKind
from app.workflow.case_book import past_of_journal
from app.workflow.desk import Desk
from app.workflow.views import FellistaEntry

_KINDS = {"fellista": EventKind.LISTED, "avvisad": EventKind.REJECTED}
_BETWEEN = "; "  # reasons of one case
_CORRECTED = FellistaState.CORRECTED.value


def keep_marks(
    desk: Desk, entries: Iterable[FellistaEntry], entrance: str = "", *, whole: bool = False
) -> None:
    """Write down which cases are on a list of an entrance ("" where it is not known).

    Of a list that was read `whole`, a case that is no longer on it is written down as well.
    """
    told: dict[EventKind, dict[str, str]] = {kind: {} for kind in _KINDS.values()}
    for entry in entries:
        told[_KINDS[entry.kind]][entry.case] = _BETWEEN.join(entry.reasons)
    past = past_of_journal(desk)
    corrected = {case for case, state in past.lists.iter_rows() if state == _CORRECTED}
    for kind, cases in told.items():
        known = past.marked(entrance, kind)
        fresh = {case: why for case, why in cases.items() if known.get(case) != why}
        again = {case: why for case, why in cases.items() if case in corrected}
        _note(desk, kind, fresh | again, entrance)
        if whole:
            gone = dict.fromkeys((case for case in known if case not in cases), kind.value)
            _note(desk, EventKind.CLEARED, gone, entrance)


def _note(desk: Desk, kind: EventKind, texts: Mapping[str, str], entrance: str) -> None:
    if texts:
        desk.journal().note(kind, texts.items(), desk.clock(), entrance)
