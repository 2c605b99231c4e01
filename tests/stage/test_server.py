import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from http.client import HTTPException
from time import perf_counter
from urllib.parse import urlsplit

import pytest

from app.stage.faults import Faults
from app.stage.judging import Judge
from app.stage.server import LocalStage
from tests.support.stage import (
    PASSPHRASE,
    PERSON,
    Client,
    bare_context,
    browse,
    canonical,
    client_context,
    client_of,
    envelope,
    request,
)

LATE = {"start": "2026-03-02T09:00:00+01:00", "end": "2026-03-02T08:00:00+01:00"}
REFUSED = (ssl.SSLError, ConnectionError, HTTPException)


def test_a_case_is_created_then_replaced_whole(stage, client):
    first, second = request(code="NFB49"), request(code="JKA21", urgency="akut")
    assert client.send(first).result == ("OK", "Skapade: 2200054")
    assert client.send(second).result == ("OK", "Uppdaterade: 2200054")
    assert stage.stored("2200054") == canonical(second)
    assert stage.stored("2200055") is None
    assert stage.count() == 1


def test_an_unknown_system_is_rejected_and_not_stored(stage, client):
    reply = client.send(request(system="SE13-137"))
    assert reply.status == 200
    assert reply.result == (
        "ERROR",
        "Systemet kunde inte ta emot registreringen: 2200054 "
        "Systemet SE13-137 som angivits i SystemId hittas inte",
    )
    assert stage.count() == 0
    (rejected,) = stage.rejected()
    assert (rejected.case, rejected.hsa_id) == ("2200054", "SE0000000000-TST1")
    client.send(request())
    assert stage.rejected() == []


def test_a_broken_rule_puts_the_case_on_the_fellista_until_a_clean_resend(stage, client):
    assert client.send(request(**LATE)).result[0] == "OK"
    (listed,) = stage.fellista()
    assert listed.case == "2200054"
    assert any("Operationsstart efter operationsslut" in reason for reason in listed.reasons)
    assert client.send(request()).result == ("OK", "Uppdaterade: 2200054")
    assert stage.fellista() == []


def test_a_rule_that_no_longer_applies_puts_no_case_on_the_fellista(folder, profile, tmp_path):
    ended = tuple(replace(one, until="2020-12-31") for one in profile.rules)
    former = replace(profile, rules=ended)
    with LocalStage(folder, former, PASSPHRASE) as stage, client_of(stage, tmp_path) as client:
        assert client.send(request(**LATE)).result[0] == "OK"
        assert stage.fellista() == []


def test_a_rejected_resend_leaves_what_was_stored(stage, client):
    client.send(request())
    client.send(request(system="SE13-137", code="JKA21"))
    assert stage.stored("2200054") == canonical(request())


def test_without_a_client_certificate_nothing_is_answered(stage):
    client = Client(stage, bare_context(stage.ca))
    with pytest.raises(REFUSED):
        client.get(f"{client.path}?wsdl")
    client.connection.close()


def test_a_certificate_of_another_authority_is_refused(stage, profile, tmp_path):
    folder = tmp_path / "other"
    other = LocalStage(folder, profile, PASSPHRASE)
    context = client_context(other, folder)
    context.load_verify_locations(cafile=stage.ca)
    client = Client(stage, context)
    with pytest.raises(REFUSED):
        client.send(request())
    client.connection.close()
    assert stage.count() == 0


def test_old_tls_is_refused(stage, tmp_path):
    context = client_context(stage, tmp_path)
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    client = Client(stage, context)
    with pytest.raises(ssl.SSLError):
        client.send(request())
    client.connection.close()


def test_tls_1_2_is_let_in(stage, tmp_path):
    context = client_context(stage, tmp_path)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    client = Client(stage, context)
    assert client.send(request()).result[0] == "OK"
    client.connection.close()


