"""What the shipped rules find, and how the shipped verdicts count a case."""

import pytest

from app.core.case import CaseValues
from app.core.condition import holds, parse
from app.core.register import Profile
from tests.support.profile import case_of, shipped

START, END = "2022-04-13T08:00:00+02:00", "2022-04-13T09:00:00+02:00"
STRUCK = {"V440": "2022-04-12T17:00:00+02:00", "V445": "7a", "V450": "Nej"}
LATE = STRUCK | {"V440": "2022-04-12T17:00:01+02:00"}
COUNTING = {"V415": START, "V430": END}


def broken(profile: Profile, case: CaseValues) -> set[str]:
    return {
        rule.id
        for rule in profile.rules
        if rule.condition and holds(parse(rule.condition), case, profile)
    }


def verdict_of(case) -> str:
    profile = shipped()
    return next(one.id for one in profile.verdicts if holds(parse(one.condition), case, profile))


@pytest.mark.parametrize(
    ("plannings", "values", "verdict"),
    [
        ((), {}, "anmald"),
        (({},), {}, "anmald"),
        (({"V415": START},), {}, "anmald"),
        (({"V425": END, "V430": END},), {}, "anmald"),
        (({"V415": START, "V430": END},), {}, "planerad"),
        (({"V415": START, "V425": END},), {}, "planerad"),
        (({"V420": START, "V430": END},), {}, "planerad"),
        (({"V415": START}, {"V430": END}), {}, "anmald"),
        ((STRUCK,), {}, "struken_anmald"),
        ((STRUCK | {"V415": START},), {}, "struken_anmald"),
        ((STRUCK | COUNTING,), {}, "struken_planerad"),
        ((STRUCK | COUNTING, COUNTING), {}, "planerad"),
        ((STRUCK, COUNTING), {}, "planerad"),
        ((STRUCK | COUNTING, {"V415": START}), {}, "struken_planerad"),
        ((STRUCK, STRUCK | COUNTING), {}, "struken_planerad"),
        ((LATE | COUNTING,), {}, "struken_sent"),
        ((LATE | {"V420": START, "V425": END},), {}, "struken_sent"),
        ((LATE | COUNTING | {"V420": "2022-04-14T08:00:00+02:00"},), {}, "struken_planerad"),
        ((LATE | {"V415": START},), {}, "struken_anmald"),
        ((LATE, COUNTING), {}, "planerad"),
        ((LATE | COUNTING, COUNTING), {}, "planerad"),
        ((LATE | COUNTING, STRUCK | COUNTING), {}, "struken_sent"),
        ((LATE | COUNTING | {"V450": "Ja"},), {}, "avford"),
        (({"V445": "7a"} | COUNTING,), {}, "struken_planerad"),
        ((STRUCK | {"V450": "Ja"},), {}, "avford"),
        ((STRUCK | {"V450": "Ja"} | COUNTING,), {}, "avford"),
        ((STRUCK | COUNTING, COUNTING), {"V565": START}, "genomford"),
        ((), {"V565": START}, "genomford"),
        ((COUNTING,), {"V540": START}, "planerad"),
        ((LATE | COUNTING,), {"V565": START}, "genomford"),
        ((), {"V565": START, "V800": END}, "ut_fran_postop"),
        ((COUNTING,), {"V800": END}, "planerad"),
    ],
)
def test_a_case_counts_as_the_guide_says(plannings, values, verdict):
    assert verdict_of(case_of(*plannings, **values)) == verdict


HEALTHY = {
    "patientId": "197701012382",
    "V310": "2022-04-01T10:00:00+02:00",
    "V320": "elektiv",
    "V540": "2022-04-13T07:30:00+02:00",
    "V565": START,
    "V567": START,
    "V570": END,
    "V585": "2022-04-13T09:30:00+02:00",
    "V800": "2022-04-13T12:00:00+02:00",
    "langd": "172",
    "vikt": "54.4",
}


