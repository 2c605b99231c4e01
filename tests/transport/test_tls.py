"""Our TLS context, and codes for the failures that no server of the tests shows."""

import ssl
from pathlib import Path

import pytest

from app.core.errors import NotSent
from app.transport.tls import client_context, refusal, tls_code
from tests.support.outside import Setup, authority, issue, result
from tests.support.outside_line import CLIENT_CA, SERVER

STRANGER = authority("SITHS e-id Function CA v1", key=6)


def test_a_server_that_speaks_only_an_old_version_is_named(outside, server):
    context = outside.context()
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    with outside.serve(Setup(SERVER, CLIENT_CA, ssl.TLSVersion.TLSv1_2)) as old:
        assert outside.register(old.address, context).post("1", b"<a/>").code == "tls-version"


def test_a_certificate_refused_late_is_known_not_to_be_sent_or_unknown(outside):
    stranger = outside.context(outside.identity(issue(STRANGER)))
    with outside.serve(Setup(SERVER, CLIENT_CA, asks_late=True)) as server:
        server.answers = [lambda secure: server.ask_late(secure, result("OK", "Skapade: 1"))]
        outcome = outside.register(server.address, stranger).post("1", b"<a/>")
    assert not outcome.kind.accepted
    assert outcome.code in {"tls-client-unknown-authority", "answer-lost"}


def test_a_context_needs_an_authority_that_can_be_read(tmp_path):
    with pytest.raises(NotSent, match="tls-authority-missing"):
        client_context((), None)
    with pytest.raises(NotSent, match="tls-authority-unreadable"):
        client_context((tmp_path / "nowhere.pem",), None)
    Path(tmp_path / "rubbish.pem").write_text("rubbish")
    with pytest.raises(NotSent, match="tls-authority-unreadable"):
        client_context((tmp_path / "rubbish.pem",), None)


def test_an_unheard_of_tls_failure_has_a_code_and_refuses_nothing():
    assert tls_code(ssl.SSLError(1, "x")) == "tls-failed"
    assert tls_code(ssl.SSLEOFError(8, "x")) == "tls-closed"
    assert refusal(ssl.SSLError(1, "x")) == ""
    assert refusal(ConnectionResetError()) == ""
