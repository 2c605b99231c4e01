"""A certificate for one run leaves nothing behind, on the disk or in the keystore."""

import pytest

from app.core.errors import CertificateError
from app.workflow.certify import certificate
from app.workflow.run_certificate import RUNS, certificate_for_this_run
from tests.support.workflow import make_desk, running_stage


@pytest.fixture
def staged(tmp_path):
    desk = make_desk(tmp_path / "data")
    with running_stage(desk) as stage:
        yield desk, str(stage.certificate), stage.certificate_password


def secrets_of(desk) -> set[str]:
    return {name for name in vars(desk.secrets)["_secrets"] if name.startswith("certificate-")}


def test_it_is_in_use_until_the_block_ends(staged):
    desk, path, password = staged
    with certificate_for_this_run(desk, path, password):
        view = certificate(desk)
        assert view is not None
        assert view.entrances == ("local",)
        assert len(secrets_of(desk)) == 1
    assert certificate(desk) is None
    assert secrets_of(desk) == set()
    assert list((desk.data / RUNS).iterdir()) == []


def test_a_wrong_password_leaves_nothing(staged):
    desk, path, _password = staged
    with pytest.raises(CertificateError), certificate_for_this_run(desk, path, "wrong"):
        pass
    assert secrets_of(desk) == set()
    assert list((desk.data / RUNS).iterdir()) == []


def test_what_the_run_itself_meets_is_not_called_a_fault_of_the_certificate(staged):
    desk, path, password = staged
    with pytest.raises(BrokenPipeError), certificate_for_this_run(desk, path, password):
        raise BrokenPipeError
    assert secrets_of(desk) == set()


def test_what_a_killed_run_left_goes_at_the_next_and_one_under_way_stays(staged, monkeypatch):
    desk, path, password = staged
    with monkeypatch.context() as killed:
        killed.setattr("app.workflow.run_certificate._clean", lambda *_: None)
        with certificate_for_this_run(desk, path, password):
            pass
    assert len(secrets_of(desk)) == 1
    with certificate_for_this_run(desk, path, password):
        other = make_desk(desk.data)
        other.secrets = desk.secrets
        with certificate_for_this_run(other, path, password):
            assert len(secrets_of(desk)) == 2
        assert certificate(desk) is not None
    assert secrets_of(desk) == set()
    assert list((desk.data / RUNS).iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(staged):
    desk, path, password = staged
    (desk.data / RUNS).write_text("a file where a folder should be")
    with (
        pytest.raises(CertificateError, match="certificate-not-kept"),
        certificate_for_this_run(desk, path, password),
    ):
        pass
