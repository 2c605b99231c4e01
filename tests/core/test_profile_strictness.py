"""Whether a condition has become stricter is judged as cases would have it."""

import ast

from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.case import CaseValues
from app.core.condition import holds, parse
from app.core.profile_strictness import implies
from tests.support.engine import PLAN, small_profile

PROFILE = small_profile()
LIMITS = st.integers(0, 3)
SIGNS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
OWN = st.one_of(
    st.builds("N1 {} {}".format, SIGNS, LIMITS),
    st.builds("T1 - T2 {} hours({})".format, SIGNS, LIMITS),
    st.sampled_from(["missing(N1)", "present(K1)", "K1 == 'a'", "D1 > date('2026-01-02')"]),
)
IN_ROW = st.one_of(
    st.builds("P3 {} {}".format, SIGNS, LIMITS), st.sampled_from(["missing(P2)", "P2 == 'a'"])
)


def _joined(parts):
    return st.one_of(
        st.builds("({}) and ({})".format, parts, parts),
        st.builds("({}) or ({})".format, parts, parts),
        st.builds("not ({})".format, parts),
    )


ROWS = st.recursive(IN_ROW, _joined, max_leaves=2)
OVER_ROWS = st.builds("{}(plan, {})".format, st.sampled_from(["any", "every"]), ROWS)
COUNTED = st.builds("count(plan, {}) {} {}".format, ROWS, SIGNS, LIMITS)
CONDITIONS = st.recursive(st.one_of(OWN, OVER_ROWS, COUNTED), _joined, max_leaves=4)

NUMBERS = st.sampled_from(["0", "1", "2", "3", "x"])
TIMES = st.sampled_from([f"2026-01-0{day}T0{hour}:00:00Z" for day in (1, 2) for hour in (1, 2, 3)])
OF_CASE = {
    "N1": NUMBERS,
    "K1": st.sampled_from(["a", "b"]),
    "T1": TIMES,
    "T2": TIMES,
    "D1": st.sampled_from(["2026-01-01", "2026-01-03"]),
}
OF_ROW = {"P3": NUMBERS, "P2": st.sampled_from(["a", "b"])}
VALUES = st.fixed_dictionaries({}, optional=OF_CASE)
PLANS = st.lists(st.fixed_dictionaries({}, optional=OF_ROW), max_size=3).map(tuple)
CASES = st.builds(lambda values, rows: CaseValues("1", values, {PLAN: rows}), VALUES, PLANS)


@st.composite
def pairs(draw):
    """Two conditions of which the one was often made from the other."""
    one = draw(CONDITIONS)
    other = draw(CONDITIONS)
    return draw(
        st.sampled_from(
            [
                (one, other),
                (f"({one}) and ({other})", one),
                (one, f"({one}) or ({other})"),
                (one, one.replace(" 2", " 1")),
                (one, one.replace(" 1", " 2")),
            ]
        )
    )


@settings(max_examples=400, deadline=None)
@given(pairs(), st.lists(CASES, min_size=3, max_size=8))
def test_what_implies_a_condition_surely_holds_only_where_that_does(pair, cases):
    one, other = (parse(text) for text in pair)
    if implies(one.tree, other.tree):
        for case in cases:
            assert holds(other, case, PROFILE) or not holds(one, case, PROFILE)


@settings(max_examples=100, deadline=None)
@given(CONDITIONS, CONDITIONS)
def test_one_more_alternative_is_seen_and_one_condition_more_too(one, other):
    first, either = parse(one).tree, parse(f"({one}) or ({other})").tree
    both = parse(f"({one}) and ({other})").tree
    assert implies(first, either)
    assert implies(both, first)
    assert implies(first, ast.parse(one, mode="eval").body)
