"""Which certificate goes where in the end, and that every use of it is in the journal."""

import pytest

from app.core.errors import CertificateError, NotSent
from app.core.journal_event import CertificateEventKind
from app.workflow import certify
from app.workflow.history import certificate_events
from app.workflow.ladder import try_connection
from app.workflow.local_stage import import_stage_certificate
from app.workflow.profiles import import_profile
from app.workflow.run_certificate import certificate_for_this_run
from app.workflow.send import plan_sending, send
from app.workflow.stage_note import remember
from tests.support.workflow import (
    ScriptedRegister,
    approved_project,
    make_desk,
    prepare_cases,
    running_stage,
)


class Watched(ScriptedRegister):
    """A register that remembers whose certificate each connection was made with."""

    def __call__(self, profile, target, identity) -> ScriptedRegister:
        self.shown = [*getattr(self, "shown", []), identity.facts.fingerprint]
        return super().__call__(profile, target, identity)


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    with running_stage(make_desk(tmp_path_factory.mktemp("stage"))) as stage:
        yield stage


@pytest.fixture
def desk(tmp_path, stage):
    desk = make_desk(tmp_path / "data")
    remember(desk.stage_folder, desk.secrets, dict(stage.line()))
    yield desk
    desk.close()


@pytest.fixture
def held(desk):
    return import_stage_certificate(desk).for_kind("local")


def planned(desk):
    project = approved_project(desk)
    prepare_cases(desk, project, c1=(None, "<a/>"))
    desk.connect = Watched()
    return plan_sending(desk, project, (), "local")


def told(desk):
    page = certificate_events(desk, 0, 100)
    assert page.total == len(page.events)
    return [(one.kind, one.entrance, one.fingerprint) for one in page.events]


def test_a_batch_shows_the_certificate_of_its_plan_and_notes_it_per_case(desk, held):
    report = send(desk, planned(desk))
    assert report.stopped == ""
    assert desk.connect.shown == [held.fingerprint]
    assert [one.certificate for one in desk.journal().attempts()] == [held.fingerprint]


def test_a_certificate_that_was_removed_since_the_plan_sends_nothing(desk, held):
    plan = planned(desk)
    certify.remove_certificate(desk, held.id)
    with pytest.raises(CertificateError, match="certificate-gone"):
        send(desk, plan)
    assert desk.journal().count() == 0


def test_one_for_this_run_goes_with_its_batch_and_leaves_its_fingerprint_only(desk, stage):
    package = str(stage.certificate), stage.certificate_password
    with certificate_for_this_run(desk, *package):
        plan = planned(desk)
        send(desk, plan)
        assert desk.connect.shown == [plan.certificate.fingerprint]
    assert [one.certificate for one in desk.journal().attempts()] == desk.connect.shown
    assert told(desk) == []
    assert certify.certificates(desk).certificates == ()


def test_the_ladder_notes_the_certificate_before_it_connects(desk, held):
    assert try_connection(desk, "local").holds
    assert told(desk)[0] == (CertificateEventKind.TRIED, "local", held.fingerprint)


def test_fetching_a_contract_notes_the_certificate_even_if_nobody_answers(desk, held, stage):
    import_profile(desk, "local", "fetched")
    desk.authorities["local"] = stage.ca
    with pytest.raises(NotSent):
        import_profile(desk, "https://127.0.0.1:9/spor?wsdl", "silent")
    fetched = (CertificateEventKind.FETCHED, "local", held.fingerprint)
    assert told(desk)[:2] == [fetched, fetched]
