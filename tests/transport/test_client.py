"""One case over the line: the envelope, the kept-alive connection, and every answer."""

import socket
import sys
import threading
import time
from dataclasses import replace

import pytest

from app.core.outcome import Outcome, OutcomeKind
from app.transport.answer import Reply, read_reply
from app.transport.client import LARGE, Register
from tests.support.fault_servers import Listening, listening
from tests.support.outside import (
    CLOSE,
    TEST_PERSON,
    Setup,
    answer_of,
    bomb,
    fault,
    result,
    server_context,
    soap,
)
from tests.support.outside_line import CLIENT_CA, PATIENT, QUICK, SERVER
from tests.support.tls_line import VERSIONS

DOCUMENT = b'<?xml version="1.0" encoding="UTF-8"?>\n<postRegistrationRequest xmlns="urn:x"/>\n'
CREATED = result("OK", "Skapade: 2200054")


@pytest.fixture
def register(outside, server):
    made = outside.register(server.address)
    yield made
    made.close()


def post(register: Register) -> Outcome:
    return register.post("2200054", DOCUMENT)


def test_a_case_is_sent_in_an_envelope_and_accepted(register, server):
    server.answers = [CREATED]
    assert post(register) == Outcome("2200054", OutcomeKind.CREATED, "Skapade: 2200054")
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /spor/ws HTTP/1.1\r\n")
    assert b'SOAPAction: ""' in head
    assert b"Content-Type: text/xml; charset=utf-8" in head
    assert body.count(b"<?xml") == 1
    assert b"<soapenv:Body>\n<postRegistrationRequest" in body


def test_many_cases_go_over_one_kept_alive_line(register, server):
    server.answers = [CREATED, result("OK", "Uppdaterade: 2200054"), CREATED]
    kinds = [post(register).kind for _ in range(3)]
    assert kinds == [OutcomeKind.CREATED, OutcomeKind.UPDATED, OutcomeKind.CREATED]
    assert server.connections == 1


def test_a_line_that_the_server_has_closed_between_cases_is_opened_anew(register, server):
    server.answers = [_closing("Skapade: 2200054"), CREATED]
    assert post(register).kind is OutcomeKind.CREATED
    _until(lambda: server.closed == 1)
    assert post(register).kind is OutcomeKind.CREATED
    assert server.connections == 2


def _closing(text: str) -> bytes:
    body = result("OK", text).partition(b"\r\n\r\n")[2] + CLOSE
    return answer_of("200 OK", body)


def _until(holds) -> None:
    limit = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < limit
        threading.Event().wait(0.01)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (
            result("ERROR", "Systemet kunde inte ta emot registreringen: 2200054 x"),
            (
                OutcomeKind.REJECTED,
                "Systemet kunde inte ta emot registreringen: 2200054 x",
                "",
            ),
        ),
        (
            fault("Unmarshalling Error: cvc-pattern-valid: Value 'H-CAR' is not facet-valid "),
            (
                OutcomeKind.FORMAT_ERROR,
                "Unmarshalling Error: cvc-pattern-valid: Value 'H-CAR' is not facet-valid",
                "",
            ),
        ),
        (fault("Database is down"), (OutcomeKind.UNKNOWN, "Database is down", "register-fault")),
        (result("INFO", "x"), (OutcomeKind.UNKNOWN, "x", "answer-unreadable")),
        (answer_of("200 OK", soap("")), (OutcomeKind.UNKNOWN, "", "answer-unreadable")),
        (answer_of("202 Accepted", soap("")), (OutcomeKind.UNKNOWN, "", "answer-unreadable")),
        (answer_of("200 OK", b"<html/>"), (OutcomeKind.UNKNOWN, "", "answer-unreadable")),
        (answer_of("200 OK", b"<html>"), (OutcomeKind.UNKNOWN, "", "answer-unreadable")),
        (answer_of("502 Bad Gateway", b""), (OutcomeKind.UNKNOWN, "", "register-unavailable")),
        (answer_of("400 Bad Request", b"<html>"), (OutcomeKind.NOT_SENT, "", "register-refused")),
        (answer_of("403 Forbidden", b"<html>"), (OutcomeKind.NOT_SENT, "", "register-refused")),
        (answer_of("413 Too Large", b""), (OutcomeKind.NOT_SENT, "", "register-too-large")),
        (answer_of("404 Not Found", b""), (OutcomeKind.NOT_SENT, "", "register-not-here")),
        (bomb(), (OutcomeKind.UNKNOWN, "", "answer-unreadable")),
        (
            answer_of("200 OK", b" " * (8 * 1024 * 1024 + 1)),
            (OutcomeKind.UNKNOWN, "", "answer-too-large"),
        ),
    ],
)
def test_every_answer_becomes_an_outcome_and_the_next_case_goes_on(
    register, server, answer, outcome
):
    server.answers = [answer, CREATED]
    found = post(register)
    assert (found.kind, found.text) == outcome[:2]
    assert found.code.startswith(outcome[2])
    assert bool(found.code) == bool(outcome[2])
    assert post(register).kind is OutcomeKind.CREATED


