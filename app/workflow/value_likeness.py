"""How alike a local code and a register's code are, by what they are called."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from app.core.register import Code
from app.workflow.naming import plain

_SAME, _CODE_FIRST, _BEGINS = 100, 95, 85
_SHORTEST = 3  # letters of a name that another begins with
_NEAR = 5  # two that are so close cannot be told apart
_WEIGHT = 0.9
_ENOUGH = 75


def likely(local: str, codes: Sequence[Code]) -> tuple[str, int] | None:
    """Return the one code that a local one means and how surely (0-100), None when none is."""
    best: dict[str, int] = {}
    for one in codes:
        best[one.code] = max(best.get(one.code, 0), _score(local, one))
    ranked = sorted(best.items(), key=lambda pair: -pair[1])
    if not ranked or ranked[0][1] < _ENOUGH:
        return None
    if len(ranked) > 1 and ranked[1][1] > ranked[0][1] - _NEAR:
        return None
    return ranked[0]


def _score(local: str, code: Code) -> int:
    names = [name for name in (code.code, code.text.sv, code.text.en) if plain(name)]
    letters = plain(local)
    if not letters:
        return 0
    if local.strip().casefold() == code.code.casefold():
        return _SAME + 1  # the code itself, before a text that happens to be the same
    words = re.findall(r"\w+", local.casefold())
    if any(letters == plain(name) for name in names):
        return _SAME
    if len(words) > 1 and words[0] == code.code.casefold():
        return _CODE_FIRST
    return max(_alike(letters, plain(name), local, name) for name in names)


def _alike(letters: str, name: str, local: str, text: str) -> int:
    if name.startswith(letters) or (len(name) >= _SHORTEST and letters.startswith(name)):
        return _BEGINS
    ratio = fuzz.token_sort_ratio(local.casefold(), text.casefold())
    return int(ratio * _WEIGHT)
