"""Where the system has no keystore, a passphrase that a person types takes its place."""

import pytest

from app.core.errors import KeystoreError
from app.keystore.places import VAULT, Places
from app.keystore.secrets import OsSecrets
from app.keystore.typed import TypedSecrets
from app.workflow import certify, keystores
from app.workflow.certificate_views import KeystoreState
from tests.support import pki
from tests.support.kept_certificates import PASSWORD, trial_package
from tests.support.workflow import make_desk

PHRASE = "häst batteri klammer rätt"


@pytest.fixture
def desk(tmp_path):
    desk = make_desk(tmp_path / "data", lambda: pki.NOW)
    desk.secrets = bare(desk)
    yield desk
    desk.close()


def bare(desk) -> Places:
    """Return the place for secrets of a computer without a keystore."""

    def none():
        raise KeystoreError("keystore-missing")

    return Places(desk.data, OsSecrets(none), TypedSecrets(desk.data / VAULT, cost=2**15))


def test_without_a_keystore_the_shelf_says_so_and_nothing_is_kept(desk, tmp_path):
    assert certify.certificates(desk).keystore.state is KeystoreState.MISSING
    with pytest.raises(KeystoreError, match="keystore-missing"):
        certify.import_certificate(desk, trial_package(tmp_path), PASSWORD)
    assert certify.certificates(desk).certificates == ()


def test_with_a_passphrase_certificates_are_kept_and_the_next_run_asks_for_it(desk, tmp_path):
    assert keystores.start_passphrase(desk, PHRASE).keystore.state is KeystoreState.TYPED
    shelf = certify.import_certificate(desk, trial_package(tmp_path), PASSWORD)
    later = make_desk(desk.data, desk.clock)
    later.secrets = bare(desk)
    assert keystores.asks_passphrase(later)
    asked = certify.certificates(later)
    assert asked.keystore.state is KeystoreState.ASKS
    assert asked.certificates[0].fingerprint == shelf.certificates[0].fingerprint
    with pytest.raises(KeystoreError, match="passphrase-wrong"):
        keystores.unlock_keystore(later, "en helt annan fras")
    assert keystores.unlock_keystore(later, PHRASE).keystore.state is KeystoreState.TYPED
    assert not keystores.asks_passphrase(later)
    later.close()


def test_a_passphrase_that_is_too_short_makes_nothing(desk):
    with pytest.raises(KeystoreError, match="passphrase-too-short"):
        keystores.start_passphrase(desk, "kort")
    assert not (desk.data / VAULT).exists()


def test_where_there_is_a_keystore_no_passphrase_is_wanted(tmp_path):
    desk = make_desk(tmp_path / "data")
    for deed in (keystores.start_passphrase, keystores.unlock_keystore):
        with pytest.raises(KeystoreError, match="passphrase-not-needed"):
            deed(desk, PHRASE)
    assert not keystores.asks_passphrase(desk)
