"""C01-C13: what a certificate file holds, and what is said about it."""

import shutil
import subprocess
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, ExtensionOID

from app.core.errors import CertificateError
from app.keystore.certificate import (
    LARGEST_FILE,
    CertificateFacts,
    describe,
    read_pkcs12,
    require_fit,
)
from tests.support.outside import DAY, HSA_ID, NOW, Wish, authority, elliptic_key, issue, packed
from tests.support.outside import rsa_key as make_rsa_key

ROOT = authority()
MIDDLE = authority("TEST SITHS e-id Function CA v1", ROOT, key=3)
CHAIN = (ROOT.certificate, MIDDLE.certificate)  # root first, as seen in the wild


def facts_of(wish: Wish, chain=CHAIN) -> CertificateFacts:
    return describe(issue(MIDDLE, wish).certificate, chain, NOW)


def codes(facts: CertificateFacts) -> list[str]:
    return [problem.code for problem in facts.problems]


def old_encryption(algorithm, password=b"hemligt"):
    builder = PrivateFormat.PKCS12.encryption_builder().hmac_hash(hashes.SHA1())
    return builder.key_cert_algorithm(algorithm).build(password)


@pytest.mark.parametrize(
    "encryption",
    [
        old_encryption(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC),
        old_encryption(pkcs12.PBES.PBESv2SHA256AndAES256CBC),
    ],
)
def test_an_rsa_certificate_is_read_from_old_and_new_files(encryption):
    issued = issue(MIDDLE, Wish(key=make_rsa_key()))
    bundle = read_pkcs12(packed(issued, CHAIN, encryption=encryption), "hemligt")
    assert bundle.certificate == issued.certificate
    assert set(bundle.chain) == set(CHAIN)


def test_an_elliptic_certificate_without_chain_and_password_is_read():
    issued = issue(MIDDLE)
    bundle = read_pkcs12(packed(issued, encryption=NoEncryption()), "")
    assert bundle.certificate == issued.certificate
    assert bundle.chain == ()


def test_a_file_made_by_openssl_with_rc2_is_read(tmp_path):
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    issued = issue(MIDDLE, Wish(key=make_rsa_key()))
    (tmp_path / "in.pem").write_bytes(issued.key_pem + issued.pem)
    command = "pkcs12 -export -legacy -in in.pem -out out.p12 -certpbe PBE-SHA1-RC2-40 -passout"
    subprocess.run([openssl, *command.split(), "pass:"], cwd=tmp_path, check=True)
    assert read_pkcs12((tmp_path / "out.p12").read_bytes(), "").certificate == issued.certificate


@pytest.mark.parametrize("password", ["fel", "", None, "日本語"])
def test_a_wrong_password_is_said_to_be_wrong(password):
    with pytest.raises(CertificateError, match="certificate-password"):
        read_pkcs12(packed(issue(MIDDLE)), password)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"0",
        packed(issue(MIDDLE))[:-100],
        packed(issue(MIDDLE))[:40],
        issue(MIDDLE).pem,
        issue(MIDDLE).certificate.public_bytes(Encoding.DER),
    ],
    ids=["empty", "one byte", "cut", "cut early", "PEM", "certificate"],
)
def test_something_else_than_a_whole_file_is_unreadable(data):
    with pytest.raises(CertificateError, match="certificate-unreadable"):
        read_pkcs12(data, "lösen")


def test_a_huge_file_is_not_even_tried():
    with pytest.raises(CertificateError, match="certificate-too-large"):
        read_pkcs12(b"0" * (LARGEST_FILE + 1), "lösen")


def test_a_file_without_a_key_is_told_from_one_with_the_wrong_key():
    issued = issue(MIDDLE)
    only = pkcs12.serialize_java_truststore(
        [pkcs12.PKCS12Certificate(issued.certificate, None)], BestAvailableEncryption(b"hemligt")
    )
    with pytest.raises(CertificateError, match="certificate-no-key"):
        read_pkcs12(only, "hemligt")
    other = pkcs12.serialize_key_and_certificates(
        None, elliptic_key(8), None, [issued.certificate], BestAvailableEncryption(b"hemligt")
    )
    with pytest.raises(CertificateError, match="certificate-key-mismatch"):
        read_pkcs12(other, "hemligt")
    alone = pkcs12.serialize_key_and_certificates(
        None, elliptic_key(8), None, None, BestAvailableEncryption(b"hemligt")
    )
    with pytest.raises(CertificateError, match="certificate-missing"):
        read_pkcs12(alone, "hemligt")


