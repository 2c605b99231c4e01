"""T17-T20, T22, T23: answers too large, too slow or cut, and servers that are not there."""

import gzip
import socket
import ssl
import sys
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import NotSent
from app.core.outcome import Outcome, OutcomeKind
from app.language import text
from app.language.sentences import sentence_of
from app.transport.address import read_address
from app.transport.line import secured
from app.transport.timed import Limits
from tests.support.fault_servers import (
    PLAIN_HTTP,
    SSH,
    full_port,
    hang_up,
    listening,
    old_tls,
    reset,
    saying,
    silence,
    unused_port,
)
from tests.support.outside import Setup, answer_of, bomb, result
from tests.support.outside_line import CLIENT_CA, PATIENT, QUICK, SERVER, Outside
from tests.support.tls_line import VERSIONS

CREATED = result("OK", "Skapade: 1")
SENT = Outcome("1", OutcomeKind.CREATED, "Skapade: 1")
MIB = 1024 * 1024
NOT_SENT, UNKNOWN = OutcomeKind.NOT_SENT, OutcomeKind.UNKNOWN


def both(number: str, against: str):
    """Run a test in both versions, marked for the table of cases."""
    return pytest.mark.parametrize(
        "setup",
        [
            pytest.param(
                Setup(SERVER, CLIENT_CA, one),
                marks=pytest.mark.case(number, f"{against}, {name}"),
                id=name,
            )
            for name, one in VERSIONS.items()
        ],
    )


def posted(
    outside: Outside, address: str, limits: Limits = PATIENT, document: bytes = b"<a/>"
) -> Outcome:
    with closing(outside.register(address, limits=limits)) as register:
        return register.post("1", document)


# Too large


class Flood:
    """An answer of 100 MiB; counts what of it was taken."""

    def __init__(self, head: bytes, piece: bytes) -> None:
        self.head, self.piece, self.taken = head, piece, 0

    def __call__(self, secure: ssl.SSLSocket) -> None:
        secure.settimeout(5)
        with suppress(OSError):
            secure.sendall(self.head)
            while self.taken < 100 * MIB:
                secure.sendall(self.piece)
                self.taken += len(self.piece)


FLOODS = {
    "of a known length": (
        f"HTTP/1.1 200 OK\r\nContent-Length: {100 * MIB}\r\n\r\n".encode(),
        b" " * 65536,
    ),
    "in pieces": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"10000\r\n" + b" " * 65536 + b"\r\n",
    ),
    "without end": (b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65536),
}


@pytest.mark.parametrize("flood", FLOODS)
@both("T17", "Python ssl, 100 MB")
def test_t17_an_answer_of_100_mb_is_given_up_and_not_held(outside, setup, flood):
    answer = Flood(*FLOODS[flood])
    with outside.serve(setup) as server:
        server.answers = [answer]
        before = peak()
        outcome = posted(outside, server.address, PATIENT)
        risen = peak() - before
    assert (outcome.kind, outcome.code) == (UNKNOWN, "answer-too-large")
    assert answer.taken < 16 * MIB  # 8 MiB read, and what sockets hold
    assert risen < 50 * MIB


@both("T17", "Python ssl, gzip bomb")
def test_t17_a_bomb_is_not_unpacked(outside, setup):
    packed = bomb()
    with outside.serve(setup) as server:
        server.answers = [packed, CREATED]
        before = peak()
        with closing(outside.register(server.address)) as register:
            outcome = register.post("1", b"<a/>")
            risen = peak() - before
            assert (outcome.kind, outcome.code) == (UNKNOWN, "answer-unreadable")
            assert register.post("1", b"<a/>") == SENT
    assert b"Accept-Encoding: identity" in server.requests[0]
    assert risen < 50 * MIB


@pytest.mark.case("T17", "Python ssl, a bomb that does not say so")
def test_t17_a_bomb_that_does_not_say_that_it_is_packed_stays_packed(outside, server):
    server.answers = [answer_of("200 OK", gzip.compress(b" " * 50_000_000))]
    assert posted(outside, server.address).code == "answer-unreadable"


