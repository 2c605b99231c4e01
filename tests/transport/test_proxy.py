"""A proxy that was set in the program: the line goes through it, or it is told what it said."""

from contextlib import closing

import pytest

from app.core.errors import NotSent
from app.core.outcome import Outcome, OutcomeKind
from app.language.sentences import error_sentence
from app.transport.address import read_address
from app.transport.client import Register
from app.transport.fetch import fetch, wsdl_address
from app.transport.line import reach
from app.transport.proxy import Proxy, read_proxy
from app.transport.timed import Limits
from app.transport.tls import client_context
from tests.support.fault_servers import (
    ProxyRules,
    hang_up,
    listening,
    proxying,
    saying,
    unused_port,
)
from tests.support.outside import Setup, answer_of, result
from tests.support.outside_line import CLIENT_CA, PATIENT, SERVER
from tests.support.tls_line import VERSIONS

SENT = Outcome("1", OutcomeKind.CREATED, "Skapade: 1")
CREATED = result("OK", "Skapade: 1")


def through(outside, address: str, proxy: Proxy) -> Outcome:
    register = Register(
        address, outside.context(), outside.contract, outside.texts, PATIENT, proxy=proxy
    )
    with closing(register):
        return register.post("1", b"<a/>")


def told(outside, address: str, proxy: Proxy) -> str:
    """Return the code of what the proxy did; its sentence must have all its values."""
    with pytest.raises(NotSent) as caught:
        reach(read_address(address), PATIENT, proxy)
    assert "–" not in error_sentence(caught.value)
    outcome = through(outside, address, proxy)
    assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, caught.value.code)
    return caught.value.code


@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_a_case_goes_through_the_proxy_and_only_the_line_is_asked_of_it(outside, version):
    with outside.serve(Setup(SERVER, CLIENT_CA, version)) as server, proxying() as proxy:
        server.answers = [CREATED]
        assert through(outside, server.address, Proxy("localhost", proxy.port)) == SENT
        place = server.address.split("/")[2].encode()
        assert proxy.asked == [b"CONNECT " + place + b" HTTP/1.1\r\nHost: " + place + b"\r\n\r\n"]


def test_the_proxy_finds_the_name_of_the_register(outside, server):
    port = read_address(server.address).port
    with proxying(ProxyRules(names=(("localhost", port),))) as proxy:
        server.answers = [CREATED]
        known = Proxy("localhost", proxy.port)
        assert through(outside, f"https://localhost:{port}/spor/ws", known) == SENT
        assert told(outside, "https://register.invalid:1/", known) in {
            "proxy-refused",
            "proxy-unreachable",
        }


def test_the_contract_comes_through_the_proxy(outside, server):
    with proxying() as proxy:
        server.answers = [answer_of("200 OK", b"<a/>")]
        known = Proxy("localhost", proxy.port)
        assert fetch(wsdl_address(server.address), outside.context(), PATIENT, known) == b"<a/>"
        assert len(proxy.asked) == 1


def test_a_proxy_that_asks_for_a_login_gets_the_one_that_was_set(outside, server):
    with proxying(ProxyRules(login="anna:lösen")) as proxy:
        server.answers = [CREATED]
        known = Proxy("localhost", proxy.port, "anna", "lösen")
        assert through(outside, server.address, known) == SENT
        assert told(outside, server.address, Proxy("localhost", proxy.port)) == "proxy-login"
        wrong = Proxy("localhost", proxy.port, "anna", "fel")
        assert told(outside, server.address, wrong) == "proxy-login"


def test_the_login_goes_to_the_proxy_and_not_to_the_register(outside, server):
    with proxying(ProxyRules(login="anna:lösen")) as proxy:
        server.answers = [CREATED]
        through(outside, server.address, Proxy("localhost", proxy.port, "anna", "lösen"))
    assert b"roxy-" not in server.requests[0]


