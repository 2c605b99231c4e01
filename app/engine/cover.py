"""Few sets that together hold everything the given sets hold: greedy, then what is not needed goes.

A set is a number whose bits are what it holds. The smallest choice cannot be found in a sensible
time; this one is small, takes the first of equals, and is the same every time.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations

_MOST_PAIRS = 20_000  # that are tried for one set in place of two


@dataclass(frozen=True, slots=True)
class Candidate:
    """One set: where it stands, what it holds, and whether it is taken only in need."""

    place: int
    mask: int
    is_last_resort: bool = False


Tick = Callable[[], None]


def cover(
    candidates: Sequence[Candidate], most: int = 0, tick: Tick = lambda: None
) -> list[Candidate]:
    """Return few candidates that hold all that any of them holds, those that add most first.

    `most` limits how many (0 does not); then those are taken that together hold most. `tick` is
    called often.
    """
    usual = [one for one in candidates if not one.is_last_resort]
    chosen = _greedy(usual, 0, 0, tick)
    chosen += _greedy(candidates, _held(chosen), 0, tick)
    chosen = _with_one_for_two(_needed(chosen), candidates, tick)
    ordered = _greedy(chosen, 0, 0, tick)
    if not most or len(ordered) <= most:
        return ordered
    return _greedy(candidates, 0, most, tick)


def _greedy(candidates: Iterable[Candidate], held: int, most: int, tick: Tick) -> list[Candidate]:
    """Return, again and again, the candidate that adds most to what is held already."""
    heap = [(-one.mask.bit_count(), one.is_last_resort, one.place, one) for one in candidates]
    heapify(heap)
    found: list[Candidate] = []
    while heap and not (most and len(found) == most):
        tick()
        former, is_last, place, one = heappop(heap)
        gain = (one.mask & ~held).bit_count()
        if gain == -former and gain:
            found.append(one)
            held |= one.mask
        elif gain:  # it adds less than it did: others may add more now
            heappush(heap, (-gain, is_last, place, one))
    return found


def _needed(chosen: list[Candidate]) -> list[Candidate]:
    """Return the chosen without those that the others make up for, last resorts and late first."""
    kept = list(chosen)
    for one in [
        one for last in (True, False) for one in chosen[::-1] if one.is_last_resort is last
    ]:
        rest = [other for other in kept if other is not one]
        if one.mask & ~_held(rest) == 0:
            kept = rest
    return kept


def _with_one_for_two(
    chosen: list[Candidate], candidates: Sequence[Candidate], tick: Tick
) -> list[Candidate]:
    """Return the chosen with one candidate in place of two wherever one is enough."""
    holders = _Holders(candidates)
    left = _MOST_PAIRS
    while True:
        better = None
        for first, second in combinations(chosen, 2):
            tick()
            left -= 1
            rest = [one for one in chosen if one is not first and one is not second]
            need = (first.mask | second.mask) & ~_held(rest)
            one = holders.first_with(need, may_be_last=first.is_last_resort)
            if one is not None:
                better = _needed([*rest, one])
                break
            if not left:
                return chosen
        if better is None:
            return chosen
        chosen = better


class _Holders:
    """Who holds what, asked for by the rarest of the wanted bits."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._candidates = candidates
        self._holders: dict[int, list[Candidate]] = {}
        self._count: dict[int, int] = {}
        sample = candidates[:: max(1, len(candidates) // 2000)]
        for one in sample:
            for bit in bits(one.mask):
                self._count[bit] = self._count.get(bit, 0) + 1

    def first_with(self, need: int, *, may_be_last: bool) -> Candidate | None:
        """Return the first candidate that holds all that is needed, None when none does."""
        rarest = min(bits(need), key=lambda bit: self._count.get(bit, 0), default=None)
        if rarest is None:
            return None
        if rarest not in self._holders:
            bit = 1 << rarest
            self._holders[rarest] = [one for one in self._candidates if one.mask & bit]
        allowed = (one for one in self._holders[rarest] if may_be_last or not one.is_last_resort)
        return next((one for one in allowed if need & ~one.mask == 0), None)


def bits(mask: int) -> list[int]:
    """Return the places of the bits that are set."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


def _held(chosen: Iterable[Candidate]) -> int:
    held = 0
    for one in chosen:
        held |= one.mask
    return held
