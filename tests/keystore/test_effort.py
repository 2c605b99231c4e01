"""A file that would keep the program busy for hours is refused before it is opened."""

from base64 import encodebytes

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    pkcs12,
)

from app.core.errors import CertificateError
from app.keystore.effort import MOST
from app.keystore.pem import read_bundle
from tests.support.pki import leaf, packed, siths_test

PASSWORD = "lösen"
USUAL = b"\x02\x02\x08\x00"  # 2048 rounds, as they stand in a key that nobody said more of
TOLD, MANY = b"\x02\x03\x01\x00\x01", b"\x02\x03\xff\xff\xff"  # of one size: the file stays whole
SCHEMES = {
    "pbes2": pkcs12.PBES.PBESv2SHA256AndAES256CBC,
    "3des": pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC,
}


def sealed(scheme: str) -> bytes:
    """Return a file that tells its rounds for the certificates, the key and the seal."""
    encryption = (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(0x10001)
        .key_cert_algorithm(SCHEMES[scheme])
        .hmac_hash(SHA256())
        .build(PASSWORD.encode())
    )
    one = leaf()
    return pkcs12.serialize_key_and_certificates(
        b"opplan", one.key, one.certificate, siths_test().chain, encryption
    )


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_file_with_the_rounds_of_today_opens(scheme):
    assert read_bundle(sealed(scheme), PASSWORD).certificate == leaf().certificate


@pytest.mark.parametrize("at", [0, -1])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_file_that_asks_for_hours_is_refused_unopened(scheme, at, monkeypatch):
    parts = sealed(scheme).split(TOLD)
    cut = range(1, len(parts))[at]
    data = TOLD.join(parts[:cut]) + MANY + TOLD.join(parts[cut:])
    monkeypatch.setattr(pkcs12, "load_pkcs12", None)
    with pytest.raises(CertificateError, match="certificate-too-slow"):
        read_bundle(data, PASSWORD)


@pytest.mark.parametrize("form", ["der", "pem"])
def test_a_key_that_asks_for_hours_is_refused_unopened(form):
    one = leaf()
    key = one.key.private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, BestAvailableEncryption(PASSWORD.encode())
    )
    at = key.index(USUAL)
    longer = key[:at] + b"\x02\x04" + (MOST + 1).to_bytes(4) + key[at + len(USUAL) :]
    if form == "pem":
        name = b"ENCRYPTED PRIVATE KEY-----\n"
        longer = b"-----BEGIN " + name + encodebytes(longer) + b"-----END " + name
    with pytest.raises(CertificateError, match="certificate-too-slow"):
        read_bundle(one.certificate.public_bytes(Encoding.PEM), PASSWORD, longer)


def test_an_ordinary_file_is_not_mistaken():
    assert read_bundle(packed(leaf(), (), PASSWORD), PASSWORD).certificate == leaf().certificate
