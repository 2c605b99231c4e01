"""Which service and operation of a WSDL are used, what cannot be, and what is said of it."""

from pathlib import Path

import pytest

from app.core.errors import ProfileError
from app.files.contract_gathering import gather_file
from app.files.contract_schema import read_contract_schema
from app.files.contract_storing import store
from app.files.profile import shipped_profiles
from app.language import text as language
from app.language.sentences import error_sentence
from app.transport.contract import Contract, read_contract
from tests.support.contracts import PORT, TNS, written, wsdl

FOREIGN = sorted((Path(__file__).parents[1] / "contracts").glob("*/*.wsdl"))
SHIPPED = [path for folder in shipped_profiles() for path in sorted(folder.glob("*.wsdl"))]
PLAIN = wsdl("")
SERVICE = PLAIN[PLAIN.index("<w:service") : PLAIN.index("</w:definitions>")]
BINDING = PLAIN[PLAIN.index("<w:binding") : PLAIN.index("<w:service")]
OPERATION = BINDING[BINDING.index("<w:operation") : BINDING.index("</w:binding>")]
SOAP_12 = "http://schemas.xmlsoap.org/wsdl/soap12/"


def read(folder: Path, text: str, **chosen: str) -> Contract:
    return read_contract(written(folder, {"service.wsdl": text}), **chosen)


def refused(folder: Path, text: str, **chosen: str) -> tuple[str, str]:
    """Return the code and the sentence with which a WSDL is refused."""
    with pytest.raises(ProfileError) as caught:
        read(folder, text, **chosen)
    language.use("en")
    sentence = error_sentence(caught.value)
    assert "–" not in sentence
    return caught.value.code, sentence


@pytest.mark.parametrize("path", [*FOREIGN, *SHIPPED], ids=lambda path: path.stem)
def test_what_is_stored_of_a_contract_is_read_as_the_contract_itself(path, tmp_path):
    stored, read = store(gather_file(path), tmp_path), read_contract(path)
    assert read_contract(stored.wsdl) == read
    schema = read_contract_schema(stored.xsd, read.request, read.response)
    assert schema.namespace == read.namespace
    assert schema.response is not None
    assert schema.response.name == read.response.rpartition("}")[2]


def test_the_one_service_that_speaks_soap_11_is_taken(tmp_path):
    other = SERVICE.replace('name="Service"', 'name="Other"').replace("t:Binding", "t:B12")
    binding = BINDING.replace('name="Binding"', 'name="B12"').replace("<s:", "<s12:")
    text = PLAIN.replace(SERVICE, binding.replace("</s:", "</s12:") + other + SERVICE)
    text = text.replace("xmlns:t=", f'xmlns:s12="{SOAP_12}" xmlns:t=')
    assert read(tmp_path, text).service == "Service"
    code, sentence = refused(tmp_path, text, service="Other")
    assert (code, "SOAP 1.2" in sentence) == ("contract-soap-12", True)


def test_two_services_are_named_and_one_is_chosen(tmp_path):
    text = PLAIN.replace(SERVICE, SERVICE + SERVICE.replace('name="Service"', 'name="Tjänst"'))
    code, sentence = refused(tmp_path, text)
    assert code == "contract-services"
    assert "2 services: Service, Tjänst" in sentence
    assert read(tmp_path, text, service="Tjänst").service == "Tjänst"
    code, sentence = refused(tmp_path, text, service="Nowhere")
    assert (code, "Service, Tjänst" in sentence) == ("contract-service-unknown", True)


def test_several_operations_are_named_and_one_is_chosen(tmp_path):
    start = PORT.index("<w:operation")
    of_port = PORT[start : PORT.index("</w:portType>")]
    text = PLAIN
    for part in (of_port, OPERATION):
        text = text.replace(part, part + part.replace('"send"', '"delete"'))
    code, sentence = refused(tmp_path, text)
    assert code == "contract-operations"
    assert "2 operations: send, delete" in sentence
    assert read(tmp_path, text, operation="delete").operation == "delete"
    code, sentence = refused(tmp_path, text, operation="nowhere")
    assert (code, "send, delete" in sentence) == ("contract-operation-unknown", True)


def test_several_ports_of_one_service_are_one_choice(tmp_path):
    port = SERVICE[SERVICE.index("<w:port") : SERVICE.index("</w:service>")]
    text = PLAIN.replace(port, port + port.replace('name="Port"', 'name="Port2"'))
    assert read(tmp_path, text) == read(tmp_path, PLAIN)


def test_a_part_that_goes_into_the_header_is_not_the_request(tmp_path):
    text = PLAIN.replace(
        '<w:part name="p" element="t:request"/>',
        '<w:part name="h" element="t:head"/><w:part name="p" element="t:request"/>',
    )
    assert refused(tmp_path, text)[0] == "contract-message"
    header = '<w:input><s:header message="t:In" part="h" use="literal"/>'
    assert read(tmp_path, text.replace("<w:input><s:body", f"{header}<s:body")).request == (
        f"{{{TNS}}}request"
    )
    named = text.replace(
        '<w:input><s:body use="literal"', '<w:input><s:body parts="p" use="literal"'
    )
    assert read(tmp_path, named).request == f"{{{TNS}}}request"


