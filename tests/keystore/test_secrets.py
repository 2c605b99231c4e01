"""K01-K12: the keystore of the operating system, and every way it lets one down."""

import os
import threading
from collections.abc import Iterator

import keyring.backend
import keyring.backends.chainer
import keyring.backends.fail
import keyring.backends.null
import pytest
from keyring import errors

from app.core.errors import KeystoreError
from app.keystore import secrets as module
from app.keystore.secrets import LONGEST, MemorySecrets, OsSecrets


class Backend(keyring.backend.KeyringBackend):
    """A keystore of the test's own, which may raise, forget or block."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.written: list[str] = []
        self.raises: Exception | None = None
        self.forgets = False
        self.block = threading.Event()
        self.block.set()

    def get_password(self, service, username):
        self._misbehave()
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self._misbehave()
        self.written.append(password)
        if not self.forgets:
            self.kept[service, username] = password

    def delete_password(self, service, username):
        self._misbehave()
        del self.kept[service, username]

    def _misbehave(self) -> None:
        self.block.wait(30)
        if self.raises:
            raise self.raises


@pytest.fixture
def backend(monkeypatch) -> Iterator[Backend]:
    made = Backend()
    monkeypatch.setitem(module.PLACES, f"{Backend.__module__}.Backend", "the test's keystore")
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


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (errors.NoKeyringError("x"), "keystore-missing"),
        (errors.KeyringLocked("x"), "keystore-locked"),
        (errors.InitError("x"), "keystore-locked"),
        (errors.PasswordSetError("x"), "keystore-failed"),
        (FileNotFoundError("bus"), "keystore-failed"),
        (Exception(1783, "CredWrite", "The stub received bad data"), "keystore-failed"),
    ],
)
def test_whatever_a_keystore_raises_becomes_a_code(backend, raised, code):
    backend.raises = raised
    secrets = OsSecrets(lambda: backend)
    for call in (
        lambda: secrets.read("x"),
        lambda: secrets.write("x", "y"),
        lambda: secrets.remove("x"),
    ):
        with pytest.raises(KeystoreError, match=code):
            call()
    backend.raises = None
    secrets.write("x", "y")  # trying again works


def test_a_keystore_that_forgets_is_found_out(backend):
    backend.forgets = True
    with pytest.raises(KeystoreError, match="keystore-loses"):
        OsSecrets(lambda: backend).write("x", "y")


@pytest.mark.parametrize("secret", ["x" * (LONGEST + 1), "😀" * (LONGEST // 2 + 1)])
def test_a_secret_that_windows_could_not_keep_is_refused_everywhere(backend, secret):
    for secrets in (OsSecrets(lambda: backend), MemorySecrets()):
        with pytest.raises(KeystoreError, match="secret-too-long"):
            secrets.write("x", secret)
        secrets.write("x", "x" * LONGEST)
    assert len(backend.kept) == 1


def test_a_keystore_that_waits_for_a_person_is_given_up(backend):
    backend.block.clear()
    with pytest.raises(KeystoreError, match="keystore-no-answer"):
        OsSecrets(lambda: backend, time_limit=0.05).read("x")


def test_what_was_given_up_before_it_began_is_never_done(backend):
    backend.block.clear()
    secrets = OsSecrets(lambda: backend, time_limit=0.1)
    for secret in ("first", "second", "third"):
        with pytest.raises(KeystoreError, match="keystore-no-answer"):
            secrets.write("x", secret)
    backend.block.set()
    for thread in threading.enumerate():
        if thread.name == "keystore":
            thread.join(5)
    assert secrets.read("x") == "first"
    assert backend.written == ["first"]


@pytest.mark.parametrize(
    "kind",
    [
        keyring.backends.null.Keyring,
        keyring.backends.fail.Keyring,
        keyring.backends.chainer.ChainerBackend,
        Backend,
    ],
)
def test_a_keystore_that_is_not_on_the_list_is_refused(kind):
    with pytest.raises(KeystoreError, match="keystore-refused"):
        OsSecrets(kind).write("x", "y")


def test_a_forbidden_keystore_from_the_environment_is_refused(monkeypatch):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    with pytest.raises(KeystoreError) as caught:
        OsSecrets().write("x", "y")
    assert caught.value.code == "keystore-refused"
    assert caught.value.values == {"backend": "keyring.backends.null.Keyring"}


def test_a_forbidden_keystore_from_the_settings_file_is_refused(tmp_path, monkeypatch):
    from keyring.util import platform_

    (tmp_path / "keyringrc.cfg").write_text(
        "[backend]\ndefault-keyring=keyring.backends.null.Keyring"
    )
    monkeypatch.setattr(platform_, "config_root", lambda: tmp_path)
    with pytest.raises(KeystoreError, match="keystore-refused"):
        OsSecrets().read("x")


@pytest.mark.skipif(os.name != "posix", reason="Windows always has its keystore")
def test_without_a_keystore_we_say_so_and_write_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nothing")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(KeystoreError, match="keystore-missing"):
        OsSecrets().write("x", "hemligt")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


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
