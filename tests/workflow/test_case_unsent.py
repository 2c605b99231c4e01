"""Why a value of one case is not sent, or where it would have stood."""

from collections import Counter
from dataclasses import replace

import pytest

from app.core.mapping import LinkState, Step
from app.workflow.batches import pick_batch
from app.workflow.case_detail import case_detail
from app.workflow.projects import save_project
from app.workflow.quality import quality
from tests.support.loaded import analysed_desk
from tests.support.one_case import CASE, own_desk


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    return analysed_desk(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk(sample):
    return sample[0]


def reasons(detail):
    return {(one.variable or one.group, one.index): one for one in detail.unsent}


# Why not


def test_what_is_not_recorded_tells_where_it_would_stand(desk):
    told = reasons(case_detail(desk, CASE))
    assert told["V325", 0].reason == "not-recorded"
    assert dict(told["V325", 0].values) == {"table": "operationer", "column": "AKPRIO", "row": "9"}
    assert told["V440", 1].reason == "not-recorded"  # of the first planering
    assert told["bmi", 0].reason == "not-in-contract"


def test_every_variable_of_the_profile_is_sent_or_told(desk):
    for case in desk.analysis.cases["case"][:40]:
        detail = case_detail(desk, case)
        sent = {one.variable for one in detail.places if one.variable}
        told = {one.variable or one.group for one in detail.unsent}
        for variable in desk.profile().variables:
            assert variable.id in sent or told & {variable.id, variable.group}, (case, variable.id)


def test_no_place_is_both_sent_and_told_as_missing(desk):
    for case in desk.analysis.cases["case"][:40]:
        detail = case_detail(desk, case)
        sent = {(one.variable, one.index) for one in detail.places if one.variable}
        assert not sent & {(one.variable, one.index) for one in detail.unsent}
        assert (
            max(
                Counter(
                    (one.variable, one.group, one.index) for one in detail.unsent if one.variable
                ).values()
            )
            == 1
        )


EDITS = {
    "not-linked": lambda project: project.without_link("V320"),
    "not-approved": lambda project: project.with_link(
        replace(project.link_of("V320"), state=LinkState.FLAGGED)
    ),
    "left-out-by-condition": lambda project: project.with_link(
        with_step(project, Step("only_when", (("column", "STATUS"), ("value", "X"))))
    ),
    "said-missing": lambda project: project.with_link(
        with_step(project, Step("missing_when", (("values", "E"), ("value", "E"))))
    ),
    "not-converted": lambda project: project.with_link(with_step(project, Step("number"))),
    "value-map-omits": lambda project: project.with_value_map(
        replace(map_of(project), entries=(("A", "akut"),), unmapped="omit")
    ),
    "value-map-sends-nothing": lambda project: project.with_value_map(
        replace(map_of(project), entries=(("A", "akut"), ("E", "")))
    ),
}


EMPTIED = Step("missing_when", (("values", "E"),))


def with_step(project, step):
    link = project.link_of("V320")
    return replace(link, steps=(step, *link.steps))


def map_of(project):
    step = next(one for one in project.link_of("V320").steps if one.kind == "value_map")
    return project.value_map_of(step.option("name"))


@pytest.mark.parametrize("reason", EDITS)
def test_why_a_value_that_is_recorded_is_not_sent(tmp_path, reason):
    desk = own_desk(tmp_path, EDITS[reason])
    told = reasons(case_detail(desk, CASE))["V320", 0]
    assert told.reason == reason
    if reason == "left-out-by-condition":
        assert dict(told.values) | {"step": "1", "column": "STATUS", "row": "9"} == dict(
            told.values
        )


def test_a_row_of_a_group_with_nothing_in_it_is_told_as_left_out(tmp_path):
    def nothing(project):
        condition = Step("only_when", (("column", "OPNR"), ("value", "2600008")))
        group = {one.variable for one in project.links if one.table == "planeringar"}
        links = tuple(
            replace(one, steps=(*one.steps, condition)) if one.variable in group else one
            for one in project.links
        )
        return replace(project, links=links)

    detail = case_detail(own_desk(tmp_path, nothing), CASE)
    told = [one for one in detail.unsent if one.group == "planering" and not one.variable]
    assert [one.reason for one in told] == ["group-left-out"]
    assert dict(told[0].values) == {"table": "planeringar", "row": "9"}
    assert "<planering>" not in detail.xml


def test_a_mapping_that_was_changed_since_the_check_tells_nothing_about_what_was_checked(tmp_path):
    desk, opened, _ = analysed_desk(tmp_path)
    before = case_detail(desk, CASE), quality(desk).variables, pick_batch(desk)
    project = opened.project.without_link("V565").with_link(with_step(opened.project, EMPTIED))
    save_project(desk, project, opened.path)
    assert (case_detail(desk, CASE), quality(desk).variables, pick_batch(desk)) == before
