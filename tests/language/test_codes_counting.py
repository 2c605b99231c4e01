"""What decides how a case counts, and what would change it, in sentences a person reads."""

import re
from pathlib import Path

import pytest

from app.core.counting import Decider, Turn, WhatIf, explain
from app.core.finding import Tier
from app.language import text
from app.language.codes_counting import (
    SENTENCES,
    decider_sentence,
    turn_sentence,
    whatif_sentence,
)
from tests.support.counted_cases import LATE, OPERATED, PLANNED, case
from tests.support.profile import shipped

CORE = Path(__file__).parents[2] / "app" / "core"
NONE = frozenset[Tier]()
CASES = (
    case(),
    case({"V415": PLANNED["V415"]}),
    case(PLANNED | LATE, {}),
    case(PLANNED, **OPERATED, operationskod="NFB49", V320="akut", V800=PLANNED["V430"]),
    case(PLANNED | LATE | {"V450": "Ja"}, V565="x", operationskod="ZXF99"),
)


@pytest.fixture(autouse=True)
def english():
    text.use("en")
    yield
    text.use("sv")


def test_every_code_that_is_made_has_a_sentence():
    texts = "".join((CORE / f"{name}.py").read_text("utf-8") for name in ("counting", "reasons"))
    codes = {one for one in re.findall(r'"(counting-[a-z-]+)"', texts) if one in SENTENCES}
    missing = set(re.findall(r'"(counting-[a-z-]+)"', texts)) - codes
    assert missing == set()
    assert len(codes) > 20


@pytest.mark.parametrize("values", CASES)
@pytest.mark.parametrize("tiers", [NONE, frozenset({Tier.CORRUPT, Tier.SCHEMA})])
def test_nothing_is_left_unsaid(values, tiers):
    counted = explain(values, shipped(), tiers)
    explained = (counted.verdict, *counted.others, *counted.counts)
    told = [decider_sentence(why, shipped()) for one in explained for why in one.deciders]
    told += [whatif_sentence(one, shipped()) for each in explained for one in each.changes]
    assert len(told) > 20
    for said in told:
        assert "{" not in said
        assert "counting-" not in said
        assert "–" not in said


def test_a_late_strykning_says_the_limit_in_words():
    counted = explain(case(PLANNED | LATE), shipped(), NONE)
    told = [decider_sentence(one, shipped()) for one in counted.verdict.deciders]
    (late,) = [one for one in told if "is after" in one]
    assert "is after 17:00 on the day before V420" in late
    assert LATE["V440"] in late
    assert "2026-03-28T17:00:00+01:00" in late
    assert "row 1" in late


def test_a_missing_value_and_one_that_is_there():
    counted = explain(case({"V415": PLANNED["V415"]}), shipped(), NONE)
    by_id = {one.id: one for one in counted.others}
    assert decider_sentence(by_id["genomford"].deciders[0], shipped()).startswith("V565 ")
    assert decider_sentence(by_id["genomford"].deciders[0], shipped()).endswith("is missing")


def test_what_would_change_it_names_the_other_way_to_count():
    counted = explain(case(), shipped(), NONE)
    told = {one.id: whatif_sentence(one, shipped()) for one in counted.verdict.changes}
    assert told["avford"].startswith("Removed: ")
    assert "a new row" in told["avford"]
    assert told["avford"].endswith("becomes Ja")
    assert told["genomford"].endswith("gets a value")


def test_no_way_is_told_as_such():
    assert "no way was found" in whatif_sentence(WhatIf("planerad"), shipped())


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        ("at(V420, 0, '08:00')", "08:00 on the day of V420"),
        ("at(V420, -3, '08:00')", "08:00, 3 days before V420"),
        ("at(V420, 1, '08:00')", "08:00 on the day after V420"),
        ("at(V420, 2, '08:00')", "08:00, 2 days after V420"),
        ("at('2026-01-01', -1, '08:00')", "08:00 on the day before 2026-01-01"),
        ("date(V420)", "the day of V420"),
        ("V570 - V565", "the time from V565"),
        ("days(14)", "14 days"),
        ("hours(2)", "2 hours"),
        ("V565 * 2", "V565 * 2"),
        ("not in the language", "not in the language"),
    ],
)
def test_a_part_of_a_condition_in_words(limit, words):
    values = (("left", "V440"), ("left_value", "x"), ("right", limit), ("right_value", "y"))
    told = decider_sentence(
        Decider("counting-after", True, (("V440", "x"),), "", values), shipped()
    )
    assert words in told


def test_findings_stand_in_the_way():
    told = decider_sentence(
        Decider("counting-barred", False, values=(("tier", "korrupt"),)), shipped()
    )
    gone = Turn("counting-turn-findings", "", "", "", values=(("tier", "korrupt"),))
    assert told.startswith("the case has findings: ")
    assert "korrupt" not in turn_sentence(gone, shipped())
    row = Turn("counting-turn-row", "", "", "", "planering 2")
    assert turn_sentence(row, shipped()).endswith("row 2: everything in the row is taken away")
