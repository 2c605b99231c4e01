"""How a case as it now stands differs from what an entrance accepted last."""

from app.core.case_difference import Differing, differences
from app.core.outcome import Attempt
from app.core.register import Profile
from app.workflow.case_masking import Masks
from app.workflow.case_views import NEVER_ACCEPTED, Difference, DifferenceEntry

Accepted = tuple[Attempt, bytes]  # as the journal has it: the attempt and its document


def difference_of(
    accepted: Accepted | None, document: bytes, profile: Profile, masks: Masks | None
) -> Difference:
    """Return how a document differs from the accepted one; `masks` hide who it is about."""
    if accepted is None:
        return NEVER_ACCEPTED
    attempt, held = accepted
    before, after = held.decode("utf-8"), document.decode("utf-8")
    state = "same" if held == document else "changed"
    entries = _entries(before, after, profile, masks) if state == "changed" else ()
    return Difference(attempt.entrance, attempt.ended, state, entries)


def _entries(
    before: str, after: str, profile: Profile, masks: Masks | None
) -> tuple[DifferenceEntry, ...]:
    return tuple(_entry(one, masks) for one in differences(before, after, profile))


def _entry(one: Differing, masks: Masks | None) -> DifferenceEntry:
    before, after = one.before, one.after
    if masks is not None:
        before, after = (masks.value(one.variable, text) for text in (before, after))
    return DifferenceEntry(one.kind, one.variable, one.group, one.index, before, after, one.element)