def test_a_password_is_not_shown():
    assert "hemligt" not in repr(Proxy("localhost", 1, "anna", "hemligt"))


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", "proxy-refused"),
        (b"HTTP/1.0 502 Bad Gateway\r\nContent-Length: 2\r\n\r\nno", "proxy-refused"),
        (b"HTTP/1.1 302 Found\r\nLocation: https://thief.invalid/\r\n\r\n", "proxy-refused"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "proxy-unreachable"),
        (b"HTTP/1.1 200", "proxy-unreachable"),
        (b"HTTP/1.1 200 " + b"x" * 20_000 + b"\r\n\r\n", "proxy-unreachable"),
    ],
)
def test_what_a_proxy_says_instead_is_told(outside, server, answer, code):
    with listening(saying(answer)) as proxy:
        assert told(outside, server.address, Proxy("localhost", proxy.port)) == code
    assert server.connections == 0


def test_a_proxy_that_closes_is_told(outside, server):
    with listening(hang_up) as proxy:
        known = Proxy("localhost", proxy.port)
        assert told(outside, server.address, known) == "proxy-unreachable"


def test_a_proxy_that_is_not_there_is_told_and_not_gone_round(outside, server):
    known = Proxy("localhost", unused_port())
    assert told(outside, server.address, known) == "proxy-unreachable"
    assert told(outside, server.address, Proxy("proxy.invalid", 8080)) == "proxy-unreachable"
    assert server.connections == 0


def test_a_proxy_that_says_nothing_is_given_up(outside, server):
    with proxying(ProxyRules(silent=True)) as proxy:
        limits = Limits(connect=0.3)
        with pytest.raises(NotSent) as caught:
            reach(read_address(server.address), limits, Proxy("localhost", proxy.port))
    assert caught.value.code == "proxy-silent"
    assert "–" not in error_sentence(caught.value)


def test_a_server_behind_the_proxy_is_verified_as_ever(outside, server):
    with proxying() as proxy:
        stranger = outside.file("stranger.pem", CLIENT_CA)
        context = client_context((stranger,), outside.identity())
        register = Register(
            server.address,
            context,
            outside.contract,
            outside.texts,
            PATIENT,
            Proxy("localhost", proxy.port),
        )
        with closing(register):
            assert register.post("1", b"<a/>").code == "tls-server-untrusted"
    assert server.requests == []


@pytest.mark.parametrize(
    "text", ["proxy.region.se:8080", " 10.0.0.1:3128 ", "proxy_a:1", "[::1]:3128"]
)
def test_a_proxy_is_written_as_host_and_port(text):
    proxy = read_proxy(text, "u", "p")
    assert proxy.netloc == text.strip()
    assert (proxy.user, proxy.password) == ("u", "p")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "proxy",
        ":8080",
        "proxy:",
        "proxy:0",
        "proxy:65536",
        "proxy:٣",
        "http://proxy:8080",
        "anna:x@proxy:8080",
        "pro xy:8080",
        "pröxy:8080",
        "proxy:8080\r\nX: y",
    ],
)
def test_anything_else_is_no_proxy(text):
    with pytest.raises(NotSent) as caught:
        read_proxy(text)
    assert caught.value.code == "proxy-unreadable"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("anna:hemligt@proxy:8080", "proxy:8080"),
        ("http://anna:hemligt@proxy:8080", "http://proxy:8080"),
        ("anna:hem/ligt@proxy:8080", "proxy:8080"),
        ("anna:hem@ligt@proxy:8080", "proxy:8080"),
        ("https://register.se:8443/a@b", "https://register.se:8443/a@b"),
        ("proxy:80800", "proxy:80800"),
    ],
)
def test_a_password_that_was_written_into_an_address_is_told_nobody(text, told):
    for read, name in ((read_proxy, "proxy"), (read_address, "address")):
        try:
            read(text)
        except NotSent as error:
            assert error.values == {name: told}  # noqa: PT017 - one of the two may take it
