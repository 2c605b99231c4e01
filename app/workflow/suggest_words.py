"""What the name of a column or of a variable says, in the whole words that the profile knows."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from rapidfuzz import fuzz, process

from app.core.register import Profile, Variable
from app.core.words import Words
from app.workflow.binding_words import split_name, tokens_of

_ENDINGS = ("", "en", "et", "n", "t", "s", "r", "er", "ar", "or", "na", "erna", "a", "e", "es")
_SHORTEST_STEM = 4  # of a word that may carry an ending
_SHORTEST_PIECE = 2
_LONGEST_GLUED = 48
_LIKE, _SHORTEST_LIKE = 88, 7  # a word this near another is a spelling of it
_NUMBER_WEIGHT = 0.2
_UNKNOWN_WEIGHT = 0.8
_BY_WORDS = 97  # the most that equal words give; equal letters give 100
_ALIASES, _LESS = 6, 0.003  # the first names of a variable count a little more
_HELPED = 0.25  # what is lost for a word that only the table says
_AWAY = 0.75  # for a table that says something else
_ONLY_TABLE = 0.8  # for a column that says nothing but what kind it is
_KINDS = frozenset({"tid", "datum", "kod", "nummer"})  # words that only tell the kind of a value


@dataclass(frozen=True, slots=True)
class Called:
    """One way in which a variable is called."""

    letters: str
    words: frozenset[str]


class Reader:
    """Reads names by a profile's tables of words."""

    def __init__(self, words: Words, own: Iterable[str]) -> None:
        self._meanings = {**dict(words.abbreviations), **dict(words.meanings)}
        self._meanings |= dict(words.columns)
        pieces = {*dict(words.abbreviations), *words.words}
        self._known = {*self._meanings, *words.words}
        self._pieces_known = {one for one in self._known if len(one) > _SHORTEST_PIECE} | pieces
        self._cut: dict[str, tuple[str, ...]] = {}
        tokens = {one for name in own for one in split_name(name) if len(one) > _SHORTEST_STEM}
        self._known |= {one for one in tokens if not self._pieces(one)}
        self._cut.clear()
        self._like = sorted(one for one in self._known if len(one) >= _SHORTEST_LIKE)
        self._fillers = words.fillers - _KINDS
        self._read: dict[str, frozenset[str]] = {}
        self._knows: dict[str, bool] = {}
        self.decisive = frozenset(one for word in words.decisive for one in self._meant(word))
        self.other = words.other

    def read(self, name: str) -> frozenset[str]:
        """Return the words of a name; camel case, underscores and glued words are taken apart."""
        if name not in self._read:
            said = (one for token in tokens_of(name, self._known) for one in self._words(token))
            self._read[name] = frozenset(said) - self._fillers - _KINDS
        return self._read[name]

    def knows(self, name: str) -> bool:
        """Whether a name holds any word that is known."""
        if name not in self._knows:
            cut = any(self._words(token) != (token,) for token in tokens_of(name, self._known))
            self._knows[name] = cut or bool(self.read(name) & self._known)
        return self._knows[name]

    def _words(self, token: str) -> tuple[str, ...]:
        pieces = self._word(token, self._known)
        if not pieces and len(token) <= _LONGEST_GLUED:
            pieces = self._pieces(token)
        if not pieces:
            return self._nearest(token)
        return tuple(one for piece in pieces for one in self._meant(piece))

    def _word(self, token: str, known: "set[str]") -> tuple[str, ...]:
        """Return the word that a token is, without its ending; () when it is unknown."""
        for ending in _ENDINGS:
            stem = token.removesuffix(ending)
            enough = not ending or len(stem) >= _SHORTEST_STEM
            if token.endswith(ending) and enough and stem in known:
                return (stem,)
        return ()

    def _pieces(self, token: str) -> tuple[str, ...]:
        """Cut a glued name into known words, the fewest; () when some part is unknown."""
        if token not in self._cut:
            self._cut[token] = self._word(token, self._pieces_known) or self._shortest_cut(token)
        return self._cut[token]

    def _shortest_cut(self, token: str) -> tuple[str, ...]:
        found: list[tuple[str, ...]] = []
        for cut in range(len(token) - _SHORTEST_PIECE, _SHORTEST_PIECE - 1, -1):
            head = self._word(token[:cut], self._pieces_known)
            rest = self._pieces(token[cut:]) if head else ()
            if rest:
                found.append((*head, *rest))
        return min(found, key=len, default=())

    def _nearest(self, token: str) -> tuple[str, ...]:
        """Return the known word that an unknown one is a spelling of, else the word itself."""
        if len(token) >= _SHORTEST_LIKE:
            near = process.extractOne(token, self._like, scorer=fuzz.ratio, score_cutoff=_LIKE)
            if near:
                return self._meant(near[0])
        return (token,)

    def _meant(self, word: str) -> tuple[str, ...]:
        """Return the whole words that a word stands for; a table may point on once more."""
        if word not in self._meanings:
            return (word,)
        once = self._meanings[word].split()
        return tuple(one for part in once for one in self._meanings.get(part, part).split())


