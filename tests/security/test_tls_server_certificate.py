"""T07, T08: a server that is not the right one is told nothing, whatever the environment says."""

import os
import ssl
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from app.core.errors import NotSent
from app.core.outcome import OutcomeKind
from app.language.sentences import sentence_of
from app.transport import tls
from app.transport.tls import client_context
from tests.support.outside import Setup, result, serving
from tests.support.pki import (
    CLIENT,
    DAY,
    NOW,
    Flaw,
    Issued,
    Wish,
    elliptic_key,
    issue,
    leaf,
    list_pem,
    plain_identity,
    revoked_list,
    server_leaf,
    server_tree,
    siths_test,
    strangers,
    tree,
)
from tests.support.tls_line import VERSIONS, post
from tests.support.tls_line import Met as Somewhere

GOOD = Wish("localhost", None, key=elliptic_key(5), loopback=True)
SAME_NAME = tree("TEST Server Root", "TEST Server CA", (41, 42))
YESTERDAY = (NOW - 9 * DAY, NOW - DAY)
TOMORROW = (NOW + DAY, NOW + 9 * DAY)

FALSE: dict[str, tuple[Any, dict[str, Any], str]] = {
    "wrong name": (server_tree, {"name": "other.example", "loopback": False}, "tls-server-name"),
    "expired": (server_tree, {"valid": YESTERDAY}, "tls-server-expired"),
    "not yet": (server_tree, {"valid": TOMORROW}, "tls-server-not-yet"),
    "foreign CA": (strangers, {}, "tls-server-untrusted"),
    "foreign CA, same name": (lambda: SAME_NAME, {}, "tls-server-untrusted"),
    "for clients only": (server_tree, {"uses": (CLIENT,)}, "tls-server-usage"),
}


def case(fault: str) -> Any:
    """Run a test in both versions, marked for the table of cases."""
    params = [
        pytest.param(
            version,
            id=name,
            marks=pytest.mark.case("T07", f"Python ssl, {name}: {fault}"),
        )
        for name, version in VERSIONS.items()
    ]
    return pytest.mark.parametrize("version", params)


def show_nothing_told(outside, folder: Path, setup: Setup, context: ssl.SSLContext, code: str):
    """Show that a false server hears of no case, and that the person is told why."""
    with serving(folder, setup) as server:
        met = Somewhere(server.address, folder, lambda: len(server.requests))
        outcome = post(outside, met, context)
        assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, code)
        assert server.requests == []
    assert "–" not in sentence_of(code)
    assert code not in sentence_of(code)


def false_server(outside, folder: Path, version: ssl.TLSVersion, fault: str) -> None:
    own, changes, code = FALSE[fault]
    issued = issue(own().issuing, replace(GOOD, **changes))
    setup = Setup(
        issued,
        siths_test().issuing,
        version,
        trusted=siths_test().root.pem,
        chain=own().issuing.pem,
    )
    show_nothing_told(outside, folder, setup, trusting(folder), code)


def trusting(folder: Path, revocation: Path | None = None) -> ssl.SSLContext:
    """Return our context, which trusts the test's servers."""
    trusted = folder / "trusted.pem"
    trusted.write_bytes(server_tree().pem)
    identity = plain_identity(folder, leaf(), siths_test().chain[:1])
    return client_context((trusted,), identity, revocation)


@case("wrong name")
def test_t07_a_server_of_another_name_is_told_nothing(outside, tmp_path, version):
    false_server(outside, tmp_path, version, "wrong name")


@case("expired")
def test_t07_a_server_whose_certificate_expired_is_told_nothing(outside, tmp_path, version):
    false_server(outside, tmp_path, version, "expired")


@case("not valid yet")
def test_t07_a_server_whose_certificate_is_not_valid_yet_is_told_nothing(
    outside, tmp_path, version
):
    false_server(outside, tmp_path, version, "not yet")


@pytest.mark.parametrize("fault", ["foreign CA", "foreign CA, same name"])
@case("foreign CA, also of the same name")
def test_t07_a_server_of_a_foreign_authority_is_told_nothing(outside, tmp_path, version, fault):
    false_server(outside, tmp_path, version, fault)


@case("certificate for clients only")
def test_t07_a_server_with_a_clients_certificate_is_told_nothing(outside, tmp_path, version):
    false_server(outside, tmp_path, version, "for clients only")


# Held against a revocation list


def checked(outside, folder: Path, version: ssl.TLSVersion, lists: bytes, code: str) -> None:
    """Show how the good server fares when it is held against lists."""
    path = folder / "servers.crl"
    path.write_bytes(lists)
    context = trusting(folder, path)
    clients = siths_test()
    setup = Setup(
        server_leaf(),
        clients.issuing,
        version,
        trusted=clients.root.pem,
        chain=server_tree().issuing.pem,
    )
    if code:
        show_nothing_told(outside, folder, setup, context, code)
        return
    with serving(folder, setup) as server:
        server.answers = [result("OK", "Skapade: 1")]
        met = Somewhere(server.address, folder, lambda: 0)
        assert post(outside, met, context).kind is OutcomeKind.CREATED


def servers_list(*revoked: Issued, **more: Any):
    return revoked_list(server_tree().issuing, *revoked, **more)


@case("revoked by the list")
def test_t07_a_revoked_server_is_told_nothing(outside, tmp_path, version):
    lists = list_pem(servers_list(server_leaf()))
    checked(outside, tmp_path, version, lists, "tls-server-revoked")


