"""The contract as its WSDL tells it, and the envelope around a document."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.errors import ProfileError
from app.files.profile import load_shipped
from app.safexml import parse
from app.transport.answer import AnswerTexts
from app.transport.contract import read_contract
from app.transport.envelope import wrap

NAMESPACE = "urn:spor-reconstruction:registration:4.1"


@pytest.fixture(scope="module")
def shipped() -> Path:
    return Path(load_shipped("spor-4.1").wsdl)


def copy(shipped: Path, folder: Path, old: str = "", new: str = "") -> Path:
    for path in (shipped, *shipped.parent.glob("*.xsd")):
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    wsdl = folder / shipped.name
    text = wsdl.read_text("utf-8")
    assert old in text
    wsdl.write_text(text.replace(old, new), "utf-8")
    return wsdl


def test_the_shipped_contract_names_its_request(shipped):
    contract = read_contract(shipped)
    assert contract.namespace == NAMESPACE
    assert (contract.service, contract.operation) == ("RegistrationService", "postRegistration")
    assert contract.request == f"{{{NAMESPACE}}}postRegistrationRequest"
    assert contract.response == f"{{{NAMESPACE}}}postRegistrationResponse"
    assert contract.soap_action == ""
    assert read_contract(shipped, "postRegistration") == contract


def test_another_contract_is_read_from_its_own_folder(shipped, tmp_path):
    wsdl = copy(shipped, tmp_path, 'soapAction=""', 'soapAction="urn:post"')
    assert read_contract(wsdl).soap_action == "urn:post"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('schemaLocation="registration.xsd"', 'schemaLocation="nowhere.xsd"', "import-missing"),
        (
            'schemaLocation="registration.xsd"',
            'schemaLocation="http://x.invalid/a"',
            "import-missing",
        ),
        ("<wsdl:definitions", "<wsdl:definitions <", "ill-formed"),
        ("<wsdl:definitions", '<!DOCTYPE a [<!ENTITY b "c">]><wsdl:definitions', "entities"),
        ('style="document"', 'style="rpc"', "rpc"),
        (
            '<wsdl:part name="parameters" element="tns:postRegistrationRequest"/>',
            "",
            "message",
        ),
        ('<wsdl:output message="tns:postRegistrationAnswer"/>', "", "message"),
        ('element="tns:postRegistrationRequest"', 'type="xsd:string"', "message"),
        ("schemas.xmlsoap.org/wsdl/soap/", "schemas.xmlsoap.org/wsdl/soap12/", "soap-12"),
    ],
)
def test_a_contract_that_cannot_be_used_is_refused(shipped, tmp_path, old, new, code):
    with pytest.raises(ProfileError, match=f"^contract-{code}$"):
        read_contract(copy(shipped, tmp_path, old, new))


def test_a_missing_contract_or_operation_is_told(shipped, tmp_path):
    with pytest.raises(ProfileError, match="contract-missing"):
        read_contract(tmp_path / "nowhere.wsdl")
    with pytest.raises(ProfileError, match="contract-operation-unknown"):
        read_contract(shipped, "deleteRegistration")


@pytest.mark.parametrize(
    "document",
    [
        b'<?xml version="1.0" encoding="UTF-8"?>\n<a>\xc3\xa5</a>\n',
        b'\xef\xbb\xbf<?xml version="1.0"?><a>\xc3\xa5</a>',
        b"<a>\xc3\xa5</a>",
    ],
)
def test_a_document_stands_whole_in_its_envelope(document):
    envelope = parse(wrap(document))
    assert [element.text for element in envelope.iter("a")] == ["å"]


def test_a_profile_without_the_registers_wording_is_refused():
    profile = load_shipped("spor-4.1")
    with pytest.raises(ProfileError, match="profile-answer-text-missing"):
        AnswerTexts.from_profile(replace(profile, settings={}))
    with pytest.raises(ProfileError, match="answer-unbound"):
        AnswerTexts.from_profile(replace(profile, answer=None))
