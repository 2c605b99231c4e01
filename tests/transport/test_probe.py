"""The rungs below the contract: which holds, which breaks and by what, in TLS 1.2 and 1.3."""

import ssl
from dataclasses import replace
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID

from app.core.outcome import OutcomeKind
from app.transport.probe import Rung, probe
from app.transport.tls import client_context
from tests.support.outside import (
    DAY,
    NOW,
    Issued,
    Setup,
    Wish,
    answer_of,
    authority,
    elliptic_key,
    issue,
)
from tests.support.outside_line import CLIENT_CA, QUICK, SERVER, SERVER_CA

STRANGER = authority("SITHS e-id Function CA v1", key=6)
SAME_NAME = authority("TEST SITHS e-id Function CA v1", key=7)
VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]
LADDER = [
    "rung-name",
    "rung-connect",
    "rung-server-trusted",
    "rung-certificate-asked",
    "rung-client-accepted",
    "rung-contract-read",
]


def last_problem(rungs: tuple[Rung, ...]) -> tuple[str, str]:
    assert all(rung.is_open for rung in rungs[:-1])
    assert not rungs[-1].is_open
    return rungs[-1].code, rungs[-1].problem


CLIENT_FAULTS = {
    "expired": (CLIENT_CA, Wish(valid=(NOW - 9 * DAY, NOW - DAY)), "tls-client-expired"),
    "not yet": (CLIENT_CA, Wish(valid=(NOW + DAY, NOW + 9 * DAY)), "tls-client-bad"),
    "stranger": (STRANGER, Wish(), "tls-client-unknown-authority"),
    "same name": (SAME_NAME, Wish(), "tls-client-unknown-authority"),
    "usage": (CLIENT_CA, Wish(uses=(ExtendedKeyUsageOID.SERVER_AUTH,)), "tls-client-usage"),
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("fault", CLIENT_FAULTS)
def test_a_refused_certificate_is_explained_and_nothing_is_sent(outside, version, fault):
    issuer, wish, code = CLIENT_FAULTS[fault]
    context = outside.context(outside.identity(issue(issuer, wish)))
    with outside.serve(Setup(SERVER, CLIENT_CA, version)) as server:
        assert last_problem(probe(server.address, context, QUICK)) == ("rung-client-accepted", code)
        outcome = outside.register(server.address, context).post("1", b"<a/>")
    assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, code)
    assert server.requests == []


@pytest.mark.parametrize(
    ("version", "code"),
    [(VERSIONS[0], "tls-client-refused"), (VERSIONS[1], "tls-client-missing")],
)
def test_without_a_certificate_nothing_is_sent(outside, version, code):
    context = client_context((outside.ca,), None)
    with outside.serve(Setup(SERVER, CLIENT_CA, version)) as server:
        rung = ("rung-client-accepted", code)
        assert last_problem(probe(server.address, context, QUICK)) == rung
        assert outside.register(server.address, context).post("1", b"<a/>").code == code
    assert server.requests == []


SERVER_FAULTS: dict[str, tuple[Issued, dict[str, Any], str]] = {
    "other name": (SERVER_CA, {"name": "other.example.se", "loopback": False}, "tls-server-name"),
    "expired": (SERVER_CA, {"valid": (NOW - 9 * DAY, NOW - DAY)}, "tls-server-expired"),
    "not yet": (SERVER_CA, {"valid": (NOW + DAY, NOW + 9 * DAY)}, "tls-server-not-yet"),
    "usage": (SERVER_CA, {"uses": (ExtendedKeyUsageOID.CLIENT_AUTH,)}, "tls-server-usage"),
    "stranger": (STRANGER, {}, "tls-server-untrusted"),
    "same name": (authority("TEST Server CA", key=8), {}, "tls-server-untrusted"),
}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("fault", SERVER_FAULTS)
def test_a_false_server_is_told_nothing(outside, version, fault):
    issuer, changes, code = SERVER_FAULTS[fault]
    wish = replace(Wish("localhost", key=elliptic_key(5), loopback=True), **changes)
    with outside.serve(Setup(issue(issuer, wish), CLIENT_CA, version)) as server:
        rungs = probe(server.address, outside.context(), QUICK)
        assert last_problem(rungs) == ("rung-server-trusted", code)
        outcome = outside.register(server.address).post("1", b"<a/>")
    assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, code)
    assert server.requests == []


@pytest.mark.parametrize("version", VERSIONS)
def test_the_ladder_is_climbed_to_the_contract(outside, version):
    with outside.serve(Setup(SERVER, CLIENT_CA, version)) as server:
        server.answers = [answer_of("200 OK", b"<wsdl:definitions/>")]
        rungs = probe(server.address, outside.context(), QUICK)
    assert [rung.code for rung in rungs] == LADDER
    assert all(rung.is_open for rung in rungs)
    shown = dict(rungs[2].values)
    assert shown["tls"] == version.name.replace("TLSv1_", "TLSv1.")
    assert "localhost" in shown["server"]
    assert shown["until"] == f"{SERVER.certificate.not_valid_after_utc:%Y-%m-%d}"
    assert server.requests[0].startswith(b"GET /spor/ws?wsdl HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (answer_of("400 Bad Request", b"<html>"), "contract-not-served"),
        (answer_of("404 Not Found", b"<html>"), "ladder-not-here"),
        (answer_of("200 OK", b"<html>welcome</html>"), "ladder-no-contract"),
        (b"", "ladder-no-answer"),
    ],
)
def test_the_last_rung_says_what_was_wrong(outside, server, answer, code):
    server.answers = [answer or (lambda secure: None)]
    rungs = probe(server.address, outside.context(), QUICK)
    assert last_problem(rungs) == ("rung-contract-read", code)


def test_a_bad_address_is_the_first_rung(outside):
    rungs = probe("http://127.0.0.1/", outside.context())
    assert last_problem(rungs) == ("rung-name", "address-not-https")