@pytest.mark.parametrize(
    ("plannings", "changed", "rule"),
    [
        ((), {"vikt": "544"}, "korrupt-01"),
        ((), {"vikt": "5"}, "korrupt-01"),
        ((COUNTING, COUNTING), {}, "korrupt-02"),
        ((), {"V310": START}, "korrupt-04"),
        (
            (),
            {"V320": "akut", "V325": "inom14d", "V310": "2022-03-30T07:59:00+02:00"},
            "korrupt-05",
        ),
        ((), {"V800": "2022-04-13T09:10:00+02:00"}, "korrupt-06"),
        ((), {"V310": "1922-04-01T10:00:00+02:00"}, "korrupt-07"),
        ((STRUCK | {"V440": START},), {}, "korrupt-08"),
        ((), {"V800": "2022-04-21T12:00:00+02:00"}, "korrupt-09"),
        ((), {"ankomstPostop": "2022-04-05T09:00:00+02:00"}, "korrupt-09"),
        ((), {"anestesiStart": END, "anestesiSlut": START}, "korrupt-10"),
        ((), {"V570": "2022-04-13T07:59:00+02:00"}, "korrupt-11"),
        ((), {"patientInSal": END, "patientUtSal": START}, "korrupt-12"),
        ((), {"V585": "2022-04-13T08:59:00+02:00"}, "korrupt-13"),
        ((), {"V540": "2022-04-13T08:01:00+02:00"}, "korrupt-14"),
        ((), {"V585": "2022-04-13T07:00:00+02:00", "V570": ""}, "korrupt-15"),
        ((), {"uppdukningStart": END, "uppdukningSlut": START}, "korrupt-16"),
        ((), {"patientId": "197701012381"}, "korrupt-17"),
        ((STRUCK | {"V445": "1ai"},), {}, "korrupt-18"),
        ((STRUCK | {"V445": "12a"},), {}, "korrupt-18"),
        ((), {"patientId": "202301012384"}, "korrupt-22"),
        ((), {"preoperativAnestesiStart": START}, "korrupt-23"),
        ((), {"V325": "inom2h"}, "inkonsistent-03"),
        (({},), {}, "sandning-tom-planering"),
        ((STRUCK | {"V450": "Ja", "planeradSal": "Sal 1"},), {}, "sandning-avforande"),
        (({"V415": START},), {}, "sandning-miniminiva"),
        ((STRUCK,), {}, "sandning-strykning-raknas"),
        ((), {"V567": "2022-04-13T07:50:00+02:00"}, "notering-knivtid-fore"),
        ((), {"knivtidSlut": "2022-04-13T07:50:00+02:00"}, "notering-knivtid-slut"),
        ((), {"forstaAnmalan": START}, "notering-forsta"),
        ((), {"V565": "", "V567": ""}, "notering-operation-utan"),
        ((), {"V320": "akut"}, "notering-akut-utan"),
    ],
)
def test_a_rule_finds_its_fault(plannings, changed, rule):
    before = broken(shipped(), case_of(COUNTING, **HEALTHY))
    found = broken(shipped(), case_of(*plannings, **(HEALTHY | changed)))
    assert before == set()
    assert any(one.startswith(rule) for one in found), found


@pytest.mark.parametrize(
    ("plannings", "changed"),
    [
        ((), {"V570": START, "V567": ""}),
        ((), {"V320": "akut", "V325": "omedelbart", "V310": END}),
        ((), {"V320": "akut", "V325": "inom14d", "V310": "2022-03-30T08:00:00+02:00"}),
        ((STRUCK | COUNTING, COUNTING), {}),
        ((STRUCK | COUNTING | {"V445": "11C"},), {}),
        ((STRUCK | {"V450": "Ja"},), {}),
    ],
    ids=[
        "no length",
        "at once",
        "two weeks",
        "planned again",
        "capital letter",
        "only the strykning",
    ],
)
def test_what_is_allowed_breaks_no_rule(plannings, changed):
    assert broken(shipped(), case_of(*plannings, **(HEALTHY | changed))) == set()


@pytest.mark.parametrize(("code", "found"), [("A122", True), ("A126", False), ("A0", False)])
def test_codes_that_left_the_complication_list_are_found(code, found):
    case = case_of(**HEALTHY)
    row = {"peropKod": code, "peropSvarighetsgrad": "1"}
    case = CaseValues(case.key, case.values, {"peroperativKomplikation": (row,)})
    ids = broken(shipped(), case)
    assert ("korrupt-21-ogiltig-komplikationskod" in ids) is found
    assert ("notering-a0-raknas-som-komplikation" in ids) is (code == "A0")
