"""The variable numbers that a contract itself bears: in names, documentation or appinfo.

How a number looks is taken from the profile's own ids. A number that is only mentioned, such as
in "not before V565", is not borne.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

from app.core.register import Profile
from app.core.words import Words

IN_NAME, IN_DOCUMENTATION, IN_APPINFO = (
    "number-in-name",
    "number-in-documentation",
    "number-in-appinfo",
)


class Grip(IntEnum):
    """How firmly a number belongs to an element."""

    MENTIONED = 0  # one of several, or in a comparison
    BARE = 1  # digits only, which may stand for anything
    BORNE = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """A variable id that an element bears, where it says so, and how firmly."""

    variable: str
    reason: str
    grip: Grip


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the profile numbers its variables, such as a letter and three digits."""

    prefix: str
    digits: int
    known: frozenset[str]
    words: Words

    def in_name(self, name: str) -> Claim | None:
        """Return the number that an element's name bears."""
        letter = re.escape(self.prefix)
        start = rf"(?:(?<![A-Za-z])(?i:{letter})|(?<=[a-z0-9]){letter.upper()})"
        found = set(re.findall(rf"{start}[._-]?(\d{{{self.digits}}})(?!\d)", name))
        if len(found) == 1:
            return Claim(self.prefix + found.pop(), IN_NAME, Grip.BORNE)
        bare = set(re.findall(rf"(?<!\d)(\d{{{self.digits}}})(?!\d)", name))
        known = [one for one in bare if self.prefix + one in self.known]
        if len(bare) == len(known) == 1 and not found:
            return Claim(self.prefix + known[0], IN_NAME, Grip.BARE)
        return None

    def in_text(self, text: str, reason: str) -> Claim | None:
        """Return the one number that a text gives the element; none of "V675 or V676"."""
        said = tuple(self._said(text))
        doubted = {
            first
            for (first, _), (other, _) in pairwise(said)
            if other != first and self._joined(text, other)
        }
        for grip in (Grip.BORNE, Grip.BARE):
            found = {number for number, one in said if one is grip} - doubted
            if found:
                return Claim(found.pop(), reason, grip) if len(found) == 1 else None
        return None

    def _joined(self, text: str, number: str) -> bool:
        """Whether a number follows another with no more than a word between them."""
        digits = number.removeprefix(self.prefix)
        return bool(
            re.search(rf"\d{{{self.digits}}}\s*(?:[,/&+–-]|\w+)?\s*\w?[.\s_-]?{digits}", text)
        )

    def _said(self, text: str) -> Iterator[tuple[str, Grip]]:
        """Yield every number of a text with how firmly it is the element's own."""
        before = 0
        for match in re.finditer(self._form, text):
            words = re.findall(r"\w+", text[before : match.start()].casefold())
            last = words[-1] if words else ""
            among = bool(before) and len(words) <= 1  # one of several, such as "or V676"
            before = match.end()
            variable = self.prefix + match[2]
            if last in self.words.mentions or among:
                yield variable, Grip.MENTIONED
            elif match[1]:
                yield (
                    variable,
                    Grip.BORNE if last in self.words.labels or _alone(text, match) else Grip.BARE,
                )
            elif variable in self.known:
                whole = not text.replace(match[0], "").strip(" .:;-")
                yield variable, Grip.BORNE if whole or last in self.words.labels else Grip.BARE

    @property
    def _form(self) -> str:
        letter = rf"(?:((?i:{re.escape(self.prefix)}))[.\s_-]{{0,2}})?"
        return rf"(?<![\w.]){letter}(\d{{{self.digits}}})(?![\d,.]\d|\d|\w)"


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether a number begins or ends a clause, or stands in brackets: not amid a sentence."""
    before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return not before or not after or before[-1] in ".:;([{" or after[0] in ".,:;)]}"


def numbers_of(base: Profile) -> Numbers | None:
    """Return how a profile numbers its variables, None when it does not."""
    found = [re.fullmatch(r"([A-Za-z]{1,3})(\d+)", one.id) for one in base.variables]
    forms = Counter((match[1], len(match[2])) for match in found if match)
    if not forms:
        return None
    (prefix, digits), _count = forms.most_common(1)[0]
    return Numbers(prefix, digits, frozenset(base.by_id), base.words)
