"""T08-T11, T14, T15, T17-T22: one case over the line, and every way the line lets one down."""

import socket
import threading
import time
from dataclasses import replace

import pytest

from app.core.errors import NotSent
from app.core.outcome import Outcome, OutcomeKind
from app.transport.answer import Reply, read_reply
from app.transport.client import Register
from app.transport.line import Limits
from tests.support.outside import CLOSE, TEST_PERSON, answer_of, bomb, fault, result, soap

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


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_redirect_is_refused_and_the_other_server_hears_nothing(register, server, status):
    with socket.create_server(("127.0.0.1", 0)) as other:
        place = f"Location: http://127.0.0.1:{other.getsockname()[1]}/\r\n".encode()
        server.answers = [answer_of(status, b"", extra=place)]
        assert post(register).code == "redirect-refused"
        other.setblocking(False)
        with pytest.raises(BlockingIOError):
            other.accept()


def test_an_answer_that_drips_is_given_up_at_the_total_limit(register, server):
    server.answers = [server.drip]
    started = time.monotonic()
    assert post(register) == Outcome("2200054", OutcomeKind.UNKNOWN, code="answer-timeout")
    assert time.monotonic() - started < 2


def test_a_server_that_says_nothing_is_given_up_at_the_read_limit(register, server):
    server.answers = [server.silence]
    started = time.monotonic()
    assert post(register) == Outcome("2200054", OutcomeKind.UNKNOWN, code="answer-timeout")
    assert time.monotonic() - started < 0.9


@pytest.mark.parametrize(
    ("cut", "code"),
    [
        (CREATED[:-20], "answer-cut"),
        (CREATED[:30], "answer-"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nabc", "answer-"),
        (b"", "answer-lost"),
        (b"rubbish\r\n\r\n", "answer-lost"),
    ],
)
def test_an_answer_that_is_cut_off_is_unknown_and_can_be_sent_again(register, server, cut, code):
    server.answers = [lambda secure: secure.sendall(cut), CREATED]
    found = post(register)
    assert found.kind is OutcomeKind.UNKNOWN
    assert found.code.startswith(code)
    assert post(register).kind is OutcomeKind.CREATED


def test_nothing_listening_is_not_sent(outside):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    found = outside.register(f"https://127.0.0.1:{port}/").post("1", DOCUMENT)
    assert (found.kind, found.code) == (OutcomeKind.NOT_SENT, "address-refused")


def test_an_unknown_name_is_not_sent(outside):
    found = outside.register("https://register.invalid/").post("1", DOCUMENT)
    assert (found.kind, found.code) == (OutcomeKind.NOT_SENT, "name-unknown")


def test_a_port_without_tls_is_given_up_in_time(outside):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        register = outside.register(
            f"https://127.0.0.1:{listener.getsockname()[1]}/", limits=Limits(connect=0.2)
        )
        found = register.post("1", DOCUMENT)
    assert (found.kind, found.code) == (OutcomeKind.NOT_SENT, "tls-timeout")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1/", "address-not-https"),
        ("https://", "address-unreadable"),
        ("https://user@host/", "address-unreadable"),
        ("https://host:port/", "address-unreadable"),
        ("https://host:0/", "address-unreadable"),
        ("https://host/spor ws", "address-unreadable"),
        ("https://host/spör", "address-unreadable"),
        ("https://ho st/", "address-unreadable"),
        ("https://host/a\tb", "address-unreadable"),
        ("", "address-not-https"),
    ],
)
def test_only_https_with_a_host_is_connected_to(outside, address, code):
    with pytest.raises(NotSent, match=code):
        outside.register(address)


def test_the_environment_has_no_say(outside, server, monkeypatch, tmp_path):
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys.log"))
    server.answers = [CREATED]
    register = outside.register(server.address)
    assert post(register).kind is OutcomeKind.CREATED
    register.close()
    assert not (tmp_path / "keys.log").exists()
