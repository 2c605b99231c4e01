"""Secrets in the keystore of the operating system; the named cases are in tests/security."""

import threading
from collections.abc import Iterator

import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring import errors

from app.core.errors import Cancelled, KeystoreError
from app.core.waiting import waits_are_told
from app.keystore import secrets as module
from app.keystore.secrets import MemorySecrets, OsSecrets
from tests.support.fake_keyring import FakeKeyring, allowed


@pytest.fixture
def backend(monkeypatch) -> Iterator[FakeKeyring]:
    made = allowed(monkeypatch)
    yield made
    made.block.set()


def test_a_secret_is_kept_read_and_forgotten(backend):
    secrets = OsSecrets(lambda: backend)
    assert secrets.read("certificate") is None
    secrets.write("certificate", "åäö")
    assert secrets.read("certificate") == "åäö"
    assert backend.kept == {("spor-workbench", "certificate"): "åäö"}
    secrets.remove("certificate")
    secrets.remove("certificate")
    assert secrets.read("certificate") is None
    assert secrets.place == "the test's keystore"


def test_a_keystore_that_waits_for_a_person_is_given_up(backend):
    backend.block.clear()
    with pytest.raises(KeystoreError, match="keystore-no-answer"):
        OsSecrets(lambda: backend, time_limit=0.05).read("x")


def test_a_wait_for_the_keystore_is_told_and_can_be_cancelled(backend):
    backend.block.clear()
    told = []

    def until_told_twice(_done, _total, step=""):
        told.append(step)
        if len(told) == 2:
            raise Cancelled

    secrets = OsSecrets(lambda: backend)
    with waits_are_told(until_told_twice), pytest.raises(Cancelled):
        secrets.write("x", "y")
    assert told == ["waiting-for-keystore"] * 2
    backend.block.set()
    with waits_are_told(until_told_twice):
        secrets.write("x", "z")
    assert (secrets.read("x"), told[2:]) == ("z", [])  # a quick answer is no wait


def test_how_a_keystore_stands_is_told(backend):
    secrets = OsSecrets(lambda: backend)
    assert secrets.state() == ("ready", "the test's keystore", "", ())
    for raised, state, code in (
        (KeystoreError("keystore-missing"), "missing", "keystore-missing"),
        (errors.KeyringLocked("x"), "locked", "keystore-locked"),
        (OSError("x"), "failed", "keystore-failed"),
    ):

        def broken(raised: Exception = raised) -> FakeKeyring:
            raise raised

        assert OsSecrets(broken).state()[::2] == (state, code)
    assert MemorySecrets().state() == ("ready", "memory", "", ())


def test_unlocking_lets_the_keystore_ask(backend):
    OsSecrets(lambda: backend).unlock()
    assert backend.asked.is_set()
    backend.raises = errors.KeyringLocked("x")
    with pytest.raises(KeystoreError, match="keystore-locked"):
        OsSecrets(lambda: backend).unlock()


def test_an_empty_wish_in_the_environment_is_none(monkeypatch):
    loaded: list[str] = []
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "")
    monkeypatch.setattr("keyring.core.load_config", lambda: None)
    monkeypatch.setattr("keyring.core.load_keyring", loaded.append)
    module.own_backend()
    assert set(loaded) <= set(module.PLACES)
    assert loaded


def test_what_was_given_up_before_it_began_is_never_done(backend):
    backend.block.clear()
    secrets = OsSecrets(lambda: backend, time_limit=0.1)
    for secret in ("first", "second", "third"):
        with pytest.raises(KeystoreError, match="keystore-no-answer"):
            secrets.write("x", secret)
    backend.block.set()
    for thread in threading.enumerate():
        if thread.name in {"keystore", module.WAITING}:
            thread.join(5)
    assert secrets.read("x") == "first"
    assert backend.written == ["first"]


@pytest.mark.parametrize(
    "kind",
    [
        keyring.backends.null.Keyring,
        keyring.backends.fail.Keyring,
        keyring.backends.chainer.ChainerBackend,
        FakeKeyring,
    ],
)
def test_a_keystore_that_is_not_on_the_list_is_refused(kind):
    with pytest.raises(KeystoreError, match="keystore-refused"):
        OsSecrets(kind).write("x", "y")


def test_windows_secrets_stay_on_the_machine(monkeypatch):
    class Roaming:
        persist = "enterprise"

    Roaming.__module__, Roaming.__qualname__ = "keyring.backends.Windows", "WinVaultKeyring"
    monkeypatch.setattr("keyring.core.load_env", lambda: None)
    monkeypatch.setattr("keyring.core.load_config", lambda: None)
    monkeypatch.setattr("keyring.core.load_keyring", lambda name: Roaming())
    assert vars(module.own_backend())["persist"] == "local machine"


def test_memory_secrets_are_kept_and_forgotten():
    secrets = MemorySecrets()
    secrets.write("x", "y")
    assert (secrets.read("x"), secrets.place) == ("y", "memory")
    secrets.remove("x")
    secrets.remove("x")
    assert secrets.read("x") is None
