"""A finding on a person's number says what is wrong with it, without saying the number."""

import pytest

from app.core.finding import Finding, Tier
from app.language.sentences import finding_sentence
from app.language.text import current, use
from app.workflow.case_detail import case_detail
from app.workflow.case_reasons import with_reasons
from tests.support.loaded import analysed_desk
from tests.support.one_case import CASE
from tests.support.profile import shipped

RULE = next(one.id for one in shipped().rules if one.condition == "not valid_person_id(patientId)")


@pytest.fixture(autouse=True)
def english():
    before = current()
    use("en")
    yield
    use(before)


def remedy_for(number: str) -> str:
    plain = Finding("1", RULE, Tier.CORRUPT, "patientId")
    (found,) = with_reasons((plain,), {"patientId": number}, shipped())
    assert number not in repr(found) or not number
    return finding_sentence(found, shipped())[1]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("197701012381", "wrong check digit"),
        ("19770101M071", "Västra Götalandsregionen"),
        ("991977000123", "Region Stockholm"),
        ("197702302382", "no possible date"),
        ("1,97701E+11", "formatted as numbers"),
    ],
)
def test_the_reason_stands_before_the_remedy(number, said):
    plain = shipped().rules_by_id[RULE].remedy.en
    remedy = remedy_for(number)
    assert said in remedy
    assert remedy.endswith(plain)


def test_a_finding_of_another_rule_and_one_without_a_value_stay_as_they_are():
    others = (Finding("1", RULE, Tier.CORRUPT), Finding("1", "own-code", Tier.NOTE))
    assert with_reasons(others, {}, shipped()) == others
    right = {"patientId": "197701012382"}
    assert with_reasons(others, right, shipped()) == others


def test_a_case_of_an_export_tells_it(tmp_path, monkeypatch):
    desk, _, _ = analysed_desk(tmp_path)
    try:
        desk.analysis.values(CASE)
        found = Finding(CASE, RULE, Tier.CORRUPT, "patientId")
        monkeypatch.setattr("app.engine.findings.findings_of", lambda *_: (found,))
        assert case_detail(desk, CASE).findings == (found,)  # its number is right
        monkeypatch.setattr(
            "app.workflow.case_reasons._CHECKS",
            {"valid_person_id": lambda _: "person-id-reserve-vgr"},
        )
        (told,) = case_detail(desk, CASE).findings
        assert told.values == (("reason", "person-id-reserve-vgr"),)
    finally:
        desk.close()
