"""How a case as it now stands differs from what an entrance accepted last."""

from collections.abc import Iterable
from contextlib import suppress

from app.core.case_difference import Differing, differences, fits
from app.core.errors import WorkbenchError
from app.core.outcome import Attempt, OutcomeKind
from app.core.register import Profile
from app.workflow.case_masking import Masks
from app.workflow.case_views import NEVER_ACCEPTED, Difference, DifferenceEntry
from app.workflow.desk import Desk

Accepted = tuple[Attempt, bytes]  # as the journal has it: the attempt and its document


def former_profile(desk: Desk, text: str, profile: Profile) -> Profile | None:
    """Return the profile that a document was made by, None where its contract is the same.

    None as well where none of the known profiles has such a contract any more.
    """
    from app.workflow.profiles import profile_ids

    if fits(text, profile):
        return None
    for one in profile_ids(desk):
        with suppress(WorkbenchError):
            if fits(text, desk.profile(one)):
                return desk.profile(one)
    return None


def lost_after(accepted: Attempt, attempts: Iterable[Attempt]) -> str:
    """Return when an entrance was last sent something else whose answer is not known, or ""."""
    unsure = (
        one.started
        for one in attempts
        if one.entrance == accepted.entrance
        and one.number > accepted.number
        and one.kind in {None, OutcomeKind.UNKNOWN}
        and one.digest != accepted.digest
    )
    return max(unsure, default="")


def difference_of(
    accepted: Accepted | None,
    document: bytes,
    profile: Profile,
    masks: Masks | None,
    former: Profile | None = None,
) -> Difference:
    """Return how a document differs from the accepted one; `masks` hide who it is about.

    `former` is the profile that the accepted one was made by, where that was another contract.
    """
    if accepted is None:
        return NEVER_ACCEPTED
    attempt, held = accepted
    before, after = held.decode("utf-8"), document.decode("utf-8")
    state = "same" if held == document else "changed"
    found = differences(before, after, profile, former) if state == "changed" else ()
    entries = tuple(_entry(one, masks) for one in found)
    return Difference(attempt.entrance, attempt.ended, state, entries)


def _entry(one: Differing, masks: Masks | None) -> DifferenceEntry:
    before, after = one.before, one.after
    if masks is not None:
        before, after = (masks.value(one.variable, text) for text in (before, after))
    return DifferenceEntry(one.kind, one.variable, one.group, one.index, before, after, one.element)
