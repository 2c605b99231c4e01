"""A finding on a person's number says what is wrong with it, without saying the number."""

from pathlib import Path

import pytest

from app.core.finding import Finding, Tier
from app.language.sentences import finding_sentence
from app.language.text import current, use
from app.workflow.analyse import analyse
from app.workflow.case_detail import case_detail
from app.workflow.case_reasons import with_reasons
from app.workflow.views import SourceRow, ValueView
from tests.support.loaded import base_of, sample_desk
from tests.support.one_case import CASE
from tests.support.profile import shipped

RULE = next(one.id for one in shipped().rules if one.condition == "not valid_person_id(patientId)")


@pytest.fixture(autouse=True)
def english():
    before = current()
    use("en")
    yield
    use(before)


def view_of(value: str) -> ValueView:
    return ValueView("patientId", "", 0, value, "arenden", ("PNR",), (value,))


def remedy_for(number: str) -> str:
    plain = Finding("1", RULE, Tier.CORRUPT, "patientId")
    (found,) = with_reasons((plain,), (view_of(number),), (), shipped())
    assert number not in repr(found)
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
    assert with_reasons(others, (), (), shipped()) == others
    assert with_reasons(others, (view_of("197701012382"),), (), shipped()) == others


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("19810829M071", "Västra Götalandsregionen"),
        (" 19770101-TF12", "of an authority"),
        ("1,97701E+11", "formatted as numbers"),
        ("770101", ""),
    ],
)
def test_a_number_that_a_step_could_not_read_says_what_it_seems_to_be(raw, said):
    unread = Finding("1", "person-id-unreadable", Tier.BLOCKS, "patientId", "arenden", "PNR", 2)
    rows = (SourceRow("arenden", 2, (("ÄRENDE", "1"), ("PNR", raw))),)
    (found,) = with_reasons((unread,), (), rows, shipped())
    remedy = finding_sentence(found, shipped())[1]
    assert said in remedy
    assert raw.strip() not in remedy
    assert (found == unread) is (not said)


@pytest.mark.case("P04", "an export of the sample hospital, the person_id step")
@pytest.mark.parametrize(
    ("number", "told"),
    [("19810829M071", "Västra Götalandsregionen"), ("1,97701E+11", "formatted as numbers")],
)
def test_p04_a_case_of_an_export_says_what_its_number_is(tmp_path, number, told):
    desk, opened = sample_desk(tmp_path)
    base = Path(base_of(opened))
    (source,) = (one for one in opened.project.sources if one.name == opened.project.case_table)
    file = base / source.path
    rows = file.read_text("latin-1").splitlines(keepends=True)
    mine = next(place for place, row in enumerate(rows) if row.startswith(f"{CASE};"))
    rows[mine] = f"{CASE};{number};" + rows[mine].split(";", 2)[2]
    file.write_text("".join(rows), "latin-1")
    try:
        analyse(desk, opened.project, str(base))
        detail = case_detail(desk, CASE)
        (found,) = (one for one in detail.findings if one.code == "person-id-unreadable")
        assert told in finding_sentence(found, desk.profile())[1]
        assert number not in repr(detail.findings)
    finally:
        desk.close()