def test_a_wsdl_in_two_files_is_read_as_one(tmp_path):
    head, cut = PLAIN[: PLAIN.index("<w:types>")], PLAIN.index("<w:binding")
    more = '<w:import namespace="urn:test" location="parts/abstract.wsdl"/>'
    files = {
        "service.wsdl": head + more + PLAIN[cut:],
        "parts/abstract.wsdl": PLAIN[:cut] + "</w:definitions>",
    }
    assert read_contract(written(tmp_path, files)) == read(tmp_path / "one", PLAIN)


def test_a_wsdl_in_three_files_of_one_namespace_is_read_as_one(tmp_path):
    head, cut, ports = PLAIN[: PLAIN.index("<w:types>")], PLAIN.index("<w:binding"), SERVICE
    more = '<w:import namespace="urn:test" location="{}"/>'
    files = {
        "service.wsdl": f"{head}{more.format('the%20binding.wsdl')}{ports}</w:definitions>",
        "the binding.wsdl": f"{head}{more.format('abstract.wsdl')}{BINDING}</w:definitions>",
        "abstract.wsdl": PLAIN[:cut] + "</w:definitions>",
    }
    assert read_contract(written(tmp_path, files)) == read(tmp_path / "one", PLAIN)
    files["service.wsdl"] = f"{head}{more.format('the%20binding.wsdl')}</w:definitions>"
    files["the binding.wsdl"] = files["the binding.wsdl"].replace(BINDING, BINDING + ports)
    assert read_contract(written(tmp_path / "two", files)) == read(tmp_path / "one", PLAIN)


def test_what_the_head_of_the_envelope_is_to_hold_is_told(tmp_path):
    message = '<w:message name="Head"><w:part name="h" element="t:head"/></w:message>'
    text = PLAIN.replace("<w:portType", f"{message}<w:portType")
    header = '<?keep this?><w:input><s:header message="t:Head" part="h"/>'
    text = text.replace("<w:input><s:body", f"{header}<s:body")
    assert read(tmp_path, PLAIN).headers == ()
    assert read(tmp_path, text).headers == (f"{{{TNS}}}head",)


def test_reading_schemas_is_left_to_what_reads_every_schema(tmp_path):
    redefined = '<x:schema><x:redefine schemaLocation="base.xsd"/></x:schema>'
    (tmp_path / "base.xsd").write_text("<a/>", "utf-8")
    text = PLAIN.replace("<w:types>", f"<w:types>{redefined}")
    assert read(tmp_path, text) == read(tmp_path / "plain", PLAIN)


def test_what_zeep_cannot_read_is_told_with_its_reason(tmp_path):
    code, sentence = refused(tmp_path, PLAIN.replace('message="t:In"', 'message="nobody:In"'))
    assert code == "contract-wsdl-wrong"
    assert "nobody" in sentence


PAGE = "<!DOCTYPE html><html><body>Logga in</body></html>"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "contract-empty"),
        (PAGE, "contract-html"),
        ("<html><body>Logga in</body></html>", "contract-html"),
        (PLAIN[:-20], "contract-cut"),
        (PLAIN.replace("<w:types>", "<w:type>"), "contract-ill-formed"),
        (f'<!DOCTYPE w SYSTEM "w.dtd">{PLAIN}', "contract-dtd"),
        (f"<!DOCTYPE w [<!ENTITY a 'b'>]>{PLAIN}", "contract-entities"),
        ("<a/>", "contract-not-wsdl"),
        ('<description xmlns="http://www.w3.org/ns/wsdl"/>', "contract-wsdl-2"),
        (PLAIN.replace("<w:types>", '<w:import location="a.wsdl"/><w:types>'),
         "contract-import-missing"),
        (PLAIN.replace("<w:types>", '<w:import location="../a.wsdl"/><w:types>'),
         "contract-import-missing"),
        (PLAIN.replace("<w:types>", '<w:import location="a%00.wsdl"/><w:types>'),
         "contract-import-missing"),
        (PLAIN.replace("<w:types>", '<w:import location="service.wsdl"/><w:types>'),
         "contract-circular"),
        (PLAIN.replace('style="document"', 'style="rpc"'), "contract-rpc"),
        (PLAIN.replace('soapAction="urn:send"', 'soapAction="urn:send" style="rpc"'),
         "contract-rpc"),
        (PLAIN.replace('use="literal"', 'use="encoded"'), "contract-encoded"),
        (PLAIN.replace(SERVICE, ""), "contract-no-service"),
        (PLAIN.replace("wsdl/soap/", "wsdl/soap12/"), "contract-soap-12"),
        (PLAIN.replace("wsdl/soap/", "wsdl/http/"), "contract-no-binding"),
        (PLAIN.replace(BINDING, ""), "contract-no-binding"),
        (PLAIN.replace(OPERATION, ""), "contract-no-operation"),
        (PLAIN.replace('binding="t:Binding"', 'binding="x:Binding"'), "contract-no-binding"),
        (PLAIN.replace('message="t:Out"', 'message="t:Nowhere"'), "contract-message"),
        (PLAIN.replace('type="t:Port"', ""), "contract-message"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_in_its_own_words(tmp_path, text, code):
    assert refused(tmp_path, text)[0] == code


def test_a_wsdl_of_20_megabytes_is_not_read(tmp_path):
    path = written(tmp_path, {"service.wsdl": PLAIN})
    with path.open("a", encoding="utf-8") as file:
        file.truncate(20_000_000)
    with pytest.raises(ProfileError, match="contract-too-large") as caught:
        read_contract(path)
    assert caught.value.values == {"file": "service.wsdl", "megabytes": "20"}
