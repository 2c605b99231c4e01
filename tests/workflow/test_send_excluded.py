"""A case that a person has left out is never sent."""

from dataclasses import replace

import pytest

from app.core.mapping import Link, LinkState
from app.core.register import Mandatory
from app.workflow.exclusions import exclude_cases, include_cases
from app.workflow.local_stage import import_stage_certificate
from app.workflow.send import plan_sending, send
from tests.support.workflow import (
    PROFILE,
    PROJECT,
    ScriptedRegister,
    make_desk,
    prepare_cases,
    running_stage,
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with running_stage(make_desk(tmp_path_factory.mktemp("stage"))) as stage:
        yield stage


@pytest.fixture
def desk(tmp_path, stage):
    from app.workflow.stage_note import remember

    desk = make_desk(tmp_path / "data")
    remember(desk.stage_folder, desk.secrets, dict(stage.line()))
    import_stage_certificate(desk)
    needed = (one for one in desk.profile(PROFILE).variables if one.mandatory is Mandatory.YES)
    links = tuple(Link(one.id, state=LinkState.APPROVED) for one in needed)
    project = replace(PROJECT, links=links)
    prepare_cases(desk, project, c1=(None, "<a/>"), c2=(None, "<b/>"), c3=("schema", "<c/>"))
    desk.connect = ScriptedRegister()
    yield desk
    desk.close()


def planned(desk, *cases):
    return plan_sending(desk, desk.project, cases, "local")


def test_who_is_left_out_is_withheld_with_that_reason_also_when_named(desk):
    exclude_cases(desk, ("1", "3"), "a test patient")
    for plan in (planned(desk), planned(desk, "1", "2", "3")):
        assert plan.cases == ("2",)
        assert {one.case: one.reason for one in plan.withheld} == {
            "1": "excluded",
            "3": "stopped-by-finding",
        }
    include_cases(desk, ("1",))
    assert planned(desk).cases == ("1", "2")


def test_a_case_that_is_left_out_while_the_batch_leaves_stays(desk):
    desk.connect.at_post = lambda _case: exclude_cases(desk, ("2",), "second thoughts")
    plan = planned(desk)
    assert plan.cases == ("1", "2")
    report = send(desk, plan)
    assert desk.connect.posted == ["1"]
    assert [one.case for one in report.outcomes] == ["1"]
    assert desk.journal().attempts("2") == ()
