"""C01-C14: certificate files as they come, what is wrong with them, and where they may be used."""

import subprocess
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    pkcs12,
)

from app.core.errors import CertificateError
from app.core.pairing import pair
from app.keystore.certificate import LARGEST_FILE, Bundle, read_pkcs12
from app.keystore.facts import CertificateFacts, describe, require_fit
from app.keystore.kept import Kept
from app.keystore.pem import read_bundle
from app.keystore.secrets import MemorySecrets
from app.transport.tls import client_context
from tests.support.handshake import MESSAGE, demanding, talk
from tests.support.pki import (
    DAY,
    HSA_ID,
    NOW,
    TEST_HSA_ID,
    Flaw,
    Issued,
    Tree,
    authority,
    elliptic_key,
    issue,
    leaf,
    packed,
    pems,
    real_leaf,
    rsa_key,
    server_leaf,
    server_tree,
    siths_false,
    siths_old,
    siths_real,
    siths_test,
    siths_wish,
    strangers,
)
from tests.support.profile import shipped
from tests.support.trust import trust_of

VERSIONS = ("TLSv1_2", "TLSv1_3")
PASSWORD = "lösen€ 日本"

# How OpenSSL's own command line makes them: the options, and the kind of key.
FILES = {
    "AES-256": ("", "rsa"),
    "RC2-40 with 3DES": ("-legacy", "rsa"),
    "RC2-40 alone": ("-legacy -certpbe PBE-SHA1-RC2-40 -keypbe PBE-SHA1-RC2-40", "rsa"),
    "3DES": ("-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1", "rsa"),
    "EC": ("", "ec"),
    "not encrypted": ("-keypbe NONE -certpbe NONE -nomac", "ec"),
}


def codes(facts: CertificateFacts) -> list[str]:
    return [problem.code for problem in facts.problems]


def facts_of(issued: Issued, tree: Tree | None = None) -> CertificateFacts:
    chain = (tree or siths_test()).chain
    return describe(issued.certificate, chain, NOW, trust_of(siths_test(), siths_real()))


