"""Forced faults of the certificate here, the way to the server, and the server itself."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from app.core.errors import KeystoreError
from app.keystore.secrets import MemorySecrets
from tests.support.connection_faults import (
    BOTH,
    CERTIFICATE,
    CONNECT,
    NAME,
    PROXY,
    SERVER,
    fault,
)
from tests.support.fault_servers import (
    PLAIN_HTTP,
    ProxyRules,
    full_port,
    hang_up,
    listening,
    old_tls,
    proxying,
    saying,
    silence,
    unused_port,
)
from tests.support.ladder_bench import (
    ELSEWHERE,
    TESTSTAGE,
    Bench,
    good_setup,
)
from tests.support.pki import (
    DAY,
    NOW,
    Flaw,
    Wish,
    authority,
    elliptic_key,
    issue,
    leaf,
    list_pem,
    pems,
    revoked_list,
    server_leaf,
    server_tree,
    siths_real,
    siths_test,
    strangers,
)

# --- the certificate, before any connection ----------------------------------------------------


@fault(CERTIFICATE, "ladder-no-certificate")
def no_certificate_is_chosen(bench: Bench, _version: ssl.TLSVersion) -> Iterator[object]:
    with untouched(bench):
        yield None


@fault(CERTIFICATE, "pairing-real-to-test")
def a_real_certificate_at_the_test_stage(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install(issue(siths_real().issuing), siths_real().chain)
    with untouched(bench):
        yield None


@fault(CERTIFICATE, "pairing-test-to-real")
def a_test_certificate_at_production(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    kept = bench.desk.kept()
    kept.choose("production", kept.all()[0].id)
    with untouched(bench):
        bench.put("https://integration.ucr.uu.se/spor/ws")
        yield None


@fault(CERTIFICATE, "pairing-expired")
def the_certificate_has_expired(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install(leaf(Flaw.EXPIRED))
    with untouched(bench):
        yield None


@fault(CERTIFICATE, "pairing-not-yet")
def the_certificate_is_not_in_force_yet(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install(leaf(Flaw.NOT_YET))
    with untouched(bench):
        yield None


@fault(CERTIFICATE, "pairing-usage")
def the_certificate_is_for_servers_only(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install(leaf(Flaw.SERVER_ONLY))
    with untouched(bench):
        yield None


@fault(CERTIFICATE, "keystore-locked")
def the_keystore_is_locked(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()

    class Locked:
        place = "SecretService"

        def read(self, _name: str) -> str:
            raise KeystoreError("keystore-locked")

    bench.desk.secrets = Locked()  # type: ignore[assignment]  # nothing but reading is asked for
    with untouched(bench):
        yield None


@fault(CERTIFICATE, "certificate-passphrase-missing")
def the_keystore_has_lost_the_passphrase(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    bench.desk.secrets = MemorySecrets()
    with untouched(bench):
        yield None


@fault(CERTIFICATE, "certificate-token-gone")
def the_token_is_not_in(bench: Bench, _version: ssl.TLSVersion) -> Any:
    found = (("module", "/usr/lib/softhsm/libsofthsm2.so"), ("token", "SITHS"), ("serial", "1"))
    token, chain = leaf().certificate, siths_test().chain
    bench.desk.kept().keep_reference("token", dict(found), token, chain, (TESTSTAGE,))
    with untouched(bench):
        yield None


@contextmanager
def untouched(bench: Bench) -> Iterator[None]:
    """Listen at the test stage's address, and see that nobody comes."""
    with listening(hang_up) as server:
        bench.put(server.address)
        yield None
        assert server.connections == 0


# --- the way there -----------------------------------------------------------------------------


