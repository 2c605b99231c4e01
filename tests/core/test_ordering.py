"""Which of a case's rows come first, and which one is picked."""

import pytest

from app.core.mapping import Pick
from app.core.ordering import ordered, passing, picked, wanted_values


def rows(*texts):
    return [{"NR": str(at), "T": text} for at, text in enumerate(texts, start=1)]


def order_of(*texts, descending=False):
    return [one["T"] for one in ordered(rows(*texts), "T", descending=descending)]


def test_numbers_come_by_size_and_before_other_texts():
    assert order_of("b", "10", "9", "a", "1,5") == ["1,5", "9", "10", "a", "b"]
    assert order_of("b", "10", "9", "a", "1,5", descending=True) == ["10", "9", "1,5", "b", "a"]


def test_days_that_begin_with_the_day_come_by_time():
    assert order_of("02.01.2026", "31.12.2025 08:00", "01.01.2026") == [
        "31.12.2025 08:00",
        "01.01.2026",
        "02.01.2026",
    ]


def test_rows_without_a_text_come_last_in_either_direction():
    assert order_of("", "2", "1") == ["1", "2", ""]
    assert order_of("", "2", "1", descending=True) == ["2", "1", ""]


def test_rows_that_are_alike_stand_as_in_the_file():
    alike = rows("x", "x", "x")
    assert [one["NR"] for one in ordered(alike, "T", descending=True)] == ["1", "2", "3"]


def test_without_a_column_the_file_says_the_order():
    assert [one["NR"] for one in ordered(rows("b", "a"), "", descending=False)] == ["1", "2"]
    assert [one["NR"] for one in ordered(rows("b", "a"), "", descending=True)] == ["2", "1"]


def test_a_filter_may_let_several_values_through():
    assert wanted_values(" A |B") == ("A", "B")
    assert [one["T"] for one in passing(rows("A ", "C", "B"), "T", "A|B")] == ["A ", "B"]
    assert len(passing(rows("A", "C"), "", "")) == 2


@pytest.mark.parametrize(
    ("pick", "number"),
    [
        (Pick(), "1"),
        (Pick(nth=1), "1"),
        (Pick(nth=2), "2"),
        (Pick(nth=-1), "4"),
        (Pick(nth=-2), "3"),
        (Pick(nth=5), None),
        (Pick(order_column="T", nth=1), "4"),
        (Pick(order_column="T", nth=-1), "1"),
        (Pick(order_column="T", descending=True, nth=1), "1"),
        (Pick(order_column="T", descending=True, nth=-1), "4"),
        (Pick("T", "3|2", nth=-1), "3"),
        (Pick("T", "9", nth=1), None),
    ],
)
def test_one_row_is_picked(pick, number):
    found = picked(rows("3", "", "2", "1"), pick)
    assert (found["NR"] if found else None) == number


def test_a_row_without_a_time_is_never_the_latest_one():
    stays = rows("2026-01-01", "2026-01-03", "")
    latest = picked(stays, Pick(order_column="T", nth=-1))
    assert latest is not None
    assert latest["NR"] == "2"
