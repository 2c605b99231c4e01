"""XML Schema's patterns as expressions of Rust's regex, which match no text that they should not.

What cannot be translated soundly, or is known to be read differently by libxml2 or xmlschema, is
None: its values stay doubtful.
"""

from app.engine.proof.automaton import Atom, Automaton, Part
from app.engine.proof.characters import (
    ANY,
    ESCAPES,
    LEGAL,
    Characters,
    category,
    common,
    exactly,
    single,
)

_SINGLE = {"n": "\n", "r": "\r", "t": "\t"} | {one: one for one in "\\|.-^?*+{}()[]"}
_META = frozenset("\\|.?*+{}()[]")
_MOST = 1000  # repetitions; more would make a machine of many megabytes
_QUANTIFIERS = {"?": (True, False), "*": (True, True), "+": (False, True)}  # empty, again


class _UnknownForm(ValueError):
    """The pattern has a form that is not read here."""


def translated(pattern: str) -> str | None:
    """Return an expression for whole texts that are surely legal and match, None without one."""
    reader = _Reader(pattern)
    try:
        return reader.whole()
    except (_UnknownForm, IndexError):
        return None


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, pattern: str) -> None:
        self._text = pattern
        self._place = 0
        self._escapes = self._negated = 0  # of many characters such as \d, of all others such as \D
        self._automaton = Automaton()

    def whole(self) -> str:
        """Return the whole pattern's expression."""
        part = self._alternatives()
        if self._place < len(self._text) or not self._automaton.is_clear(part):
            raise _UnknownForm
        return f"^(?:{part.text})$"

    def _alternatives(self) -> Part:
        found = self._branch()
        while self._take("|"):
            found = self._automaton.either(found, self._branch())
        return found

    def _branch(self) -> Part:
        found = Part()
        while self._place < len(self._text) and self._text[self._place] not in "|)":
            found = self._automaton.then(found, self._quantified(self._atom()))
        return found

    def _take(self, wanted: str) -> bool:
        is_there = self._text.startswith(wanted, self._place)
        self._place += len(wanted) * is_there
        return is_there

    def _demand(self, wanted: str) -> None:
        if not self._take(wanted):
            raise _UnknownForm

    def _character(self) -> str:
        self._place += 1
        return self._text[self._place - 1]

    def _until(self, end: str) -> str:
        inside, found, _ = self._text[self._place :].partition(end)
        if not found:
            raise _UnknownForm
        self._place += len(inside) + 1
        return inside

    def _atom(self) -> Part:
        start, escapes = self._place, self._escapes
        if self._take("("):
            inside = self._alternatives()
            self._demand(")")
            if self._text.startswith("{", self._place):  # libxml2 miscounts some parts
                raise _UnknownForm
            return Part(f"(?:{inside.text})", inside.first, inside.last, inside.may_be_empty)
        is_other = self._text.startswith("[^", start)
        characters = self._characters()
        is_plain = self._escapes == escapes and not is_other
        atom = Atom(start, self._text[start : self._place], characters, is_plain)
        return self._automaton.one(atom, _written(characters))

    def _characters(self) -> Characters:
        """Return the characters of which one may stand here."""
        if self._take("["):
            return self._class()
        if self._take("."):
            return ANY
        if self._take("\\"):
            return self._escape()
        if self._text[self._place] in _META:
            raise _UnknownForm
        return single(self._character())

    def _quantified(self, part: Part) -> Part:
        for sign, (may_be_empty, again) in _QUANTIFIERS.items():
            if self._take(sign):
                joined = self._automaton.repeated
                return joined(part, sign, may_be_empty=may_be_empty, again=again)
        return self._counted(part) if self._take("{") else part

    def _counted(self, part: Part) -> Part:
        inside = self._until("}")
        low, comma, high = inside.partition(",")
        for number in (low, high) if high else (low,):
            if not (number.isascii() and number.isdigit() and int(number) <= _MOST):
                raise _UnknownForm
        least, most = int(low), int(high or (_MOST if comma else low))
        if most < max(least, 1) or (not least and not high):
            raise _UnknownForm
        quantifier = f"{{{low}{comma}{high}}}"
        return self._automaton.repeated(part, quantifier, may_be_empty=not least, again=most > 1)

    def _escape(self) -> Characters:
        letter = self._character()
        if letter in _SINGLE:
            return single(_SINGLE[letter])
        self._escapes += 1
        if letter == "p":  # libxml2 reads the complement, \P, wrongly
            self._demand("{")
            return category(self._until("}"))
        if letter.lower() not in ESCAPES:
            raise _UnknownForm
        self._negated += letter.isupper()
        known = ESCAPES[letter.lower()]
        return known if letter.islower() else ~known

    def _class(self) -> Characters:
        """Return a class whose opening bracket has been read."""
        is_other, negated = self._take("^"), self._negated
        found = self._part()
        while not self._take("]"):
            if self._text.startswith("-[", self._place):  # less another: read in different ways
                raise _UnknownForm
            found |= self._part()
        if self._negated > negated + 1:  # xmlschema takes two for what they have in common
            raise _UnknownForm
        return ~found if is_other else found

    def _part(self) -> Characters:
        """Return a range, an escape or one character of a class."""
        if self._text[self._place] in "[]":
            raise _UnknownForm
        low = self._escape() if self._take("\\") else single(self._character())
        after = self._text[self._place : self._place + 2]
        if not after.startswith("-") or after in {"-[", "-]"}:
            return low
        self._demand("-")
        high = self._escape() if self._take("\\") else single(self._character())
        first, last = _alone(low), _alone(high)
        if first > last:
            raise _UnknownForm
        return exactly((first, last))


def _alone(characters: Characters) -> int:
    """Return the only character of a set, which can be the end of a range."""
    spans = characters.sure
    if characters.possible != spans or len(spans) != 1 or spans[0][0] != spans[0][1]:
        raise _UnknownForm
    return spans[0][0]


def _written(characters: Characters) -> str:
    """Return the class of those that are surely in a set and may stand in a document."""
    spans = common(characters.sure, LEGAL)
    if not spans:
        return "[a&&b]"  # nothing
    return "[" + "".join(f"\\x{{{low:X}}}-\\x{{{high:X}}}" for low, high in spans) + "]"
