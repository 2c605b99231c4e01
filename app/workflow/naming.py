"""What a column's name says: planning systems' short Swedish names in whole words.

The abbreviations are the language of Swedish operating theatres and databases, not facts about
the register: those names come from the profile.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from unicodedata import combining, normalize

from rapidfuzz import fuzz

from app.core.register import Variable

_ABBREVIATIONS = {
    "ab": "antibiotika", "ak": "akut", "an": "anestesi", "ane": "anestesi", "anest": "anestesi",
    "ank": "ankomst", "anm": "anmalan", "anmal": "anmalan", "anmald": "anmalan", "avf": "avfors",
    "avford": "avfors", "beg": "start", "begin": "start", "beh": "behandling", "bokad": "planerad",
    "borjan": "start", "chk": "checklista", "chkl": "checklista", "checkl": "checklista",
    "dat": "datum", "date": "datum", "dia": "diagnos", "diag": "diagnos", "duk": "uppdukning",
    "el": "elektiv", "end": "slut", "enh": "enhet", "ev": "eftervard", "evn": "eftervardsniva",
    "illam": "illamaende", "kall": "kallad", "klar": "slut", "kl": "klass", "klin": "klinik",
    "kn": "knivtid", "kniv": "knivtid", "komp": "komplikation", "lgd": "langd",
    "narkos": "anestesi", "niv": "niva", "nr": "nummer", "op": "operation", "oper": "operation",
    "operations": "operation", "ors": "orsak", "pat": "patient", "per": "peroperativ",
    "perop": "peroperativ", "pl": "planerad", "plan": "planerad", "planerat": "planerad",
    "pnr": "personnummer", "pop": "postop", "pos": "positionering", "post": "postop",
    "postoperativ": "postop", "postoperativt": "postop", "pre": "preoperativ", "prel": "preliminar",
    "preop": "preoperativ", "prio": "prioritet", "prof": "profylax", "sl": "slut",
    "smrt": "smarta", "st": "start", "start": "start", "stop": "slut", "stryk": "strykning",
    "strykt": "strykning", "struken": "strykning", "svar": "svarighet", "temp": "temperatur",
    "time": "tid", "tidp": "tid", "tidpunkt": "tid", "uppd": "uppdukning", "uva": "postop",
    "vkt": "vikt", "vl": "vantelista",
}  # fmt: skip
_WORDS = {
    "akut", "ankomst", "anmalan", "antibiotika", "avfors", "checklista", "datum", "diagnos",
    "eftervard", "eftervardsniva", "elektiv", "enhet", "forsta", "grad", "illamaende", "in",
    "kallad", "klass", "klinik", "knivtid", "kod", "komplikation", "langd", "niva", "operation",
    "orsak", "patient", "patienttid", "personnummer", "planerad", "planering", "positionering",
    "postop", "preliminar", "prioritet", "profylax", "sal", "slut", "smarta", "start",
    "strykning", "svarighet", "tid", "uppdukning", "ut", "vikt",
}  # fmt: skip
_FILLERS = {
    "tid", "datum", "nummer", "kod", "for", "av", "till", "da", "fran", "pa", "och", "eller", "i",
    "efter",
}  # fmt: skip
# Words that change what is meant: a name that has one stands for nothing that lacks it.
_DECISIVE = {
    "start", "slut", "in", "ut", "planerad", "preoperativ", "peroperativ", "postop", "preliminar",
    "forsta", "anestesi", "knivtid", "uppdukning", "positionering", "strykning", "kallad",
    "ankomst", "avfors", "anmalan",
}  # fmt: skip
_SHORTEST_PIECE = 2
_SAME_WORDS = 95
_LIKENESS_WEIGHT = 0.9
_ENDINGS = ("", "s", "r", "er", "ar", "or")  # of a compound's first part, and of plurals
_TIME_ENDINGS = ("tidpunkt", "datum", "dat", "tid", "dt", "kl")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared: its letters, and its words without those that say little."""

    letters: str
    words: tuple[str, ...]


def plain(name: str) -> str:
    """Return only a name's letters and digits, small and without marks."""
    return "".join(re.findall(r"[a-z0-9]+", _unmarked(name)))


@cache
def read_name(name: str) -> Name:
    """Return a column's or a variable's name in whole words."""
    spaced = re.sub(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])", " ", name)
    tokens = re.findall(r"[a-z]+|[0-9]+", _unmarked(spaced))
    words = (word for token in tokens for word in _in_words(token))
    return Name(plain(name), tuple(word for word in words if word not in _FILLERS))


def names_of(variable: Variable) -> tuple[str, ...]:
    """Return everything a variable is called."""
    own = (variable.id, variable.path[-1], variable.name.sv, variable.name.en)
    return tuple(dict.fromkeys((*own, *variable.aliases)))


def name_score(readings: Iterable[str], names: Iterable[str]) -> int:
    """Return how surely one of the ways to read a column's name is a variable's name, 0-100."""
    known = [read_name(name) for name in names]
    pairs = (_score(read_name(one), name) for one in readings for name in known)
    return max(pairs, default=0)


def decisive_words(name: str) -> str:
    """Return the words of a name that change what is meant."""
    return " ".join(word for word in read_name(name).words if word in _DECISIVE)


def same_words(one: str, other: str) -> bool:
    """Whether two names say the same, whatever the order and the endings."""
    return set(read_name(one).words) == set(read_name(other).words) != set()


def _score(column: Name, name: Name) -> int:
    if column.letters == name.letters:
        return 100
    if _without_ending(column.letters) == name.letters and name.letters:
        return 98
    if not column.words or not name.words:
        return 0
    own, other = set(column.words), set(name.words)
    if own == other:
        return _SAME_WORDS
    if own & _DECISIVE != other & _DECISIVE:
        return 0
    likeness = fuzz.token_sort_ratio(" ".join(column.words), " ".join(name.words))
    return round(likeness * _LIKENESS_WEIGHT)


def _without_ending(letters: str) -> str:
    """Return a name without the part that only says that it is a date or a time."""
    ending = next((one for one in _TIME_ENDINGS if letters.endswith(one)), "")
    return letters.removesuffix(ending)


def _unmarked(name: str) -> str:
    return "".join(sign for sign in normalize("NFD", name) if not combining(sign)).lower()


def _in_words(token: str) -> tuple[str, ...]:
    """Return the whole words of one token, itself when its parts are not all known."""
    return _pieces(token) or (token,)


def _word(piece: str) -> str:
    """Return the word that a piece of a name stands for, "" when it is unknown."""
    for ending in _ENDINGS:
        stem = piece.removesuffix(ending)
        if not piece.endswith(ending) or len(stem) < _SHORTEST_PIECE:
            continue
        if stem in _WORDS or (not ending and stem in _ABBREVIATIONS):
            return _ABBREVIATIONS.get(stem, stem)
    return ""


@cache
def _pieces(token: str) -> tuple[str, ...]:
    """Cut a glued name into known words, the fewest; nothing when some part is unknown."""
    whole = _word(token)
    if whole:
        return (whole,)
    found: list[tuple[str, ...]] = []
    for cut in range(_SHORTEST_PIECE, len(token) - _SHORTEST_PIECE + 1):
        head = _word(token[:cut])
        rest = _pieces(token[cut:]) if head else ()
        if rest:
            found.append((head, *rest))
    return min(found, key=len, default=())