def file_by_openssl(
    folder: Path, issued: Issued, chain: bytes = b"", password: str = PASSWORD, options: str = ""
) -> bytes:
    (folder / "in.pem").write_bytes(issued.key_pem + issued.pem + chain)
    command = ["openssl", "pkcs12", "-export", "-in", "in.pem", "-out", "out.p12"]
    command += [*options.split(), "-passout", f"pass:{password}"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return (folder / "out.p12").read_bytes()


def talk_with(
    folder: Path, bundle: Bundle, version: str, trusted: bytes, more: bytes = b""
) -> object:
    """Keep a certificate as the program does, and send over TLS to a server that demands it."""
    (folder / "ca.pem").write_bytes(server_tree().pem + more)
    secrets = MemorySecrets()
    identity = Kept(folder / "kept", secrets).install(bundle, ("local",))
    server = demanding(folder, server_leaf(), server_tree(), trusted, version)
    said = talk(client_context((folder / "ca.pem",), identity), server)
    assert (said.said, said.client) == (MESSAGE, bundle.certificate)
    return said.version


@pytest.mark.case("C01", "files by OpenSSL 3.0's command line; TLS 1.2 and 1.3 of Python")
@pytest.mark.parametrize("kind", FILES)
def test_c01_a_file_of_any_encryption_is_read_and_sends_in_both_tls_versions(tmp_path, kind):
    options, key = FILES[kind]
    issued, tree = leaf(kind=key), siths_test()
    data = file_by_openssl(tmp_path, issued, pems(tree.chain), options=options)
    bundle = read_bundle(data, PASSWORD)
    assert bundle.certificate == issued.certificate
    assert set(bundle.chain) == set(tree.chain)
    versions = [talk_with(tmp_path, bundle, one, tree.root.pem) for one in VERSIONS]
    assert versions == ["TLSv1.2", "TLSv1.3"]


@pytest.mark.case("C01", "empty password, no password: OpenSSL's command line and cryptography")
def test_c01_an_empty_password_and_none_are_both_read(tmp_path):
    issued = leaf()
    none = packed(issued, encryption=NoEncryption())
    for data in (file_by_openssl(tmp_path, issued, password=""), none):
        for typed in ("", None):
            assert read_pkcs12(data, typed).certificate == issued.certificate


@pytest.mark.case("C01", "no chain; TLS 1.2 and 1.3 of Python, whose server knows the issuer")
def test_c01_a_file_without_a_chain_is_read_and_sends(tmp_path):
    bundle = read_pkcs12(file_by_openssl(tmp_path, leaf()), PASSWORD)
    assert bundle.chain == ()
    versions = [talk_with(tmp_path, bundle, one, siths_test().pem) for one in VERSIONS]
    assert versions == ["TLSv1.2", "TLSv1.3"]


@pytest.mark.case("C01", "a password as older tools wrote it, byte by byte")
def test_c01_a_password_with_swedish_letters_opens_a_file_of_an_older_tool():
    bytewise = "lösen".encode().decode("latin-1")
    assert read_pkcs12(packed(leaf(), password=bytewise), "lösen").certificate == leaf().certificate


@pytest.mark.case("C02", "wrong, empty, none, non-Latin, half a character")
@pytest.mark.parametrize("password", ["fel", "", None, "日本語", "\ud800", "lo\u0308sen"])
def test_c02_a_wrong_password_is_said_to_be_wrong(password):
    for data in (packed(leaf()), leaf().pem + leaf().locked_key("lösen")):
        with pytest.raises(CertificateError, match="certificate-password") as raised:
            read_bundle(data, password)
        assert raised.value.values == {}
        assert raised.value.__cause__ is None


NO_FILES = {
    "empty": b"",
    "one byte": b"0",
    "cut": packed(leaf())[:-100],
    "cut early": packed(leaf())[:40],
    "with more behind": packed(leaf()) + b"0",
    "PEM renamed": leaf().pem,
    "a certificate renamed": leaf().certificate.public_bytes(Encoding.DER),
    "a text": b"Hej! Certifikatet kommer i morgon.",
}


@pytest.mark.case("C03", "cut, renamed, empty and too large")
@pytest.mark.parametrize("kind", NO_FILES)
def test_c03_something_else_than_a_whole_file_is_said_to_be_none(kind):
    with pytest.raises(CertificateError, match="certificate-unreadable"):
        read_pkcs12(NO_FILES[kind], "lösen")


@pytest.mark.case("C03", "more than 256 KiB")
def test_c03_a_file_that_is_too_large_is_not_even_tried():
    for read in (read_pkcs12, read_bundle):
        with pytest.raises(CertificateError, match="certificate-too-large") as raised:
            read(b"0" * (LARGEST_FILE + 1), "lösen")
        assert raised.value.values == {"kilobytes": "256"}


@pytest.mark.case("C04", "PKCS#12, PEM and DER without a key")
def test_c04_a_certificate_without_its_key_is_said_to_lack_it():
    only = pkcs12.serialize_java_truststore(
        [pkcs12.PKCS12Certificate(leaf().certificate, None)], BestAvailableEncryption(b"hemligt")
    )
    for data in (only, leaf().pem, leaf().certificate.public_bytes(Encoding.DER)):
        with pytest.raises(CertificateError, match="certificate-no-key"):
            read_bundle(data, "hemligt")


@pytest.mark.case("C05", "PKCS#12 and PEM with the key of another certificate")
def test_c05_the_key_of_another_certificate_is_refused():
    other = Issued(elliptic_key(8), leaf().certificate)
    by_hand = pkcs12.serialize_key_and_certificates(
        None, other.key, None, [leaf().certificate], BestAvailableEncryption(b"hemligt")
    )
    for data in (by_hand, leaf().pem + other.key_pem):
        with pytest.raises(CertificateError, match="certificate-key-mismatch"):
            read_bundle(data, "hemligt")


@pytest.mark.case("C05", "a key of a kind that TLS here has no use for")
def test_c05_a_key_of_another_kind_and_a_key_alone_are_refused():
    key = ed25519.Ed25519PrivateKey.generate()
    secret = BestAvailableEncryption(b"hemligt")
    odd = pkcs12.serialize_key_and_certificates(None, key, None, [leaf().certificate], secret)
    with pytest.raises(CertificateError, match="certificate-key-kind"):
        read_pkcs12(odd, "hemligt")
    alone = pkcs12.serialize_key_and_certificates(None, elliptic_key(8), None, None, secret)
    with pytest.raises(CertificateError, match="certificate-missing"):
        read_pkcs12(alone, "hemligt")


def stopped_by(facts: CertificateFacts) -> dict[str, str]:
    """Return the values of the one problem that stops the import."""
    (problem,) = (one for one in facts.problems if one.stops)
    with pytest.raises(CertificateError, match=problem.code):
        require_fit(facts)
    return {"code": problem.code, **dict(problem.values)}


@pytest.mark.case("C06", "expired yesterday")
def test_c06_an_expired_certificate_is_stopped_with_its_date():
    found = stopped_by(facts_of(leaf(Flaw.EXPIRED)))
    assert found == {"code": "certificate-expired", "date": f"{NOW - DAY:%Y-%m-%d}"}


@pytest.mark.case("C07", "valid from tomorrow")
def test_c07_one_that_is_not_yet_valid_is_stopped_with_this_computers_day():
    found = stopped_by(facts_of(leaf(Flaw.NOT_YET)))
    assert found.pop("code") == "certificate-not-yet"
    assert found == {"date": f"{NOW + DAY:%Y-%m-%d}", "today": f"{NOW:%Y-%m-%d}"}


@pytest.mark.case("C08", "59 and 61 days left")
def test_c08_fifty_nine_days_left_are_warned_of_with_days_and_working_days():
    facts = facts_of(leaf(Flaw.EXPIRING))
    require_fit(facts)
    assert [(one.code, dict(one.values)) for one in facts.problems] == [
        ("certificate-expires-soon", {"days": "59"})
    ]
    assert facts.days_left == 59
    assert 33 <= facts.working_days_left <= 43
    later = issue(siths_test().issuing, replace(siths_wish(), valid=(NOW - DAY, NOW + 61 * DAY)))
    assert codes(facts_of(later)) == []


@pytest.mark.case("C09", "extended key usage for servers only")
def test_c09_a_certificate_for_servers_only_is_stopped():
    facts = facts_of(leaf(Flaw.SERVER_ONLY))
    assert stopped_by(facts) == {"code": "certificate-usage"}
    assert facts.usages == ("digitalSignature", "keyEncipherment", "serverAuth")
    assert not facts.identifies_client


@pytest.mark.case("C10", "RSA 1024")
def test_c10_a_short_key_is_stopped():
    facts = facts_of(leaf(Flaw.SHORT_KEY))
    assert stopped_by(facts) == {
        "code": "certificate-key-short", "bits": "1024", "shortest": "2048",
    }  # fmt: skip
    assert facts.key == "RSA 1024"


@pytest.mark.case("C11", "no serialNumber in the subject; TSTNMT as real TEST certificates have it")
def test_c11_a_missing_and_an_unusual_hsa_id_are_warned_of_and_stop_nothing():
    missing, unusual = facts_of(leaf(Flaw.NO_HSA_ID)), facts_of(leaf(Flaw.TEST_HSA_ID))
    for facts in (missing, unusual):
        require_fit(facts)
    assert (missing.hsa_id, codes(missing)) == ("", ["certificate-hsa-missing"])
    assert (unusual.hsa_id, codes(unusual)) == (TEST_HSA_ID, ["certificate-hsa-unusual"])
    assert facts_of(leaf()).hsa_id == HSA_ID


@pytest.mark.case("C12", "every order of leaf, root and intermediate; PKCS#12 by OpenSSL, and PEM")
def test_c12_the_order_of_the_chain_does_not_matter(tmp_path):
    issued, tree = leaf(), siths_test()
    for order in permutations((issued.certificate, *tree.chain)):
        pem = issued.key_pem + pems(order)
        (tmp_path / "key.pem").write_bytes(pem)
        for data in (pem, packed(issued, tuple(one for one in order if one != issued.certificate))):
            bundle = read_bundle(data, "lösen")
            assert bundle.certificate == issued.certificate
            facts = describe(bundle.certificate, bundle.chain, NOW)
            assert facts.chain == ("TEST SITHS e-id Function CA v1", "TEST SITHS e-id Root CA v2")
            assert codes(facts) == []


@pytest.mark.case("C12", "a server in TLS 1.2 and 1.3 that knows the root only")
@pytest.mark.parametrize("version", VERSIONS)
def test_c12_a_missing_intermediate_is_taken_from_the_ca_file(tmp_path, version):
    issued, tree = leaf(), siths_test()
    bundle = read_pkcs12(packed(issued), "lösen")
    facts = describe(bundle.certificate, bundle.chain, NOW)
    require_fit(facts)
    assert codes(facts) == ["certificate-chain-short"]
    assert talk_with(tmp_path, bundle, version, tree.root.pem, more=tree.issuing.pem)


@pytest.mark.case("C13", "an intermediate with the right name and another key")
def test_c13_a_false_intermediate_is_warned_of_and_never_shown_as_proved():
    chain = (siths_test().root.certificate, siths_false().issuing.certificate)
    facts = describe(leaf().certificate, chain, NOW, trust_of(siths_test()))
    assert (facts.chain, facts.authority_proved) == ((), False)
    assert codes(facts) == ["certificate-chain-false"]


@pytest.mark.case("C13", "a whole chain of false authorities with the right names")
def test_c13_a_whole_false_chain_is_told_by_the_known_fingerprints():
    false = leaf(Flaw.SAME_NAME)
    facts = describe(false.certificate, siths_false().chain, NOW, trust_of(siths_test()))
    assert facts.authority is not None
    assert facts.authority_proved is False
    assert codes(facts) == ["certificate-authority-other-key"]
    good = facts_of(leaf())
    assert (good.authority_proved, codes(good)) == (True, [])
    assert opens(false, siths_false(), "teststage") == "pairing-opens-other-key"


# --- C14: which certificate opens which entrance -----------------------------------------------


def opens(issued: Issued, tree: Tree, entrance_id: str, address: str = "") -> str:
    (entrance,) = (one for one in shipped().entrances if one.id == entrance_id)
    trust = trust_of(siths_test(), siths_real(), siths_old())
    facts = describe(issued.certificate, tree.chain, NOW, trust)
    at = replace(entrance, address=address or entrance.address)
    found = pair(facts.says(), at, trust, NOW, local=False)
    return found.code if found.opens else f"no: {found.code}"


OLD_TEST = "SITHS Type 3 CA v1 PP"


@pytest.mark.case("C14", "TEST and PP issuers at production and test-integration")
@pytest.mark.parametrize("entrance", ["production", "stage"])
def test_c14_a_test_certificate_is_stopped_at_entrances_for_real_ones(entrance):
    preproduction = authority(OLD_TEST, key=41)
    old = issue(preproduction, siths_wish())
    assert opens(leaf(), siths_test(), entrance) == "no: pairing-test-to-real"
    assert opens(old, Tree(preproduction, preproduction), entrance) == "no: pairing-test-to-real"


@pytest.mark.case("C14", "production issuers at ucrtestserv01")
def test_c14_a_real_certificate_is_stopped_at_the_test_stage():
    old = issue(siths_old().issuing, siths_wish())
    assert opens(real_leaf(), siths_real(), "teststage") == "no: pairing-real-to-test"
    assert opens(old, siths_old(), "teststage") == "no: pairing-real-to-test"


@pytest.mark.case("C14", "the right ones, old and new generation")
def test_c14_the_right_certificates_open_and_say_how_sure_that_is():
    old = issue(siths_old().issuing, siths_wish())
    assert opens(old, siths_old(), "production") == "pairing-opens"
    assert opens(real_leaf(), siths_real(), "production") == "pairing-opens-successor"
    assert opens(real_leaf(), siths_real(), "stage") == "pairing-opens-successor"
    assert opens(leaf(), siths_test(), "teststage") == "pairing-opens-successor"
    stranger = issue(strangers().issuing, siths_wish())
    assert opens(stranger, strangers(), "production") == "pairing-opens-unlisted-issuer"


@pytest.mark.case("C14", "a profile whose test stage points at production")
@pytest.mark.parametrize(
    "address",
    [
        "https://integration.ucr.uu.se/spor/ws/4_1/RegistrationService",
        "https://INTEGRATION.ucr.uu.se./x",
        "https://integration.ucr.uu.se:8443/x",
        "https://somewhere.else.se/x",
        "https://teststage@integration.ucr.uu.se/x",
    ],
)
def test_c14_the_host_decides_whatever_the_entrance_is_called(address):
    assert opens(leaf(), siths_test(), "teststage", address) == "no: pairing-test-to-real"
    assert opens(real_leaf(), siths_real(), "teststage", address).startswith("pairing-opens")


@pytest.mark.case("C14", "the entrance for tests by another name")
def test_c14_the_test_stage_stays_one_whatever_the_entrance_is_called():
    address = "https://ucrtestserv01.ucr.uu.se/x"
    assert opens(real_leaf(), siths_real(), "production", address) == "no: pairing-real-to-test"
    assert opens(leaf(), siths_test(), "production", address).startswith("pairing-opens")


def test_a_test_authority_anywhere_in_the_chain_makes_a_test_certificate():
    root = authority("TEST SITHS e-id Root CA v2", key=43)
    tree = Tree(root, authority("Region Exempel Function CA", root, key=44))
    issued = issue(tree.issuing, replace(siths_wish(), key=rsa_key()))
    facts = describe(issued.certificate, tree.chain, NOW + timedelta(seconds=1))
    assert facts.test_certificate
    assert opens(issued, tree, "production") == "no: pairing-test-to-real"