@pytest.mark.parametrize("number", [TEST_PERSON, "19770101-2382", "7701012382", "770101-2382"])
def test_no_outcome_quotes_a_persons_number(register, server, number):
    quoted = f"cvc-pattern-valid: Value '{number}' is not facet-valid at 2026-03-02T08:00:00+01:00"
    server.answers = [
        fault(f"Unmarshalling Error: {quoted}"),
        fault(f"Fel: {number}"),
        result("ERROR", f"Systemet kunde inte ta emot registreringen: 2200054 {number}"),
        result("OK", f"Skapade: 2200054 {number}"),
        result("?", number),
    ]
    texts = [post(register).text for _ in range(5)]
    assert texts[0].endswith("770101-****' is not facet-valid at 2026-03-02T08:00:00+01:00")
    assert "2382" not in "".join(texts)
    assert texts[2].startswith("Systemet kunde inte ta emot registreringen: 2200054 ")


def test_a_behandlingsnummer_stays_readable_whatever_it_looks_like(register, server):
    server.answers = [result("OK", "Skapade: 202203150001")]
    assert register.post("202203150001", DOCUMENT).text == "Skapade: 202203150001"


def test_a_profile_that_announces_no_format_error_makes_no_fault_one(spoken):
    texts = replace(spoken[1], unmarshalling="{message}")
    reply = Reply(500, "text/xml", fault("Database is down").partition(b"\r\n\r\n")[2])
    assert read_reply("1", reply, texts).kind is OutcomeKind.UNKNOWN


# A large case: the server may ask for the certificate before it comes

LARGE_DOCUMENT = b"<a>" + b" " * LARGE + b"</a>"


def methods(server) -> list[bytes]:
    return [request.partition(b" /")[0] for request in server.requests]


def test_a_large_case_comes_second_on_a_line_and_only_the_first_time(register, server):
    server.answers = [answer_of("405 Method Not Allowed", b"<html>"), CREATED, CREATED]
    kinds = [register.post("2200054", LARGE_DOCUMENT).kind for _ in range(2)]
    assert kinds == [OutcomeKind.CREATED] * 2
    assert methods(server) == [b"GET", b"POST", b"POST"]
    assert server.requests[0].startswith(b"GET /spor/ws?wsdl HTTP/1.1\r\n")
    assert server.connections == 1


def test_a_small_case_and_those_after_it_need_no_question_first(register, server):
    server.answers = [CREATED, CREATED]
    post(register)
    assert register.post("2200054", LARGE_DOCUMENT).kind is OutcomeKind.CREATED
    assert methods(server) == [b"POST", b"POST"]


def test_a_server_that_closes_after_the_question_gets_the_case_on_a_new_line(register, server):
    server.answers = [answer_of("200 OK", b"<a/>" + CLOSE, extra=b"Connection: close\r\n"), CREATED]
    assert register.post("2200054", LARGE_DOCUMENT).kind is OutcomeKind.CREATED
    assert server.connections == 2
    assert methods(server) == [b"GET", b"POST"]


def test_an_answer_to_the_question_that_is_too_large_is_left_behind(outside, server):
    server.answers = [answer_of("200 OK", b" " * 5_000), CREATED]
    register = outside.register(server.address, limits=replace(PATIENT, answer=4_000))
    assert register.post("2200054", LARGE_DOCUMENT).kind is OutcomeKind.CREATED
    register.close()
    assert server.connections == 2


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (lambda secure: None, "tls-closed"),
        (b"rubbish\r\n\r\n" + CLOSE, "tls-closed"),
        ("silence", "connect-timeout"),
    ],
)
def test_when_the_question_is_not_answered_nothing_was_sent(outside, server, answer, code):
    register = outside.register(server.address, limits=QUICK if answer == "silence" else PATIENT)
    server.answers = [getattr(server, answer) if isinstance(answer, str) else answer, CREATED]
    outcome = register.post("2200054", LARGE_DOCUMENT)
    assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, code)
    assert methods(server) == [b"GET"]
    assert post(register).kind is OutcomeKind.CREATED
    register.close()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a reset takes what came before it")
@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_what_a_server_says_before_it_hangs_up_on_a_case_is_heard(outside, version):
    """As one does that finds a case too large before it has read it all."""
    context = server_context(outside.folder, Setup(SERVER, CLIENT_CA, version))

    def hang_up_early(_server: Listening, plain: socket.socket) -> None:
        plain.settimeout(10)
        with context.wrap_socket(plain, server_side=True) as secure:
            for answer in (answer_of("200 OK", b"<a/>"), answer_of("413 Too Large", b"")):
                secure.recv(4096)
                secure.sendall(answer)

    with listening(hang_up_early) as server:
        register = outside.register(server.address)
        outcome = register.post("1", b"<a>" + b"x" * 20_000_000 + b"</a>")
        register.close()
    assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, "register-too-large")
