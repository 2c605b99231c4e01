"""What the probe says of a rung, sees of a server it does not trust, and what it is asked for."""

import socket
import ssl
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.transport import server_look
from app.transport.address import read_address
from app.transport.asked import Asked
from app.transport.line import Limits, secured
from app.transport.probe import Climb
from app.transport.proxy import Proxy
from app.transport.rung import LONGEST_SAID, State, said
from app.transport.server_look import _shown, look
from tests.support.fault_servers import Listening, hang_up, listening, saying, silence, unused_port
from tests.support.outside import Setup, serving
from tests.support.pki import (
    Flaw,
    leaf,
    pems,
    plain_identity,
    server_leaf,
    server_tree,
    siths_test,
    strangers,
)
from tests.support.real_servers import TLS_1_2, TLS_1_3, RealSetup, nginx

QUICK = Limits(connect=1.0, read=0.5, total=1.0, settle=0.2)
CHAIN = pems(server_tree().chain[:1])


@pytest.mark.parametrize("version", [TLS_1_2, TLS_1_3])
def test_a_server_that_nobody_trusts_is_looked_at_and_nothing_of_ours_is_shown(tmp_path, version):
    setup = Setup(server_leaf(), siths_test().root, version, chain=CHAIN)
    with serving(tmp_path, setup) as server:
        shown = look(read_address(server.address), QUICK)
    assert shown[0] == server_leaf().certificate
    assert server.requests == []


@pytest.mark.parametrize("version", [TLS_1_2, TLS_1_3])
def test_its_whole_chain_is_seen(tmp_path, version):
    setup = Setup(server_leaf(), siths_test().root, version, chain=CHAIN)
    with serving(tmp_path, setup) as server:
        shown = look(read_address(server.address), QUICK)
    assert shown == (server_leaf().certificate, server_tree().issuing.certificate)


@pytest.mark.parametrize(
    "behave", [hang_up, silence, saying(b"\x16\x03\x03\x00\x08\x0b\x00\x00\x04\x00\x00\x01")]
)
def test_one_that_shows_nothing_whole_has_no_certificate(behave):
    with listening(behave) as server:
        assert look(read_address(server.address), QUICK) == ()


def test_one_that_drips_is_not_looked_at_for_ever():
    dripped = 0

    def drip(server: Listening, plain: socket.socket) -> None:
        nonlocal dripped
        plain.recv(65536)
        while dripped < 300 and not server.released.wait(0.02):
            plain.sendall(b"\x16\x03\x03\x3f\xff\x0b\x00\x3f"[dripped : dripped + 1] or b"x")
            dripped += 1

    with listening(drip) as server:
        place = read_address(server.address)
        with pytest.raises(TimeoutError):
            server_look._by_records(place, QUICK, None)
        assert dripped < 300


@pytest.mark.parametrize("version", [TLS_1_2, TLS_1_3])
def test_whose_certificates_a_server_takes_is_seen_and_ours_is_shown_all_the_same(
    tmp_path, version
):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(cadata=server_tree().pem.decode())
    plain_identity(tmp_path, leaf(), siths_test().chain).load_into(context)
    asked = Asked(context)
    assert (asked.sees, asked.was_asked) == (True, False)
    with nginx(RealSetup(version)) as server:
        secured(read_address(server.address), context, QUICK).close()
        climb = Climb(server.address, context, QUICK)
        assert all(rung.state is not State.BROKEN for rung in climb.rungs())
    assert asked.names
    ours = tuple(one.issuer.public_bytes() for one in (leaf().certificate, *siths_test().chain))
    theirs = leaf(Flaw.OTHER_CA).certificate.issuer.public_bytes()
    assert asked.takes(ours)
    assert not asked.takes((theirs, strangers().root.certificate.subject.public_bytes()))


def test_what_was_said_is_one_short_line_without_markup_or_persons():
    page = "<html><style>p {}</style><p>Refused:\n 19770101-2382</p>" + "x" * 2000
    told = said(page)
    assert told.startswith("Refused: 19770101-****")
    assert len(told) == LONGEST_SAID + 1
    assert said(None) == ""
    assert said(ConnectionResetError(104, "Connection reset by peer")) == (
        "ConnectionResetError: [Errno 104] Connection reset by peer"
    )
    assert said(TimeoutError()) == "TimeoutError"


@given(st.binary(max_size=300))
def test_whatever_a_server_says_is_read_or_refused_in_order(received):
    with suppress(ValueError):
        _shown(received)
        _shown(b"\x16\x03\x03" + len(received).to_bytes(2) + received)
        body = len(received).to_bytes(3) + received
        message = b"\x0b" + len(body).to_bytes(3) + body
        _shown(b"\x16\x03\x03" + len(message).to_bytes(2) + message)


def test_what_the_system_said_of_a_line_that_does_not_come_is_told():
    address = f"https://localhost:{unused_port()}/spor/ws"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    rung = tuple(Climb(address, context, QUICK).rungs())[-1]
    assert (rung.problem, "Connection refused" in rung.raw) == ("address-refused", True)
    proxy = Proxy("localhost", unused_port())
    rung = tuple(Climb(address, context, QUICK, proxy).rungs())[-1]
    assert (rung.problem, "Connection refused" in rung.raw) == ("proxy-unreachable", True)
