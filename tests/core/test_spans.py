"""Which pairs of times a profile's rules compare."""

from dataclasses import replace
from datetime import timedelta

from app.core.register import ValueType
from app.core.spans import Span, spans_of
from tests.support.engine import rule, small_profile
from tests.support.profile import shipped


def spans(*rules):
    return spans_of(replace(small_profile(), rules=rules))


def test_a_rule_on_an_order_says_what_should_come_first_whichever_way_it_is_written():
    for condition in ("T1 > T2", "T2 < T1", "T1 >= T2", "T2 <= T1"):
        assert spans(rule("r", condition)) == (Span("T1", "T2", ("r",)),)


def test_rules_on_the_same_times_stand_together_with_the_distances_they_name():
    found = spans(
        rule("order", "T1 > T2"),
        rule("far", "T2 - T1 > days(7) or T2 - T1 > hours(6)"),
        rule("far-again", "present(N1) and T2 - T1 > days(7)"),
    )
    limits = timedelta(days=7), timedelta(hours=6)
    assert found == (Span("T1", "T2", ("order", "far", "far-again"), limits),)


def test_times_of_a_group_are_compared_too():
    assert spans(rule("r", "any(plan, P1 > T1)")) == (Span("P1", "T1", ("r",)),)


def test_what_is_no_comparison_of_two_moments_is_no_span():
    rules = ("T1 == T2", "N1 > 3", "date(T1) > D1", "N1 - 3 > N1", "missing(T1)", "")
    assert spans(*(rule(f"r{n}", text) for n, text in enumerate(rules))) == ()


def test_every_span_of_the_shipped_profile_is_between_moments():
    profile = shipped()
    found = spans_of(profile)
    assert ("V565", "V570") in {(one.begin, one.end) for one in found}
    for one in found:
        for name in (one.begin, one.end):
            assert profile.by_id[name].value_type is ValueType.DATETIME
        assert one.rules
