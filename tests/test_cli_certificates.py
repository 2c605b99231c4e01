"""`certificate` on the command line: from a file or an order to a green ladder, with exit codes."""

import json
import sys
from io import StringIO
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from app.cli import options, program
from app.cli.program import FAILED, GATE, OK, SOME_NOT
from app.keystore.places import Places
from app.keystore.secrets import OsSecrets
from app.keystore.typed import TypedSecrets
from app.workflow.certify import certificates
from app.workflow.desk import Desk
from app.workflow.tokens import token_certificates, use_token_certificate
from tests.support import pki
from tests.support.command_line import CommandLine
from tests.support.software_token import PIN, make_reader, needs_softhsm
from tests.support.trust import write_trust
from tests.support.workflow import make_desk, running_stage

PASSWORD = "lösen"


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("SPOR_WORKBENCH_P12_PASSWORD", PASSWORD)
    monkeypatch.setattr(sys, "stdin", StringIO())
    made = CommandLine(capsys, monkeypatch, tmp_path / "data")
    write_trust(made.folder, pki.siths_test(), pki.siths_real())
    return made


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "test.p12"
    path.write_bytes(pki.packed(pki.leaf(), pki.siths_test().chain, PASSWORD))
    return path


def listed(call) -> dict[str, Any]:
    shelf: dict[str, Any] = json.loads(call("certificate", "list", "--json").out)
    return shelf


def test_a_certificate_is_imported_listed_chosen_and_removed(call, package):
    said = call("certificate", "import", package, "--json")
    assert said.code == OK
    (one,) = json.loads(said.out)["certificates"]
    assert (one["hsa_id"], one["opens"], one["used_at"]) == (
        pki.HSA_ID,
        ["teststage"],
        ["teststage"],
    )
    assert listed(call)["certificates"] == [one]
    assert call("certificate", "choose", one["id"][:6], "--for", "teststage").code == OK
    said = call("certificate", "choose", one["fingerprint"][:8], "--for", "production")
    assert (said.code, "[pairing-test-to-real]" in said.err) == (FAILED, True)
    assert call("certificate", "remove", one["id"]).code == SOME_NOT  # nobody said yes
    assert call("certificate", "remove", one["id"], "--yes").code == OK
    assert listed(call)["certificates"] == []


def test_the_list_is_written_for_people_too(call, package):
    assert "no certificate yet" in call("--lang", "en", "certificate", "list").out
    call("certificate", "import", package)
    said = call("--lang", "en", "certificate", "list")
    assert "Issued by: TEST SITHS e-id Function CA v1" in said.out
    assert "Used at: teststage" in said.out


def test_a_wrong_password_is_one_sentence_and_nothing_is_kept(call, package, monkeypatch):
    monkeypatch.setenv("SPOR_WORKBENCH_P12_PASSWORD", "fel")
    said = call("certificate", "import", package)
    assert (said.code, said.out) == (FAILED, "")
    assert "[certificate-password]" in said.err
    assert "fel]" not in said.err
    assert listed(call)["certificates"] == []


def test_certificate_and_key_may_lie_in_two_files(call, tmp_path):
    certificate, key = tmp_path / "a.pem", tmp_path / "a.key"
    certificate.write_bytes(pki.leaf().pem + pki.pems(pki.siths_test().chain))
    key.write_bytes(pki.leaf().locked_key(PASSWORD))
    assert call("certificate", "import", certificate, "--key", key).code == OK
    assert len(listed(call)["certificates"]) == 1


def test_a_certificate_is_ordered_and_its_answer_taken_in(call, tmp_path):
    request = tmp_path / "spor.csr"
    said = call(
        *("--lang", "en", "certificate", "order", "--out", request),
        *("--organisation", "Region Exempel", "--name", "spor.example.se", "--kind", "ec-p256"),
    )
    assert said.code == OK
    assert "BEGIN CERTIFICATE REQUEST" in said.out
    assert "stays there" in said.out
    (order,) = listed(call)["orders"]
    answer = answered(request, tmp_path)
    assert call("certificate", "answer", order["id"], answer).code == OK
    shelf = listed(call)
    assert (len(shelf["certificates"]), shelf["orders"]) == (1, [])
    said = call("certificate", "answer", order["id"], answer)
    assert "[certificate-order-gone]" in said.err


def test_an_order_that_is_given_up_is_gone(call, tmp_path):
    call(
        *("certificate", "order", "--out", tmp_path / "a.csr", "--kind", "ec-p256"),
        *("--organisation", "Region Exempel", "--name", "spor.example.se"),
    )
    (order,) = listed(call)["orders"]
    assert call("certificate", "cancel", order["id"], "--yes").code == OK
    assert listed(call)["orders"] == []


def test_a_request_that_cannot_be_made_says_what_is_wrong(call, tmp_path):
    said = call(
        *("certificate", "order", "--out", tmp_path / "a.csr"),
        *("--organisation", "Region Exempel", "--name", "inget namn"),
    )
    assert (said.code, "[certificate-order-dns]" in said.err) == (FAILED, True)


