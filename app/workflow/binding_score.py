"""How surely an element of a foreign contract is one of the profile's variables."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from app.core.register import Profile, ValueType, Variable
from app.workflow.binding_places import Place, fit, places
from app.workflow.binding_words import Said, Vocabulary, split_name, unmarked, vocabulary

_OFFICIAL, _ALIAS, _PROSE = 96, 78, 86  # the most that a kind of name can give
_ELSEWHERE = 0.6  # for an element that stands in a part of another kind
_UNSAID = 0.85  # for a word that only the place says
_TOO_MANY = 0.75  # for a variable that occurs once, in a repeated part
_LONGEST_PHRASE = 9
_SHORTEST_TELLING = 4  # letters of a word that is no mere number or mark
_TELLING_CODES = 3  # so many of a list's codes do not occur together by chance
_KIND_TYPES = {
    "code": {ValueType.CODE, ValueType.TEXT, ValueType.NUMBER},
    "time": {ValueType.DATETIME},
    "day": {ValueType.DATE, ValueType.DATETIME},
}


@dataclass(frozen=True, slots=True)
class Match:
    """One element and one variable: how surely they belong together (0-100), and why."""

    place: Place
    variable: Variable
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Called:
    """One way in which a variable is called, and the most that it can give."""

    words: frozenset[str]
    most: int


@dataclass(frozen=True, slots=True)
class _Known:
    """A variable as it is compared: its names, the words of where it stands, its codes."""

    variable: Variable
    called: tuple[_Called, ...]
    around: frozenset[str]
    codes: frozenset[str]
    repeated: bool  # in its own profile


class Scorer:
    """Compares elements with the variables of one profile."""

    def __init__(self, base: Profile) -> None:
        self.base = base
        self.words: Vocabulary = vocabulary(base.words, _names(base))
        sections = (name for one, text in base.sections.items() for name in (one, text.sv, text.en))
        said = (self.words.read(name).words for name in sections)
        self.phases = frozenset(word for words in said for word in words) & self.words.decisive
        self.repeated = {one.path for one in places(base.root, {}) if one.repeated}
        self.known = tuple(self._known(one) for one in base.variables)
        self.weights = self._weights()

    def matches(self, place: Place) -> tuple[Match, ...]:
        """Return every variable that the element may be, best first."""
        seen = _Seen(self, place)
        found = (self._match(seen, one) for one in self.known)
        return tuple(sorted((one for one in found if one), key=lambda one: -one.score))

    def _match(self, seen: "_Seen", known: _Known) -> Match | None:
        kind = fit(known.variable, seen.place, self.base)
        if not kind or any(known.variable.value_type not in _KIND_TYPES[one] for one in seen.kinds):
            return None
        by_name = max((seen.likeness(one, known.around) for one in known.called), default=0)
        by_prose = max((seen.prose(one, known.around) for one in known.called), default=0)
        best = max(by_name, by_prose)
        codes = _shared(seen.codes, known.codes)
        if seen.codes and known.codes and not codes:
            best *= 0.8
        score = best * kind * seen.factor(known)
        if codes == 1 and len(seen.codes) >= _TELLING_CODES:
            score = max(score, 35) + 6 if score or len(seen.codes) > _TELLING_CODES else 30
        reasons = [
            name for name, is_so in (("name", by_name), ("words", by_prose > by_name)) if is_so
        ]
        reasons += ["codes"] if codes == 1 else []
        reasons += ["place"] if seen.around & known.around else []
        return Match(seen.place, known.variable, min(99, round(score)), tuple(reasons))

    def _known(self, variable: Variable) -> _Known:
        around = (variable.section, variable.group, *variable.path[:-1])
        section = self.base.sections.get(variable.section)
        named = (section.sv, section.en) if section else ()
        words = (self.words.read(name).words for name in (*around, *named))
        codes = (one for one in self.base.codes_of(variable.code_list) if variable.code_list)
        return _Known(
            variable,
            tuple(self._called(variable)),
            frozenset(word for one in words for word in one),
            frozenset(
                _plain(text) for one in codes for text in (one.code, one.text.sv, one.text.en)
            ),
            bool(variable.group) or variable.path in self.repeated,
        )

    def _called(self, variable: Variable) -> Iterable[_Called]:
        seen: set[frozenset[str]] = set()
        for name, most in (
            *((one, _OFFICIAL) for one in _official(variable)),
            *((one, _ALIAS) for one in variable.aliases),
        ):
            words = self.words.read(name).words
            if words and words not in seen:
                seen.add(words)
                yield _Called(words, most)

    def _weights(self) -> Mapping[str, float]:
        """Return how much each word tells: one that many variables have tells little."""
        counts = Counter(
            word
            for known in self.known
            for word in {
                word for one in known.called if one.most == _OFFICIAL for word in one.words
            }
        )
        return {word: 1 / (1 + log(count)) for word, count in counts.items()}


class _Seen:
    """One element's own words, the words around it, and the phrases of its documentation."""

    def __init__(self, scorer: Scorer, place: Place) -> None:
        self.place, self.scorer = place, scorer
        said = [scorer.words.read(name) for name in place.own]
        above = [scorer.words.read(name).words for name in place.above]
        self.kinds = frozenset(said[-1].kinds) - ({"code"} if place.kind == "text" else set())
        self.own = frozenset(word for one in said for word in one.words)
        points = scorer.words.decisive - scorer.phases | {"id"}
        while above and self.own <= points:  # "start", "code": the part says of what
            self.own |= above.pop()
        self.around = frozenset(word for one in above for word in one)
        phases = (one & scorer.phases for one in reversed(above))
        self.phase = next((one for one in phases if one), frozenset())
        self.codes = frozenset(_plain(one) for one in place.element.allowed)
        self.phrases = tuple(_phrases(scorer.words, f"{place.notes}. {place.appinfo}"))

    def likeness(self, called: _Called, around: frozenset[str]) -> float:
        """Return how much the element's name is a variable's name, up to what it can give."""
        return called.most * self._alike(self.own, called.words, around)

    def prose(self, called: _Called, around: frozenset[str]) -> float:
        """Return the same for what the documentation says; less when the name says more."""
        strange = self.own - called.words - around
        more = any(len(word) >= _SHORTEST_TELLING and word.isalpha() for word in strange)
        most = min(called.most, _ALIAS if more else _PROSE)
        alike = (self._alike(one, called.words, around) for one in self.phrases)
        return most * max(alike, default=0)

    def factor(self, known: _Known) -> float:
        """Return what the place takes away."""
        whole = known.around | frozenset(word for one in known.called for word in one.words)
        factor = _ELSEWHERE if self.phase and not self.phase & whole else 1.0
        return factor * (_TOO_MANY if self.place.repeated and not known.repeated else 1.0)

    def _alike(self, own: frozenset[str], words: frozenset[str], around: frozenset[str]) -> float:
        if not own & words:
            return 0.0
        missing, extra = words - own, own - words - around
        decisive = self.scorer.words.decisive
        unsaid = missing - self.around
        lost = unsaid & decisive
        agrees = bool(self.around & around & self.scorer.phases)
        if extra & decisive or lost - self.scorer.phases or (lost and not agrees):
            return 0.0
        weight = self._weight
        whole = weight(words)
        recall = 1 - weight(unsaid - lost) / whole if whole else 0.0
        precision = 1 - weight(extra) / weight(own) if own else 0.0
        if recall + precision <= 0:
            return 0.0
        return (_UNSAID if lost else 1.0) * 2 * recall * precision / (recall + precision)

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self.scorer.weights.get(word, 1.0) for word in words)


