"""T14-T16, T24: what nginx, Apache and Java say of a certificate, or keep to themselves."""

from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest

from app.core.outcome import Outcome, OutcomeKind
from app.keystore.certificate import describe
from app.language.sentences import error_sentence, sentence_of
from app.transport import client
from tests.support.outside import Setup, answer_of, result
from tests.support.outside_line import CLIENT_CA, SERVER
from tests.support.pki import Flaw, leaf, siths_test
from tests.support.real_servers import RealSetup, apache, nginx
from tests.support.tls_line import VERSIONS, Met, against, context_of, meeting, post

LARGE = b"<a>" + b"x" * 200_000 + b"</a>"
SENT = Outcome("1", OutcomeKind.CREATED, "Skapade: 1")
FLAWS = [Flaw.EXPIRED, Flaw.NOT_YET, Flaw.OTHER_CA, Flaw.SERVER_ONLY, Flaw.REVOKED, None]


def versions(number: str, against: str):
    return pytest.mark.parametrize(
        "version",
        [
            pytest.param(one, marks=pytest.mark.case(number, f"{against}, {name}"), id=name)
            for name, one in VERSIONS.items()
        ],
    )


@contextmanager
def met(run, setup: RealSetup):
    with run(setup) as server:
        yield Met(server.address, server.trusted, lambda: len(server.received))


# nginx shakes hands with everybody and answers 400 with HTML


@pytest.mark.parametrize("flaw", FLAWS)
@against("T14", "nginx")
def test_t14_a_400_with_html_is_told_as_the_certificates_fault(outside, tmp_path, kind, flaw):
    with meeting(kind, tmp_path) as server:
        outcome = post(outside, server, context_of(server, tmp_path, flaw))
        assert server.received() == 0  # nginx passed nothing on
    assert outcome.kind is OutcomeKind.NOT_SENT
    assert outcome.code == "register-refused-certificate"
    assert "certifikatet" in sentence_of(outcome.code)


@against("T14", "nginx")
def test_t14_a_good_certificate_is_taken_also_with_a_large_case(outside, tmp_path, kind):
    with meeting(kind, tmp_path) as server:
        context = context_of(server, tmp_path, Flaw.NONE)
        assert post(outside, server, context) == SENT
        assert post(outside, server, context, LARGE) == SENT


@versions("T14", "nginx with a limit of 1 kB")
def test_t14_a_case_that_nginx_finds_too_large_is_told(outside, tmp_path, version):
    with met(nginx, RealSetup(version, largest=1000)) as server:
        outcome = post(outside, server, context_of(server, tmp_path, Flaw.NONE), LARGE)
    assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, "register-too-large")


@pytest.mark.case("T14", "Python ssl; a SOAP fault with status 400")
def test_t14_a_fault_with_status_400_is_the_registers_own_word(outside, server):
    body = b"".join((b"Unmarshalling Error: cvc-type.3.1.3: ", b"x"))
    fault = soap_fault(body)
    server.answers = [answer_of("400 Bad Request", fault), result("OK", "Skapade: 1")]
    with closing(outside.register(server.address)) as register:
        outcome = register.post("1", b"<a/>")
        assert (outcome.kind, outcome.text) == (OutcomeKind.FORMAT_ERROR, body.decode())
        assert register.post("1", b"<a/>") == SENT


def soap_fault(text: bytes) -> bytes:
    space = b"http://schemas.xmlsoap.org/soap/envelope/"
    fault = b"<s:Fault><faultstring>" + text + b"</faultstring></s:Fault>"
    return b'<s:Envelope xmlns:s="' + space + b'"><s:Body>' + fault + b"</s:Body></s:Envelope>"


# Apache asks for the certificate once it knows the path


@pytest.mark.case("T15", "Apache, TLS 1.3")
def test_t15_a_403_of_apache_is_told_as_the_certificates_fault(outside, tmp_path):
    with met(apache, RealSetup(VERSIONS["TLS 1.3"])) as server:
        context = context_of(server, tmp_path, Flaw.NONE)
        context.post_handshake_auth = False  # as a client that cannot be asked late
        outcome = post(outside, server, context)
        assert server.received() == 0
    assert outcome.kind is OutcomeKind.NOT_SENT
    assert outcome.code == "register-refused-certificate"


