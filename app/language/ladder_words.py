"""The ladder as a text for whoever runs the register: what was tried and how far it came."""

from collections.abc import Sequence
from typing import Protocol

from app.core.register import Profile
from app.language.sentences import name_of, sentence_of


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


def text_for_register(view: TriedLadder, _profile: Profile) -> str:
    """Return the ladder as plain text, without any secret."""
    lines = [f"{view.entrance} {view.address} {view.at}", view.hsa_id, view.issuer]
    for rung in view.rungs:
        lines.append(f"{rung.state}: {name_of(rung.code)}")
        if rung.problem:
            lines.append(sentence_of(rung.problem, rung.values))
    return "\n".join(lines) + "\n"
