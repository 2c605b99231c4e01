"""The rules of the shipped profile have the register's wording, and break when it says so."""

import pytest

from app.core.case import CaseValues
from app.core.condition import holds, parse
from app.core.finding import Tier
from tests.support.facts import (
    ASSUMED,
    INFERRED,
    INKONSISTENT,
    KORRUPT,
    NOTES,
    SENDING,
    STATED,
    TIMES,
    other_reading,
)
from tests.support.profile import shipped


@pytest.mark.parametrize(
    ("tier", "rows"), [(Tier.CORRUPT, KORRUPT), (Tier.INCONSISTENT, INKONSISTENT)]
)
def test_the_rules_have_the_registers_wording(tier, rows):
    for profile in (shipped(), other_reading()):
        rules = [one for one in profile.rules if one.tier is tier and not one.until]
        assert [rule.message.sv for rule in rules] == [wording for wording, *_ in rows]
        assert {rule.message_confidence for rule in rules} == {STATED}


@pytest.mark.parametrize(("wording", "sure", "checked"), [*KORRUPT, *INKONSISTENT])
def test_a_rule_is_as_sure_as_its_source_and_says_why_when_it_is_not_checked(
    wording, sure, checked
):
    (rule,) = (one for one in shipped().rules if one.message.sv == wording)
    assert rule.fact.confidence is sure
    assert bool(rule.condition) is checked
    assert (rule.not_checkable is None) is checked


def test_what_the_other_reading_says_of_its_rules():
    by_id = other_reading().rules_by_id
    time, reason = (
        next(one for name, one in by_id.items() if name.startswith(start))
        for start in ("korrupt-08", "korrupt-18")
    )
    assert (time.condition, time.fact.confidence) == ("", STATED)
    assert (bool(reason.condition), reason.fact.confidence) == (True, INFERRED)


DAY_AND_OFFSET = "2026-03-02T{}:00:00+01:00"


@pytest.mark.parametrize(("wording", "first", "second", "broken"), TIMES)
def test_a_rule_on_two_times_is_broken_when_its_wording_says_so(wording, first, second, broken):
    (rule,) = (one for one in shipped().rules if one.message.sv == wording)
    noon = DAY_AND_OFFSET.format("12")
    found = tuple(
        holds(
            parse(rule.condition),
            CaseValues("1", {first: DAY_AND_OFFSET.format(hour), second: noon}, {}),
            shipped(),
        )
        for hour in ("11", "12", "13")
    )
    assert found == broken


@pytest.mark.parametrize(
    ("wording", "values", "groups", "broken"),
    [
        ("Akut väntetid längre än två veckor", {"V310": "02-16T12:00"}, {}, False),
        ("Akut väntetid längre än två veckor", {"V310": "02-16T11:59"}, {}, True),
        ("Mer än 7 dygn på postop", {"V585": "03-01T12:00", "V800": "03-08T12:00"}, {}, False),
        ("Mer än 7 dygn på postop", {"V585": "03-01T12:00", "V800": "03-08T12:01"}, {}, True),
        (
            *("Mer än 7 dygn på postop", {"ankomstPostop": "03-01T12:00", "V800": "03-08T12:00"}),
            *({}, False),
        ),
        (
            *("Mer än 7 dygn på postop", {"ankomstPostop": "03-01T12:00", "V800": "03-08T12:01"}),
            *({}, True),
        ),
        ("Operationsstart före/samtidigt som strykning", {}, {"V440": "03-02T11:59"}, False),
        ("Operationsstart före/samtidigt som strykning", {}, {"V440": "03-02T12:00"}, True),
        ("Operationsstart före/samtidigt som strykning", {}, {"V440": "03-02T12:01"}, True),
    ],
)
def test_limits_of_time_are_those_of_the_wording(wording, values, groups, broken):
    (rule,) = (one for one in shipped().rules if one.message.sv == wording)
    told, planned = (
        {name: f"2026-{moment}:00+01:00" for name, moment in some.items()}
        for some in ({"V565": "03-02T12:00", **values}, groups)
    )
    case = CaseValues("1", {"V320": "akut", **told}, {"planering": (planned,)})
    assert holds(parse(rule.condition), case, shipped()) is broken


@pytest.mark.parametrize(
    ("wording", "until", "wording_sure"),
    [
        ("Operationsstart lika med operationsslut", "2016-06", INFERRED),
        ("Tidpunkt patient kallas till operation…", "2019-05-06", STATED),
    ],
)
def test_a_removed_rule_is_kept_with_its_date(wording, until, wording_sure):
    (rule,) = (one for one in shipped().rules if one.message.sv == wording)
    assert (rule.until, rule.fact.confidence) == (until, STATED)
    assert rule.message_confidence is wording_sure


@pytest.mark.parametrize(("number", "words", "told"), SENDING)
def test_a_sending_rule_is_there_and_is_checked_or_says_why_not(number, words, told):
    (rule,) = (one for one in shipped().rules if f"(sending rule {number})" in one.fact.source)
    assert words in rule.message.sv
    assert told in f"{rule.remedy.sv} {rule.not_checkable.sv if rule.not_checkable else ''}"
    assert rule.fact.confidence is STATED
    assert bool(rule.condition) is (rule.not_checkable is None)


def test_the_other_notes_are_as_sure_as_their_sources():
    notes = [one for one in shipped().rules if one.tier is Tier.NOTE]
    rest = [one for one in notes if "(sending rule " not in one.fact.source]
    assert [(one.message.sv, one.fact.confidence) for one in rest] == NOTES


def test_the_wording_of_notes_is_our_own_and_not_called_the_registers():
    notes = [one for one in shipped().rules if one.tier is Tier.NOTE]
    assert {one.message_confidence for one in notes} == {ASSUMED}


@pytest.mark.parametrize(
    ("wording", "advice"),
    [
        ("Akut väntetid längre än två veckor", "senast sparade beslutet"),
        ("Akut väntetid längre än två veckor", "gamla makulerad"),
        ("Operationsstart före eller lika med anmälan", "flyttas aktivt"),
        ("Ogiltig SPOR-strykningsorsak", "Vik in en lokal tredje nivå"),
    ],
)
def test_the_recommended_corrections_are_the_remedies(wording, advice):
    (rule,) = (one for one in shipped().rules if one.message.sv == wording)
    assert advice in rule.remedy.sv


@pytest.mark.parametrize(
    ("plannings", "broken"),
    [
        (({"V415": "x"},), False),
        (({"V415": "x"}, {"V415": "x", "V450": "Nej"}), False),
        (({"V415": "x"}, {}), False),
        (({"V415": "x"}, {"V420": "x"}), True),
    ],
)
def test_two_plannings_that_are_not_struck_are_one_too_many(plannings, broken):
    (rule,) = (one for one in shipped().rules if one.message.sv == KORRUPT[1][0])
    case = CaseValues("1", {}, {"planering": plannings})
    assert holds(parse(rule.condition), case, shipped()) is broken


@pytest.mark.parametrize(
    ("born", "broken"), [("20260301", False), ("20260302", False), ("20260303", True)]
)
def test_an_operation_on_the_day_of_birth_is_not_before_it(born, broken):
    (rule,) = (one for one in shipped().rules if "födelsedatum" in one.message.sv)
    start = DAY_AND_OFFSET.format("00")
    case = CaseValues("1", {"V565": start, "patientId": f"{born}2380"}, {})
    assert holds(parse(rule.condition), case, shipped()) is broken