def peak() -> int:
    """Return the most memory used since the last question; 0 where that cannot be asked."""
    if sys.platform != "linux":
        return 0
    status = Path("/proc/self/status").read_text()
    most = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")
    return int(most.split()[1]) * 1024


# Too slow: without its limit each of these would go on until the test is cut off


@both("T18", "Python ssl, a byte now and then")
def test_t18_an_answer_that_drips_is_given_up_at_the_total_limit(outside, setup):
    with outside.serve(setup) as server:
        server.answers = [server.drip]
        outcome = posted(outside, server.address, QUICK)
    assert (outcome.kind, outcome.code) == (UNKNOWN, "answer-timeout")


@both("T18", "Python ssl, says nothing")
def test_t18_a_server_that_says_nothing_is_given_up_at_the_read_limit(outside, setup):
    with outside.serve(setup) as server:
        server.answers = [server.silence]
        outcome = posted(outside, server.address, replace(QUICK, total=60))
    assert (outcome.kind, outcome.code) == (UNKNOWN, "answer-timeout")


@both("T18", "Python ssl, takes no more of the request")
def test_t18_a_server_that_reads_no_further_is_given_up(outside, setup):
    def idle(secure: ssl.SSLSocket) -> None:
        secure.sendall(answer_of("200 OK", b"<a/>"))  # to the question that comes first
        server.released.wait(30)

    with outside.serve(setup) as server:
        server.answers = [idle]
        limits = replace(QUICK, read=0.3, total=0.6)
        outcome = posted(outside, server.address, limits, b"<a>" + b" " * 40 * MIB + b"</a>")
    assert (outcome.kind, outcome.code) == (UNKNOWN, "answer-timeout")


@pytest.mark.case("T19", "a port that takes connections and says nothing")
def test_t19_a_port_without_tls_is_given_up_in_time(outside):
    with listening(silence) as server:
        outcome = posted(outside, server.address, replace(QUICK, connect=0.3))
        assert bytes(server.received[:1]) in {b"", b"\x16"}  # no more than the first greeting
    assert (outcome.kind, outcome.code) == (NOT_SENT, "tls-timeout")


@pytest.mark.case("T19", "a port that drips a byte of a handshake now and then")
def test_t19_a_handshake_that_drips_is_given_up_in_time(outside):
    def drip(server, plain) -> None:
        for byte in b"\x16\x03\x03\x10\x00" + b"\x02" * 999:
            if server.released.wait(0.05):
                return
            plain.sendall(bytes([byte]))

    with listening(drip) as server:
        outcome = posted(outside, server.address, replace(QUICK, connect=0.4))
    assert (outcome.kind, outcome.code) == (NOT_SENT, "tls-timeout")


@pytest.mark.case("T19", "a port that takes no more connections")
def test_t19_a_port_that_does_not_answer_is_given_up_in_time(outside):
    with full_port() as port:
        address = f"https://127.0.0.1:{port}/"
        outcome = posted(outside, address, replace(QUICK, connect=0.3))
    assert (outcome.kind, outcome.code) == (NOT_SENT, "connect-timeout")


@pytest.mark.case("T19", "a name with a hundred addresses that do not answer")
def test_t19_the_limit_holds_for_all_addresses_of_a_name_together(outside, monkeypatch):
    with full_port() as port:
        found = [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))] * 100
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        outcome = posted(outside, f"https://localhost:{port}/", replace(QUICK, connect=2))
    assert (outcome.kind, outcome.code) == (NOT_SENT, "connect-timeout")


# Cut


CUTS = {
    "short Content-Length": (CREATED[:-20], "answer-cut"),
    "cut head": (CREATED[:30], "answer-unreadable"),
    "cut chunk": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\nabc",
        "answer-cut",
    ),
    "closed before a reply": (b"", "answer-lost"),
    "rubbish": (b"rubbish\r\n\r\n", "answer-lost"),
}