def test_a_request_that_cannot_be_written_leaves_no_order(call, tmp_path):
    said = call(
        *("certificate", "order", "--out", tmp_path / "none" / "a.csr", "--kind", "ec-p256"),
        *("--organisation", "Region Exempel", "--name", "spor.example.se"),
    )
    assert (said.code, "[certificate-request-unwritten]" in said.err) == (FAILED, True)
    assert listed(call)["orders"] == []


def test_a_password_that_nobody_types_is_said_to_be_missing(call, package, monkeypatch):
    def nobody(*_arguments, **_options):
        raise EOFError

    monkeypatch.delenv("SPOR_WORKBENCH_P12_PASSWORD")
    monkeypatch.setattr(options, "getpass", nobody)
    said = call("certificate", "import", package)
    assert (said.code, "SPOR_WORKBENCH_P12_PASSWORD" in said.err) == (FAILED, True)


def test_a_data_folder_that_cannot_be_made_is_one_sentence(capsys, tmp_path):
    (tmp_path / "file").touch()
    code = program.run(["--data", str(tmp_path / "file" / "data"), "certificate", "list"])
    assert (code, "[data-folder-unusable]" in capsys.readouterr().err) == (FAILED, True)


def test_the_ladder_to_the_local_stage_is_green(call):
    desk = make_desk(call.folder)
    desk.secrets = call.secrets
    with running_stage(desk):
        said = call("certificate", "try", "--to", "local", "--json")
    assert (said.code, said.err) == (OK, "")
    ladder = json.loads(said.out)
    assert ladder["holds"]
    assert [one["state"] for one in ladder["rungs"] if one["state"] == "broken"] == []


def test_a_test_certificate_is_stopped_before_any_connection(call, package):
    call("certificate", "import", package)
    said = call("certificate", "try", "--to", "production", "--certificate", package, "--json")
    ladder = json.loads(said.out)
    assert said.code == GATE
    assert ladder["rungs"][0]["state"] == "broken"
    assert {one["state"] for one in ladder["rungs"][1:]} == {"unreached"}


@needs_softhsm
def test_a_certificate_on_a_token_is_listed_and_used(call, tmp_path, monkeypatch):
    reader = make_reader(tmp_path)
    token = reader.insert("kort")
    chain = pki.siths_test().chain
    token.put(pki.leaf(), *chain)
    monkeypatch.setenv("SPOR_WORKBENCH_PIN", PIN)
    said = call("certificate", "token", reader.module, "--json")
    (one,) = json.loads(said.out)["certificates"]
    said = call("certificate", "token", reader.module, "--use", one["fingerprint"], "--json")
    (used,) = json.loads(said.out)["certificates"]
    assert (used["key_place"], used["used_at"]) == ("token", ["teststage"])
    assert PIN not in (call.folder / "journal.db").read_bytes().decode("latin-1")


@needs_softhsm
def test_whoever_sends_with_a_token_is_asked_for_its_pin(call, tmp_path, monkeypatch):
    token = make_reader(tmp_path).insert("kort")
    token.put(pki.leaf(), *pki.siths_test().chain)
    desk = make_desk(call.folder)
    (found,) = token_certificates(desk, "token", str(token.reader.module), PIN)
    use_token_certificate(desk, found, PIN)
    later = make_desk(call.folder)
    later.secrets = desk.secrets
    with options.equipped(later, options.Way("teststage")):
        assert certificates(later).certificates[0].needs_pin  # nobody is there to be asked
    monkeypatch.setenv("SPOR_WORKBENCH_PIN", PIN)
    with options.equipped(later, options.Way("teststage")):
        assert not certificates(later).certificates[0].needs_pin
    for one in (desk, later):
        one.close()


def test_where_there_is_no_keystore_a_passphrase_is_chosen_and_asked_for(
    call, package, monkeypatch
):
    def bare(*_):
        system = OsSecrets(_no_keystore)
        file = call.folder / "secrets.vault"
        return Desk(call.folder, Places(call.folder, system, TypedSecrets(file, cost=2**15)))

    monkeypatch.setattr(options, "build_desk", bare)
    assert "[keystore-missing]" in call("certificate", "import", package).err
    monkeypatch.setenv("SPOR_WORKBENCH_PASSPHRASE", "häst batteri klammer rätt")
    assert call("certificate", "passphrase").code == OK
    assert call("certificate", "import", package).code == OK
    assert len(listed(call)["certificates"]) == 1
    monkeypatch.setenv("SPOR_WORKBENCH_PASSPHRASE", "en helt annan fras")
    said = call("certificate", "list")
    assert (said.code, "[passphrase-wrong]" in said.err) == (FAILED, True)
    assert "en helt annan fras" not in said.err


def _no_keystore():
    from app.core.errors import KeystoreError

    raise KeystoreError("keystore-missing")


def answered(request, folder):
    """Return a file with the certificate that an authority has issued for a request."""
    asked = x509.load_pem_x509_csr(request.read_bytes())
    certificate = _issued_for(asked)
    path = folder / "answer.cer"
    path.write_bytes(certificate.public_bytes(Encoding.DER))
    return path


def _issued_for(asked: x509.CertificateSigningRequest) -> x509.Certificate:
    class Public:
        def public_key(self):
            return asked.public_key()

    return pki.issue(pki.siths_test().issuing, pki.Wish(key=Public())).certificate