def names_in(profile: Profile) -> "Names":
    """Return the names of a profile, made once for the profile that is in use."""
    known, names = _LATEST.get("", (None, None))
    if names is None or known is not profile:
        names = Names(profile)
        _LATEST[""] = profile, names
    return names


_LATEST: dict[str, tuple[Profile, "Names"]] = {}


def _distinct(called: Iterable[Called]) -> tuple[Called, ...]:
    """Return names without those that say the same in other letters, letters kept apart."""
    seen: dict[tuple[str, frozenset[str]], Called] = {}
    for one in called:
        seen.setdefault((one.letters, one.words), one)
    return tuple(seen.values())


class Names:
    """What the variables of a profile are called, and how like a column's name is to it."""

    def __init__(self, profile: Profile) -> None:
        from app.workflow.naming import names_of, plain

        named = {one.id: names_of(one) for one in profile.variables}
        official = (name for one in profile.variables for name in (one.name.sv, one.name.en))
        self.reader = Reader(profile.words, official)
        read = self.reader.read
        self.called: Mapping[str, tuple[Called, ...]] = {
            variable: _distinct(Called(plain(name), read(name)) for name in names)
            for variable, names in named.items()
        }
        self.around = {one.id: self._around(profile, one) for one in profile.variables}
        self._words_of = {
            variable: frozenset(word for one in called for word in one.words)
            for variable, called in self.called.items()
        }
        self._letters = {one.letters for called in self.called.values() for one in called}
        self._weights = self._weighed()
        self._likeness: dict[tuple[str, str, str], int] = {}

    def likeness(self, name: str, table: str, variable: Variable) -> int:
        """Return how surely a column's name is a variable's name, 0-100."""
        pair = name, table, variable.id
        if pair not in self._likeness:
            self._likeness[pair] = self._compared(name, table, variable)
        return self._likeness[pair]

    def _compared(self, name: str, table: str, variable: Variable) -> int:
        from app.workflow.naming import plain

        letters, own = plain(name), self.reader.read(name)
        if own and not own & self._words_of[variable.id] and letters not in self._letters:
            return 0
        above = self.reader.read(table)
        called = self.called[variable.id]
        if letters and any(letters == one.letters for one in called):
            return 100
        best: dict[frozenset[str], float] = {}
        for place, one in enumerate(called):
            if one.words not in best:
                least = min(place, _ALIASES) * _LESS
                best[one.words] = self._alike(own, above, one.words, variable) - least
        return max(0, round(_BY_WORDS * max(best.values(), default=0.0)))

    def _alike(
        self, own: frozenset[str], above: frozenset[str], words: frozenset[str], variable: Variable
    ) -> float:
        if not own & words:
            return self._by_table(own, above, words)
        if all(one.isdigit() for one in words):  # a number alone is no name
            return 0.0
        decisive, around = self.reader.decisive, self.around[variable.id]
        missing, strange = words - own - above, own - words - around
        if strange & decisive or missing & decisive or strange & self.reader.other:
            return 0.0
        helped = self._weight((words - own) & above)
        recall = 1 - (self._weight(missing) + _HELPED * helped) / self._weight(words)
        precision = 1 - self._weight(strange) / self._weight(own)
        if recall <= 0 or precision <= 0:
            return 0.0
        away = _AWAY if (above & decisive) - words - around else 1.0
        return away * 2 * recall * precision / (recall + precision)

    def _by_table(self, own: frozenset[str], above: frozenset[str], words: frozenset[str]) -> float:
        """Return the likeness of a column that says only what kind it is, by its table's name."""
        return _ONLY_TABLE if words and not own and words == above else 0.0

    def _around(self, profile: Profile, variable: Variable) -> frozenset[str]:
        section = profile.sections.get(variable.section)
        names = [variable.section, variable.group, *variable.path[:-1]]
        names += [section.sv, section.en] if section else []
        return frozenset(word for name in names for word in self.reader.read(name))

    def _weighed(self) -> Mapping[str, float]:
        """Return how much each word tells: one that many variables have tells little."""
        counts = Counter(
            word
            for called in self.called.values()
            for word in {word for one in called for word in one.words}
        )
        return {word: 1 / (1 + log(count)) for word, count in counts.items()}

    def _weight(self, words: Iterable[str]) -> float:
        return sum(
            _NUMBER_WEIGHT if word.isdigit() else self._weights.get(word, _UNKNOWN_WEIGHT)
            for word in words
        )
