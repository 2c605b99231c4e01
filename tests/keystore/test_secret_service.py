"""K01, K03, K04: a real GNOME Keyring over a real D-Bus session.

Run them by hand with
SPOR_TEST_KEYSTORE=1 dbus-run-session -- bash -c 'printf "%s" x | gnome-keyring-daemon --unlock
--components=secrets >/dev/null; exec python -m pytest -m keystore'
"""

import gc
import os
import ssl

import pytest
import secretstorage

from app.core.errors import CertificateError, KeystoreError
from app.keystore.certificate import Bundle
from app.keystore.identity import active, install, remove
from app.keystore.secrets import OsSecrets
from tests.support.outside import authority, issue

pytestmark = [
    pytest.mark.keystore,
    pytest.mark.skipif(
        not os.environ.get("SPOR_TEST_KEYSTORE"), reason="SPOR_TEST_KEYSTORE is not set"
    ),
]


def test_a_secret_survives_in_the_real_keystore():
    secrets = OsSecrets()
    secrets.write("prov", "lösenfras")
    assert OsSecrets().read("prov") == "lösenfras"
    assert secrets.place == "Secret Service"
    secrets.remove("prov")
    assert secrets.read("prov") is None


def test_a_certificate_is_kept_with_its_passphrase_in_the_real_keystore(tmp_path):
    issued = issue(authority())
    install(Bundle(issued.key, issued.certificate), tmp_path, OsSecrets())
    found = active(tmp_path, OsSecrets())
    assert found is not None
    found.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    remove(tmp_path, OsSecrets())
    with pytest.raises(CertificateError, match="certificate-passphrase-missing"):
        found.load_into(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_locked_keystore_is_said_to_be_locked():
    bus = secretstorage.dbus_init()
    try:
        collection = secretstorage.get_default_collection(bus)
        collection.lock()
    finally:
        bus.close()
    with pytest.raises(KeystoreError, match="keystore-locked"):
        OsSecrets().write("prov", "x")
    gc.collect()  # keyring leaves the bus open when it finds the keystore locked
