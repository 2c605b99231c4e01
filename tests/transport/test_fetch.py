"""A contract fetched from a server that demands our certificate, and every way it lets us down."""

import gzip
import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from app.core.errors import NotSent, ProfileError, WorkbenchError
from app.files.contract_gathering import gather
from app.files.contract_storing import store
from app.language.sentences import error_sentence, known_codes
from app.transport.fetch import LIMITS, ContractLine, fetch, wsdl_address
from app.transport.line import Limits
from tests.support.contracts import ANSWER, LEAF, Stored, element, importing, schema, wsdl
from tests.support.outside import CLOSE, Server, Setup, answer_of
from tests.support.outside_line import CLIENT_CA, QUICK, SERVER

WSDL = b'<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>'


def told(caught: pytest.ExceptionInfo[WorkbenchError]) -> str:
    """Return the code; what is thrown must have a sentence whose values are all there."""
    assert caught.value.code in known_codes()
    assert "–" not in error_sentence(caught.value)
    return caught.value.code


@pytest.fixture
def line(outside, server) -> Iterator[ContractLine]:
    made = ContractLine(server.address, outside.context(), QUICK)
    yield made
    made.close()


def lines_of(server: Server) -> list[bytes]:
    return [request.partition(b"\r\n")[0] for request in server.requests]


def test_the_contract_is_fetched_with_our_certificate(outside, server):
    server.answers = [answer_of("200 OK", WSDL)]
    assert fetch(wsdl_address(server.address), outside.context(), QUICK) == WSDL
    assert lines_of(server) == [b"GET /spor/ws?wsdl HTTP/1.1"]
    assert b"Accept-Encoding: identity" in server.requests[0]


def test_without_a_certificate_nothing_is_shown(outside, server):
    from app.transport.tls import client_context

    bare = client_context((outside.ca,), None)
    with pytest.raises(NotSent) as caught:
        fetch(wsdl_address(server.address), bare, QUICK)
    assert told(caught) == "tls-client-missing"
    assert server.requests == []


def test_a_server_that_asks_for_the_certificate_late_is_answered(outside):
    with outside.serve(Setup(SERVER, CLIENT_CA, asks_late=True)) as server:
        server.answers = [lambda secure: server.ask_late(secure, answer_of("200 OK", WSDL))]
        assert fetch(wsdl_address(server.address), outside.context(), QUICK) == WSDL


def test_its_parts_come_over_the_same_line(line, server):
    server.answers = [answer_of("200 OK", WSDL), answer_of("200 OK", b"<a/>")]
    assert line(wsdl_address(server.address)) == WSDL
    assert line(f"{server.address}/åäö typer.xsd?xsd=två#del") == b"<a/>"
    assert server.connections == 1
    assert lines_of(server)[1] == (
        b"GET /spor/ws/%C3%A5%C3%A4%C3%B6%20typer.xsd?xsd=tv%C3%A5 HTTP/1.1"
    )


def test_an_address_that_asks_for_something_keeps_its_question():
    assert wsdl_address("https://x.invalid/a") == "https://x.invalid/a?wsdl"
    assert wsdl_address("https://x.invalid/a?singleWsdl") == "https://x.invalid/a?singleWsdl"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("https://127.0.0.1:1/x.xsd", "contract-elsewhere"),
        ("https://x.invalid/x.xsd", "contract-elsewhere"),
        ("http://127.0.0.1/x.xsd", "address-not-https"),
        ("file:///etc/hostname", "address-not-https"),
        ("https://user:secret@127.0.0.1/x.xsd", "address-unreadable"),
    ],
)
def test_only_the_servers_own_files_are_asked_for(line, server, address, code):
    with pytest.raises(NotSent) as caught:
        line(address)
    assert told(caught) == code
    assert server.connections == 0


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_no_redirect_is_followed(outside, server, status):
    with outside.serve() as thief:
        place = f"Location: {thief.address}\r\n".encode()
        server.answers = [answer_of(status, b"", extra=place)]
        with pytest.raises(NotSent) as caught:
            fetch(wsdl_address(server.address), outside.context(), QUICK)
        assert thief.connections == 0
    assert told(caught) == "contract-moved"
    assert caught.value.values["host"] == "127.0.0.1"


def drop(secure) -> None:
    secure.shutdown(socket.SHUT_RDWR)


