"""A project moves to another contract and keeps all that still holds."""

import pytest

from app.core.mapping import GroupLink, Link, LinkState, Project, Step, ValueMap
from app.files.project import read_project, write_project
from app.workflow.moving import move_project, move_saved
from app.workflow.profiles import import_profile, remove_profile, save_binding
from tests.support.english import TRUTH, english
from tests.support.workflow import make_desk

APPROVED = LinkState.APPROVED


def linked(variable, *steps, state=APPROVED):
    return Link(variable, "operationer", (variable,), (Step("trim"), *steps), state)


def link_in(project: Project, variable: str) -> Link:
    return next(one for one in project.links if one.variable == variable)


def map_in(project: Project, name: str) -> ValueMap:
    return next(one for one in project.value_maps if one.name == name)


def mapped(name):
    return Step("value_map", (("name", name),))


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "data")
    table = import_profile(desk, str(english(tmp_path)), "other").table
    for path, variable in TRUTH.items():
        table = table.bound(tuple(path.split("/")), variable)
    save_binding(desk, "other", table)
    return desk


PROJECT = Project(
    "p",
    "spor-4.1",
    groups=(GroupLink("planering", "planeringar"), GroupLink("diagnos", "diagnoser")),
    links=(
        linked("SystemId"),
        linked("V310"),
        linked("V320", mapped("urgency")),
        linked("V450"),
        linked("vikt"),
    ),
    value_maps=(ValueMap("urgency", (("A", "akut"), ("E", "elektiv"))),),
)


def test_links_of_variables_that_have_an_element_are_kept(desk):
    moved = move_project(desk, PROJECT, "other")
    assert moved.kept == ("SystemId", "V310", "V320", "V450")
    assert moved.project.profile == "other"
    assert moved.project.link_of("V310") == PROJECT.link_of("V310")
    assert moved.project.groups == PROJECT.groups


def test_a_value_map_then_leads_to_the_codes_that_mean_the_same(desk):
    moved = move_project(desk, PROJECT, "other").project
    assert map_in(moved, "urgency").entries == (("A", "ACUTE"), ("E", "ELECTIVE"))


def test_codes_that_stood_in_the_export_get_a_value_map(desk):
    moved = move_project(desk, PROJECT, "other").project
    name = link_in(moved, "V450").steps[-1].option("name")
    assert dict(map_in(moved, name).entries) == {"Ja": "true", "Nej": "false"}
    assert link_in(moved, "V450").state is APPROVED


def test_what_does_not_hold_is_listed_as_work(desk):
    tasks = {(one.code, one.variable) for one in move_project(desk, PROJECT, "other").tasks}
    assert {("move-link-lost", "vikt"), ("move-group-lost", "diagnos")} <= tasks
    assert ("move-mandatory-new", "patientId") in tasks
    assert ("move-group-lost", "planering") not in tasks


def test_codes_that_none_means_any_more_are_work_though_no_value_map_names_them(desk, tmp_path):
    wsdl = english(tmp_path)
    wsdl.write_text(wsdl.read_text("utf-8").replace('"ACUTE"', '"R"').replace('"ELECTIVE"', '"G"'))
    table = import_profile(desk, str(wsdl), "colours").table
    save_binding(desk, "colours", table.bound(("Case", "Urgency"), "V320"))
    moved = move_project(desk, Project("p", "spor-4.1", links=(linked("V320"),)), "colours")
    gone = {dict(one.values)["former"] for one in moved.tasks if one.code == "move-value-gone"}
    assert gone == {"akut", "elektiv"}
    assert link_in(moved.project, "V320").state is LinkState.SUGGESTED


def test_a_move_there_and_back_loses_nothing(desk):
    there = move_project(desk, PROJECT, "other").project
    back = move_project(desk, there, "spor-4.1").project
    assert back.value_map_of("urgency") == PROJECT.value_map_of("urgency")
    assert {link.variable for link in back.links} == {link.variable for link in PROJECT.links}


def test_another_reading_asks_to_look_at_what_changed_its_type(desk):
    project = Project("p", "spor-4.1", links=(linked("V310"), linked("V440")))
    moved = move_project(desk, project, "spor-4.1:R2")
    assert ("move-link-check", "V440") in {(one.code, one.variable) for one in moved.tasks}
    assert link_in(moved.project, "V440").state is LinkState.SUGGESTED
    assert link_in(moved.project, "V310").state is APPROVED


def test_a_project_whose_profile_is_gone_can_be_moved_and_is_approved_anew(desk, tmp_path):
    place = tmp_path / "p.sporproject"
    write_project(move_project(desk, PROJECT, "other").project, place)
    remove_profile(desk, "other")
    moved = move_saved(desk, str(place), "spor-4.1")
    assert read_project(place) == moved.project
    assert moved.project.profile == "spor-4.1"
    assert moved.kept == tuple(link.variable for link in PROJECT.links)
    assert {link.state for link in moved.project.links} == {LinkState.SUGGESTED}
    tasks = {(one.code, one.variable) for one in moved.tasks}
    assert {("move-link-unknown", name) for name in moved.kept} <= tasks