def test_plain_http_gets_no_answer_and_does_no_harm(stage, client):
    place = urlsplit(stage.endpoint)
    with socket.create_connection((place.hostname, place.port), timeout=10) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b"200 OK" not in plain.recv(1000)
    assert client.send(request()).result[0] == "OK"


def test_a_client_that_never_speaks_holds_up_nobody(stage, client):
    place = urlsplit(stage.endpoint)
    with socket.create_connection((place.hostname, place.port), timeout=10):
        started = perf_counter()
        assert client.send(request()).result[0] == "OK"
        assert perf_counter() - started < 5


def test_the_contract_is_published_with_the_stages_own_address(stage, client):
    wsdl = client.get(f"{client.path}?wsdl")
    assert wsdl.status == 200
    assert f'location="{stage.endpoint}"'.encode() in wsdl.content
    assert stage.wsdl_address == f"{stage.endpoint}?wsdl"
    schema = client.get(client.path.rpartition("/")[0] + "/registration-common.xsd")
    assert (schema.status, b"kvakod" in schema.content) == (200, True)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/spor/ws/4_1/rules.toml", 404),
        ("GET", "/spor/ws/4_1/../../rules.toml", 404),
        ("GET", "/spor/ws/4_1/RegistrationService", 404),
        ("POST", "/spor/ws/3_0/RegistrationService", 404),
        ("PUT", "/spor/ws/4_1/RegistrationService", 405),
    ],
)
def test_other_paths_and_methods_have_nothing(client, method, path, status):
    assert client.ask(method, path).status == status


def test_a_format_error_is_a_fault_in_the_registers_wording(stage, client):
    reply = client.send(request(code="H-CAR"))
    assert reply.status == 500
    assert reply.fault == (
        "Unmarshalling Error: cvc-pattern-valid: Value 'H-CAR' is not facet-valid with respect to "
        r"pattern '(\w\w\d\d\d)|(\w\w\w\d\d)' for type 'kvakod'."
    )
    assert stage.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not xml",
        b"<open>",
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
        b"<plain/>",
        envelope(b""),
        envelope(b"<a/><b/>"),
        envelope(b"<unknownMethod xmlns='urn:x'/>"),
        envelope(request()).replace(b"xmlsoap.org/soap/envelope", b"example.org/soap"),
    ],
)
def test_a_malformed_request_gets_a_fault_and_the_line_stays_open(client, content):
    reply = client.post(content)
    assert reply.status == 500
    assert reply.fault
    assert b"Traceback" not in reply.content
    assert client.send(request()).result[0] == "OK"


def test_whatever_goes_wrong_inside_is_a_fault_without_a_trace(stage, client, monkeypatch, caplog):
    def fail(self, case):
        raise RuntimeError(case.values["patientId"])

    monkeypatch.setattr(Judge, "reasons", fail)
    reply = client.send(request())
    assert (reply.status, reply.fault) == (500, "Fault occurred while processing.")
    assert PERSON not in caplog.text
    assert "RuntimeError" in caplog.text
    assert stage.count() == 0


def test_what_is_not_xml_by_its_type_is_refused(client):
    assert client.post(envelope(request()), "application/json").status == 415


def test_a_request_that_is_too_big_is_refused_before_it_is_read(stage, client):
    client.connection.putrequest("POST", client.path)
    client.connection.putheader("Content-Type", "text/xml")
    client.connection.putheader("Content-Length", str(21 * 1024 * 1024))
    client.connection.endheaders()
    answer = client.connection.getresponse()
    assert answer.status == 413
    answer.read()
    assert client.send(request()).result[0] == "OK"


def test_a_chunked_request_that_is_too_big_is_not_read_to_its_end(stage, client):
    chunks = (b" " * (1024 * 1024) for _ in range(24))
    headers = {"Content-Type": "text/xml", "Transfer-Encoding": "chunked"}
    try:
        client.connection.request("POST", client.path, chunks, headers, encode_chunked=True)
        assert client.connection.getresponse().status == 413
    except OSError:  # the answer may be lost with the line
        client.connection.close()
    assert client.send(request()).result[0] == "OK"


