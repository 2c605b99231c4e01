"""Sets of characters known from both sides, since validators disagree on what a letter is.

`sure` are the characters that every validator takes to be in the set, `possible` those that any
may. What is proved is proved by the sure ones, and a complement swaps the two.
"""

from dataclasses import dataclass

Spans = tuple[tuple[int, int], ...]  # first and last code point of each, in order, apart

_LAST = 0x10FFFF
# What an XML document can hold.
LEGAL: Spans = ((9, 10), (13, 13), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, _LAST))


def united(*parts: Spans) -> Spans:
    """Return what is in any of the sets."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(span for part in parts for span in part):
        if found and low <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return tuple(found)


def complement(spans: Spans) -> Spans:
    """Return every other code point."""
    found, start = [], 0
    for low, high in spans:
        if low > start:
            found.append((start, low - 1))
        start = high + 1
    return (*found, (start, _LAST)) if start <= _LAST else tuple(found)


def common(one: Spans, other: Spans) -> Spans:
    """Return what is in both sets."""
    return complement(united(complement(one), complement(other)))


@dataclass(frozen=True, slots=True)
class Characters:
    """A set of characters, bounded from below and from above."""

    sure: Spans
    possible: Spans

    def __or__(self, other: "Characters") -> "Characters":
        """Return what is in either set."""
        return Characters(united(self.sure, other.sure), united(self.possible, other.possible))

    def __invert__(self) -> "Characters":
        """Return every other character."""
        return Characters(complement(self.possible), complement(self.sure))


def exactly(*spans: tuple[int, int]) -> Characters:
    """Return a set on which everyone agrees."""
    whole = united(spans)
    return Characters(whole, whole)


def single(character: str) -> Characters:
    """Return the set of one character."""
    return exactly((ord(character), ord(character)))


def _among(letters: str, *more: tuple[int, int], beside: str = "") -> Characters:
    """Return a set of which only the ASCII part is agreed on, but for what stands in `beside`."""
    sure = united(tuple((ord(one), ord(one)) for one in letters), more)
    doubtful = tuple((ord(one), ord(one)) for one in beside)
    return Characters(sure, united(sure, doubtful, ((0x80, _LAST),)))


_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
# The letters of Latin-1, which are letters in every version of Unicode.
_LATIN_UPPER, _LATIN_LOWER = ((0xC0, 0xD6), (0xD8, 0xDE)), ((0xDF, 0xF6), (0xF8, 0xFF))
_SIGNS = "$+<=>^`|~_"  # symbols stand in \w, and to some the underline too
# White space of Unicode, which xmlschema takes for that of XML.
_OTHER_BLANKS = (
    *((0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029)),
    *((0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000)),
)
_LETTERS = _among(_UPPER + _LOWER, *_LATIN_UPPER, *_LATIN_LOWER)
_SPACE = Characters(((9, 10), (13, 13), (32, 32)), ((9, 13), (28, 32), *_OTHER_BLANKS))
_UNKNOWN = Characters((), ((0, _LAST),))

ANY = ~exactly((10, 10), (13, 13))
ESCAPES = {
    "d": _among(_DIGITS),
    "w": _LETTERS | _among(_DIGITS, beside=_SIGNS),
    "s": _SPACE,
    "i": _LETTERS | _among("_:"),
    "c": _LETTERS | _among(_DIGITS + "_:.-"),
}
CATEGORIES = {
    "L": _LETTERS,
    "Lu": _among(_UPPER, *_LATIN_UPPER),
    "Ll": _among(_LOWER, *_LATIN_LOWER),
    "N": _among(_DIGITS),
    "Nd": _among(_DIGITS),
    "IsBasicLatin": exactly((0, 0x7F)),
    "IsLatin-1Supplement": exactly((0x80, 0xFF)),
}


def category(name: str) -> Characters:
    """Return the characters of a category or block of Unicode, as far as they are known here."""
    return CATEGORIES.get(name, _UNKNOWN)