@versions("T15", "Apache, without the question first")
def test_t15_a_413_of_apache_is_told_as_too_large(outside, tmp_path, monkeypatch, version):
    monkeypatch.setattr(client, "LARGE", len(LARGE) * 2)  # send it at once
    with met(apache, RealSetup(version)) as server:
        outcome = post(outside, server, context_of(server, tmp_path, Flaw.NONE), LARGE)
        assert server.received() == 0
    assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, "register-too-large")


@versions("T15", "Apache, 200 kB after a question")
def test_t15_a_large_case_is_taken_after_a_question(outside, tmp_path, version):
    with apache(RealSetup(version)) as server:
        here = Met(server.address, server.trusted, lambda: len(server.received))
        context = context_of(here, tmp_path, Flaw.NONE)
        with closing(outside.register(server.address, context)) as register:
            assert [register.post("1", LARGE) for _ in range(2)] == [SENT, SENT]
        first, second = server.received
    assert first == second > len(LARGE)


@versions("T15", "Apache, large case with a bad certificate")
def test_t15_a_large_case_with_a_refused_certificate_never_leaves(outside, tmp_path, version):
    with apache(RealSetup(version)) as server:
        here = Met(server.address, server.trusted, lambda: len(server.received))
        outcome = post(outside, here, context_of(here, tmp_path, Flaw.EXPIRED), LARGE)
        assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, "tls-client-expired")
        assert server.received == []


# Java closes, with or without a reason

PROBLEMS = {
    Flaw.EXPIRED: "certificate-expired",
    Flaw.NOT_YET: "certificate-not-yet",
    Flaw.SERVER_ONLY: "certificate-usage",
}


@against("T16", "Java")
def test_t16_a_close_without_a_reason_is_told_and_explained_by_our_own_look(
    outside, tmp_path, kind
):
    with meeting(kind, tmp_path) as server:
        for flaw, problem in PROBLEMS.items():
            outcome = post(outside, server, context_of(server, tmp_path, flaw))
            assert outcome.kind is OutcomeKind.NOT_SENT
            assert outcome.code in {"tls-closed", "tls-client-refused", "tls-client-bad"}
            assert "Inget skickades" in sentence_of(outcome.code)
            facts = describe(leaf(flaw).certificate, siths_test().chain, datetime.now(UTC))
            found = {one.code: one for one in facts.problems}
            assert "–" not in error_sentence(found[problem])
        assert server.received() == 0


@against("T16", "Java")
def test_t16_a_good_certificate_is_taken(outside, tmp_path, kind):
    with meeting(kind, tmp_path) as server:
        context = context_of(server, tmp_path, Flaw.NONE)
        assert post(outside, server, context) == SENT
        assert post(outside, server, context, LARGE) == SENT


@versions("T16", "Python ssl, closes right after the handshake")
def test_t16_a_close_right_after_the_handshake_is_unknown_once_a_case_left(outside, version):
    with outside.serve(Setup(SERVER, CLIENT_CA, version)) as server:
        server.answers = [lambda secure: None, result("OK", "Skapade: 1")]
        with closing(outside.register(server.address)) as register:
            outcome = register.post("1", b"<a/>")
            assert (outcome.kind, outcome.code) == (OutcomeKind.UNKNOWN, "answer-lost")
            assert register.post("1", b"<a/>") == SENT


# A certificate that is asked for late


@against("T24", "Apache")
def test_t24_a_server_that_asks_for_the_certificate_late_gets_it(outside, tmp_path, kind):
    with meeting(kind, tmp_path) as server:
        context = context_of(server, tmp_path, Flaw.NONE)
        with closing(outside.register(server.address, context)) as register:
            assert [register.post("1", b"<a/>") for _ in range(3)] == [SENT] * 3
        assert server.received() == 3


@pytest.mark.case("T24", "Python ssl, TLS 1.3, post-handshake authentication")
def test_t24_a_question_after_the_handshake_is_answered(outside):
    with outside.serve(Setup(SERVER, CLIENT_CA, asks_late=True)) as server:
        server.answers = [lambda secure: server.ask_late(secure, result("OK", "Skapade: 1"))]
        with closing(outside.register(server.address)) as register:
            assert register.post("1", b"<a/>") == SENT
