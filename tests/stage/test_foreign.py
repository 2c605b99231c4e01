"""The stage by a contract unlike the shipped one: many registrations, names and namespaces."""

from dataclasses import replace

import pytest
from lxml import etree

from app import safexml
from app.core.errors import ProfileError
from app.core.register import Answer, Element
from app.files.profile import compile_schema
from app.stage.answering import Answering, Result
from app.stage.reading import each_alone, registrations
from app.stage.server import LocalStage
from tests.support.foreign import PERSON, foreign_profile
from tests.support.stage import NAMESPACE, PASSPHRASE, client_of, request

SYSTEM = "SE0000000000-OP1"


@pytest.fixture(scope="session")
def foreign(tmp_path_factory):
    return foreign_profile(tmp_path_factory.mktemp("profiles"))


def many(*cases, systems=None):
    """Return one foreign request with several cases."""
    parts = [_registration(case, (systems or {}).get(case, SYSTEM)) for case in cases]
    return (
        f'<n:postRegistrationRequest xmlns:n="{NAMESPACE}" xmlns:p="{PERSON}">'
        f"<recipientMessageSplit>SPOR</recipientMessageSplit>{''.join(parts)}"
        "</n:postRegistrationRequest>"
    ).encode()


def _registration(case, system):
    """Return the shipped contract's registration in the foreign one's words."""
    text = request(case).decode().partition("<registrering>")[2].partition("</registrering>")[0]
    for name in ("patient", "patientId"):
        text = text.replace(f"<{name}>", f"<p:{name}>").replace(f"</{name}>", f"</p:{name}>")
    return f"<registrering><systemId>{system}</systemId>{text}</registrering>"


def results(reply):
    """Return number, code and text of each result."""
    found = safexml.parse(reply.content).iter("{*}result")
    return [
        (one.findtext("number"), one.findtext("status/code"), one.findtext("information"))
        for one in found
    ]


@pytest.fixture
def stage(folder, foreign):
    with LocalStage(folder, foreign, PASSPHRASE) as running:
        yield running


@pytest.fixture
def client(stage, tmp_path):
    with client_of(stage, tmp_path) as connected:
        yield connected


def test_each_registration_is_taken_or_refused_on_its_own(stage, client):
    reply = client.send(many("1", "2", "3", systems={"2": "SE9999999999-X"}))
    assert reply.status == 200
    refused = "Systemet kunde inte ta emot registreringen: 2 Systemet SE9999999999-X"
    assert results(reply) == [
        ("1", "tagen", "Skapade: 1"),
        ("2", "ej tagen", refused[:60]),
        ("3", "tagen", "Skapade: 3"),
    ]
    assert [one.case for one in stage.rejected()] == ["2"]
    assert stage.count() == 2
    assert results(client.send(many("3")))[0][2] == "Uppdaterade: 3"


def test_each_case_is_stored_as_though_it_had_come_alone(stage, client):
    client.send(many("1", "2", "3"))
    together = [stage.stored(case) for case in "123"]
    for case in "123":
        client.send(many(case))
    assert together == [stage.stored(case) for case in "123"]


def test_the_answer_is_valid_by_the_contract(foreign, client):
    (body,) = safexml.parse(client.send(many("1", "2")).content).iter("{*}Body")
    schema = compile_schema(foreign)
    assert schema.validate(safexml.parse(etree.tostring(body[0]))), schema.error_log


def test_one_wrong_registration_makes_the_whole_request_a_format_error(stage, client):
    wrong = many("1", "2").replace(b"<akutElektiv>elektiv", b"<akutElektiv>kanske", 1)
    reply = client.send(wrong)
    assert (reply.status, stage.count()) == (500, 0)
    assert "cvc-enumeration-valid: Value 'kanske'" in reply.fault


def test_an_element_with_a_prefix_is_named_in_the_fault(client):
    reply = client.send(many("1").replace(b"<p:patientId>", b"<p:patientId>Q", 1))
    assert "cvc-pattern-valid" in reply.fault
    missing = many("1").replace(b"<systemId>SE0000000000-OP1</systemId>", b"")
    assert "One of '{systemId}' is expected" in client.send(missing).fault


def test_the_same_request_in_another_namespace_is_not_known(client):
    reply = client.send(many("1").replace(NAMESPACE.encode(), b"urn:other"))
    assert "was not recognized" in reply.fault


def test_values_and_groups_are_read_from_each_registration(foreign):
    first, second = registrations(safexml.parse(many("1", "2")), foreign)
    assert (first.key, second.key) == ("1", "2")
    assert first.values["SystemId"] == SYSTEM
    assert len(second.groups["operationskod"]) == 1
    assert first.values["patientId"] == second.values["patientId"]


def test_what_stands_after_the_registrations_stays_after_them(foreign):
    text = many("1", "2").replace(b"</n:post", b"<end/></n:post")
    for alone in each_alone(safexml.parse(text), foreign):
        names = [etree.QName(one).localname for one in alone]
        assert names == ["recipientMessageSplit", "registrering", "end"]


def test_every_file_of_the_contract_is_served(stage, client):
    folder = client.path.rpartition("/")[0]
    assert stage.endpoint.encode() in client.get(f"{client.path}?wsdl").content
    assert b"urn:person" in client.get(f"{folder}/person.xsd").content
    assert client.get(f"{folder}/registration-common.xsd").status == 200


def test_a_profile_whose_answer_is_not_understood_has_no_stage(folder, foreign):
    with (
        pytest.raises(ProfileError, match="answer-unbound"),
        LocalStage(folder, replace(foreign, answer=None), PASSPHRASE),
    ):
        pass


def leaf(name, base="string", *facets, minimum=1):
    return Element(name, minimum, 1, base=base, facets=facets, namespace="urn:a")


def part(name, *children, maximum=1):
    return Element(name, 1, maximum, children=children, namespace="urn:a")


def test_an_answer_with_a_single_result_stands_in_the_root():
    answer = Answer(
        part("svar", leaf("tid", "dateTime"), leaf("kod", "boolean"), leaf("text")),
        (),
        ("kod",),
        ("text",),
        "true",
        "false",
    )
    made = Answering(answer).response([Result("1", False, "nej")])
    assert [one.text for one in made][1:] == ["false", "nej"]
    assert made.tag == "{urn:a}svar"


@pytest.mark.parametrize(
    ("base", "facets", "fits"),
    [
        ("decimal", (("minInclusive", "1"), ("fractionDigits", "0")), ("1",)),
        ("string", (("enumeration", "X"), ("enumeration", "Y")), ("X",)),
        ("string", (("pattern", "[A-Z]{3}"),), ("AAA",)),
        ("boolean", (), ("0",)),
        ("duration", (), ("P0D",)),
        ("anyType", (), (None, "")),
    ],
)
def test_what_the_contract_demands_beside_the_result_is_made_up(base, facets, fits):
    extra = leaf("extra", base, *facets)
    result = part("rad", leaf("kod"), leaf("text"), extra, maximum=None)
    answer = Answer(part("svar", result), ("rad",), ("kod",), ("text",), "J", "N")
    made = Answering(answer).response([Result("7", True, "ja")])
    (found,) = made.iter("{*}extra")
    assert found.text in fits
