"""A key that is made here, the request for its certificate, and what may answer it."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.x509.oid import NameOID

from app.core.errors import CertificateError
from app.keystore.orders import (
    KEY_KINDS,
    encrypted_key,
    key_fingerprint,
    make_key,
    request_for,
    require_key_of,
    split_key,
)
from tests.support.outside import elliptic_key

SUBJECT = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "op.example.se")])


def test_keys_are_of_the_kind_that_was_asked_for():
    assert KEY_KINDS == ("rsa-4096", "rsa-3072", "ec-p256")
    made = make_key("rsa-3072")
    assert isinstance(made, rsa.RSAPrivateKey)
    assert made.key_size == 3072
    assert isinstance(make_key("ec-p256"), ec.EllipticCurvePrivateKey)
    with pytest.raises(CertificateError, match="certificate-order-key-kind"):
        make_key("rsa-1024")


def test_no_two_keys_are_alike():
    prints = {key_fingerprint(make_key("ec-p256").public_key()) for _ in range(3)}
    assert len(prints) == 3


def test_a_request_without_names_has_none():
    request = x509.load_pem_x509_csr(request_for(elliptic_key(), SUBJECT, ()))
    assert len(request.extensions) == 0


def test_a_name_that_no_dns_has_is_refused():
    with pytest.raises(CertificateError, match="certificate-order-name"):
        request_for(elliptic_key(), SUBJECT, ("sjukhuset.åäö.se",))


def test_a_key_is_told_by_its_passphrase_and_its_public_half():
    key = elliptic_key(4)
    encrypted = encrypted_key(key, "hemligt")
    assert encrypted.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    opened = load_pem_private_key(encrypted, b"hemligt")
    assert isinstance(opened, ec.EllipticCurvePrivateKey)
    own = key_fingerprint(key.public_key())
    require_key_of(encrypted, "hemligt", own)
    for passphrase, fingerprint in (("fel", own), ("", own), ("hemligt", "0" * 64)):
        with pytest.raises(CertificateError, match="certificate-key-unreadable"):
            require_key_of(encrypted, passphrase, fingerprint)


def test_a_file_is_split_after_its_key():
    key = encrypted_key(elliptic_key(4), "hemligt")
    assert split_key(key + b"resten") == (key, b"resten")
    for damaged in (b"", key, key[:-3], b"resten"):
        with pytest.raises(CertificateError, match="certificate-key-unreadable"):
            split_key(damaged)
