"""Few sets that hold all: nothing is lost, nothing is needless, and it is the same every time."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.engine.cover import Candidate, bits, cover

SETS = st.lists(st.tuples(st.integers(0, 255), st.booleans()), max_size=9)


def made(sets):
    return [Candidate(place, mask, last) for place, (mask, last) in enumerate(sets)]


def held(chosen):
    whole = 0
    for one in chosen:
        whole |= one.mask
    return whole


@given(SETS)
def test_the_chosen_hold_all_that_any_holds_and_none_of_them_is_needless(sets):
    candidates = made(sets)
    chosen = cover(candidates)
    assert held(chosen) == held(candidates)
    for one in chosen:
        assert held([other for other in chosen if other is not one]) != held(candidates)


@given(SETS)
def test_a_last_resort_is_only_taken_for_what_no_other_holds(sets):
    candidates = made(sets)
    usual = held([one for one in candidates if not one.is_last_resort])
    for one in cover(candidates):
        if one.is_last_resort:
            assert one.mask & ~usual


@given(st.lists(st.integers(0, 255), max_size=9))
def test_never_are_more_than_one_chosen_above_the_fewest_that_are_enough(masks):
    candidates = made((mask, False) for mask in masks)
    fewest = next(
        size
        for size in range(len(candidates) + 1)
        if any(held(some) == held(candidates) for some in combinations(candidates, size))
    )
    assert len(cover(candidates)) <= fewest + 1


@given(SETS, st.integers(1, 4))
def test_a_limit_is_kept_and_those_that_add_most_come_first(sets, most):
    chosen = cover(made(sets), most)
    assert len(chosen) <= most
    gains, so_far = [], 0
    for one in chosen:
        gains.append((one.mask & ~so_far).bit_count())
        so_far |= one.mask
    assert gains == sorted(gains, reverse=True)
    assert 0 not in gains


@given(SETS)
def test_the_same_sets_give_the_same_choice(sets):
    assert cover(made(sets)) == cover(made(sets))


def test_of_equals_the_first_is_taken():
    assert [one.place for one in cover(made([(3, False), (3, False), (4, False)]))] == [0, 2]


def test_one_set_takes_the_place_of_two_that_were_taken_before_it():
    # the greedy way takes 0 first and then needs both others
    sets = (0b0011_1110, 0b0000_0111, 0b0011_1000, 0b1100_0001)
    chosen = cover(made((mask, False) for mask in sets))
    assert len(chosen) == 2


def test_work_can_be_stopped():
    class Stopped(Exception):
        pass

    def stop():
        raise Stopped

    try:
        cover(made([(1, False)]), 0, stop)
    except Stopped:
        return
    raise AssertionError("it was not asked")


@given(st.integers(0, 1 << 70))
def test_bits_are_where_ones_stand(mask):
    assert sum(1 << bit for bit in bits(mask)) == mask
