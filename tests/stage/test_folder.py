"""The folder of the local stage: kept, shared, busy, and opened by its passphrase alone."""

from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest

from app.core.errors import StageError
from app.disk import alone
from app.stage.authority import prepare
from app.stage.server import LocalStage
from tests.support.stage import (
    PASSPHRASE,
    client_of,
    request,
)

LATE = {"start": "2026-03-02T09:00:00+01:00", "end": "2026-03-02T08:00:00+01:00"}


def test_the_same_folder_keeps_its_cases_and_its_certificates(folder, profile, tmp_path):
    with LocalStage(folder, profile, PASSPHRASE) as first, client_of(first, tmp_path) as client:
        client.send(request(**LATE))
        client.send(request("2200055", system="SE13-137"))
        ca, password = first.ca.read_bytes(), first.certificate_password
    with LocalStage(folder, profile, PASSPHRASE) as second, client_of(second, tmp_path) as client:
        assert (second.ca.read_bytes(), second.certificate_password) == (ca, password)
        assert [one.case for one in second.fellista()] == ["2200054"]
        assert [one.case for one in second.rejected()] == ["2200055"]
        assert client.send(request()).result == ("OK", "Uppdaterade: 2200054")


def test_two_first_starts_at_once_share_one_folder(profile, tmp_path):
    folder = tmp_path / "stage"
    with ThreadPoolExecutor(3) as pool:
        stages = list(pool.map(lambda _: LocalStage(folder, profile, PASSPHRASE), range(3)))
    for number, stage in enumerate(stages):
        with stage as running, client_of(running, tmp_path) as client:
            assert client.send(request(str(number))).result == ("OK", f"Skapade: {number}")
            assert running.count() == number + 1
    with LocalStage(folder, profile, PASSPHRASE) as later, client_of(later, tmp_path) as client:
        assert client.send(request("0")).result == ("OK", "Uppdaterade: 0")


def test_a_folder_in_which_another_stage_stays_is_said_to_be_busy(folder, profile, monkeypatch):
    monkeypatch.setattr("app.stage.authority.PATIENCE", 0.05)
    with alone(folder / "stage.lock", 1), pytest.raises(StageError, match="stage-folder-busy"):
        LocalStage(folder, profile, PASSPHRASE)


def test_a_folder_that_cannot_be_used_is_told(profile, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StageError) as caught:
        LocalStage(tmp_path / "file", profile, PASSPHRASE)
    assert caught.value.code == "stage-folder-unusable"


def test_a_database_that_cannot_be_used_is_not_taken_for_a_wrong_passphrase(folder, profile):
    (folder / "stage.db").mkdir()
    with pytest.raises(StageError) as caught, LocalStage(folder, profile, PASSPHRASE):
        pass
    assert caught.value.code == "stage-folder-unusable"


def test_another_passphrase_does_not_open_the_folder(stage, folder, profile):
    with pytest.raises(StageError, match="stage-folder-locked"):
        LocalStage(folder, profile, "another passphrase")


def test_a_database_of_another_passphrase_is_refused_and_kept(folder, profile, tmp_path):
    with LocalStage(folder, profile, PASSPHRASE):
        pass
    before = (folder / "stage.db").read_bytes()
    (folder / "authority.pem").unlink()
    prepare(folder, "another passphrase")
    with pytest.raises(StageError) as caught, LocalStage(folder, profile, "another passphrase"):
        pass
    assert caught.value.code == "stage-folder-locked"
    assert (folder / "stage.db").read_bytes() == before


def test_a_taken_port_is_named(stage, profile, tmp_path):
    port = urlsplit(stage.endpoint).port
    other = LocalStage(tmp_path / "other", profile, PASSPHRASE, port=port)
    with pytest.raises(StageError) as caught, other:
        pass
    assert (caught.value.code, caught.value.values) == ("stage-port-taken", {"port": str(port)})
