import stat
import sys
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.core.errors import StageError
from app.stage.authority import prepare
from tests.support.stage import PASSPHRASE


def _client(authority) -> x509.Certificate:
    password = authority.client_password.encode()
    certificate = pkcs12.load_key_and_certificates(authority.client.read_bytes(), password)[1]
    assert certificate is not None
    return certificate


def test_the_client_certificate_is_shaped_like_a_test_function_certificate(folder):
    certificate = _client(prepare(folder, PASSPHRASE))
    subject = {one.oid: one.value for one in certificate.subject}
    assert list(subject) == [
        NameOID.COUNTRY_NAME,
        NameOID.LOCALITY_NAME,
        NameOID.ORGANIZATION_NAME,
        NameOID.COMMON_NAME,
        NameOID.SERIAL_NUMBER,
    ]
    assert subject[NameOID.SERIAL_NUMBER] == "SE0000000000-TST1"
    purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert set(purposes) == {
        ExtendedKeyUsageOID.SERVER_AUTH,
        ExtendedKeyUsageOID.CLIENT_AUTH,
    }
    assert "TEST" in certificate.issuer.rfc4514_string()


def test_the_password_is_not_in_the_representation(folder):
    authority = prepare(folder, PASSPHRASE)
    assert authority.client_password not in repr(authority)


def test_a_later_start_uses_the_same_certificates(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    prepare(folder, PASSPHRASE)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_wrong_passphrase_is_refused_and_nothing_is_overwritten(folder):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(StageError) as caught:
        prepare(folder, "another passphrase")
    assert caught.value.code == "stage-folder-locked"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_damaged_authority_is_refused_and_nothing_is_overwritten(folder):
    (folder / "authority.pem").write_bytes(b"not a key")
    with pytest.raises(StageError, match="stage-folder-locked"):
        prepare(folder, PASSPHRASE)
    assert (folder / "authority.pem").read_bytes() == b"not a key"


@pytest.mark.parametrize("damage", [b"not a certificate", None])
def test_a_lost_certificate_is_issued_again(folder, damage):
    before = prepare(folder, PASSPHRASE)
    ca = before.ca.read_bytes()
    for path in (before.ca, before.server, before.client):
        path.unlink()
    if damage:
        before.server.write_bytes(damage)
        before.client.write_bytes(damage)
    after = prepare(folder, PASSPHRASE)
    signer = x509.load_pem_x509_certificate(after.ca.read_bytes())
    _client(after).verify_directly_issued_by(signer)
    server = x509.load_pem_x509_certificate(after.server.read_bytes())
    server.verify_directly_issued_by(signer)
    assert after.ca.read_bytes() == ca


def test_what_a_killed_start_left_is_removed(folder):
    (folder / ".authority.pem.12345678.tmp").write_bytes(b"half")
    prepare(folder, PASSPHRASE)
    assert not list(folder.glob(".*"))


def test_a_start_killed_after_a_new_authority_was_made_is_finished_by_the_next(folder):
    before = prepare(folder, PASSPHRASE)
    kept = {path: path.read_bytes() for path in (before.ca, before.server, before.client)}
    (folder / "authority.pem").unlink()
    prepare(folder, PASSPHRASE)
    for path, content in kept.items():
        path.write_bytes(content)
    after = prepare(folder, PASSPHRASE)
    signer = x509.load_pem_x509_certificate(after.ca.read_bytes())
    made = x509.load_pem_x509_certificate((folder / "authority.pem").read_bytes())
    assert signer == made
    _client(after).verify_directly_issued_by(signer)
    server = x509.load_pem_x509_certificate(after.server.read_bytes())
    server.verify_directly_issued_by(signer)


def test_a_certificate_that_soon_expires_is_renewed_by_the_same_authority(folder):
    before = prepare(folder, PASSPHRASE)
    ca, old = before.ca.read_bytes(), _client(before)
    with time_machine.travel(old.not_valid_after_utc - timedelta(days=3), tick=False):
        renewed = _client(prepare(folder, PASSPHRASE))
        assert renewed.not_valid_after_utc > datetime.now(UTC) + timedelta(days=300)
    assert renewed.issuer == old.issuer
    assert before.ca.read_bytes() == ca


def test_an_authority_that_soon_expires_is_made_anew_with_everything_under_it(folder):
    before = prepare(folder, PASSPHRASE)
    ca = x509.load_pem_x509_certificate(before.ca.read_bytes())
    with time_machine.travel(ca.not_valid_after_utc - timedelta(days=3), tick=False):
        after = prepare(folder, PASSPHRASE)
        new_ca = x509.load_pem_x509_certificate(after.ca.read_bytes())
        _client(after).verify_directly_issued_by(new_ca)
    assert new_ca.serial_number != ca.serial_number


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in access lists")
def test_only_the_owner_may_read(folder):
    prepare(folder, PASSPHRASE)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
