"""What a certificate says, and the forms that PEM pairs and answers come in."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import dsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs7,
)
from cryptography.x509.oid import ExtensionOID, NameOID

from app.core.errors import CertificateError
from app.files.trust import read_trust
from app.keystore.facts import describe, require_fit
from app.keystore.pem import read_answer, read_bundle, read_pem_pair
from app.keystore.working_days import working_days_left
from tests.support.pki import (
    DAY,
    HSA_ID,
    NOW,
    Issued,
    authority,
    elliptic_key,
    issue,
    leaf,
    pems,
    rsa_key,
    siths_real,
    siths_test,
    siths_wish,
)
from tests.support.trust import trust_of

TREE = siths_test()
DER, PEM = Encoding.DER, Encoding.PEM
DAMAGED_KEY = b"-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n"


def codes(certificate: x509.Certificate, chain: tuple[x509.Certificate, ...]) -> list[str]:
    return [problem.code for problem in describe(certificate, chain, NOW).problems]


def test_a_good_certificate_tells_everything_and_has_no_problems():
    issued = issue(TREE.issuing, replace(siths_wish(), key=rsa_key(), names=("op2.example.se",)))
    facts = describe(issued.certificate, TREE.chain, NOW, trust_of(TREE))
    assert (facts.subject, facts.hsa_id) == ("op.example.se", HSA_ID)
    assert facts.organisation == "Region Exempel"
    assert facts.names == ("op.example.se", "op2.example.se")
    assert facts.issuer == "TEST SITHS e-id Function CA v1"
    assert facts.chain == ("TEST SITHS e-id Function CA v1", "TEST SITHS e-id Root CA v2")
    assert (facts.days_left, facts.test_certificate) == (400, True)
    assert (facts.key, facts.policies[1]) == ("RSA 2048", "1.2.752.74.8.505")
    assert facts.usages == ("digitalSignature", "keyEncipherment", "clientAuth", "serverAuth")
    assert facts.revocation_lists == ("http://crl1pp.siths.se/testsithseidfunctioncav1.crl",)
    assert (facts.generation, facts.authority_proved) == ("siths-eid-function-v1-test", True)
    assert facts.authority is not None
    assert facts.authority.fact.source
    assert facts.problems == ()
    require_fit(facts)


def test_what_decides_about_entrances_is_told_without_the_certificate():
    facts = describe(leaf().certificate, TREE.chain, NOW)
    says = facts.says()
    assert (says.issuer, says.test, says.identifies_client) == (facts.issuer, True, True)
    assert says.valid_from <= NOW <= says.valid_to
    assert len(says.fingerprints) == 2


def test_an_authority_is_known_by_name_alone_where_the_chain_is_missing():
    facts = describe(leaf().certificate, (), NOW, read_trust())
    assert (facts.generation, facts.authority_proved) == ("siths-eid-function-v1-test", False)
    stranger = issue(authority("Somebody's CA"), siths_wish())
    assert describe(stranger.certificate, (), NOW, read_trust()).authority is None


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


def test_a_missing_issuer_is_mentioned():
    facts = describe(leaf().certificate, (TREE.root.certificate,), NOW)
    assert facts.problems[0].values == (("issuer", "TEST SITHS e-id Function CA v1"),)
    assert [one.code for one in facts.problems] == ["certificate-chain-short"]


def test_a_certificate_that_signed_itself_is_mentioned():
    own = authority("op.example.se")
    assert "certificate-self-signed" in codes(own.certificate, ())


@pytest.mark.parametrize(
    ("hsa_id", "code"),
    [
        ("SE13-137", "certificate-hsa-unusual"),
        ("SE2321000016-A1 ", "certificate-hsa-unusual"),
        ("SE2321000017-A1", "hsa-id-organisation"),
        ("se2321000016-a1", "hsa-id-small"),
    ],
)
def test_an_odd_hsa_id_is_mentioned(hsa_id, code):
    issued = issue(TREE.issuing, siths_wish(hsa_id=hsa_id))
    assert codes(issued.certificate, TREE.chain) == [code]


def with_extension(extension: x509.ExtensionType, public_key: object = None) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(leaf().certificate.subject)
        .issuer_name(TREE.issuing.certificate.subject)
        .public_key(public_key or elliptic_key(2).public_key())  # type: ignore[arg-type]
        .serial_number(1)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + 400 * DAY)
        .add_extension(extension, critical=False)
    )
    return builder.sign(TREE.issuing.key, hashes.SHA256())


@pytest.mark.parametrize(
    "kind",
    [
        ExtensionOID.EXTENDED_KEY_USAGE,
        ExtensionOID.SUBJECT_ALTERNATIVE_NAME,
        ExtensionOID.CRL_DISTRIBUTION_POINTS,
        ExtensionOID.CERTIFICATE_POLICIES,
    ],
)
def test_a_certificate_with_a_damaged_extension_is_unreadable(kind):
    damaged = with_extension(x509.UnrecognizedExtension(kind, b"rubbish"))
    with pytest.raises(CertificateError, match="certificate-unreadable"):
        describe(damaged, TREE.chain, NOW)


def test_a_key_of_another_kind_is_named():
    key = dsa.generate_private_key(1024).public_key()
    name = x509.SubjectAlternativeName([x509.DNSName("op.example.se")])
    assert describe(with_extension(name, key), TREE.chain, NOW).key == "DSA"


# PEM


def test_a_pair_of_pem_files_is_read_whatever_else_stands_in_them():
    issued = leaf()
    noise = b"Bag Attributes\n    friendlyName: op\n"
    certificate = noise + pems((TREE.root.certificate, issued.certificate))
    for key in (issued.key_pem, noise + issued.key_pem, issued.locked_key("hemligt")):
        bundle = read_pem_pair(certificate, key, "hemligt")
        assert bundle.certificate == issued.certificate
        assert bundle.chain == (TREE.root.certificate,)


@pytest.mark.parametrize("form", [PrivateFormat.TraditionalOpenSSL, PrivateFormat.PKCS8])
@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_keys_of_older_and_newer_forms_are_read(form, kind):
    issued = leaf(kind=kind)
    for encoding, lock in ((PEM, BestAvailableEncryption(b"hemligt")), (DER, NoEncryption())):
        key = issued.key.private_bytes(encoding, form, lock)
        assert read_pem_pair(issued.pem, key, "hemligt").certificate == issued.certificate


def test_a_der_certificate_goes_with_a_key_file():
    bundle = read_bundle(leaf().certificate.public_bytes(DER), "", leaf().key_pem)
    assert bundle.certificate == leaf().certificate


@pytest.mark.parametrize("password", ["", None, "fel"])
def test_a_locked_key_asks_for_its_password(password):
    with pytest.raises(CertificateError, match="certificate-password"):
        read_pem_pair(leaf().pem, leaf().locked_key("lösen"), password)


def test_a_password_typed_in_an_older_windows_is_tried():
    key = leaf().key.private_bytes(
        PEM, PrivateFormat.PKCS8, BestAvailableEncryption("lösen".encode("cp1252"))
    )
    assert read_pem_pair(leaf().pem, key, "lösen").certificate == leaf().certificate


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (b"", "certificate-key-unread"),
        (b"rubbish", "certificate-key-unread"),
        (leaf().pem, "certificate-no-key"),
        (DAMAGED_KEY, "certificate-key-unread"),
        (Issued(elliptic_key(9), leaf().certificate).key_pem, "certificate-key-mismatch"),
    ],
)
def test_a_file_that_holds_no_key_of_it_is_told(key, code):
    with pytest.raises(CertificateError, match=code):
        read_pem_pair(leaf().pem, key, "")


def test_a_file_without_a_certificate_is_told():
    with pytest.raises(CertificateError, match="certificate-answer-unreadable"):
        read_pem_pair(b"rubbish", leaf().key_pem, "")
    with pytest.raises(CertificateError, match="certificate-missing"):
        read_pem_pair(leaf().key_pem, leaf().key_pem, "")


# Answers to orders

PARTS = (leaf().certificate, *TREE.chain)


@pytest.mark.parametrize(
    "data",
    [
        leaf().pem,
        leaf().certificate.public_bytes(DER),
        pems(PARTS),
        pems(tuple(reversed(PARTS))),
        pkcs7.serialize_certificates(list(PARTS), DER),
        pkcs7.serialize_certificates(list(reversed(PARTS)), PEM),
    ],
    ids=["PEM", "DER", "PEM with chain", "root first", "PKCS#7", "PKCS#7 as PEM"],
)
def test_an_answer_is_read_in_every_form_it_comes_in(data):
    certificate, chain = read_answer(data)
    assert certificate == leaf().certificate
    assert set(chain) in (set(), set(TREE.chain))


def test_the_request_itself_is_told_from_an_answer():
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "op.example.se")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name)
    data = request.sign(elliptic_key(2), hashes.SHA256()).public_bytes(PEM)
    with pytest.raises(CertificateError, match="certificate-answer-is-request"):
        read_answer(data)


@pytest.mark.parametrize("data", [b"", b"Hej", leaf().key_pem])
def test_something_else_is_no_answer(data):
    with pytest.raises(CertificateError, match="certificate-answer-unreadable"):
        read_answer(data)


# Working days


@pytest.mark.parametrize(
    ("today", "last", "days"),
    [
        ("2026-06-15", "2026-06-22", 4),  # midsommarafton is free, and the weekend
        ("2026-12-21", "2027-01-07", 8),  # julafton, juldagarna, nyår, trettondagen
        ("2026-11-20", "2026-11-23", 1),  # Friday to Monday
        ("2026-11-23", "2026-11-23", 0),
        ("2026-11-24", "2026-11-23", 0),
    ],
)
def test_working_days_are_those_of_the_swedish_calendar(today, last, days):
    assert working_days_left(date.fromisoformat(today), date.fromisoformat(last)) == days


def test_the_days_are_those_of_swedish_clocks():
    valid = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    issued = issue(TREE.issuing, replace(siths_wish(), valid=valid))
    now = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday already
    assert describe(issued.certificate, TREE.chain, now).working_days_left == 2


def test_a_certificate_without_an_end_is_told_of_too():
    valid = (NOW - DAY, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
    issued = issue(TREE.issuing, replace(siths_wish(), valid=valid))
    facts = describe(issued.certificate, TREE.chain, NOW)
    assert facts.valid_to.startswith("9999-12-31")
    assert 2450 < facts.working_days_left < 2550


def test_a_real_certificate_is_none_for_tests():
    issued: Issued = issue(siths_real().issuing, siths_wish())
    facts = describe(issued.certificate, siths_real().chain, NOW, read_trust())
    assert not facts.test_certificate
    assert [one.code for one in facts.problems] == ["certificate-authority-other-key"]