SHORT = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n" + WSDL + CLOSE
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n900\r\nabc" + CLOSE
PACKED = answer_of("200 OK", gzip.compress(WSDL), extra=b"Content-Encoding: gzip\r\n")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (answer_of("404 Not Found", b"nothing"), "register-not-here"),
        (answer_of("403 Forbidden", b"no"), "register-refused-certificate"),
        (answer_of("503 Service Unavailable", b"later"), "contract-not-served"),
        (SHORT, "contract-cut"),
        (CHUNKED, "contract-cut"),
        (PACKED, "contract-packed"),
        (b"SSH-2.0-OpenSSH_9.2\r\n" + CLOSE, "contract-no-answer"),
        (drop, "contract-no-answer"),
        ("silence", "contract-timeout"),
        ("drip", "contract-timeout"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_contract_that_does_not_come_is_told(outside, server, answer, code):
    server.answers = [getattr(server, answer) if isinstance(answer, str) else answer]
    with pytest.raises((NotSent, ProfileError)) as caught:
        fetch(wsdl_address(server.address), outside.context(), QUICK)
    assert told(caught) == code


def test_no_more_is_read_than_a_contract_can_hold(outside, server):
    def flood(secure) -> None:
        secure.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while not server.released.is_set():
                secure.sendall(b"<a/>" * 16_384)
        except OSError:
            pass  # we hung up

    server.answers = [flood]
    limits: Limits = replace(QUICK, answer=1_999_999, total=10.0)
    with pytest.raises(ProfileError) as caught:
        fetch(wsdl_address(server.address), outside.context(), limits)
    assert told(caught) == "contract-too-large"
    assert caught.value.values["megabytes"] == "2"


def test_a_contract_of_the_largest_size_passes(outside, server):
    whole = b"<a>" + b" " * 100_000 + b"</a>"
    server.answers = [answer_of("200 OK", whole)]
    limits = replace(LIMITS, answer=len(whole), total=10.0)
    assert fetch(wsdl_address(server.address), outside.context(), limits) == whole


def test_a_server_that_is_not_there_is_told(outside):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(NotSent, match="address-refused"):
        fetch(f"https://127.0.0.1:{port}/a?wsdl", outside.context(), QUICK)


def test_a_whole_contract_is_gathered_from_the_server_and_stored(outside, server, tmp_path):
    place = wsdl_address(server.address)
    own = f"{server.address}/delar/svar.xsd"
    types = importing("?xsd=1") + importing(own, "urn:answer")
    request = schema(element("request", LEAF.format("a")))
    answer = schema(ANSWER, "urn:answer")
    text = wsdl(types, response="q:answer").replace("xmlns:t=", 'xmlns:q="urn:answer" xmlns:t=')
    server.answers = [answer_of("200 OK", one.encode()) for one in (text, request, answer)]
    with closing(ContractLine(place, outside.context(), QUICK)) as line:
        found = Stored(store(gather(place, line), tmp_path))
    assert server.connections == 1
    assert [one.split()[1] for one in lines_of(server)] == [
        b"/spor/ws?wsdl",
        b"/spor/ws?xsd=1",
        b"/spor/ws/delar/svar.xsd",
    ]
    assert found.judge('<request xmlns="urn:test"><a/></request>')
    assert found.contract.response == "{urn:answer}answer"


def test_the_part_that_the_server_refuses_is_named(outside, server):
    place = wsdl_address(server.address)
    server.answers = [
        answer_of("200 OK", wsdl(importing("?xsd=1")).encode()),
        answer_of("404 Not Found", b""),
    ]
    with (
        closing(ContractLine(place, outside.context(), QUICK)) as line,
        pytest.raises(ProfileError) as caught,
    ):
        gather(place, line)
    assert told(caught) == "contract-import-missing"
    assert caught.value.values == {"file": "ws?wsdl", "place": "?xsd=1"}


def test_a_login_page_instead_of_the_contract_is_told(outside, server):
    place = wsdl_address(server.address)
    server.answers = [answer_of("200 OK", b"<!doctype html><html>Logga in<br></html>")]
    with (
        closing(ContractLine(place, outside.context(), QUICK)) as line,
        pytest.raises(ProfileError) as caught,
    ):
        gather(place, line)
    assert told(caught) == "contract-html"
