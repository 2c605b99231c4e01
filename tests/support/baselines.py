"""Two plain ways to suggest, to hold the program's against: edit distance, and equal tokens."""

import re
from collections.abc import Callable
from unicodedata import combining, normalize

from rapidfuzz.distance import Levenshtein

from app.core.mapping import Link
from app.core.register import Profile, Variable
from app.workflow.naming import names_of, plain
from tests.support.styles import Measure, Style, judged

_FARTHEST = 2
Distance = Callable[[str, Variable], float]


def by_distance(column: str, variable: Variable) -> float:
    """Return the least edits between plain names, as import wizards match headings."""
    names = (plain(name) for name in names_of(variable))
    return min(Levenshtein.distance(plain(column), name) for name in names)


def by_tokens(column: str, variable: Variable) -> float:
    """Return 0 when a name has the same words as the column, whatever their order and case."""
    own = _tokens(column)
    return 0 if any(own == _tokens(name) for name in names_of(variable)) else _FARTHEST + 1


def _tokens(name: str) -> frozenset[str]:
    spaced = re.sub(r"(?<=[a-zåäö0-9])(?=[A-ZÅÄÖ])", " ", name)
    unmarked = "".join(sign for sign in normalize("NFD", spaced) if not combining(sign))
    return frozenset(re.findall(r"[a-z]+|[0-9]+", unmarked.lower()))


def baseline(style: Style, profile: Profile, distance: Distance) -> Measure:
    """Measure a plain way on one style: each column its nearest variable, all of them sure."""
    bound = [one for one in profile.variables if one.is_bound]
    near = {
        place: sorted(
            (away, one.id) for one in bound if (away := distance(place[1], one)) <= _FARTHEST
        )
        for place in style.meant
    }
    given = [Link(found[0][1], place[0], (place[1],)) for place, found in near.items() if found]

    def first(variable: str) -> list[Link]:
        pairs = (
            (away, place) for place, found in near.items() for away, one in found if one == variable
        )
        return [Link(variable, place[0], (place[1],)) for _, place in sorted(pairs)]

    return judged(style, profile, given, given, first)
