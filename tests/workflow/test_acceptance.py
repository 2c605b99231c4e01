"""The checklist: what is shown, what failed, what waits for a person."""

from dataclasses import replace

import pytest

from app.core.mapping import Link, LinkState
from app.core.outcome import Outcome, OutcomeKind
from app.core.register import Mandatory
from app.language.sentences import name_of
from app.workflow.acceptance import checklist
from app.workflow.local_stage import import_stage_certificate
from tests.support.workflow import (
    NOON,
    PROFILE,
    PROJECT,
    make_desk,
    prepare_cases,
    running_stage,
)


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "data")
    yield desk
    desk.close()


def states(desk, project=PROJECT):
    return {item.code: item.state for item in checklist(desk, project)}


def values(desk, code, project=PROJECT):
    return next(dict(item.values) for item in checklist(desk, project) if item.code == code)


def mapped(desk, state=LinkState.APPROVED):
    links = tuple(
        Link(one.id, state=state)
        for one in desk.profile(PROFILE).variables
        if one.mandatory is Mandatory.YES
    )
    return replace(PROJECT, links=links)


def attempt(desk, case, kind):
    journal = desk.journal()
    number = journal.begin(case, "local", "a", "h", "m", b"<a/>", NOON)
    journal.end(number, Outcome(case, kind), NOON)


def test_on_an_empty_desk_almost_everything_waits(desk):
    found = states(desk)
    assert found["mandatory-mapped"] == "failed"
    assert found["mapping-approved"] == "passed"  # there is no link to approve
    assert {code for code, state in found.items() if state == "waiting"} == {
        "profile-confirmed",
        "no-stopping-findings",
        "certificate-present",
        "connection-tried",
        "created-accepted",
        "updated-accepted",
        "verdict-accepted",
        "fellista-corrected",
    }


def test_links_must_be_approved_by_a_person(desk):
    assert states(desk, mapped(desk, LinkState.SUGGESTED))["mapping-approved"] == "waiting"
    assert states(desk, mapped(desk))["mapping-approved"] == "passed"
    assert states(desk, mapped(desk))["mandatory-mapped"] == "passed"


def test_a_stopped_case_fails_and_a_declined_patient_does_not(desk):
    prepare_cases(desk, PROJECT, c1=(None, "<a/>"), c2=("blocked", "<b/>"))
    assert states(desk)["no-stopping-findings"] == "passed"
    prepare_cases(desk, PROJECT, c1=("schema", "<a/>"), c2=(None, "<b/>"))
    assert values(desk, "no-stopping-findings") == {"stopped": "1", "total": "2"}
    assert states(desk)["no-stopping-findings"] == "failed"


def test_answers_of_the_register_are_evidence_and_lost_ones_are_not(desk):
    attempt(desk, "1", OutcomeKind.NOT_SENT)
    attempt(desk, "1", OutcomeKind.UNKNOWN)
    assert states(desk)["connection-tried"] == "waiting"
    attempt(desk, "1", OutcomeKind.REJECTED)
    assert states(desk)["connection-tried"] == "passed"
    assert states(desk)["created-accepted"] == "waiting"
    attempt(desk, "1", OutcomeKind.CREATED)
    attempt(desk, "1", OutcomeKind.UPDATED)
    found = states(desk)
    assert (found["created-accepted"], found["updated-accepted"]) == ("passed", "passed")


def test_every_verdict_must_be_seen_among_the_accepted(desk):
    prepare_cases(desk, PROJECT, c1=(None, "<a/>"))
    attempt(desk, "1", OutcomeKind.CREATED)
    counted = values(desk, "verdict-accepted")
    assert counted["seen"] == "1"
    assert states(desk)["verdict-accepted"] == "waiting"


def test_a_stage_with_an_empty_list_and_its_certificate_pass(desk):
    with running_stage(desk):
        import_stage_certificate(desk)
        found = states(desk)
    assert found["fellista-corrected"] == "passed"
    assert found["certificate-present"] == "passed"


def test_every_point_has_a_name(desk):
    for item in checklist(desk, PROJECT):
        assert name_of(item.code) != item.code