@pytest.mark.parametrize("cut", CUTS)
@both("T20", "Python ssl")
def test_t20_an_answer_that_is_cut_is_unknown_and_can_be_sent_again(outside, setup, cut):
    said, code = CUTS[cut]
    with outside.serve(setup) as server:
        server.answers = [lambda secure: secure.sendall(said), CREATED]
        with closing(outside.register(server.address)) as register:
            outcome = register.post("1", b"<a/>")
            assert (outcome.kind, outcome.code) == (UNKNOWN, code)
            assert "okänt" in sentence_of(outcome.code)
            assert register.post("1", b"<a/>") == SENT


# Not there, or not TLS


def said(outcome: Outcome, **values: str) -> str:
    """Return what a Swede is told of an outcome."""
    text.use("sv")
    return sentence_of(outcome.code, values)


@pytest.mark.case("T22", "a name that does not exist")
def test_t22_an_unknown_name_is_told_in_swedish(outside):
    outcome = posted(outside, "https://register.invalid/")
    assert (outcome.kind, outcome.code) == (NOT_SENT, "name-unknown")
    sentence = said(outcome, host="register.invalid")
    assert "Namnet register.invalid är okänt" in sentence
    assert "Inget skickades" in sentence


@pytest.mark.case("T22", "a port at which nothing listens")
def test_t22_a_refused_connection_is_told_in_swedish(outside):
    outcome = posted(outside, f"https://127.0.0.1:{unused_port()}/")
    assert (outcome.kind, outcome.code) == (NOT_SENT, "address-refused")
    sentence = said(outcome, host="x")
    assert "Inget svarar på x" in sentence
    assert "Inget skickades" in sentence


@pytest.mark.case("T22", "ports that break off or speak something else")
@pytest.mark.parametrize(
    ("behave", "code"),
    [
        (hang_up, "tls-closed"),
        (reset, "tls-closed"),
        (saying(PLAIN_HTTP), "tls-not-spoken"),
        (saying(SSH), "tls-not-spoken"),
    ],
)
def test_t22_a_port_that_does_not_speak_tls_is_told_in_swedish(outside, behave, code):
    with listening(behave) as server:
        outcome = posted(outside, server.address)
    assert (outcome.kind, outcome.code) == (NOT_SENT, code)
    assert "Inget skickades" in said(outcome, host="x")


@pytest.mark.case("T22", "a name of which one address refuses and one swallows everything")
def test_t22_every_address_of_a_name_is_tried(outside, server, monkeypatch):
    port = read_address(server.address).port
    kind = socket.AF_INET, socket.SOCK_STREAM, 0, ""
    with full_port() as full:
        found = [(*kind, ("127.0.0.1", one)) for one in (unused_port(), full, port)]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        server.answers = [CREATED]
        limits = replace(PATIENT, connect=3)
        assert posted(outside, f"https://localhost:{port}/", limits) == SENT


@pytest.mark.case("T22", "a name whose addresses fail in several ways")
def test_t22_of_several_failures_the_most_telling_is_told(outside, monkeypatch):
    nowhere = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("255.255.255.255", 1))
    refused = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", unused_port()))
    for found, code in (
        ([refused, nowhere], "address-refused"),
        ([nowhere], "address-unreachable"),
        ([], "address-unreachable"),
    ):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, found=found, **__: found)
        assert posted(outside, "https://localhost:1/").code == code


OLD = {"TLS 1.0": ssl.TLSVersion.TLSv1, "TLS 1.1": ssl.TLSVersion.TLSv1_1}


@pytest.mark.parametrize(
    "version",
    [
        pytest.param(one, marks=pytest.mark.case("T23", f"Python ssl, only {name}"), id=name)
        for name, one in {
            "TLS 1.0": ssl.TLSVersion.TLSv1,
            "TLS 1.1": ssl.TLSVersion.TLSv1_1,
        }.items()
    ],
)
def test_t23_a_server_with_only_an_old_version_is_named_and_told_nothing(
    outside, tmp_path, version
):
    with old_tls(tmp_path, SERVER, version) as server:
        outcome = posted(outside, server.address)
        with pytest.raises(NotSent, match="tls-version"):
            secured(read_address(server.address), outside.context(), PATIENT)
        assert server.received == b""
    assert (outcome.kind, outcome.code) == (NOT_SENT, "tls-version")
    assert "TLS" in said(outcome)
