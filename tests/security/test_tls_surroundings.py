"""T09-T13: neither the environment nor a server nor a contract leads a case anywhere else."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import NotSent, ProfileError
from app.core.outcome import Outcome, OutcomeKind
from app.files.profile import load_shipped
from app.transport import client
from app.transport.client import Register
from app.transport.fetch import ContractLine, wsdl_address
from app.transport.revocation import download
from app.transport.timed import Limits
from app.workflow.desk import Target, connect_to_register
from tests.support.fault_servers import hang_up, listening, proxying, saying
from tests.support.outside import Setup, answer_of, result
from tests.support.outside_line import CLIENT_CA, PATIENT, SERVER
from tests.support.tls_line import VERSIONS

CREATED = result("OK", "Skapade: 1")
MOVES = ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"]
WANTED = Outcome("1", OutcomeKind.CREATED, "Skapade: 1")


def post(register: Register, document: bytes = b"<a/>") -> Outcome:
    with closing(register):
        return register.post("1", document)


@pytest.mark.case("T09", "Python ssl, TLS 1.2 and 1.3")
@pytest.mark.parametrize("version", VERSIONS.values(), ids=VERSIONS)
def test_t09_no_session_key_is_logged(outside, monkeypatch, tmp_path, version):
    log = tmp_path / "keys.log"
    monkeypatch.setenv("SSLKEYLOGFILE", str(log))
    with outside.serve(Setup(SERVER, CLIENT_CA, version)) as server:
        server.answers = [CREATED]
        context = outside.context()
        assert post(outside.register(server.address, context)) == WANTED
    assert context.keylog_filename is None
    assert not log.exists()


@pytest.mark.case("T10", "Python ssl, a proxy that listens, .netrc")
def test_t10_proxies_and_passwords_of_the_environment_are_not_used(
    outside, server, monkeypatch, tmp_path
):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login eve password secret\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with proxying() as proxy:
        for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        server.answers = [CREATED, answer_of("200 OK", b"<a/>")]
        assert post(outside.register(server.address)) == WANTED
        with closing(ContractLine(server.address, outside.context(), PATIENT)) as line:
            assert line(wsdl_address(server.address)) == b"<a/>"
        assert proxy.listening.connections == 0
    heads = b"".join(one.partition(b"\r\n\r\n")[0] for one in server.requests)
    assert b"uthorization" not in heads
    assert b"roxy" not in heads


# Redirects


@pytest.mark.case("T11", "Python ssl; to https and http of another host")
@pytest.mark.parametrize("scheme", ["https", "http"])
@pytest.mark.parametrize("status", MOVES)
def test_t11_a_redirect_is_refused_and_the_other_server_hears_nothing(
    outside, server, status, scheme
):
    with listening(hang_up) as thief:
        place = f"Location: {scheme}://localhost:{thief.port}/spor/ws\r\n".encode()
        server.answers = [answer_of(status, b"", extra=place), CREATED]
        outcome = post(outside.register(server.address))
        assert (outcome.kind, outcome.code) == (OutcomeKind.NOT_SENT, "redirect-refused")
        assert (thief.connections, bytes(thief.received)) == (0, b"")


@pytest.mark.case("T11", "Python ssl; the question before a large case")
@pytest.mark.parametrize("status", MOVES)
def test_t11_a_redirect_of_the_question_before_a_large_case_leads_nowhere(outside, server, status):
    with listening(hang_up) as thief:
        place = f"Location: http://localhost:{thief.port}/\r\n".encode()
        server.answers = [answer_of(status, b"", extra=place), CREATED]
        document = b"<a>" + b" " * client.LARGE + b"</a>"
        assert post(outside.register(server.address), document) == WANTED
        assert thief.connections == 0


@pytest.mark.case("T11", "Python ssl; a contract, and http; a revocation list")
@pytest.mark.parametrize("status", MOVES)
def test_t11_a_redirect_of_a_contract_or_a_revocation_list_is_not_followed(outside, server, status):
    with listening(hang_up) as thief:
        place = f"Location: http://localhost:{thief.port}/\r\n".encode()
        server.answers = [answer_of(status, b"", extra=place)]
        with (
            closing(ContractLine(server.address, outside.context(), PATIENT)) as line,
            pytest.raises(NotSent, match="contract-moved"),
        ):
            line(wsdl_address(server.address))
        moved = f"HTTP/1.1 {status}\r\n".encode() + place + b"Content-Length: 0\r\n\r\n"
        with (
            listening(saying(moved)) as lists,
            pytest.raises(NotSent, match="revocation-unreachable"),
        ):
            download(f"http://localhost:{lists.port}/a.crl", Limits(connect=1, total=2))
        assert thief.connections == 0


# Where a case goes


def bound_elsewhere(folder: Path, place: str) -> Path:
    """Return a copy of the shipped contract whose own address is another."""
    shipped = Path(load_shipped("spor-4.1").wsdl)
    for file in shipped.parent.iterdir():
        if file.suffix in {".wsdl", ".xsd"}:
            (folder / file.name).write_bytes(file.read_bytes())
    copy = folder / shipped.name
    text = copy.read_text("utf-8")
    before, found, rest = text.partition('address location="')
    assert found
    copy.write_text(before + found + place + rest[rest.index('"') :], "utf-8")
    return copy


@pytest.mark.case("T12", "Python ssl; the whole connection of a batch")
def test_t12_a_case_goes_to_the_chosen_host_and_not_where_the_contract_says(
    outside, server, tmp_path
):
    with listening(hang_up) as thief:
        wsdl = bound_elsewhere(tmp_path, f"http://localhost:{thief.port}/steal")
        profile = replace(load_shipped("spor-4.1"), wsdl=str(wsdl))
        server.answers = [CREATED]
        target = Target("local", server.address, (outside.ca,))
        register = connect_to_register(profile, target, outside.identity())
        with closing(register):
            assert register.post_many(("1",), b"<a/>") == (WANTED,)
        assert thief.connections == 0
    assert len(server.requests) == 1


@pytest.mark.case("T13", "no server")
@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1/", "address-not-https"),
        ("HTTP://127.0.0.1/", "address-not-https"),
        ("ftp://127.0.0.1/", "address-not-https"),
        ("file:///etc/hostname", "address-not-https"),
        ("127.0.0.1/spor", "address-not-https"),
        ("", "address-not-https"),
        ("https://", "address-unreadable"),
        ("https:///spor", "address-unreadable"),
        ("https://user@host/", "address-unreadable"),
        ("https://user:word@host/", "address-unreadable"),
        ("https://host:port/", "address-unreadable"),
        ("https://host:0/", "address-unreadable"),
        ("https://host:65536/", "address-unreadable"),
        ("https://host/?a=b", "address-unreadable"),
        ("https://host/#part", "address-unreadable"),
        ("https://host/spor ws", "address-unreadable"),
        ("https://host/spör", "address-unreadable"),
        ("https://test-ıntegration.ucr.uu.se/", "address-unreadable"),
        ("https://integration．ucr.uu.se/", "address-unreadable"),
        ("https://ho st/", "address-unreadable"),
        ("https://host/a\tb", "address-unreadable"),
        ("https://host/a\r\nX: y", "address-unreadable"),
        ("https://[::1/", "address-unreadable"),
    ],
)
def test_t13_only_https_with_a_host_is_connected_to(outside, address, code):
    with pytest.raises(NotSent, match=code):
        outside.register(address)


@pytest.mark.case("T13", "Python ssl; other host and port")
@pytest.mark.parametrize(
    ("other", "code"),
    [
        ("https://127.0.0.1:1/x.xsd", "contract-elsewhere"),
        ("https://x.invalid/x.xsd", "contract-elsewhere"),
        ("http://127.0.0.1/x.xsd", "address-not-https"),
    ],
)
def test_t13_no_other_host_or_port_is_asked_for_a_part_of_the_contract(
    outside, server, other, code
):
    with (
        closing(ContractLine(server.address, outside.context(), PATIENT)) as line,
        pytest.raises((NotSent, ProfileError), match=code),
    ):
        line(other)
    assert server.connections == 0
