"""Secrets behind a typed passphrase: nothing of them or of it lies readable anywhere."""

import json
import os
import threading

import pytest

from app.core.errors import KeystoreError
from app.disk import alone
from app.keystore import typed as module
from app.keystore.typed import TypedSecrets

PASSPHRASE = "fyra ord på rad"
CHEAP = 2**15


@pytest.fixture
def file(tmp_path):
    return tmp_path / "data" / "secrets.vault"


@pytest.fixture
def secrets(file) -> TypedSecrets:
    made = TypedSecrets(file, CHEAP)
    made.create(PASSPHRASE)
    return made


def test_what_one_run_keeps_another_finds_with_the_passphrase(secrets, file):
    secrets.write("certificate", "hemligt åäö")
    secrets.write("journal", "nyckel")
    later = TypedSecrets(file)
    assert later.state() == ("asks", "secrets.vault", "passphrase-needed", ())
    with pytest.raises(KeystoreError, match="passphrase-needed"):
        later.read("certificate")
    with pytest.raises(KeystoreError, match="passphrase-needed"):
        later.write("certificate", "x")
    later.unlock(PASSPHRASE)
    assert later.state() == ("typed", "secrets.vault", "", ())
    assert (later.read("certificate"), later.read("journal")) == ("hemligt åäö", "nyckel")
    later.remove("journal")
    later.remove("journal")
    assert (secrets.read("journal"), secrets.read("certificate")) == (None, "hemligt åäö")


def test_the_file_holds_neither_passphrase_nor_secret_and_is_the_owners(secrets, file):
    secrets.write("certificate", "hemligt")
    for text in (PASSPHRASE, "hemligt", "certificate"):
        assert text.encode() not in file.read_bytes()
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
        file.chmod(0o644)
        TypedSecrets(file).unlock(PASSPHRASE)
        assert file.stat().st_mode & 0o777 == 0o600
    assert PASSPHRASE not in repr(secrets)


def test_the_passphrase_costs_as_much_as_it_should(file):
    secrets = TypedSecrets(file)
    secrets.create(PASSPHRASE)
    assert json.loads(file.read_bytes())["cost"] == 2**17


@pytest.mark.parametrize(
    "wrong", ["", "fyra ord på ra", PASSPHRASE + " ", "日本語日本語日本語日本語"]
)
def test_a_wrong_passphrase_is_said_to_be_wrong(secrets, file, wrong):
    later = TypedSecrets(file)
    with pytest.raises(KeystoreError, match="passphrase-wrong"):
        later.unlock(wrong)
    assert later.state().state == "asks"
    later.unlock(PASSPHRASE)


def test_the_same_letters_are_the_same_passphrase_however_they_are_composed(secrets, file):
    later = TypedSecrets(file)
    later.unlock("fyra ord pa\u030a rad")


def test_a_short_passphrase_is_refused_and_no_file_made(file):
    with pytest.raises(KeystoreError) as caught:
        TypedSecrets(file).create("elva tecken")
    assert (caught.value.code, caught.value.values) == ("passphrase-too-short", {"shortest": "12"})
    assert not file.exists()


def test_a_passphrase_is_chosen_once(secrets, file):
    before = file.read_bytes()
    with pytest.raises(KeystoreError, match="passphrase-exists"):
        TypedSecrets(file, CHEAP).create("en annan lösenfras")
    assert file.read_bytes() == before


def damage(file, **parts: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_bytes()) | parts))


@pytest.mark.parametrize(
    "parts",
    [
        {"sealed": "AAAA"},
        {"sealed": "inte base64!"},
        {"sealed": "A" * 80},
        {"salt": ""},
        {"wrapped": None},
        {"cost": 2**40},
        {"cost": 2},
        {"cost": "mycket"},
    ],
)
def test_a_damaged_file_is_said_to_be_damaged_and_left_alone(secrets, file, parts):
    secrets.write("certificate", "hemligt")
    damage(file, **parts)
    before = file.read_bytes()
    later = TypedSecrets(file)
    with pytest.raises(KeystoreError, match="passphrase-file-damaged"):
        later.unlock(PASSPHRASE)
    with pytest.raises(KeystoreError, match="passphrase-file-damaged"):
        secrets.write("certificate", "annat")
    assert file.read_bytes() == before


def test_a_file_that_is_gone_is_told_from_a_damaged_one(secrets, file):
    file.unlink()
    for call in (lambda: secrets.read("x"), lambda: secrets.unlock(PASSPHRASE)):
        with pytest.raises(KeystoreError, match="passphrase-file-missing"):
            call()


def test_two_runs_at_once_lose_nothing_of_each_other(secrets, file):
    other = TypedSecrets(file)
    other.unlock(PASSPHRASE)
    threads = [
        threading.Thread(target=one.write, args=(f"{number}-{index}", "x"))
        for number in range(8)
        for index, one in enumerate((secrets, other))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(secrets.read(f"{number}-{index}") for number in range(8) for index in range(2))


def test_a_busy_or_full_disk_is_told_and_the_old_secrets_stay(secrets, file, monkeypatch):
    secrets.write("certificate", "hemligt")
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    with (
        alone(file.with_suffix(".lock"), 1),
        pytest.raises(KeystoreError, match="passphrase-file-busy"),
    ):
        secrets.write("certificate", "annat")

    def fail(_handle: int) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", fail)
        with pytest.raises(KeystoreError, match="passphrase-file-not-kept"):
            secrets.write("certificate", "annat")
    assert secrets.read("certificate") == "hemligt"
    assert [path.suffix for path in sorted(file.parent.iterdir())] == [".lock", ".vault"]
