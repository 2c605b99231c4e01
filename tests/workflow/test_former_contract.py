"""A case that was accepted by another contract than the project has now."""

from dataclasses import replace

from app.core.identity import mask
from app.workflow.analyse import analyse
from app.workflow.case_detail import case_detail
from tests.support.foreign import NAME, foreign_folder
from tests.support.loaded import accept, analysed_desk, base_of

CASE = "2600007"


def test_what_was_accepted_by_another_contract_is_compared_by_variables(tmp_path):
    desk, opened, _ = analysed_desk(tmp_path)
    plain = case_detail(desk, CASE, reveal=True)
    person = next(one.value for one in plain.values if one.variable == "patientId")
    accept(desk, CASE, plain.xml)
    desk.profile_folder.mkdir()
    foreign_folder(desk.profile_folder)
    moved = replace(opened.project, profile=NAME).without_link("V565")
    analyse(desk, moved, base_of(opened))
    detail = case_detail(desk, CASE)
    assert [(one.kind, one.variable) for one in detail.difference.entries] == [("removed", "V565")]
    assert detail.difference.removals == 1
    assert mask(person) in detail.accepted_xml


def test_a_document_of_no_known_contract_loses_everything_that_it_says(tmp_path):
    desk, _, _ = analysed_desk(tmp_path)
    accept(desk, CASE, "<other><V565>then</V565></other>")
    difference = case_detail(desk, CASE).difference
    assert [one.before for one in difference.entries if one.kind == "removed"] == ["then"]
