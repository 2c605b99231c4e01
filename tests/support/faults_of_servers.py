"""Forced faults of the server whose cause lies above or beside its own certificate."""

import ssl
from collections.abc import Callable, Iterator
from typing import Any

from tests.support import pki
from tests.support.connection_faults import BOTH, CLIENT, READ, SERVER, answered, fault
from tests.support.faults_before import server_wish
from tests.support.ladder_bench import TESTSTAGE, Bench, good_setup
from tests.support.outside import answer_of
from tests.support.pki import (
    DAY,
    NOW,
    Issued,
    authority,
    issue,
    rsa_key,
    server_tree,
    tree,
)
from tests.support.real_servers import TLS_1_2

PAST, TO_COME = (NOW - 90 * DAY, NOW - 2 * DAY), (NOW + DAY, NOW + 20 * DAY)
# The second group of RFC 2409, of 1 024 bits.
SHORT_PRIME = """\
-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
"""


@fault(SERVER, "server-chain-missing", *BOTH)
def the_server_does_not_show_its_issuer(bench: Bench, version: ssl.TLSVersion) -> Any:
    trusting(bench, server_tree().root)
    yield from showing(bench, version, issue(server_tree().issuing, server_wish()))


@fault(SERVER, "server-own-chosen", *BOTH)
def the_ca_file_holds_the_servers_own_certificate(bench: Bench, version: ssl.TLSVersion) -> Any:
    own = issue(server_tree().issuing, server_wish())
    trusting(bench, own)
    yield from showing(bench, version, own, server_tree().issuing)


@fault(SERVER, "server-issuer-not-trusted", *BOTH)
def a_box_in_between_opens_tls_with_an_authority_of_its_own(
    bench: Bench, version: ssl.TLSVersion
) -> Any:
    box = tree("Region Inspection Root", "Region Inspection CA", (61, 62))
    yield from showing(bench, version, issue(box.issuing, server_wish()), box.issuing)


@fault(SERVER, "server-named-like-trusted", *BOTH)
def the_servers_root_only_has_the_name(bench: Bench, version: ssl.TLSVersion) -> Any:
    twin = tree("TEST Server Root", "Another Server CA", (63, 64))
    yield from showing(bench, version, issue(twin.issuing, server_wish()), twin.issuing)


@fault(SERVER, "server-chain-expired", *BOTH)
def the_authority_that_the_server_shows_has_expired(bench: Bench, version: ssl.TLSVersion) -> Any:
    trusting(bench, server_tree().root)
    old = authority("TEST Server CA 2", server_tree().root, key=51, valid=PAST)
    yield from showing(bench, version, issue(old, server_wish()), old)


@fault(SERVER, "server-authority-expired", *BOTH)
def the_root_in_the_ca_file_has_expired(bench: Bench, version: ssl.TLSVersion) -> Any:
    root = authority("TEST Old Root", key=52, valid=PAST)
    trusting(bench, root)
    yield from showing(bench, version, issue(root, server_wish()))


@fault(SERVER, "server-not-yet-on", *BOTH)
def the_authority_that_the_server_shows_is_not_in_force_yet(
    bench: Bench, version: ssl.TLSVersion
) -> Any:
    trusting(bench, server_tree().root)
    new = authority("TEST Server CA 3", server_tree().root, key=53, valid=TO_COME)
    yield from showing(bench, version, issue(new, server_wish()), new)


