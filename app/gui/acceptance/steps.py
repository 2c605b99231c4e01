"""What each point of acceptance is about, and which page takes it further."""

from dataclasses import dataclass

from app.language.text import N_, _
from app.workflow.views import ChecklistItem


@dataclass(frozen=True, slots=True)
class Step:
    """The sentence below a point, and the page and button that lead on; "" when none does."""

    sentence: str = ""
    page: str = ""
    button: str = ""


_STEPS = {
    "profile-confirmed": Step(
        N_("{assumed} of {total} variables are assumed until SPOR's own WSDL is imported.")
    ),
    "mapping-approved": Step(
        N_("{unapproved} of {total} links wait for a person's approval."),
        "mapping",
        N_("Go to Mapping"),
    ),
    "mandatory-mapped": Step(
        N_("{missing} of {total} mandatory variables have no approved link."),
        "mapping",
        N_("Go to Mapping"),
    ),
    "no-stopping-findings": Step(
        N_("{stopped} of {total} cases are stopped by a finding."), "cases", N_("Go to Cases")
    ),
    "certificate-present": Step(
        N_("{days} days left of its validity."), "certificate", N_("Go to Certificate")
    ),
    "connection-tried": Step(
        N_("The register has answered {answered} times."), "sending", N_("Go to Send")
    ),
    "created-accepted": Step(N_("Seen in the journal as Skapade."), "sending", N_("Go to Send")),
    "updated-accepted": Step(
        N_("Seen in the journal as Uppdaterade, when a case is sent again."),
        "sending",
        N_("Go to Send"),
    ),
    "verdict-accepted": Step(
        N_("{seen} of {total} kinds are accepted."), "sending", N_("Go to Send")
    ),
    "fellista-corrected": Step(
        N_("{left} cases are on the local stage's lists."), "fellista", N_("Go to the fellista")
    ),
}


def step_of(item: ChecklistItem) -> Step:
    """Return a point's sentence, page and button in the language in use."""
    step = _STEPS.get(item.code, Step())
    try:
        sentence = _(step.sentence).format(**dict(item.values))
    except KeyError:
        sentence = ""  # nothing is counted yet, so there is nothing to say
    return Step(sentence, step.page, _(step.button))