def test_eight_connections_at_once_lose_nothing(stage, tmp_path):
    context = client_context(stage, tmp_path)

    def send_many(sender: int) -> set[str]:
        client = Client(stage, context)
        replies = [client.send(request(f"{sender}-{number}")) for number in range(15)]
        client.connection.close()
        return {reply.result[0] for reply in replies}

    with ThreadPoolExecutor(8) as pool:
        assert set().union(*pool.map(send_many, range(8))) == {"OK"}
    assert stage.count() == 120


def test_one_kept_alive_connection_is_quick(stage, client):
    client.send(request())
    line = client.connection.sock
    started = perf_counter()
    for number in range(100):
        client.send(request(f"{number}"))
    assert client.connection.sock is line
    assert 100 / (perf_counter() - started) > 50  # a machine at rest does many times more


def test_no_file_holds_an_open_key_or_a_patient(stage, client, folder):
    client.send(request(**LATE))
    client.send(request("2200055", system="SE13-137"))
    for path in folder.rglob("*"):
        content = path.read_bytes()
        assert b"BEGIN PRIVATE KEY" not in content
        assert b"BEGIN RSA PRIVATE KEY" not in content
        assert PERSON.encode() not in content
        assert PASSPHRASE.encode() not in content
        assert stage.certificate_password.encode() not in content


def test_the_line_says_all_that_another_program_needs(stage):
    line = stage.line()
    assert set(line) == {
        *("endpoint", "wsdl", "ca", "certificate", "password", "hsa_id", "portal"),
        *("fellista", "rejected"),
    }
    assert browse(line["fellista"])[0] == browse(line["rejected"])[0] == 200


def test_it_serves_until_it_is_stopped_and_leaves_no_thread(folder, profile, tmp_path):
    before = set(threading.enumerate())
    with LocalStage(folder, profile, PASSPHRASE) as stage, client_of(stage, tmp_path) as client:
        client.send(request())
        waiting = threading.Thread(target=stage.serve_until_stopped)
        waiting.start()
        stage.stop()
        waiting.join(5)
        assert not waiting.is_alive()
        started = perf_counter()
    assert perf_counter() - started < 3
    for thread in set(threading.enumerate()) - before:
        thread.join(1)
    assert set(threading.enumerate()) <= before


def _with_faults(folder, profile, faults):
    return LocalStage(folder, profile, PASSPHRASE, faults=faults)


def test_a_cut_line_loses_the_answer_but_not_the_case(folder, profile, tmp_path):
    with (
        _with_faults(folder, profile, Faults(cut=2)) as stage,
        client_of(stage, tmp_path) as client,
    ):
        assert client.send(request("1")).result[0] == "OK"
        with pytest.raises(REFUSED):
            client.send(request("2"))
        client.connection.close()
        assert stage.count() == 2
        assert client.send(request("3")).result[0] == "OK"


def test_a_stage_that_is_down_answers_503(folder, profile, tmp_path):
    with (
        _with_faults(folder, profile, Faults(down=2)) as stage,
        client_of(stage, tmp_path) as client,
    ):
        assert [client.send(request(str(n))).status for n in range(4)] == [200, 503, 200, 503]
        assert stage.count() == 2


def test_a_closed_stage_takes_nothing_and_says_when(folder, profile, tmp_path):
    with (
        _with_faults(folder, profile, Faults(closed=True)) as stage,
        client_of(stage, tmp_path) as client,
    ):
        reply = client.send(request())
        assert reply.status == 503
        assert "05:15" in reply.fault
        assert stage.count() == 0
        assert client.get(f"{client.path}?wsdl").status == 200


def test_a_slow_stage_answers_late(folder, profile, tmp_path):
    with (
        _with_faults(folder, profile, Faults(slow=0.3)) as stage,
        client_of(stage, tmp_path) as client,
    ):
        started = perf_counter()
        assert client.send(request()).result[0] == "OK"
        assert perf_counter() - started >= 0.3