@pytest.mark.parametrize("valid", [YESTERDAY, TOMORROW], ids=["old", "future"])
@case("old list")
def test_t07_a_server_is_told_nothing_when_the_list_is_not_in_force(
    outside, tmp_path, version, valid
):
    lists = list_pem(servers_list(valid=valid))
    checked(outside, tmp_path, version, lists, "tls-revocation-old")


@case("no list of its issuer")
def test_t07_a_server_is_told_nothing_when_its_issuers_list_is_not_there(
    outside, tmp_path, version
):
    others = list_pem(revoked_list(strangers().issuing))
    checked(outside, tmp_path, version, others, "tls-revocation-missing")


@case("list signed by another")
def test_t07_a_server_is_told_nothing_when_the_list_is_signed_by_another(
    outside, tmp_path, version
):
    honest = list_pem(revoked_list(SAME_NAME.issuing))  # it names the key that signed it
    checked(outside, tmp_path, version, honest, "tls-revocation-missing")
    forged = list_pem(servers_list(signer=SAME_NAME.issuing))
    checked(outside, tmp_path, version, forged, "tls-revocation-false")


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER], ids=["PEM", "DER"])
@case("a good list does not stop a good server")
def test_t07_a_server_that_is_not_on_the_list_is_sent_to(outside, tmp_path, version, encoding):
    checked(outside, tmp_path, version, servers_list().public_bytes(encoding), "")


@pytest.mark.case("T07", "no server: a list file that is none")
def test_t07_what_lies_in_a_list_file_is_never_trusted(tmp_path):
    file = tmp_path / "list.crl"
    for content in (b"", b"rubbish", strangers().pem):
        file.write_bytes(content)
        with pytest.raises(NotSent, match="tls-revocation-unreadable"):
            trusting(tmp_path, file)
    file.write_bytes(strangers().pem + list_pem(servers_list()))
    assert len(trusting(tmp_path, file).get_ca_certs()) == 2
    with pytest.raises(NotSent, match="tls-revocation-unreadable"):
        trusting(tmp_path, tmp_path / "nowhere.crl")


@pytest.mark.case("T07", "no server: a list file without end, as a project may name one")
def test_t07_of_a_list_file_without_end_only_so_much_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(tls, "LARGEST_LISTS", 1 << 20)
    with pytest.raises(NotSent, match="tls-revocation-unreadable"):
        trusting(tmp_path, Path("/dev/zero"))


# The environment


@pytest.mark.parametrize(
    "version",
    [
        pytest.param(one, marks=pytest.mark.case("T08", f"Python ssl, {name}"), id=name)
        for name, one in VERSIONS.items()
    ],
)
def test_t08_no_authority_of_the_environment_is_trusted(outside, tmp_path, monkeypatch, version):
    foreign = tmp_path / "foreign.pem"
    foreign.write_bytes(strangers().pem)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, str(foreign))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    context = trusting(tmp_path)
    issued = issue(strangers().issuing, GOOD)
    setup = Setup(issued, siths_test().issuing, version, chain=strangers().issuing.pem)
    before = context.get_ca_certs(binary_form=True)
    show_nothing_told(outside, tmp_path, setup, context, "tls-server-untrusted")
    assert sorted(context.get_ca_certs(binary_form=True)) == sorted(before)
    assert len(before) == 2  # the two of the entrance's own file


OPENSSL_CONF = """
openssl_conf = all
[all]
ssl_conf = parts
[parts]
system_default = weak
[weak]
MinProtocol = TLSv1
CipherString = ALL:aNULL:eNULL:@SECLEVEL=0
Options = UnsafeLegacyRenegotiation,UnsafeLegacyServerConnect
VerifyMode = None
"""
TELL = """
import ssl, sys
from pathlib import Path
from app.transport.tls import client_context

known = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context = client_context((Path(sys.argv[1]),), None)
ciphers = sorted(one["name"] for one in context.get_ciphers())
print(bool(known.options & 0x40000), int(context.options), int(context.minimum_version), ciphers)
print(int(context.verify_mode), int(context.verify_flags), context.check_hostname)
"""


@pytest.mark.case("T08", "the context alone, with an openssl.cnf of the environment's")
def test_t08_an_openssl_cnf_of_the_environment_weakens_nothing(tmp_path):
    (tmp_path / "weak.cnf").write_text(OPENSSL_CONF)
    (tmp_path / "ca.pem").write_bytes(server_tree().pem)

    def told(**environment: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", TELL, tmp_path / "ca.pem"],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, **environment},
        )
        return done.stdout.split(maxsplit=1)

    before, after = told(), told(OPENSSL_CONF=str(tmp_path / "weak.cnf"))
    assert (before[0], after[0]) == ("False", "True")  # OpenSSL itself has obeyed it
    assert after[1] == before[1]


@pytest.mark.case("T08", "the context alone")
def test_t08_a_context_is_strict_and_trusts_nobody_by_itself(tmp_path):
    context = trusting(tmp_path)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.verify_flags & ssl.VERIFY_X509_STRICT
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname
    assert {str(one["subject"]) for one in context.get_ca_certs()} == {
        "((('commonName', 'TEST Server Root'),),)",
        "((('commonName', 'TEST Server CA'),),)",
    }
    with pytest.raises(NotSent, match="tls-authority-missing"):
        client_context((), plain_identity(tmp_path, leaf(Flaw.NONE)))