def test_a_key_of_another_kind_is_refused():
    key = ed25519.Ed25519PrivateKey.generate()
    data = pkcs12.serialize_key_and_certificates(
        None, key, None, [ROOT.certificate], BestAvailableEncryption(b"hemligt")
    )
    with pytest.raises(CertificateError, match="certificate-key-kind"):
        read_pkcs12(data, "hemligt")


def test_a_good_certificate_is_described_without_problems():
    facts = facts_of(Wish())
    assert (facts.subject, facts.hsa_id) == ("op.example.se", HSA_ID)
    assert facts.issuer == "TEST SITHS e-id Function CA v1"
    assert facts.chain == ("TEST SITHS e-id Function CA v1", "TEST SITHS e-id Root CA v2")
    assert (facts.days_left, facts.test_certificate) == (400, True)
    assert codes(facts) == []
    require_fit(facts)


def test_only_test_authorities_make_test_certificates():
    for name, expected in {
        "SITHS e-id Function CA v1": False,
        "TEST SITHS e-id Function CA v1": True,
        "SITHS Type 3 CA v1 PP": True,
        "Testament CA": False,
        "Region Ettapp": False,
    }.items():
        issued = issue(authority(name))
        assert describe(issued.certificate, (), NOW).test_certificate is expected


@pytest.mark.parametrize(
    ("wish", "code", "stops"),
    [
        (Wish(valid=(NOW - 9 * DAY, NOW - DAY)), "certificate-expired", True),
        (Wish(valid=(NOW + DAY, NOW + 9 * DAY)), "certificate-not-yet", True),
        (Wish(valid=(NOW - DAY, NOW + 59 * DAY)), "certificate-expires-soon", False),
        (Wish(uses=(ExtendedKeyUsageOID.SERVER_AUTH,)), "certificate-usage", True),
        (Wish(key=make_rsa_key(1024)), "certificate-key-short", True),
        (Wish(hsa_id=None), "certificate-hsa-missing", False),
        (Wish(hsa_id="TSTNMT2321000156-B02"), "certificate-hsa-unusual", False),
    ],
)
def test_what_is_wrong_is_said_and_stops_only_when_it_must(wish, code, stops):
    facts = facts_of(wish)
    assert codes(facts) == [code]
    if not stops:
        require_fit(facts)
        return
    with pytest.raises(CertificateError, match=code):
        require_fit(facts)


def test_a_certificate_with_a_damaged_extension_is_unreadable():
    issued = issue(MIDDLE)
    usage = x509.UnrecognizedExtension(ExtensionOID.EXTENDED_KEY_USAGE, b"rubbish")
    builder = (
        x509.CertificateBuilder()
        .subject_name(issued.certificate.subject)
        .issuer_name(MIDDLE.certificate.subject)
        .public_key(issued.key.public_key())
        .serial_number(1)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + 400 * DAY)
        .add_extension(usage, critical=False)
    )
    damaged = builder.sign(MIDDLE.key, hashes.SHA256())
    with pytest.raises(CertificateError, match="certificate-unreadable"):
        describe(damaged, CHAIN, NOW)


def test_dates_and_days_are_told():
    soon = facts_of(Wish(valid=(NOW - DAY, NOW + 59 * DAY))).problems[0]
    assert soon.values == (("days", "59"),)
    expired = facts_of(Wish(valid=(NOW - 9 * DAY, NOW - timedelta(days=1)))).problems[0]
    assert expired.values == (("date", f"{NOW - DAY:%Y-%m-%d}"),)


def test_an_issuer_with_the_right_name_and_the_wrong_key_is_never_shown_as_verified():
    false = authority("TEST SITHS e-id Function CA v1", ROOT, key=9)
    facts = facts_of(Wish(), (ROOT.certificate, false.certificate))
    assert facts.chain == ()
    assert codes(facts) == ["certificate-chain-false"]


def test_a_missing_issuer_is_mentioned():
    facts = facts_of(Wish(), (ROOT.certificate,))
    assert facts.problems[0].values == (("issuer", "TEST SITHS e-id Function CA v1"),)
    assert codes(facts) == ["certificate-chain-short"]
