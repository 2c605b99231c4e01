"""What a name of a foreign contract says, in the whole words that the profile knows."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from unicodedata import combining, normalize

from rapidfuzz import fuzz

from app.core.words import Words

_KINDS = {"kod": "code", "tid": "time", "datum": "day"}  # words that tell the kind of a value
_LIKE, _SHORTEST_LIKE = 88, 6  # a word this near another is a spelling of it
_SHORTEST_PIECE = 2
_LONGEST_GLUED = 40
_ENDINGS = ("", "n", "en", "et", "na", "erna", "t", "s", "r", "er", "ar", "or", "a", "e", "es")
_SHORTEST_STEM = 4  # of a word that may carry an ending


@dataclass(frozen=True, slots=True)
class Said:
    """What a name says: its words, and what kind of value it announces ("code", "time", "day")."""

    words: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


class Vocabulary:
    """The words of a profile: its tables, and `own`, what its names are made of beside them."""

    def __init__(self, words: Words, own: frozenset[str]) -> None:
        self._meanings = dict(words.abbreviations) | dict(words.meanings)
        self._known = words.words | own | set(self._meanings)
        self._fillers = words.fillers
        self._read: dict[str, Said] = {}
        self._cut: dict[str, tuple[str, ...]] = {}
        # The words that change what is meant.
        self.decisive = frozenset(one for word in words.decisive for one in self._meant(word))

    def read(self, name: str) -> Said:
        """Return what a name says; camel case, underscores and glued words are taken apart."""
        if name not in self._read:
            words = [
                word for token in tokens_of(name, self._known) for word in self._concepts(token)
            ]
            kinds = frozenset(_KINDS[word] for word in words if word in _KINDS)
            plain = frozenset(words) - set(_KINDS) - self._fillers
            self._read[name] = Said(plain, kinds)
        return self._read[name]

    def _concepts(self, token: str) -> tuple[str, ...]:
        pieces = self._word(token) or (len(token) <= _LONGEST_GLUED and self._pieces(token))
        if not pieces:
            return (self._nearest(token),)
        return tuple(one for piece in pieces for one in self._meant(piece))

    def _word(self, token: str) -> tuple[str, ...]:
        """Return the word that a token is, without its ending; () when it is unknown."""
        for ending in _ENDINGS:
            stem = token.removesuffix(ending)
            enough = not ending or len(stem) >= _SHORTEST_STEM
            if token.endswith(ending) and enough and stem in self._known:
                return (stem,)
        return ()

    def _pieces(self, token: str) -> tuple[str, ...]:
        """Cut a glued name into known words, the fewest; () when some part is unknown."""
        if token not in self._cut:
            self._cut[token] = self._word(token) or self._shortest_cut(token)
        return self._cut[token]

    def _shortest_cut(self, token: str) -> tuple[str, ...]:
        found: list[tuple[str, ...]] = []
        for cut in range(_SHORTEST_PIECE, len(token) - _SHORTEST_PIECE + 1):
            head = self._word(token[:cut])
            rest = self._pieces(token[cut:]) if head else ()
            if rest:
                found.append((*head, *rest))
        return min(found, key=len, default=())

    def _nearest(self, token: str) -> str:
        """Return the known word that an unknown one is a spelling of, else the word itself."""
        if len(token) < _SHORTEST_LIKE:
            return token
        near = ((fuzz.ratio(token, one), one) for one in self._known if len(one) >= _SHORTEST_LIKE)
        likeness, word = max(near, default=(0, token))
        if likeness < _LIKE:
            return token
        return next(iter(self._meant(word)), token)

    def _meant(self, word: str) -> tuple[str, ...]:
        """Return the whole words that a word stands for; a table may point on once more."""
        if word not in self._meanings:
            return (word,)
        once = self._meanings[word].split()
        return tuple(one for part in once for one in self._meanings.get(part, part).split())


def vocabulary(words: Words, names: Iterable[str]) -> Vocabulary:
    """Return the vocabulary of a profile: its tables and the words of its names."""
    own = frozenset(
        token for name in names for token in split_name(name) if len(token) > _SHORTEST_STEM
    )
    return Vocabulary(words, own)


def split_name(name: str) -> list[str]:
    """Return a name's words and numbers, small and without marks."""
    spaced = re.sub(r"(?<=[a-zåäö0-9])(?=[A-ZÅÄÖ])|(?<=[A-ZÅÄÖ])(?=[A-ZÅÄÖ][a-zåäö])", " ", name)
    return re.findall(r"[a-z]+|[0-9]+", unmarked(spaced))


def tokens_of(name: str, known: Container[str]) -> list[str]:
    """Return the letters and numbers of a name; two that are one known word are joined."""
    tokens = [one for one in split_name(name) if len(one) > 1 or one.isdigit()]
    joined: list[str] = []
    while tokens:
        both = "".join(tokens[:2])
        if len(tokens) > 1 and both in known and not both.isdigit():
            joined.append(both)
            tokens = tokens[2:]
        else:
            joined.append(tokens.pop(0))
    return joined


def unmarked(name: str) -> str:
    """Return a name in small letters without marks."""
    return "".join(sign for sign in normalize("NFD", name) if not combining(sign)).lower()
