"""The client certificate: imported from a real stage, kept encrypted, and tried on the line."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from time import monotonic

import pytest

from app.core.errors import CertificateError, KeystoreError
from app.keystore.secrets import MemorySecrets
from app.workflow import certify
from app.workflow.local_stage import import_stage_certificate
from tests.support.workflow import make_desk, running_stage


@pytest.fixture(scope="module")
def staged(tmp_path_factory):
    desk = make_desk(tmp_path_factory.mktemp("certify"))
    with running_stage(desk) as stage:
        yield desk, stage
    desk.close()


@pytest.fixture
def desk(staged):
    return staged[0]


def imported(desk, stage):
    path, password = str(stage.certificate), stage.certificate_password
    return certify.import_certificate(desk, path, password).certificates[0]


def test_without_an_import_there_is_no_certificate(tmp_path):
    assert certify.certificate(make_desk(tmp_path)) is None


def test_the_stages_certificate_opens_the_local_entrance_only(desk):
    view = import_stage_certificate(desk).certificates[0]
    assert view == certify.certificate(desk)
    assert view.entrances == ("local",)
    assert view.hsa_id == "SE0000000000-TST1"
    assert view.place == "memory"
    assert view.days_left > 300


def test_a_certificate_not_of_the_stage_opens_the_entrances_of_its_kind(staged, tmp_path):
    _desk, stage = staged
    other = make_desk(tmp_path)  # has never seen the stage
    view = imported(other, stage)
    assert view.entrances == ("teststage",)
    assert certify.certificates(other).chosen == ()  # nobody knows its issuer: a person chooses


def test_no_unencrypted_key_is_written(desk):
    import_stage_certificate(desk)
    for path in desk.data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"BEGIN PRIVATE KEY" not in content
            assert b"BEGIN RSA PRIVATE KEY" not in content


def test_a_wrong_password_keeps_the_former_certificate(staged):
    desk, stage = staged
    before = import_stage_certificate(desk).certificates[0]
    with pytest.raises(CertificateError) as caught:
        certify.import_certificate(desk, str(stage.certificate), "wrong")
    assert caught.value.code == "certificate-password"
    assert certify.certificate(desk) == before


def test_what_an_import_that_was_cut_off_has_left_goes_at_the_next_start(staged, tmp_path):
    _desk, stage = staged
    first = make_desk(tmp_path)
    before = imported(first, stage)
    first.secrets.write("certificate-0123456789abcdef", "of a version that never came to be")
    mark = first.identity_folder / "0123456789abcdef.new"
    mark.touch()
    later = make_desk(tmp_path)
    later.secrets = first.secrets
    assert certify.certificates(later).certificates == (before,)
    wait_until(lambda: not mark.exists())
    assert later.secrets.read("certificate-0123456789abcdef") is None
    assert certify.certificates(later).certificates == (before,)


def test_a_keystore_that_does_not_answer_keeps_nobody_from_the_certificate(staged, tmp_path):
    _desk, stage = staged
    first = make_desk(tmp_path)
    before = imported(first, stage)
    mark = first.identity_folder / "0123456789abcdef.new"
    mark.touch()
    later = make_desk(tmp_path)
    later.secrets = Locked()
    assert certify.certificates(later).certificates == (before,)
    wait_until(later.secrets.asked.is_set)
    later.secrets.answer.set()
    assert mark.exists()  # it goes once the keystore answers


class Locked(MemorySecrets):
    """A keystore that takes its time and then says no."""

    def __init__(self) -> None:
        super().__init__()
        self.asked, self.answer = Event(), Event()

    def remove(self, name: str) -> None:
        self.asked.set()
        self.answer.wait(10)
        raise KeystoreError("keystore-locked")


def wait_until(condition: Callable[[], bool]) -> None:
    end, pause = monotonic() + 10, Event()
    while not condition():
        assert monotonic() < end, "nothing happened"
        pause.wait(0.01)


def test_a_missing_file_is_named(desk, tmp_path):
    with pytest.raises(CertificateError) as caught:
        certify.import_certificate(desk, str(tmp_path / "none.p12"), "x")
    assert (caught.value.code, caught.value.values["name"]) == (
        "certificate-file-missing",
        "none.p12",
    )


def test_an_expired_certificate_is_not_imported(staged, tmp_path):
    _, stage = staged
    late = make_desk(tmp_path, clock=lambda: datetime(2090, 1, 1, tzinfo=UTC))
    with pytest.raises(CertificateError) as caught:
        certify.import_certificate(late, str(stage.certificate), stage.certificate_password)
    assert caught.value.code == "certificate-expired"
    assert certify.certificate(late) is None


def test_a_removed_certificate_is_gone(staged, tmp_path):
    _, stage = staged
    desk = make_desk(tmp_path)
    shelf = certify.remove_certificate(desk, imported(desk, stage).id)
    assert (shelf.certificates, shelf.chosen) == ((), ())
    assert certify.certificate(desk) is None
    with pytest.raises(CertificateError, match="certificate-gone"):
        certify.remove_certificate(desk, "0123456789abcdef")


def test_a_damaged_authority_file_opens_nothing_by_mistake(staged, tmp_path):
    _, stage = staged
    desk = make_desk(tmp_path)
    broken = tmp_path / "ca.pem"
    broken.write_text("nothing")
    desk.authorities["local"] = broken
    view = imported(desk, stage)
    assert "local" not in view.entrances
