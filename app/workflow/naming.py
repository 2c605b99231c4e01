"""What a column's name says: planning systems' short Swedish names in whole words.

The words and abbreviations come with the profile, as the names of the variables do.
"""

import re
from dataclasses import dataclass
from functools import cache
from unicodedata import combining, normalize

from app.core.register import Variable, Words

_SHORTEST_PIECE = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared: its letters, and its words without those that say little."""

    letters: str
    words: tuple[str, ...]


@cache
def plain(name: str) -> str:
    """Return only a name's letters and digits, small and without marks."""
    return "".join(re.findall(r"[a-z0-9]+", _unmarked(name)))


@cache
def read_name(name: str, known: Words) -> Name:
    """Return a column's or a variable's name in whole words."""
    spaced = re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", name)
    tokens = re.findall(r"[a-z]+|[0-9]+", _unmarked(spaced))
    words = (word for token in tokens for word in _in_words(token, known))
    return Name(plain(name), tuple(word for word in words if word not in known.fillers))


def names_of(variable: Variable) -> tuple[str, ...]:
    """Return everything a variable is called."""
    own = (variable.id, *variable.path[-1:], variable.name.sv, variable.name.en)
    return tuple(dict.fromkeys((*own, *variable.aliases)))


def _unmarked(name: str) -> str:
    return "".join(sign for sign in normalize("NFD", name) if not combining(sign)).lower()


def _in_words(token: str, known: Words) -> tuple[str, ...]:
    """Return the whole words of one token, itself when its parts are not all known."""
    return _pieces(token, known) or (token,)


@cache
def _word(piece: str, known: Words) -> str:
    """Return the word that a piece of a name stands for, "" when it is unknown."""
    whole = dict(known.abbreviations)
    for ending in known.endings:
        stem = piece.removesuffix(ending)
        if not piece.endswith(ending) or len(stem) < _SHORTEST_PIECE:
            continue
        if stem in known.words or (not ending and stem in whole):
            return whole.get(stem, stem)
    return ""


@cache
def _pieces(token: str, known: Words) -> tuple[str, ...]:
    """Cut a glued name into known words, the fewest; nothing when some part is unknown."""
    whole = _word(token, known)
    if whole:
        return (whole,)
    found: list[tuple[str, ...]] = []
    for cut in range(_SHORTEST_PIECE, len(token) - _SHORTEST_PIECE + 1):
        head = _word(token[:cut], known)
        rest = _pieces(token[cut:], known) if head else ()
        if rest:
            found.append((head, *rest))
    return min(found, key=len, default=())
