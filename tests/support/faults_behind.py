"""Forced faults of our certificate at the server, the contract, and the synthetic case."""

import ssl
from collections.abc import Iterator
from typing import Any

from tests.support.connection_faults import (
    BOTH,
    CASE,
    CLIENT,
    READ,
    SAME,
    answered,
    fault,
    with_length,
)
from tests.support.ladder_bench import (
    Bench,
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
    issue,
    leaf,
    list_pem,
    revoked_list,
    siths_false,
    siths_test,
    strangers,
)
from tests.support.real_servers import RealSetup, apache, java, nginx

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


@fault(CLIENT, "client-revoked-there", *BOTH)
def the_server_holds_ours_to_be_revoked(bench: Bench, version: ssl.TLSVersion) -> Any:
    bench.install(leaf(Flaw.REVOKED))
    lists = list_pem(revoked_list(siths_test().issuing, leaf(Flaw.REVOKED)))
    with bench.serving(good_setup(version=version, lists=lists)) as server:
        yield None
    assert server.requests == []


@fault(CLIENT, "client-bad-there", *BOTH)
def our_clock_is_ahead_of_a_certificate_that_is_to_come(
    bench: Bench, version: ssl.TLSVersion
) -> Any:
    bench.desk.clock = lambda: NOW + 30 * DAY
    bench.install(leaf(Flaw.NOT_YET))
    with bench.serving(good_setup(version=version)):
        yield None


@fault(CLIENT, "client-expired-there", *BOTH)
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
