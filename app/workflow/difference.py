"""How a case as it now stands differs from what an entrance accepted last."""

from app.core.case_difference import Differing, differences
from app.core.register import Profile
from app.workflow.case_masking import Masks
from app.workflow.case_views import NEVER_ACCEPTED, Difference, DifferenceEntry
from app.workflow.desk import Desk
from app.workflow.standing import checked_profile


def difference_of(
    desk: Desk, case: str, document: bytes, masks: Masks | None, entrance: str = ""
) -> tuple[Difference, str]:
    """Return how a document differs from the accepted one, and that one's text.

    Without an entrance it is the one that accepted the case last. `masks` hide who it is about.
    """
    found = desk.journal().accepted(case, entrance)
    if found is None:
        return NEVER_ACCEPTED, ""
    attempt, accepted = found
    before, after = accepted.decode("utf-8"), document.decode("utf-8")
    state = "same" if accepted == document else "changed"
    entries = _entries(before, after, checked_profile(desk), masks) if state == "changed" else ()
    return Difference(attempt.entrance, attempt.ended, state, entries), before


def _entries(
    before: str, after: str, profile: Profile, masks: Masks | None
) -> tuple[DifferenceEntry, ...]:
    return tuple(_entry(one, masks) for one in differences(before, after, profile))


def _entry(one: Differing, masks: Masks | None) -> DifferenceEntry:
    before, after = one.before, one.after
    if masks is not None:
        before, after = (masks.value(one.variable, text) for text in (before, after))
    return DifferenceEntry(one.kind, one.variable, one.group, one.index, before, after, one.element)
