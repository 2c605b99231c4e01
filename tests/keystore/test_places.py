"""Where secrets lie: the system's keystore, or a typed passphrase where there is none."""

import pytest
from keyring import errors

from app.core.errors import KeystoreError
from app.keystore.places import Places
from app.keystore.secrets import OsSecrets
from app.keystore.typed import TypedSecrets
from tests.support.fake_keyring import FakeKeyring, allowed

PASSPHRASE = "fyra ord på rad"


@pytest.fixture
def backend(monkeypatch) -> FakeKeyring:
    return allowed(monkeypatch)


@pytest.fixture
def make(tmp_path, backend: FakeKeyring):
    """Return what makes the places of another run: with the system's keystore, or without."""

    def opened(with_system: bool = True) -> Places:
        def find() -> FakeKeyring:
            if not with_system:
                raise errors.NoKeyringError
            return backend

        return Places(tmp_path, OsSecrets(find), TypedSecrets(tmp_path / "secrets.vault", 2**15))

    return opened


def test_the_systems_keystore_is_used_where_there_is_one(make, backend, tmp_path):
    places = make()
    places.write("x", "y")
    assert (places.read("x"), places.place) == ("y", "the test's keystore")
    assert places.state().state == "ready"
    with pytest.raises(KeystoreError) as caught:
        places.create(PASSPHRASE)
    assert caught.value.code == "passphrase-not-needed"
    assert list(tmp_path.iterdir()) == []
    places.unlock("")
    places.remove("x")
    assert backend.kept == {}


def test_without_one_a_passphrase_takes_its_place_from_then_on(make):
    places = make(with_system=False)
    assert (places.state().state, places.state().code) == ("missing", "keystore-missing")
    with pytest.raises(KeystoreError, match="keystore-missing"):
        places.write("x", "y")
    places.create(PASSPHRASE)
    places.write("x", "y")
    assert (places.read("x"), places.read("z"), places.state().state) == ("y", None, "typed")
    later = make(with_system=False)
    assert later.state() == ("asks", "secrets.vault", "passphrase-needed", ())
    with pytest.raises(KeystoreError, match="passphrase-needed"):
        later.read("x")
    later.unlock(PASSPHRASE)
    assert later.read("x") == "y"
    later.remove("x")
    assert later.read("x") is None


def test_a_keystore_that_comes_back_still_gives_what_it_had(make, backend):
    make().write("old", "gammal")
    without = make(with_system=False)
    without.create(PASSPHRASE)
    without.write("new", "ny")
    assert without.read("old") is None
    back = make()
    back.unlock(PASSPHRASE)
    assert (back.read("old"), back.read("new")) == ("gammal", "ny")
    assert back.place == "secrets.vault"
    backend.raises = errors.KeyringLocked()
    with pytest.raises(KeystoreError, match="keystore-locked"):
        back.read("old")  # it may well have it
    assert back.read("new") == "ny"
    back.remove("new")
    backend.raises = None
    back.remove("old")
    assert backend.kept == {}


@pytest.mark.parametrize("raised", [errors.KeyringLocked(), OSError()])
def test_a_locked_or_broken_keystore_is_no_reason_for_a_passphrase(make, tmp_path, raised):
    def find() -> FakeKeyring:
        raise raised

    places = Places(tmp_path, OsSecrets(find))
    with pytest.raises(KeystoreError, match=r"keystore-(locked|failed)"):
        places.create(PASSPHRASE)
    assert list(tmp_path.iterdir()) == []
