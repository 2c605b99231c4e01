"""Where everything stands in a document, held against what a parser reads of the same one."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.case_difference import differences
from app.core.case_text import hidden, spots_of
from app.safexml import parse
from tests.engine.test_document import OWN, PROFILE, written
from tests.support.engine import PLAN

SPECIAL = st.sampled_from(["a", "b", "&<>", "x\ry", " t ", "å\n𝄞", "&amp;", "1"])
MAYBE = st.none() | SPECIAL
CASE = st.tuples(
    st.tuples(st.just(0), st.just("7"), *[MAYBE] * (len(OWN) - 1)),
    st.lists(st.tuples(st.just(0), MAYBE, MAYBE), max_size=3),
    st.lists(st.tuples(st.just(0), SPECIAL), max_size=3),
)
FEW = st.sampled_from([None, "a", "b"])
SMALL = st.tuples(
    st.tuples(st.just(0), st.just("7"), *[FEW] * (len(OWN) - 1)),
    st.lists(st.tuples(st.just(0), FEW, FEW), max_size=3),
    st.lists(st.tuples(st.just(0), st.sampled_from("ab")), max_size=3),
)


def text_of(case):
    own, plans, tags = case
    (text,) = written([own], [one for one in plans if any(one[1:])], tags)
    return text


def leaves_of(text):
    return [spot for spot in spots_of(text, PROFILE) if spot.is_leaf]


def content(text):
    """Return the values of each row, by group."""
    rows: dict[Any, Any] = {}
    for spot in leaves_of(text):
        rows.setdefault((spot.group, spot.index), []).append((spot.variable, spot.value))
    return rows


@settings(max_examples=200, deadline=None)
@given(CASE)
def test_every_value_is_found_where_it_stands(case):
    text = text_of(case)
    read = [one.text or "" for one in parse(text.encode()).iter() if len(one) == 0]
    spots = leaves_of(text)
    assert [spot.value for spot in spots] == read
    for spot in spots_of(text, PROFILE):
        before, after = text[spot.start - 1], text[spot.end]
        assert (
            (before, after) == (">", "<")
            if spot.is_leaf
            else text.startswith(spot.name, spot.start)
        )
    _own, plans, tags = case
    told = Counter((spot.variable, spot.index) for spot in spots)
    used = [one for one in plans if any(one[1:])]
    assert all(times == 1 for times in told.values())
    assert {spot.index for spot in spots if spot.group == PLAN} == set(range(1, len(used) + 1))
    assert len([spot for spot in spots if spot.group == "tag"]) == len(tags)


@settings(max_examples=200, deadline=None)
@given(CASE)
def test_what_is_hidden_is_gone_and_everything_else_stays(case):
    text = text_of(case)
    shown, moved = hidden(
        text,
        spots_of(text, PROFILE),
        lambda variable, value: "<&" if variable == "patient" else value,
    )
    read = [one.text or "" for one in parse(shown.encode()).iter() if len(one) == 0]
    spots = [spot for spot in moved if spot.is_leaf]
    assert [spot.value for spot in spots] == read
    expected = [
        "<&" if spot.variable == "patient" and spot.value else spot.value
        for spot in leaves_of(text)
    ]
    assert read == expected
    assert moved == spots_of(shown, PROFILE)


def test_an_envelope_around_a_request_is_no_part_of_it():
    text = text_of(((0, "7", "19811218-9876", None, None, None), [], []))
    inside = list(spots_of(f"<Envelope><Body>{text}</Body></Envelope>", PROFILE))
    assert [spot.path for spot in inside if spot.variable] == [
        spot.path for spot in spots_of(text, PROFILE) if spot.variable
    ]


@pytest.mark.parametrize("text", ["", "<a/>", "<x><y>1</y><y/></x>", "no document"])
def test_a_strange_document_has_no_variables(text):
    assert not [spot for spot in spots_of(text, PROFILE) if spot.variable]


@settings(max_examples=300, deadline=None)
@given(SMALL, SMALL)
def test_the_difference_turns_one_version_into_the_other(before, after):
    old, new = text_of(before), text_of(after)
    found = differences(old, new, PROFILE)
    own = dict(content(old)["", 0])
    for one in found:
        if not one.group:
            assert own.pop(one.variable, "") == one.before
            own |= {one.variable: one.after} if one.after else {}
    assert own == dict(content(new)["", 0])
    for group in (PLAN, "tag"):
        balance: Counter[Any] = Counter()
        for kind, sign in (("before", 1), ("after", -1)):
            for one in found:
                if one.group == group and not one.is_row and getattr(one, kind):
                    balance[one.variable, getattr(one, kind)] += sign
        values = Counter(
            pair for key, row in content(old).items() if key[0] == group for pair in row
        )
        values.subtract(
            pair for key, row in content(new).items() if key[0] == group for pair in row
        )
        assert {key: n for key, n in values.items() if n} == {
            key: n for key, n in balance.items() if n
        }


@settings(max_examples=200, deadline=None)
@given(SMALL)
def test_rows_that_were_moved_are_no_difference(case):
    own, plans, tags = case
    moved = (own, plans[::-1], tags[::-1])
    assert differences(text_of(case), text_of(moved), PROFILE) == ()


def told(before: Any, after: Any) -> list[tuple[Any, ...]]:
    found = differences(text_of(before), text_of(after), PROFILE)
    return [(one.kind, one.variable, one.index, one.before, one.after) for one in found]


OWN_VALUES = (0, "7", "p", None, None, None)


def test_a_row_is_told_as_gone_with_each_of_its_values():
    before: Any = (OWN_VALUES, [(0, "a", "1"), (0, "b", "2")], [])
    after: Any = (OWN_VALUES, [(0, "b", "2")], [])
    assert told(before, after) == [
        ("removed", "", 1, "", ""),
        ("removed", "P1", 1, "a", ""),
        ("removed", "P2", 1, "1", ""),
    ]


def test_rows_are_paired_with_those_most_alike():
    before: Any = (OWN_VALUES, [(0, "a", "1"), (0, "b", "2")], [])
    after: Any = (OWN_VALUES, [(0, "b", "3"), (0, "a", "1")], [])
    assert told(before, after) == [("changed", "P2", 1, "2", "3")]


def test_a_row_that_is_one_value_is_told_once():
    assert told((OWN_VALUES, [], [(0, "a")]), (OWN_VALUES, [], [(0, "b")])) == [
        ("added", "tag", 1, "", "b"),
        ("removed", "tag", 1, "a", ""),
    ]
