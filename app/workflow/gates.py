"""The gates: rules that stop a whole batch, and the reasons to hold one case back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time

from app.core.clock import is_within
from app.core.contract import demanded, in_the_head
from app.core.mapping import LinkState, Project
from app.core.register import Entrance, Mandatory, Profile
from app.workflow.certificate_views import CertificateView
from app.workflow.standing import Standing
from app.workflow.views import Gate

UNKNOWN_HOST = "address given by the user"  # the source of an entrance that no profile knows


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Everything that decides whether a batch may leave."""

    project: Project
    profile: Profile
    entrance: Entrance
    certificate: CertificateView | None
    now: datetime
    mapping_as_checked: bool  # the export was checked with the mapping as it now is
    sendable: int
    withheld: int


def contract_bound(here: Circumstances) -> Gate:
    """Demand a variable for every element that the contract demands, and for what is needed."""
    profile = here.profile
    needed = (profile.case_key, profile.roles["person_id"])
    missing = [one for one in needed if not profile.by_id[one].is_bound]
    elements = ["/".join(leaf.path) for leaf in demanded(profile)]
    values = (("elements", ", ".join((*elements, *missing))),)
    return Gate("contract-unbound", not elements and not missing, values)


def answer_understood(here: Circumstances) -> Gate:
    """Demand to know where the contract's answer says whether a case was accepted."""
    return Gate("answer-unbound", here.profile.answer is not None)


def head_empty(here: Circumstances) -> Gate:
    """Demand a contract that wants nothing in the head of the envelope: we write none."""
    head = in_the_head(here.profile)
    return Gate("contract-headers", not head, (("elements", ", ".join(head)),))


def mapping_approved(here: Circumstances) -> Gate:
    """Demand an approved link for every mandatory variable, and no flagged link."""
    approved = {link.variable for link in here.project.used_links}
    missing = [
        variable.id
        for variable in here.profile.variables
        if variable.is_bound and variable.mandatory is Mandatory.YES and variable.id not in approved
    ]
    flagged = _count(here.project, LinkState.FLAGGED)
    values = (
        ("missing", str(len(missing))),
        ("variables", ", ".join(missing)),
        ("flagged", str(flagged)),
        ("suggested", str(_count(here.project, LinkState.SUGGESTED))),
    )
    return Gate("mapping-approved", not missing and not flagged, values)


def mapping_as_checked(here: Circumstances) -> Gate:
    """Demand that the export was checked with the mapping as it now is."""
    return Gate("mapping-as-checked", here.mapping_as_checked)


def certificate_present(here: Circumstances) -> Gate:
    """Demand a client certificate."""
    return Gate("certificate-present", here.certificate is not None)


def certificate_valid(here: Circumstances) -> Gate:
    """Demand that the client certificate is valid now."""
    if here.certificate is None:
        return Gate("certificate-valid", is_open=False)
    start, end = here.certificate.valid_from, here.certificate.valid_to
    is_open = datetime.fromisoformat(start) <= here.now <= datetime.fromisoformat(end)
    return Gate("certificate-valid", is_open, (("from", start[:10]), ("to", end[:10])))


def certificate_fits(here: Circumstances) -> Gate:
    """Demand a certificate that pairs with the entrance, whose host decides what it is."""
    certificate, entrance = here.certificate, here.entrance
    if certificate is None:
        return Gate("certificate-fits-entrance", is_open=False)
    pairing = next((one for one in certificate.pairings if one.entrance == entrance.id), None)
    values = (("entrance", entrance.id), ("issuer", certificate.issuer))
    if pairing is None:
        return Gate("certificate-fits-entrance", entrance.id in certificate.entrances, values)
    if pairing.opens:
        return Gate("certificate-fits-entrance", is_open=True, values=values)
    why = (*pairing.values, ("problem", pairing.code))
    return Gate("certificate-fits-entrance", is_open=False, values=(values[0], *why))


def certificate_opened(here: Circumstances) -> Gate:
    """Demand that a key on a token was opened with its PIN in this run."""
    return Gate("certificate-opened", here.certificate is None or not here.certificate.needs_pin)


def window_open(here: Circumstances) -> Gate:
    """Keep out of the register's closed hour; the local stage is open unless one practises it."""
    start, end = closed_hour(here.profile)
    values = (("from", f"{start:%H:%M}"), ("to", f"{end:%H:%M}"))
    practise = dict(here.project.settings).get("practise_closed_window") == "yes"
    observed = here.entrance.kind != "local" or practise
    return Gate("window-open", not (observed and is_within(here.now, start, end)), values)


def something_to_send(here: Circumstances) -> Gate:
    """Demand at least one case."""
    values = (("sendable", str(here.sendable)), ("withheld", str(here.withheld)))
    return Gate("something-to-send", here.sendable > 0, values)


GATES: tuple[Callable[[Circumstances], Gate], ...] = (
    contract_bound,
    answer_understood,
    head_empty,
    mapping_approved,
    mapping_as_checked,
    certificate_present,
    certificate_valid,
    certificate_fits,
    certificate_opened,
    window_open,
    something_to_send,
)

# What may close while a batch is under way, and what the batch is then stopped by.
DURING: tuple[tuple[Callable[[Circumstances], Gate], str], ...] = (
    (mapping_as_checked, "stopped-mapping"),
    (certificate_valid, "stopped-certificate"),
    (window_open, "stopped-window"),
)


def all_gates(here: Circumstances) -> tuple[Gate, ...]:
    """Return how every gate stands."""
    return tuple(gate(here) for gate in GATES)


def closed_during(here: Circumstances) -> str:
    """Return the code of what stops a batch under way, "" when it may go on."""
    return next((code for gate, code in DURING if not gate(here).is_open), "")


def closed_hour(profile: Profile) -> tuple[time, time]:
    """Return from when to when the register is closed, by Stockholm's wall clock."""
    start, end = (profile.settings[name] for name in ("closed_from", "closed_to"))
    return time.fromisoformat(start), time.fromisoformat(end)


def reason_to_withhold(standing: Standing | None, again: bool) -> str:
    """Return the code of why the case is held back, "" when it may leave."""
    if standing is None:
        return "case-missing"
    if standing.blocked:
        return "blocked-patient"
    if standing.tier is not None and standing.tier.stops_sending:
        return "stopped-by-finding"
    if standing.excluded:
        return "excluded"
    return "unchanged" if standing.is_unchanged and not again else ""


def _count(project: Project, state: LinkState) -> int:
    return sum(link.state is state for link in project.links)
