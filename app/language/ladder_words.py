"""The ladder as a text for whoever runs the register: what was tried and how far it came."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from app.core.identity import mask_text
from app.core.register import Profile
from app.language.sentences import name_of, sentence_of
from app.language.text import N_, _, current


class TriedRung(Protocol):
    """One rung of a ladder that was climbed."""

    @property
    def code(self) -> str:
        """What it is about."""

    @property
    def state(self) -> str:
        """How it stands."""

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """What was found."""

    @property
    def problem(self) -> str:
        """The code of what is wrong, "" when nothing is."""

    @property
    def raw(self) -> str:
        """What was said."""


class TriedLadder(Protocol):
    """A ladder that was climbed."""

    @property
    def entrance(self) -> str:
        """The entrance's id."""

    @property
    def address(self) -> str:
        """Where it is."""

    @property
    def at(self) -> str:
        """When it was climbed."""

    @property
    def hsa_id(self) -> str:
        """Who climbed."""

    @property
    def fingerprint(self) -> str:
        """With which certificate."""

    @property
    def issuer(self) -> str:
        """Who issued it."""

    @property
    def rungs(self) -> Sequence[TriedRung]:
        """The rungs."""


# What was found at a rung and helps whoever reads its log, in the order in which it is told.
_FOUND = (
    ("host", "{value}"),
    ("addresses", "{value}"),
    ("proxy", N_("through {value}")),
    ("tls", "{value}"),
    ("server", N_("server: {value}")),
    ("issuer", N_("issued by {value}")),
    ("until", N_("valid to {value}")),
    ("issuers", N_("it asks for certificates of {value}")),
    ("status", "HTTP {value}"),
)
_IN_SENTENCES = frozenset({"until", "issuers", "status"})  # told by the sentence on a problem

_STATES = {
    "ok": N_("holds"),
    "note": N_("holds, with a note"),
    "broken": N_("does not hold"),
    "unreached": N_("not reached"),
}


def text_for_register(view: TriedLadder, profile: Profile) -> str:
    """Return the ladder as plain text, to be sent to whoever runs the register.

    It holds nothing secret: no key, no password, no user of a proxy, no patient.
    """
    return "\n".join((*_head(view, profile), "", *_rungs(view))) + "\n"


def _head(view: TriedLadder, profile: Profile) -> Iterator[str]:
    """Yield who tried to reach what, when and with which certificate."""
    named = next((one.name for one in profile.entrances if one.id == view.entrance), None)
    entrance = named.in_language(current()) if named else view.entrance
    yield _("Connection to {entrance}, tried with SPOR Workbench").format(entrance=entrance)
    yield _("Address: {value}").format(value=view.address or "–")
    yield _("Time (UTC): {value}").format(value=view.at)
    yield _("Profile: {value}").format(value=profile.id)
    yield _("HSA-id of the certificate: {value}").format(value=view.hsa_id or "–")
    yield _("Issuer of the certificate: {value}").format(value=view.issuer or "–")
    yield _("Fingerprint of the certificate (SHA-256): {value}").format(
        value=view.fingerprint or "–"
    )


def _rungs(view: TriedLadder) -> Iterator[str]:
    """Yield each rung with how it stands, what was found, what is wrong and what was said."""
    for number, rung in enumerate(view.rungs, start=1):
        yield f"{number}. {name_of(rung.code)}: {_(_STATES[str(rung.state)])}"
        values = dict(rung.values)
        told = (
            _(words).format(value=values[name])
            for name, words in _FOUND
            if values.get(name) and not (rung.problem and name in _IN_SENTENCES)
        )
        found = "; ".join(dict.fromkeys(told))  # a host that is an address is its own
        if found:
            yield f"   {mask_text(found)}"
        if rung.problem:
            yield f"   {mask_text(sentence_of(rung.problem, values))}"
        if rung.raw:
            yield f"   > {mask_text(rung.raw)}"
