"""How values lie: no value is lost in a plot, and what is far outside is so by its definition."""

import itertools

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine import distribution as lies

NUMBERS = st.lists(
    st.one_of(st.none(), st.integers(-500, 500).map(lambda one: one / 4), st.just(10_000.0)),
    max_size=60,
)


def column(values):
    return pl.Series(values, dtype=pl.Float64)


@given(NUMBERS)
def test_every_value_is_in_one_bar(values):
    numbers = column(values)
    bars = lies.histogram(numbers, lies.quarters(numbers))
    assert sum(one.count for one in bars) == len([one for one in values if one is not None])
    assert len(bars) <= 40


@given(NUMBERS)
def test_bars_lie_beside_each_other_and_hold_what_is_between_their_ends(values):
    numbers = column(values)
    bars = [one for one in lies.histogram(numbers, lies.quarters(numbers)) if not one.is_odd]
    for one, after in itertools.pairwise(bars):
        assert one.high == pytest.approx(after.low)
    known = [one for one in values if one is not None]
    for one in bars:
        among = sum(one.low - 1e-9 <= value < one.high - 1e-9 for value in known)
        assert one.count == pytest.approx(among, abs=len([v for v in known if v == one.high]) + 1)


@given(NUMBERS)
def test_what_lies_far_outside_does_so_by_three_widths_of_the_middle_half(values):
    numbers = column(values)
    spread = lies.quarters(numbers)
    below, above = lies.far_outside(numbers, spread)
    if spread is None:
        return
    width = 3 * (spread.three_quarters - spread.quarter)
    for value, is_below, is_above in zip(values, below, above, strict=True):
        if is_below:
            assert value < spread.quarter - width
        if is_above:
            assert value > spread.three_quarters + width
        if value is None or not width:
            assert not is_below
            assert not is_above


def test_one_value_among_many_that_is_wrong_by_a_decimal_is_seen():
    weights = column([60.0 + n for n in range(40)] + [815.0])
    spread = lies.quarters(weights)
    _below, above = lies.far_outside(weights, spread)
    assert list(weights.filter(above)) == [815.0]
    assert lies.histogram(weights, spread)[-1].is_odd


def test_few_values_are_never_called_odd():
    few = column([1.0, 2.0, 3.0, 900.0])
    assert not any(one.any() for one in lies.far_outside(few, lies.quarters(few)))


def test_whole_numbers_of_a_scale_get_a_bar_each():
    bars = lies.histogram(column([0, 1, 1, 3]), lies.quarters(column([0, 1, 1, 3])))
    assert [(one.low, one.count) for one in bars] == [(0, 1), (1, 2), (2, 0), (3, 1)]


def test_codes_come_most_frequent_first_and_a_long_rest_is_one_bar():
    bars = lies.codes(pl.Series(["b", "a", "b", None]))
    assert [(one.label, one.count) for one in bars] == [("b", 2), ("a", 1)]
    many = lies.codes(pl.Series([f"{n:03}" for n in range(lies.MOST_CODES + 5)]))
    assert (many[-1].count, many[-1].is_odd) == (5, True)


def test_hours_are_those_that_are_sent_and_months_those_that_occur():
    moments = pl.Series(["2026-01-05T23:40:00+01:00", "2026-03-01T00:05:00+01:00", None])
    hours = {one.label: one.count for one in lies.hours(moments)}
    assert len(hours) == 24
    assert (hours["23"], hours["00"], hours["12"]) == (1, 1, 0)
    assert [(one.label, one.count) for one in lies.months(moments)] == [
        ("2026-01", 1),
        ("2026-03", 1),
    ]


def test_spans_are_those_that_have_passed_also_in_the_nights_when_clocks_are_moved():
    frame = pl.DataFrame(
        {
            "a": ["2026-03-29T01:30:00+01:00", "2026-10-25T02:30:00+02:00", "in the evening"],
            "b": ["2026-03-29T03:30:00+02:00", "2026-10-25T02:30:00+01:00", "2026-01-01"],
        }
    )
    assert lies.minutes_between(frame, "a", "b").to_list() == [60.0, 60.0, None]


def test_nothing_gives_nothing():
    assert lies.quarters(column([])) is None
    assert lies.histogram(column([None]), None) == ()
    assert lies.codes(pl.Series([], dtype=pl.String)) == ()
