"""Forced connection faults: each ends on the right rung of the ladder, with the right cause.

What is climbed is the whole ladder, as the window and the command line climb it.
"""

import ssl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from sslcontext import ClientCertificateSelector, SSLContextError

from app.core.errors import KeystoreError
from app.keystore.secrets import MemorySecrets
from app.language.sentences import known_codes, sentence_of
from app.workflow.certificate_views import LadderRung, RungState
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
    QUICK,
    TESTSTAGE,
    Bench,
    broken,
    contract_answers,
    good_setup,
)
from tests.support.outside import CLOSE, answer_of, result
from tests.support.outside import fault as soap_fault
from tests.support.pki import (
    DAY,
    HSA_ID,
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
    siths_false,
    siths_real,
    siths_test,
    strangers,
)
from tests.support.real_servers import TLS_1_2, TLS_1_3, RealSetup, apache, java, nginx

CERTIFICATE, NAME, PROXY, CONNECT = "rung-certificate", "rung-name", "rung-proxy", "rung-connect"
SERVER, CLIENT = "rung-server-trusted", "rung-client-accepted"
READ, SAME, CASE = "rung-contract-read", "rung-contract-same", "rung-case"
BOTH = (TLS_1_2, TLS_1_3)
NOT_OF_TLS = (TLS_1_3,)

Forced = Callable[[Bench, ssl.TLSVersion], AbstractContextManager[object]]


@dataclass(frozen=True)
class Fault:
    """A fault, the rung that it breaks, and the code of its cause."""

    name: str
    forced: Forced
    rung: str
    problem: str
    versions: tuple[ssl.TLSVersion, ...] = NOT_OF_TLS
    case: bool = False


FAULTS: list[Fault] = []


def fault(rung: str, problem: str, *versions: ssl.TLSVersion, case: bool = False) -> Any:
    """Enter a fault into the table; the function's name is the fault's."""

    def entered(forced: Callable[..., Iterator[object]]) -> Callable[..., Iterator[object]]:
        name = forced.__name__.replace("_", " ")
        made = contextmanager(forced)
        FAULTS.append(Fault(name, made, rung, problem, versions or NOT_OF_TLS, case))
        return forced

    return entered


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


@fault(SERVER, "tls-closed")
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


@fault(SERVER, "server-issuer-not-trusted", *BOTH)
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


@fault(SERVER, "tls-server-revoked", *BOTH)
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


# --- our certificate at the server -------------------------------------------------------------


