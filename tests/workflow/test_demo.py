"""The whole journey on the sample hospital against a real stage."""

from html import unescape

import pytest

from app.core.outcome import OutcomeKind
from app.language import text
from app.workflow.acceptance import checklist
from app.workflow.demo import make_journey
from app.workflow.demo_report import write_report
from tests.support.workflow import make_desk


@pytest.fixture(scope="module")
def travelled(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    desk = make_desk(tmp_path_factory.mktemp("data"))
    told = []
    journey = make_journey(desk, out, lambda code, values: told.append(code))
    yield desk, journey, out, told
    desk.close()


def test_the_journey_ends_well(travelled):
    _, journey, _, told = travelled
    assert journey.succeeded
    assert told == [code for code, _ in journey.steps]
    assert told[0] == "demo-loaded"
    assert told[-1] == "demo-left"


def test_all_that_may_be_sent_is_accepted(travelled):
    _, journey, _, _ = travelled
    assert journey.sent.count(OutcomeKind.CREATED) == len(journey.plan.cases)
    assert len(journey.plan.cases) + len(journey.plan.withheld) == journey.before.cases


def test_corrected_cases_leave_the_fellista(travelled):
    _, journey, _, _ = travelled
    listed = {one.entry.case for one in journey.fellista.cases}
    left = {one.entry.case for one in journey.left.cases}
    resent = {outcome.case for outcome in journey.resent.outcomes}
    assert journey.resent.count(OutcomeKind.UPDATED) == len(resent) > 0
    assert listed - left == resent


def test_our_findings_foresee_the_whole_fellista(travelled):
    _, journey, _, _ = travelled
    foreseen = sum(cause.cases for cause in journey.before.causes if cause.tier == "korrupt")
    assert foreseen == len(journey.fellista.cases)


def test_one_file_is_written_per_case(travelled):
    _, journey, out, _ = travelled
    assert len(list((out / "xml").iterdir())) == journey.documents


def test_afterwards_the_checklist_has_its_evidence(travelled):
    desk, journey, _, _ = travelled
    states = {item.code: item.state for item in checklist(desk, journey.opened.project)}
    for code in ("connection-tried", "created-accepted", "updated-accepted", "verdict-accepted"):
        assert states[code] == "passed"
    assert states["fellista-corrected"] == "failed"  # some are left to a person


@pytest.mark.parametrize("language", text.LANGUAGES)
def test_the_report_is_a_page_with_counts_and_no_case(travelled, tmp_path, language):
    _, journey, _, _ = travelled
    text.use(language)
    write_report(journey, tmp_path / "sub" / "report.html")
    page = (tmp_path / "sub" / "report.html").read_text("utf-8")
    assert f'<html lang="{language}">' in page
    assert journey.opened.profile.note.in_language(language) in unescape(page)
    for outcome in journey.sent.outcomes[:20]:
        assert outcome.case not in page
