"""The local stage as a process: found, started, stopped; no password in its note."""

import json
import shutil
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest

from app.core.environment import PASSPHRASE, PASSWORD, PIN
from app.core.errors import GateClosed, KeystoreError, StageError
from app.core.mapping import Project
from app.files.profile import load_shipped
from app.keystore.places import Places
from app.keystore.secrets import MemorySecrets, OsSecrets
from app.stage.issue import authority, certificate_pem
from app.workflow import local_stage, stage_note
from app.workflow.certify import certificates
from app.workflow.contract_profile import contract_mark
from app.workflow.entrance_facts import keep_authorities
from app.workflow.entrances import find_entrance, target_of
from tests.support.foreign import NAME, foreign_folder
from tests.support.workflow import PROFILE, make_desk, running_stage

LINE = {
    "endpoint": "https://127.0.0.1:1/ws",
    "ca": "ca.pem",
    "certificate": "client.p12",
    "portal": "http://127.0.0.1:1/t/",
    "password": "a-secret-word",
}


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "data")
    yield desk
    desk.close()


@pytest.fixture
def answering():
    """An endpoint that accepts connections."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"https://127.0.0.1:{server.getsockname()[1]}/ws"


def test_a_started_stage_answers_and_is_found_by_others(desk, tmp_path):
    steps = []
    stage = local_stage.start_stage(desk, lambda done, total, step="": steps.append(step))
    assert steps[0] == "starting-stage"
    assert local_stage.running_stage(make_desk(desk.data)) == stage
    assert local_stage.start_stage(desk) == stage  # the one that runs
    assert local_stage.import_stage_certificate(desk).for_kind("local") is not None
    local_stage.stop_stage(desk)
    assert local_stage.running_stage(desk) is None
    assert desk.stage is None


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux's /proc")
def test_a_stage_is_not_given_the_secrets_of_a_run(desk, monkeypatch):
    for name in (PASSWORD, PASSPHRASE, PIN):
        monkeypatch.setenv(name, "a secret of this run")
    monkeypatch.setenv("ORDINARY", "an ordinary value")
    local_stage.start_stage(desk)
    given = Path(f"/proc/{desk.stage_process.pid}/environ").read_text()
    assert "an ordinary value" in given
    assert "a secret of this run" not in given


def test_a_stage_starts_where_secrets_lie_behind_a_passphrase(desk, monkeypatch):
    def no_keystore():
        raise KeystoreError("keystore-missing")

    monkeypatch.delenv("SPOR_WORKBENCH_PASSPHRASE", raising=False)
    desk.secrets, desk.for_this_run = Places(desk.data, OsSecrets(no_keystore)), False
    desk.secrets.create("fyra ord på rad")
    first = local_stage.start_stage(desk)
    assert local_stage.import_stage_certificate(desk).for_kind("local") is not None
    desk.identity(find_entrance(desk.profile(), "local")).load_into(ssl.create_default_context())
    local_stage.stop_stage(desk)
    assert local_stage.running_stage(desk) is None
    again = local_stage.start_stage(desk)  # with the same authority as before
    assert Path(again.ca) == Path(first.ca)
    local_stage.stop_stage(desk)


def test_the_stage_speaks_the_contract_of_the_open_project(desk):
    foreign_folder(desk.data / "profiles")
    desk.project = Project("p", NAME)
    stage = local_stage.start_stage(desk)
    assert stage.contract == contract_mark(desk.profile(NAME))
    target = target_of(desk, find_entrance(desk.profile(), "local"))
    assert target.address == stage.endpoint
    assert local_stage.start_stage(desk) == stage
    desk.project = Project("p", PROFILE)
    with pytest.raises(StageError, match="stage-other-contract"):
        target_of(desk, find_entrance(desk.profile(), "local"))
    other = local_stage.start_stage(desk)
    assert other.contract == contract_mark(desk.profile(PROFILE))
    assert target_of(desk, find_entrance(desk.profile(), "local")).address == other.endpoint
    local_stage.stop_stage(desk)


def test_a_stage_started_elsewhere_with_another_contract_is_not_replaced(desk, answering):
    stage_note.remember(
        desk.stage_folder, desk.secrets, LINE | {"endpoint": answering, "contract": "x"}
    )
    with pytest.raises(StageError, match="stage-other-contract"):
        local_stage.start_stage(desk)
    assert local_stage.running_stage(desk) is not None


def test_a_stage_that_cannot_start_says_so(desk, monkeypatch):
    monkeypatch.setattr("sys.executable", "/bin/true")
    other = stage_note.remember(desk.stage_folder, desk.secrets, LINE)
    with pytest.raises(StageError) as caught:
        local_stage.start_stage(desk)
    assert caught.value.code == "stage-start-failed"
    assert desk.stage_process is None
    assert stage_note.known_authority(desk) == Path(other.ca)  # the note of another is left alone


def test_without_a_keystore_the_stage_is_not_even_started(desk, monkeypatch):
    desk.secrets, desk.for_this_run = NoKeystore(), False
    monkeypatch.setattr("sys.executable", "/no/such/program")
    with pytest.raises(KeystoreError) as caught:
        local_stage.start_stage(desk)
    assert caught.value.code == "keystore-missing"


def test_a_stage_that_stops_leaves_the_note_of_a_later_one(desk):
    stage_note.remember(desk.stage_folder, desk.secrets, LINE)
    stage_note.remember(
        desk.stage_folder, desk.secrets, LINE | {"endpoint": "https://localhost:2/later"}
    )
    stage_note.forget(desk.stage_folder, LINE["endpoint"])
    assert json.loads((desk.stage_folder / stage_note.NOTE).read_text())["endpoint"]
    stage_note.forget(desk.stage_folder, "https://localhost:2/later")
    assert not (desk.stage_folder / stage_note.NOTE).exists()


def test_a_note_that_cannot_be_written_is_told(desk):
    desk.stage_folder.write_text("a file where a folder should be")
    for deed in (
        lambda: stage_note.remember(desk.stage_folder, desk.secrets, LINE),
        lambda: stage_note.stage_passphrase(desk),
    ):
        with pytest.raises(StageError) as caught:
            deed()
        assert caught.value.code == "stage-folder-unusable"


def test_two_first_starts_share_one_passphrase(desk):
    slow = SlowSecrets()
    desks = [make_desk(desk.data) for _ in range(4)]
    for one in desks:
        one.secrets = slow
    with ThreadPoolExecutor(len(desks)) as pool:
        made = set(pool.map(stage_note.stage_passphrase, desks))
    assert made == {slow.read(stage_note.PASSPHRASE)}


class SlowSecrets(MemorySecrets):
    """A keystore that lets others in between reading and writing."""

    def write(self, name: str, secret: str) -> None:
        Event().wait(0.02)
        super().write(name, secret)


class NoKeystore(MemorySecrets):
    """A machine without a keystore."""

    def read(self, name: str) -> str | None:
        raise KeystoreError("keystore-missing")


def test_the_note_holds_no_password_and_the_keystore_does(desk):
    stage_note.remember(desk.stage_folder, desk.secrets, LINE)
    note = desk.stage_folder / stage_note.NOTE
    assert "a-secret-word" not in note.read_text()
    assert note.stat().st_mode & 0o077 == 0
    assert desk.secrets.read(stage_note.PASSWORD) == "a-secret-word"


def test_a_stage_that_does_not_answer_is_not_running(desk):
    stage_note.remember(desk.stage_folder, desk.secrets, LINE)
    assert local_stage.running_stage(desk) is None
    assert stage_note.known_authority(desk) == Path("ca.pem")
    with pytest.raises(StageError) as caught:
        local_stage.import_stage_certificate(desk)
    assert caught.value.code == "stage-not-running"


def test_the_stages_own_certificate_opens_nothing_else_once_the_stage_has_stopped(desk):
    with running_stage(desk) as stage:
        local_stage.import_stage_certificate(desk)
        shutil.copy(stage.ca, desk.stage_folder)  # where the `stage` command has it
        stage_note.forget(desk.stage_folder, stage.endpoint)
    (view,) = certificates(desk).certificates
    codes = {one.entrance: one.code for one in view.pairings}
    assert codes == {"local": "pairing-opens"} | dict.fromkeys(
        ("teststage", "stage", "production"), "pairing-local-only"
    )


@pytest.mark.parametrize("content", ["", "{", "[]", '{"endpoint": "x"}'])
def test_a_damaged_note_counts_as_none(desk, content):
    desk.stage_folder.mkdir(parents=True)
    (desk.stage_folder / stage_note.NOTE).write_text(content)
    assert local_stage.running_stage(desk) is None


@pytest.mark.parametrize(
    "endpoint",
    ["https://integration.ucr.uu.se/spor/ws", "https://localhost.evil.se/ws", "", "https://[::1/"],
)
def test_a_note_of_a_stage_that_is_not_on_this_computer_counts_as_none(desk, monkeypatch, endpoint):
    monkeypatch.setattr(stage_note, "_answers", lambda _endpoint: True)
    stage_note.remember(desk.stage_folder, desk.secrets, LINE)
    assert stage_note.find_stage(desk) is not None
    stage_note.remember(desk.stage_folder, desk.secrets, LINE | {"endpoint": endpoint})
    assert stage_note.find_stage(desk) is None
    assert stage_note.known_authority(desk) is None
    with pytest.raises(StageError, match="stage-not-running"):
        target_of(desk, find_entrance(desk.profile(), "local"))


def test_without_the_password_in_the_keystore_the_sentence_says_what_to_do(desk, answering):
    stage_note.remember(desk.stage_folder, desk.secrets, LINE | {"endpoint": answering})
    desk.secrets.remove(stage_note.PASSWORD)
    with pytest.raises(StageError) as caught:
        local_stage.import_stage_certificate(desk)
    assert caught.value.code == "stage-password-missing"


def test_a_stage_started_elsewhere_is_left_alone(desk, answering):
    stage_note.remember(desk.stage_folder, desk.secrets, LINE | {"endpoint": answering})
    local_stage.stop_stage(desk)
    assert local_stage.running_stage(desk) is not None


def test_an_entrance_is_found_by_id_by_kind_and_by_address():
    profile = load_shipped(PROFILE)
    stage = find_entrance(profile, "stage")
    assert find_entrance(profile, stage.address).kind == "stage"
    assert find_entrance(profile, "https://127.0.0.1:5/x").kind == "local"
    assert find_entrance(profile, "https://integration.ucr.uu.se/other").kind == "production"


def test_a_host_that_no_profile_knows_is_treated_as_production():
    entrance = find_entrance(load_shipped(PROFILE), "https://register.example/ws")
    assert (entrance.kind, entrance.address) == ("production", "https://register.example/ws")


def test_a_word_that_names_no_entrance_is_refused():
    with pytest.raises(GateClosed) as caught:
        find_entrance(load_shipped(PROFILE), "http://register.example/ws")
    assert caught.value.code == "entrance-unknown"


def test_a_real_entrance_needs_to_be_told_whom_to_trust(desk, tmp_path):
    profile = load_shipped(PROFILE)
    entrance = find_entrance(profile, "stage")
    with pytest.raises(GateClosed) as caught:
        target_of(desk, entrance)
    assert caught.value.code == "authorities-missing"
    desk.authorities["stage"] = path = ca_file(tmp_path)
    assert target_of(desk, entrance).authorities == (path,)


@pytest.mark.parametrize("content", [None, b"", b"no certificate", b"\xff\xfe"])
def test_a_file_of_authorities_that_holds_none_is_named(desk, tmp_path, content):
    desk.authorities["stage"] = path = tmp_path / "ca.pem"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(GateClosed) as caught:
        target_of(desk, find_entrance(load_shipped(PROFILE), "stage"))
    assert (caught.value.code, caught.value.values["name"]) == (
        "tls-authority-unreadable",
        "ca.pem",
    )


def ca_file(folder: Path) -> Path:
    path = folder / "siths.pem"
    path.write_bytes(certificate_pem(authority().certificate))
    return path


def test_the_project_may_name_whom_to_trust(desk, tmp_path):
    file = keep_authorities(desk, str(ca_file(tmp_path)))
    desk.project = Project("p", PROFILE, settings=(("authorities_stage", file),))
    target = target_of(desk, find_entrance(load_shipped(PROFILE), "stage"))
    assert [path.name for path in target.authorities] == ["siths.pem"]


def test_the_local_entrance_is_where_the_stage_runs(desk):
    entrance = find_entrance(load_shipped(PROFILE), "local")
    with pytest.raises(StageError) as caught:
        target_of(desk, entrance)
    assert caught.value.code == "stage-not-running"
    with running_stage(desk) as stage:
        assert target_of(desk, entrance).address == stage.endpoint
        by_address = find_entrance(load_shipped(PROFILE), stage.endpoint)
        assert target_of(desk, by_address).authorities == (stage.ca,)


def test_the_note_is_plain_json(desk):
    stage_note.remember(desk.stage_folder, desk.secrets, LINE)
    kept = json.loads((desk.stage_folder / stage_note.NOTE).read_text())
    assert set(kept) == {"endpoint", "ca", "certificate", "portal"}