def _phrases(words: Vocabulary, text: str) -> Iterable[frozenset[str]]:
    """Yield the words of each short phrase; a comma may end one or stand in it."""
    phrases = (*re.split(r"[.;:()\[\]!?/–\n]", text), *re.split(r"[.,;:()\[\]!?/–\n]", text))
    for phrase in dict.fromkeys(phrases):
        if 0 < len(split_name(phrase)) <= _LONGEST_PHRASE:
            said: Said = words.read(phrase)
            plain = frozenset(word for word in said.words if not word.isdigit())
            if plain:
                yield plain


def _names(base: Profile) -> Iterable[str]:
    return (name for one in base.variables for name in _official(one))


def _official(variable: Variable) -> tuple[str, ...]:
    """Return what the profile itself calls a variable; without what stands in brackets too."""
    both = (variable.name.sv, variable.name.en)
    short = tuple(re.sub(r"\s*\(.*?\)", "", one) for one in both)
    numbered = re.fullmatch(r"[A-Za-z]{1,3}\d+", variable.id)
    return (*(() if numbered else (variable.id,)), *variable.path[-1:], *short, *both)


def _plain(text: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", unmarked(text)))


def _shared(seen: frozenset[str], known: frozenset[str]) -> float:
    """Return which share of an element's codes the profile's list has."""
    return len(seen & known) / len(seen) if seen and known else 0.0
