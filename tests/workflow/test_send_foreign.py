"""The sample hospital by another contract: built, valid, and sent many at a time."""

from dataclasses import replace

import pytest

from app.core.errors import StageError
from app.core.outcome import OutcomeKind
from app.files.profile import compile_schema
from app.safexml import parse
from app.stage.faults import Faults
from app.stage.server import LocalStage
from app.workflow.analyse import analyse
from app.workflow.contract_profile import contract_mark
from app.workflow.local_stage import import_stage_certificate
from app.workflow.send import plan_sending, send
from app.workflow.stage_note import remember
from tests.support.analysed import clean_documents
from tests.support.foreign import LARGEST, NAME, PERSON, foreign_folder
from tests.support.loaded import base_of, sample_desk
from tests.support.stage import NAMESPACE


@pytest.fixture
def checked(tmp_path):
    """A desk with the sample hospital checked by the foreign contract."""
    desk, opened = sample_desk(tmp_path / "data")
    foreign_folder(desk.data / "profiles")
    project = replace(opened.project, profile=NAME)
    analyse(desk, project, base_of(opened))
    yield desk, desk.profile(NAME)
    desk.close()


def test_every_document_is_valid_by_the_foreign_contract(checked):
    desk, profile = checked
    schema = compile_schema(profile)
    clean = clean_documents(desk.analysis)
    assert len(clean) > 200
    for document in clean:
        assert schema.validate(parse(document.encode())), schema.error_log
    text = clean[0]
    assert f'<ns1:postRegistrationRequest xmlns:ns1="{NAMESPACE}"' in text
    assert f'xmlns:ns3="{PERSON}"' in text
    assert "<registrering>\n    <systemId>" in text


def test_all_sendable_cases_are_accepted_several_at_a_time(checked, tmp_path, monkeypatch):
    desk, profile = checked
    asked = []
    with LocalStage(tmp_path / "stage", profile, "pass") as stage:
        line = {**stage.line(), "contract": contract_mark(profile)}
        remember(desk.stage_folder, desk.secrets, line)
        import_stage_certificate(desk)
        plan = plan_sending(desk, desk.project, (), "local")
        begin = desk.journal().begin_many

        def noted(cases, **rest):
            asked.append(cases)
            return begin(cases, **rest)

        monkeypatch.setattr(desk.journal(), "begin_many", noted)
        report = send(desk, plan)
        assert report.stopped == ""
        assert {one.kind for one in report.outcomes} == {OutcomeKind.CREATED}
        assert len(report.outcomes) == len(plan.cases) == stage.count()
        assert max(map(len, asked)) == LARGEST
        assert len(asked) == -(-len(plan.cases) // LARGEST)
        assert stage.rejected() == []


def test_answers_that_are_lost_lose_no_case_and_store_none_twice(checked, tmp_path):
    desk, profile = checked
    with LocalStage(tmp_path / "stage", profile, "pass", faults=Faults(cut=4)) as stage:
        line = {**stage.line(), "contract": contract_mark(profile)}
        remember(desk.stage_folder, desk.secrets, line)
        import_stage_certificate(desk)
        plan = plan_sending(desk, desk.project, (), "local")
        report = send(desk, plan)
        lost = [one.case for one in report.outcomes if one.kind is OutcomeKind.UNKNOWN]
        assert len(report.outcomes) == len(plan.cases) == stage.count()
        fourth = range(3 * LARGEST, len(plan.cases), 4 * LARGEST)
        assert lost == [case for at in fourth for case in plan.cases[at : at + LARGEST]]
        assert plan_sending(desk, desk.project, (), "local").cases == tuple(lost)
        assert stage.count() == len(plan.cases)


def test_a_stage_with_another_contract_is_told_before_anything_leaves(checked, tmp_path):
    desk, _ = checked
    shipped = desk.profile("spor-4.1")
    with LocalStage(tmp_path / "stage", shipped, "pass") as stage:
        remember(
            desk.stage_folder, desk.secrets, {**stage.line(), "contract": contract_mark(shipped)}
        )
        with pytest.raises(StageError, match="stage-other-contract"):
            plan_sending(desk, desk.project, (), "local")