@fault(CLIENT, "tls-client-unknown-authority", *BOTH)
def the_server_does_not_know_our_issuer(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install(leaf(Flaw.SAME_NAME), siths_false().chain)
    with bench.serving(good_setup(version=version)) as server:
        yield None
    assert server.requests == []


@fault(CLIENT, "client-unknown-chain", *BOTH)
def the_server_lacks_our_intermediate_and_so_do_we(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install(leaf(), ())
    with bench.serving(good_setup(version=version, trusted=b"")) as server:
        yield None
    assert server.requests == []


@fault(CLIENT, "tls-client-revoked", *BOTH)
def the_server_holds_ours_to_be_revoked(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install(leaf(Flaw.REVOKED))
    lists = list_pem(revoked_list(siths_test().issuing, leaf(Flaw.REVOKED)))
    with bench.serving(good_setup(version=version, lists=lists)) as server:
        yield None
    assert server.requests == []


@fault(CLIENT, "tls-client-expired", *BOTH)
def our_clock_is_behind_an_expired_certificate(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.desk.clock = lambda: NOW - 30 * DAY
    bench.install(leaf(Flaw.EXPIRED))
    with bench.serving(good_setup(version=version)):
        yield None


@fault(CLIENT, "silent-refusal-issuer", *BOTH)
def nginx_does_not_know_our_issuer(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install(leaf(Flaw.OTHER_CA), strangers().chain)
    yield from at_a_real_server(bench, nginx, RealSetup(version))


@fault(CLIENT, "silent-refusal", *BOTH)
def nginx_holds_ours_to_be_revoked(bench: Bench, version: ssl.TLSVersion) -> Any:
    issued = issue(siths_test().issuing, Wish(valid=(NOW - 9 * DAY, NOW + 99 * DAY), serial=77))
    bench.install(issued)
    tree = siths_test()
    lists = list_pem(revoked_list(tree.issuing, issued), revoked_list(tree.root))
    yield from at_a_real_server(bench, nginx, RealSetup(version, lists=lists))


@fault(CLIENT, "tls-client-unknown-authority", *BOTH)
def apache_asks_late_and_does_not_know_our_issuer(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install(leaf(Flaw.OTHER_CA), strangers().chain)
    yield from at_a_real_server(bench, apache, RealSetup(version))


@fault(CLIENT, "silent-refusal-issuer", *BOTH)
def java_does_not_know_our_issuer(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install(leaf(Flaw.OTHER_CA), strangers().chain)
    yield from at_a_real_server(bench, java, RealSetup(version))


@fault(CLIENT, "client-not-allowed", *BOTH)
def the_register_has_not_opened_for_us(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from answered(bench, version, answer_of("403 Forbidden", b"<h1>Forbidden</h1>"))


@fault(CLIENT, "client-not-shown", *BOTH)
def a_box_in_between_opens_tls(bench: Bench, version: ssl.TLSVersion) -> Any:
    page = b"<center><h1>400 Bad Request</h1>No required SSL certificate was sent</center>"
    yield from answered(bench, version, answer_of("400 Bad Request", page))


def at_a_real_server(bench: Bench, run: Any, setup: RealSetup) -> Iterator[object]:
    with run(setup) as server:
        bench.put(server.address)
        yield None
    assert server.received == []


# --- the contract ------------------------------------------------------------------------------


@fault(READ, "ladder-not-here", *BOTH)
def the_path_is_wrong(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from answered(bench, version, answer_of("404 Not Found", b"<html>"))


@fault(READ, "ladder-moved")
def the_server_points_elsewhere(bench: Bench, version: ssl.TLSVersion) -> Any:
    to = b"Location: https://elsewhere.example.se/\r\n"
    yield from answered(bench, version, answer_of("302 Found", b"", extra=to))


@fault(READ, "ladder-no-contract")
def a_portal_answers(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from answered(bench, version, answer_of("200 OK", b"<html>Log in</html>", "text/html"))


@fault(READ, "ladder-register-down", *BOTH)
def the_register_is_down(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from answered(bench, version, answer_of("503 Service Unavailable", b""))


@fault(READ, "ladder-no-answer", *BOTH)
def the_server_lets_us_in_and_closes(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from answered(bench, version, lambda _secure: None)


@fault(READ, "ladder-contract-slow")
def the_server_lets_us_in_and_is_silent(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install()
    with bench.serving(good_setup(version=version)) as server:
        server.answers = [server.silence]
        yield None


@fault(READ, "ladder-contract-cut")
def the_contract_is_cut_off(bench: Bench, version: ssl.TLSVersion) -> Any:
    whole = contract_answers()[0]
    yield from answered(bench, version, whole[: len(whole) // 2] + CLOSE)


@fault(READ, "contract-import-missing")
def a_schema_of_the_contract_is_missing(bench: Bench, version: ssl.TLSVersion) -> Any:
    none = answer_of("404 Not Found", b"")
    yield from answered(bench, version, contract_answers()[0], none, none)


@fault(SAME, "contract-other-service")
def the_entrance_shows_another_service(bench: Bench, version: ssl.TLSVersion) -> Any:
    other = b"urn:other:registration"
    old = b"urn:spor-reconstruction:registration:4.1"
    answers = [one.replace(old, other) for one in contract_answers()]
    yield from answered(bench, version, *(with_length(one) for one in answers))


@fault(SAME, "contract-differs")
def the_entrance_wants_another_form(bench: Bench, version: ssl.TLSVersion) -> Any:
    answers = [one.replace(b"[0-9]{12}", b"[0-9]{8}-[0-9]{4}") for one in contract_answers()]
    yield from answered(bench, version, *(with_length(one) for one in answers))


# --- the synthetic case ------------------------------------------------------------------------


@fault(CASE, "synthetic-unwanted", case=True)
def the_register_does_not_know_our_system(bench: Bench, version: ssl.TLSVersion) -> Any:
    text = f"Systemet {HSA_ID} som angivits i SystemId hittas inte"
    yield from answered(bench, version, *contract_answers(), result("ERROR", text))


@fault(CASE, "synthetic-format", case=True)
def the_registers_schema_is_another_one(bench: Bench, version: ssl.TLSVersion) -> Any:
    text = "Unmarshalling Error: cvc-complex-type.2.4.a: Invalid content was found"
    yield from answered(bench, version, *contract_answers(), soap_fault(text))


@fault(CASE, "answer-lost", case=True)
def the_line_breaks_after_the_case_was_sent(bench: Bench, version: ssl.TLSVersion) -> Any:
    yield from answered(bench, version, *contract_answers(), lambda _secure: None)


def answered(bench: Bench, version: ssl.TLSVersion, *answers: Any) -> Iterator[object]:
    bench.install()
    with bench.serving(good_setup(version=version), *answers):
        yield None


def with_length(answer: bytes) -> bytes:
    return answer_of("200 OK", answer.partition(b"\r\n\r\n")[2])


# --- the tests ---------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Wait shorter than a person would."""
    monkeypatch.setattr("app.transport.probe.LIMITS", QUICK)
    monkeypatch.setattr("app.transport.probe.SETTLE", QUICK.settle)
    monkeypatch.setattr("app.transport.probe.PATIENCE", QUICK.total)


EVERY = [
    pytest.param(
        one,
        version,
        id=f"{one.name}, {version.name}",
        marks=pytest.mark.case(f"F{number:02}", f"{one.name}; {version.name}"),
    )
    for number, one in enumerate(FAULTS, start=1)
    for version in one.versions
]


@pytest.mark.parametrize(("forced", "version"), EVERY)
def test_a_forced_fault_ends_on_its_rung_with_its_cause(forced, version, tmp_path):
    bench = Bench(tmp_path)
    with ExitStack() as held:
        held.enter_context(forced.forced(bench, version))
        view = bench.climb(forced.case)
    rung = broken(view)
    assert rung is not None
    assert (rung.code, rung.problem) == (forced.rung, forced.problem)
    assert_told(rung)
    assert view.kind == ("production" if "production" in forced.name else "teststage")


def assert_told(rung: LadderRung) -> None:
    """See that a person is told cause and remedy: a sentence with all its values."""
    assert rung.problem in known_codes()
    sentence = sentence_of(rung.problem, rung.values)
    assert sentence.count(".") >= 1
    assert "–" not in sentence
    assert "{" not in sentence
    assert "197701012382" not in rung.raw


def test_there_are_25_faults_and_real_servers_are_among_them():
    assert len(FAULTS) >= 25
    assert len(EVERY) >= len(FAULTS) + 12
    assert len({(one.rung, one.problem) for one in FAULTS}) >= 25
    assert all(any(server in one.name for one in FAULTS) for server in ("nginx", "apache", "java"))


@pytest.mark.parametrize("version", BOTH)
@pytest.mark.parametrize("run", [nginx, apache, java])
def test_real_servers_take_a_good_certificate_all_the_way_to_their_contract(run, version, tmp_path):
    bench = Bench(tmp_path)
    bench.install()
    with run(RealSetup(version)) as server:
        bench.put(server.address)
        view = bench.climb()
    states = {rung.code: rung.state for rung in view.rungs}
    assert states[CLIENT] is RungState.OK
    assert states[SERVER] is RungState.OK


@pytest.mark.parametrize("version", BOTH)
def test_where_openssl_cannot_be_looked_into_faults_end_on_the_same_rungs(
    version, tmp_path, monkeypatch
):
    def unseen(_watcher: object, _context: object) -> None:
        raise SSLContextError

    monkeypatch.setattr(ClientCertificateSelector, "install", unseen)
    unknown = (Flaw.SAME_NAME, siths_false(), "tls-client-unknown-authority")
    for flaw, tree, problem in ((Flaw.NONE, siths_test(), ""), unknown):
        folder = tmp_path / flaw.value
        folder.mkdir()
        bench = Bench(folder)
        bench.install(leaf(flaw), tree.chain)
        with bench.serving(good_setup(version=version), *contract_answers()):
            view = bench.climb()
        rung = broken(view)
        assert (rung.code, rung.problem) == (CLIENT, problem) if rung else not problem
        if rung is None:
            asked = next(one for one in view.rungs if one.code == "rung-certificate-asked")
            assert (asked.state, asked.problem) == (RungState.NOTE, "asked-unseen")


def test_a_clock_that_is_off_is_told_and_stops_nothing(tmp_path):
    bench = Bench(tmp_path)
    bench.install()
    ahead = format_datetime(datetime.now(UTC) + timedelta(minutes=7), usegmt=True)
    first, *others = contract_answers()
    first = answer_of(
        "200 OK", first.partition(b"\r\n\r\n")[2], extra=f"Date: {ahead}\r\n".encode()
    )
    with bench.serving(None, first, *others):
        view = bench.climb()
    assert broken(view) is None
    rung = next(one for one in view.rungs if one.code == READ)
    assert (rung.state, rung.problem) == (RungState.NOTE, "ladder-clock")
    assert dict(rung.values)["minutes"] == "7"
