"""What is said of a kept certificate: its state, its days, and where it is used."""

import re
from dataclasses import dataclass
from datetime import datetime

from app.core.clock import in_stockholm
from app.core.register import Profile
from app.gui.frame.chips import ENTRANCES
from app.gui.frame.expiry import is_ending, time_left, working_days
from app.language.sentences import sentence_of
from app.language.text import N_, _, current, ngettext
from app.workflow.certificate_views import CertificateShelf, CertificateView

UNFIT = {
    "certificate-not-yet": N_("Not valid yet"),
    "certificate-usage": N_("Not for clients"),
    "certificate-key-short": N_("Key too short"),
}
_KINDS = ("production", "stage", "teststage", "local")
_USES = {
    "digitalsignature": N_("digital signature"),
    "keyencipherment": N_("key encipherment"),
    "keyagreement": N_("key agreement"),
    "nonrepudiation": N_("non-repudiation"),
    "contentcommitment": N_("non-repudiation"),
    "dataencipherment": N_("data encipherment"),
    "serverauth": N_("server authentication"),
    "clientauth": N_("client authentication"),
}


@dataclass(frozen=True, slots=True)
class State:
    """How a certificate or an order stands: a name of `theme.STATUS`, and words."""

    status: str
    text: str


def state_of(view: CertificateView, shelf: CertificateShelf) -> State:
    """Return how a certificate stands; what stops its use comes before where it is used."""
    return _stopped(view, shelf) or _usable(view, shelf)


def _stopped(view: CertificateView, shelf: CertificateShelf) -> State | None:
    """Return why nothing can be sent with the certificate as it is, None when it can."""
    if has_expired(view):
        return State("blocks", _("Expired"))
    for problem in view.problems:
        if problem.code in UNFIT:
            return State("blocks", _(UNFIT[problem.code]))
    if misused_at(view, shelf):
        return State("blocks", _("Wrong entrance"))
    return State("waiting", _("Needs its PIN")) if view.needs_pin else None


def _usable(view: CertificateView, shelf: CertificateShelf) -> State:
    if is_ending(view):
        return State("fellista", time_left(view))
    if kinds_of(view.id, shelf):
        return State("clean", _("In use"))
    return State("note", _("Not in use"))


def has_expired(view: CertificateView) -> bool:
    """Whether the certificate's time is over."""
    codes = {one.code for one in view.problems}
    return view.days_left < 0 or "certificate-expired" in codes


def validity(view: CertificateView) -> State:
    """Return how long the certificate is still valid, in days and working days."""
    if has_expired(view):
        text = sentence_of("certificate-expired", {"date": day(view.valid_to)})
        return State("blocks", text)
    count = view.days_left
    if not count:
        return State("fellista", _("Valid for less than a day more"))
    text = ngettext("Valid for {count} day more", "Valid for {count} days more", count)
    said = text.format(count=count)
    if view.working_days_left:
        said = _("{days}, {working}").format(days=said, working=working_days(view))
    return State("fellista" if is_ending(view) else "clean", said)


def kinds_of(certificate_id: str, shelf: CertificateShelf) -> tuple[str, ...]:
    """Return the kinds of entrance that a certificate is used at, production first."""
    used = {kind for kind, chosen in shelf.chosen if chosen == certificate_id}
    return tuple(one for one in _KINDS if one in used)


def misused_at(view: CertificateView, shelf: CertificateShelf) -> tuple[str, ...]:
    """Return the kinds of entrance that a certificate is used at without opening any of them."""
    kinds = dict(shelf.kinds)
    known = {kinds.get(one.entrance, one.entrance) for one in view.pairings}
    opened = {kinds.get(one.entrance, one.entrance) for one in view.pairings if one.opens}
    return tuple(kind for kind in kinds_of(view.id, shelf) if kind in known - opened)


def kind_word(kind: str, profile: Profile | None) -> str:
    """Return what an entrance of a kind is called: as the profile does, where there is one."""
    entrances = profile.entrances if profile else ()
    named = (one.name.in_language(current()) for one in entrances if one.kind == kind)
    return next(named, _(ENTRANCES[kind][1]).capitalize())


def used_at(certificate_id: str, shelf: CertificateShelf, profile: Profile | None) -> str:
    """Return the entrances that a certificate is used at, "" when there are none."""
    return ", ".join(kind_word(kind, profile) for kind in kinds_of(certificate_id, shelf))


def opens(view: CertificateView, entrance_id: str) -> bool:
    """Whether a certificate opens an entrance."""
    return any(one.opens for one in view.pairings if one.entrance == entrance_id)


def entrance_name(entrance_id: str, profile: Profile | None) -> str:
    """Return what an entrance is called, by its id."""
    entrances = profile.entrances if profile else ()
    named = (one.name.in_language(current()) for one in entrances if one.id == entrance_id)
    word = _(ENTRANCES[entrance_id][1]).capitalize() if entrance_id in ENTRANCES else entrance_id
    return next(named, word)


def name_of_certificate(view: CertificateView) -> str:
    """Return what a certificate is called: by its HSA-id, else by its subject."""
    return view.hsa_id or view.subject


def listed_name(view: CertificateView) -> str:
    """Return what a certificate is called in a list, where a test one may have the same name."""
    name = name_of_certificate(view)
    return _("{name} (test)").format(name=name) if view.test_certificate else name


def use_word(usage: str) -> str:
    """Return a usage of X.509 in words; an unknown one is shown as it is."""
    known = _USES.get(re.sub(r"[^a-z]", "", usage.casefold()))
    return _(known) if known else usage


def day(iso: str) -> str:
    """Return the day of a UTC time, as Sweden's calendar has it."""
    return in_stockholm(datetime.fromisoformat(iso)).strftime("%Y-%m-%d")


def former_of(view: CertificateView, shelf: CertificateShelf) -> CertificateView | None:
    """Return the certificate in use that this one can take over from, None when there is none.

    It speaks for the same HSA-id, and this one is valid for longer.
    """
    if not view.hsa_id or has_expired(view):
        return None
    others = (one for one in shelf.certificates if one.id != view.id)
    same = (one for one in others if one.hsa_id == view.hsa_id and one.valid_to < view.valid_to)
    return next((one for one in same if takeover(view, one, shelf)), None)


def is_followed(view: CertificateView, shelf: CertificateShelf) -> bool:
    """Whether one that lasts longer is kept for the same HSA-id and the same kind of entrance."""
    return any(
        one.hsa_id == view.hsa_id
        and one.test_certificate == view.test_certificate
        and one.valid_to > view.valid_to
        for one in shelf.certificates
    )


def takeover(
    view: CertificateView, former: CertificateView, shelf: CertificateShelf
) -> tuple[str, ...]:
    """Return the kinds of entrance where one certificate can take over from a former one."""
    kinds = dict(shelf.kinds)
    opened = {kinds.get(one.entrance, one.entrance) for one in view.pairings if one.opens}
    return tuple(kind for kind in kinds_of(former.id, shelf) if kind in opened)