@fault(NAME, "name-unknown")
def the_name_is_not_known(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    bench.put(f"https://{ELSEWHERE}/spor/ws")
    yield None


@fault(CONNECT, "address-refused")
def nothing_listens(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    bench.put(f"https://localhost:{unused_port()}/spor/ws")
    yield None


@fault(CONNECT, "connect-timeout")
def a_firewall_swallows_what_comes(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    with full_port() as port:
        bench.put(f"https://127.0.0.1:{port}/spor/ws")
        yield None


@fault(PROXY, "proxy-refused")
def the_proxy_lets_nobody_there(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    with proxying(ProxyRules(answer=b"HTTP/1.1 403 Forbidden\r\n\r\n")) as proxy:
        bench.put(f"https://{ELSEWHERE}/spor/ws")
        bench.set(proxy=f"127.0.0.1:{proxy.port}")
        yield None


@fault(PROXY, "proxy-login")
def the_proxy_asks_who_we_are(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    with proxying(ProxyRules(login="svc:secret")) as proxy:
        bench.put(f"https://{ELSEWHERE}/spor/ws")
        bench.set(proxy=f"127.0.0.1:{proxy.port}")
        yield None


@fault(NAME, "proxy-unreachable")
def the_proxys_name_is_not_known(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    bench.put(f"https://{ELSEWHERE}/spor/ws")
    bench.set(proxy="proxy.invalid:8080")
    yield None


@fault(PROXY, "proxy-unreachable")
def the_proxy_is_down(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    bench.put(f"https://{ELSEWHERE}/spor/ws")
    bench.set(proxy=f"127.0.0.1:{unused_port()}")
    yield None


# --- the server --------------------------------------------------------------------------------


@fault(SERVER, "tls-not-spoken")
def the_port_speaks_plain_http(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    with listening(saying(PLAIN_HTTP)) as server:
        bench.put(server.address)
        yield None


@fault(SERVER, "tls-version")
def the_server_speaks_only_tls_1_1(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    with old_tls(bench.folder, server_leaf(), ssl.TLSVersion.TLSv1_1) as server:
        bench.put(server.address)
        yield None


@fault(SERVER, "tls-timeout")
def the_server_takes_the_line_and_is_silent(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    with listening(silence) as server:
        bench.put(server.address)
        yield None


@fault(SERVER, "ladder-closed-early")
def a_box_hangs_up_on_tls(bench: Bench, _version: ssl.TLSVersion) -> Any:
    bench.install()
    with listening(hang_up) as server:
        bench.put(server.address)
        yield None


@fault(SERVER, "server-nobody-trusted", *BOTH)
def no_ca_file_is_chosen(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install()
    bench.desk.authorities.clear()
    with bench.serving(good_setup(version=version)):
        yield None


@fault(SERVER, "tls-authority-unreadable")
def the_ca_file_is_no_ca_file(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install()
    bench.desk.authorities["teststage"].write_text("nothing")
    with bench.serving(good_setup(version=version)):
        yield None


@fault(SERVER, "server-chain-missing", *BOTH)
def the_server_is_of_another_authority(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from at_a_false_server(bench, version, issue(strangers().issuing, server_wish()))


@fault(SERVER, "server-named-like-trusted", *BOTH)
def the_servers_authority_only_has_the_name(bench: Bench, version: ssl.TLSVersion) -> Any:
    twin = authority("TEST Server CA", key=41)
    yield from at_a_false_server(bench, version, issue(twin, server_wish()))


@fault(SERVER, "server-root-missing", *BOTH)
def the_ca_file_ends_below_the_root(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.desk.authorities[TESTSTAGE].write_bytes(server_tree().issuing.pem)
    yield from at_a_false_server(bench, version, server_leaf())


@fault(SERVER, "server-form", *BOTH)
def a_certificate_in_the_ca_file_is_no_authority(bench: Bench, version: ssl.TLSVersion) -> Any:
    own = issue(server_tree().root, Wish("No Authority", None, key=elliptic_key(42)))
    bench.desk.authorities[TESTSTAGE].write_bytes(server_tree().root.pem + own.pem)
    yield from at_a_false_server(bench, version, issue(own, server_wish()))


@fault(SERVER, "server-signs-itself", *BOTH)
def something_signs_its_own_certificate(bench: Bench, version: ssl.TLSVersion) -> Any:
    own = authority("localhost", key=43)
    yield from at_a_false_server(bench, version, issue(own, server_wish(key=elliptic_key(43))))


@fault(SERVER, "server-other-name", *BOTH)
def the_server_is_another_one(bench: Bench, version: ssl.TLSVersion) -> Any:
    wish = server_wish(name="other.example.se", loopback=False)
    yield from at_a_false_server(bench, version, issue(server_tree().issuing, wish))


@fault(SERVER, "server-expired-on", *BOTH)
def the_servers_certificate_has_expired(bench: Bench, version: ssl.TLSVersion) -> Any:
    wish = server_wish(valid=(NOW - 9 * DAY, NOW - DAY))
    yield from at_a_false_server(bench, version, issue(server_tree().issuing, wish))


@fault(SERVER, "server-revoked", *BOTH)
def the_server_is_on_the_revocation_list(bench: Bench, version: ssl.TLSVersion) -> Any:
    lists = bench.folder / "servers.crl"
    lists.write_bytes(list_pem(revoked_list(server_tree().issuing, server_leaf())))
    bench.set(revocation=str(lists))
    yield from at_a_false_server(bench, version, server_leaf())


def server_wish(**changes: Any) -> Wish:
    wish = Wish("localhost", None, key=elliptic_key(5), loopback=True)
    return replace(wish, **changes)


def at_a_false_server(bench: Bench, version: ssl.TLSVersion, shown: Any) -> Iterator[object]:
    bench.install()
    chain = pems(server_tree().chain[:1])
    with bench.serving(good_setup(version=version, server=shown, chain=chain)) as server:
        yield None
    assert server.requests == []
