"""How a case is counted, what decides it, and what would change it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from app.core.case import CaseValues
from app.core.condition import holds, parse
from app.core.counting import counts_in, explain, phase_of, turned, verdict_of
from app.core.finding import Tier
from tests.support.counted_cases import CASES, LATE, OPERATED, PLANNED, REQUEST, STRUCK, case
from tests.support.facts import other_reading
from tests.support.profile import shipped

NONE = frozenset[Tier]()
VERDICTS = [one.id for one in shipped().verdicts]


def told(explained):
    return [(one.text_code.removeprefix("counting-"), one.row, one.holds) for one in explained]


def changes(counted, verdict):
    (found,) = (one for one in counted.verdict.changes if one.id == verdict)
    return [
        (one.text_code.removeprefix("counting-turn-"), one.row, one.variable) for one in found.turns
    ]


def count_of(counted, name):
    return next(one for one in counted.counts if one.id == name)


# What decides


def test_a_planned_case_is_decided_by_one_start_one_end_and_no_strykning():
    counted = explain(case({}, PLANNED), shipped(), NONE)
    assert (counted.verdict.id, counted.phase) == ("planerad", "fas_planering")
    assert [(one.variables[0], one.holds) for one in counted.verdict.deciders] == [
        (("V440", ""), True),
        (("V445", ""), True),
        (("V450", ""), True),
        (("V415", PLANNED["V415"]), True),
        (("V425", PLANNED["V425"]), True),
    ]
    assert {one.row for one in counted.verdict.deciders} == {"planering 2"}


def test_a_late_strykning_names_the_limit_in_stockholms_time():
    counted = explain(case(PLANNED | LATE), shipped(), NONE)
    (limit,) = [one for one in counted.verdict.deciders if one.text_code == "counting-after"]
    assert counted.verdict.id == "struken_sent"
    assert dict(limit.values)["right_value"] == "2026-03-28T17:00:00+01:00"
    assert dict(limit.values)["left_value"] == LATE["V440"]


def test_what_is_not_reached_says_why():
    counted = explain(case({"V415": PLANNED["V415"]}), shipped(), NONE)
    others = {one.id: told(one.deciders) for one in counted.others}
    assert list(others) == [one for one in VERDICTS if one != "anmald"]
    assert others["genomford"] == [("missing", "", False)]
    assert others["planerad"] == [
        ("missing", "planering 1", False),
        ("missing", "planering 1", False),
    ]
    assert others["avford"] == [("missing", "planering 1", None)]


def test_a_verdict_that_another_goes_before_says_which():
    counted = explain(case(PLANNED | STRUCK | {"V450": "Ja"}), shipped(), NONE)
    others = {one.id: one.deciders for one in counted.others}
    (why,) = others["struken_planerad"]
    assert (why.text_code, why.values) == ("counting-earlier", (("verdict", "avford"),))


def test_a_group_without_rows_decides_too():
    counted = explain(case(), shipped(), NONE)
    others = {one.id: one.deciders for one in counted.others}
    assert [one.values for one in others["planerad"]] == [(("group", "planering"),)]
    assert told(counted.verdict.deciders) == [("otherwise", "", True)]


@pytest.mark.parametrize(
    ("tiers", "holding", "barring"),
    [
        (NONE, True, []),
        ({Tier.NOTE, Tier.INCONSISTENT}, True, []),
        ({Tier.CORRUPT}, False, ["korrupt"]),
        ({Tier.BLOCKS, Tier.CORRUPT, Tier.NOTE}, False, ["blocks", "korrupt"]),
        ({Tier.REJECTED}, False, ["avvisad"]),
    ],
)
def test_findings_keep_a_case_out_of_reports(tiers, holding, barring):
    operated = case(PLANNED, **OPERATED, operationskod="NFB49")
    counted = count_of(explain(operated, shipped(), frozenset(tiers)), "i_rapporter")
    assert counted.holds is holding
    told_of = [one for one in counted.deciders if one.text_code == "counting-barred"]
    assert [dict(one.values)["tier"] for one in told_of] == barring
    if barring:
        gone = [dict(one.values)["tier"] for one in counted.changes[0].turns]
        assert gone == barring


def test_a_report_needs_the_mandatory_variables():
    without = case(PLANNED, **OPERATED)
    counted = count_of(explain(without, shipped(), NONE), "i_rapporter")
    assert counted.holds is False
    assert [one.variable for one in counted.changes[0].turns] == ["operationskod"]


def test_what_one_case_cannot_tell_is_said_so():
    counted = count_of(explain(case(), shipped(), NONE), "utlost_andring")
    assert (counted.holds, told(counted.deciders)) == (None, [("not-computable", "", None)])
    assert counted.changes == ()


def test_without_a_time_of_the_strykning_nobody_knows_whether_it_was_late():
    profile = other_reading()
    struck = case(PLANNED | {"V440": "11", "V445": "C", "V450": "Nej"})
    counted = explain(struck, profile, NONE)
    assert counted.verdict.id == "struken_planerad"
    assert count_of(counted, "raknas_sen_strykning").holds is None


@pytest.mark.parametrize(
    ("operated", "code", "expected"),
    [
        (OPERATED | {"V320": "elektiv"}, "NFB49", True),
        (OPERATED | {"V320": "akut"}, "NFB49", False),
        (OPERATED | {"V320": "elektiv"}, "MCA10", False),
        (OPERATED | {"V320": "elektiv"}, "mca10", False),
        ({"V320": "elektiv"}, "NFB49", False),
    ],
)
def test_the_public_waiting_time_leaves_acute_cases_and_caesareans_out(operated, code, expected):
    counted = explain(case(PLANNED, **operated, operationskod=code), shipped(), NONE)
    assert count_of(counted, "i_vantetid_oppen").holds is expected


@pytest.mark.parametrize(
    ("values", "phase"),
    [
        (case(), "fas_anmalan"),
        (case({}), "fas_anmalan"),
        (case(STRUCK), "fas_planering"),
        (case({"V435": REQUEST["V310"]}), "fas_planering"),
        (case(V540=REQUEST["V310"]), "fas_operation"),
        (case(PLANNED, V875="36.5"), "fas_postop"),
        (CaseValues("1", {"behandlingsnummer": "1"}), ""),
    ],
)
def test_the_phase_is_the_highest_part_that_the_case_has(values, phase):
    assert phase_of(values, shipped()) == phase


# What would change it


def test_a_requested_case_becomes_another_by_few_values():
    counted = explain(case(), shipped(), NONE)
    new = "planering 1"
    assert changes(counted, "genomford") == [("give", "", "V565")]
    assert changes(counted, "avford") == [("set", new, "V450")]
    assert changes(counted, "planerad") == [("give", new, "V415"), ("give", new, "V425")]
    assert changes(counted, "struken_anmald") == [("give", new, "V440")]
    assert len(changes(counted, "struken_sent")) == 3
    assert all(one.is_new for change in counted.verdict.changes for one in change.turns if one.row)


def test_a_struck_case_is_planned_by_a_new_planering():
    counted = explain(case(PLANNED | STRUCK), shipped(), NONE)
    new = "planering 2"
    assert changes(counted, "planerad") == [("give", new, "V415"), ("give", new, "V425")]
    assert changes(counted, "avford") == [("set", "planering 1", "V450")]
    assert changes(counted, "struken_sent") == [("like", "planering 1", "V440")]


def test_any_value_is_enough_only_where_it_is():
    counted = explain(case(PLANNED), shipped(), NONE)
    assert changes(counted, "struken_planerad") == [("like", "planering 1", "V440")]
    assert changes(counted, "genomford") == [("give", "", "V565")]


def test_everything_in_a_row_may_have_to_go():
    counted = explain(case(STRUCK), shipped(), NONE)
    assert changes(counted, "anmald") == [("row", "planering 1", "")]


def test_a_change_that_nobody_finds_is_not_made_up():
    never = replace(shipped().verdicts[0], id="never", condition="count(planering, True) > 1")
    profile = replace(shipped(), verdicts=(never, *shipped().verdicts))
    counted = explain(case(), profile, NONE)
    assert changes(counted, "never") == []
    assert changes(counted, "genomford") == [("give", "", "V565")]


def test_a_late_strykning_is_none_by_an_earlier_time_rather_than_by_none_at_all():
    counted = explain(case(PLANNED | LATE), shipped(), NONE)
    (change,) = [one for one in counted.verdict.changes if one.id == "struken_planerad"]
    (turn,) = change.turns
    assert (turn.text_code, turn.variable) == ("counting-turn-like", "V440")
    assert turn.after == STRUCK["V440"]


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_what_is_said_to_change_it_does(values):
    counted = explain(values, shipped(), NONE)
    assert counted.verdict.id == verdict_of(values, shipped())
    for change in counted.verdict.changes:
        if change.turns:
            assert verdict_of(turned(values, change.turns), shipped()) == change.id
    for one, count in zip(counted.counts, shipped().counts, strict=True):
        for change in one.changes:
            if change.turns:
                after = turned(values, change.turns)
                assert counts_in(count, after, shipped(), NONE) is not one.holds


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_the_deciders_agree_with_the_conditions(values):
    counted = explain(values, shipped(), NONE)
    assert all(one.holds for one in counted.verdict.deciders)
    for one in counted.others:
        assert one.deciders
        assert not any(why.holds for why in one.deciders)
    for one, count in zip(counted.counts, shipped().counts, strict=True):
        if count.condition:
            assert one.holds is holds(parse(count.condition), values, shipped())
            assert {bool(why.holds) for why in one.deciders} == {bool(one.holds)}


SINGLE = ("V415", "V420", "V425", "V430", "V440", "V445", "V450")


@settings(max_examples=40, deadline=None)
@given(CASES)
def test_no_single_value_is_overlooked(values):
    """Where taking away, or giving, one value is enough, no more than one is asked for."""
    counted = explain(values, shipped(), NONE)
    turns = {one.id: len(one.turns) for one in counted.verdict.changes}
    for after in _one_value_less(values):
        found = verdict_of(after, shipped())
        assert turns.get(found, 1) == 1, found


def _one_value_less(values):
    for name in ("V565", "V800"):
        own = {key: text for key, text in values.values.items() if key != name}
        yield CaseValues(values.key, own, values.groups)
    rows = values.groups.get("planering", ())
    for at, row in enumerate(rows):
        for name in SINGLE:
            less = {key: text for key, text in row.items() if key != name}
            groups = {**values.groups, "planering": (*rows[:at], less, *rows[at + 1 :])}
            yield CaseValues(values.key, values.values, groups)