@fault(SERVER, "server-not-yet-on", *BOTH)
def the_servers_certificate_is_not_in_force_yet(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from showing(bench, version, issue(server_tree().issuing, server_wish(valid=TO_COME)))


@fault(SERVER, "server-usage", *BOTH)
def the_servers_certificate_is_for_clients(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from showing(
        bench, version, issue(server_tree().issuing, server_wish(uses=(pki.CLIENT,)))
    )


@fault(SERVER, "tls-name-unwanted", *BOTH)
def the_server_serves_nothing_by_that_name(bench: Bench, version: ssl.TLSVersion) -> Any:
    def refuse(context: ssl.SSLContext) -> None:
        context.sni_callback = lambda *_: ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME

    yield from at_an_odd_server(bench, version, refuse)


@fault(SERVER, "tls-no-common", TLS_1_2)
def the_server_has_no_cipher_in_common(bench: Bench, version: ssl.TLSVersion) -> Any:
    def old(context: ssl.SSLContext) -> None:
        context.set_ciphers("ECDHE-ECDSA-AES128-CCM8:@SECLEVEL=0")

    yield from at_an_odd_server(bench, version, old)


@fault(SERVER, "tls-weak", TLS_1_2)
def the_server_agrees_on_keys_with_too_short_a_prime(bench: Bench, version: ssl.TLSVersion) -> Any:
    short = bench.folder / "prime.pem"
    short.write_text(SHORT_PRIME)

    def weak(context: ssl.SSLContext) -> None:
        context.set_ciphers("DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0")
        context.load_dh_params(str(short))

    shown = issue(server_tree().issuing, server_wish(key=rsa_key()))
    yield from at_an_odd_server(bench, version, weak, shown)


@fault(SERVER, "ladder-tls-failed", *BOTH)
def the_server_breaks_within_itself(bench: Bench, version: ssl.TLSVersion) -> Any:
    def broken(context: ssl.SSLContext) -> None:
        context.sni_callback = lambda *_: ssl.ALERT_DESCRIPTION_INTERNAL_ERROR

    yield from at_an_odd_server(bench, version, broken)


@fault(CLIENT, "client-not-shown", *BOTH)
def a_trusted_box_opens_tls_and_nginx_behind_it_gets_no_certificate(
    bench: Bench, version: ssl.TLSVersion
) -> Any:
    page = b"<center><h1>400 Bad Request</h1>No required SSL certificate was sent</center>"
    yield from without_asking(bench, version, answer_of("400 Bad Request", page, "text/html"))


@fault(CLIENT, "client-forbidden", *BOTH)
def a_trusted_box_opens_tls_and_apache_behind_it_gets_no_certificate(
    bench: Bench, version: ssl.TLSVersion
) -> Any:
    page = b"<h1>Forbidden</h1>"
    yield from without_asking(bench, version, answer_of("403 Forbidden", page, "text/html"))


@fault(READ, "ladder-login")
def a_portal_wants_a_login_to_the_network(bench: Bench, version: ssl.TLSVersion) -> Any:
    page = answer_of("511 Network Authentication Required", b"<html>", "text/html")
    yield from answered(bench, version, page)


@fault(READ, "ladder-misdirected", *BOTH)
def apache_serves_another_name_here(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from answered(bench, version, answer_of("421 Misdirected Request", b"<html>"))


def trusting(bench: Bench, *authorities: Issued) -> None:
    pem = b"".join(one.pem for one in authorities)
    bench.desk.authorities[TESTSTAGE].write_bytes(pem)


def showing(bench: Bench, version: ssl.TLSVersion, own: Issued, *above: Issued) -> Iterator[object]:
    """Let a server show its certificate and those above it; it must hear of nothing."""
    bench.install()
    chain = b"".join(one.pem for one in above)
    with bench.serving(good_setup(version=version, server=own, chain=chain)) as server:
        yield None
    assert server.requests == []


def without_asking(bench: Bench, version: ssl.TLSVersion, answer: bytes) -> Iterator[object]:
    """Let a server answer that asks for no certificate, and so cannot have seen ours."""
    bench.install()
    with bench.serving(good_setup(version=version, client_authority=None), answer):
        yield None


def at_an_odd_server(
    bench: Bench,
    version: ssl.TLSVersion,
    adjust: Callable[[ssl.SSLContext], None],
    own: Issued | None = None,
) -> Iterator[object]:
    bench.install()
    setup = good_setup(version=version, adjust=adjust)
    if own is not None:
        setup = good_setup(version=version, adjust=adjust, server=own)
    with bench.serving(setup) as server:
        yield None
    assert server.requests == []
