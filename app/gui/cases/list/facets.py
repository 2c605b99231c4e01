"""By what the case list is narrowed: facets, whose values are turned on and off in a CaseFilter."""

from dataclasses import dataclass, replace
from typing import Any

from app.core.case_state import CLEAN, NEVER, Change, FellistaState
from app.core.finding import Tier
from app.core.outcome import OutcomeKind
from app.core.register import Count, Profile, Verdict
from app.gui import theme
from app.gui.widgets.attempt_words import outcome_status, outcome_word
from app.language.sentences import name_of
from app.language.text import N_, _, current
from app.workflow.case_counts import EXCLUDED, INCLUDED, SENDABLE, STANDING
from app.workflow.views import CaseFilter

CHANGES = {Change.NEW: N_("new"), Change.CHANGED: N_("changed"), Change.SAME: N_("unchanged")}
CHANGE_ICONS = {
    Change.NEW: "plus-circle-outline",
    Change.CHANGED: "pencil-circle-outline",
    Change.SAME: "equal",
}
FELLISTA = {
    FellistaState.LISTED: ("fellista", N_("listed")),
    FellistaState.REJECTED: ("refused", N_("rejected")),
    FellistaState.CORRECTED: ("clean", N_("corrected")),
    FellistaState.NONE: ("", N_("not listed")),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet; `status` is a name of `theme.STATUS`, else `icon` names an icon."""

    value: str
    name: str
    icon: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list: `id` is the field of CaseFilter, or STANDING."""

    id: str
    title: str
    options: tuple[Option, ...]


def facets_of(profile: Profile) -> tuple[Facet, ...]:
    """Return the facets, in the register's own words; those without values are left out."""
    found = (
        Facet("verdicts", _("Counts as"), tuple(map(_named, profile.verdicts))),
        Facet("phases", _("Phase"), tuple(map(_named, profile.phases))),
        Facet("tiers", _("Finding"), _tiers()),
        Facet("changes", _("Change"), _changes()),
        Facet("outcomes", _("Last answer"), _outcomes()),
        Facet("fellista", _("Fellista"), _fellista()),
        Facet("counts", _("Fulfils"), tuple(map(_named, _computable(profile)))),
        Facet(STANDING, _("Is sent"), _standings()),
    )
    return tuple(facet for facet in found if facet.options)


def chosen(wanted: CaseFilter, facet: str) -> tuple[str, ...]:
    """Return the values of a facet that a filter lets through, () for all."""
    if facet != STANDING:
        values: tuple[str, ...] = getattr(wanted, facet)
        return values
    excluded = {True: (EXCLUDED,), False: (INCLUDED,), None: ()}[wanted.excluded]
    return ((SENDABLE,) if wanted.sendable else ()) + excluded


def with_chosen(wanted: CaseFilter, facet: str, values: tuple[str, ...]) -> CaseFilter:
    """Return a filter that lets only these values of a facet through."""
    if facet != STANDING:
        fields: dict[str, Any] = {facet: values}
        return replace(wanted, **fields)
    last = next((value for value in reversed(values) if value != SENDABLE), "")
    excluded = {EXCLUDED: True, INCLUDED: False}.get(last)
    return replace(wanted, sendable=SENDABLE in values, excluded=excluded)


def turned(wanted: CaseFilter, facet: str, value: str) -> CaseFilter:
    """Return a filter with one value of a facet turned on, or off if it was on."""
    now = chosen(wanted, facet)
    kept = tuple(one for one in now if one != value)
    return with_chosen(wanted, facet, kept if value in now else (*now, value))


def _named(one: Verdict | Count) -> Option:
    return Option(one.id, one.name.in_language(current()), one.icon)


def _computable(profile: Profile) -> tuple[Count, ...]:
    return tuple(one for one in profile.counts if one.condition)


def _tiers() -> tuple[Option, ...]:
    tiers = tuple(
        Option(tier.value, name_of(tier.value), status=theme.status_of(tier)) for tier in Tier
    )
    return (*tiers, Option(CLEAN, theme.status_word("clean"), status="clean"))


def _changes() -> tuple[Option, ...]:
    return tuple(Option(one, _(word), CHANGE_ICONS[one]) for one, word in CHANGES.items())


def _outcomes() -> tuple[Option, ...]:
    kinds = tuple(
        Option(kind.value, outcome_word(kind), status=outcome_status(kind)) for kind in OutcomeKind
    )
    return (*kinds, Option(NEVER, _("never sent"), "circle-outline"))


def _fellista() -> tuple[Option, ...]:
    return tuple(
        Option(one, _(word), "" if status else "circle-outline", status)
        for one, (status, word) in FELLISTA.items()
    )


def _standings() -> tuple[Option, ...]:
    return (
        Option(SENDABLE, _("can be sent"), "send-outline"),
        Option(EXCLUDED, _("left out by hand"), "hand-back-left-outline"),
        Option(INCLUDED, _("not left out"), "circle-outline"),
    )
