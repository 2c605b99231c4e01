"""Columns, libxml2 and xmlschema agree: what columns prove is valid for both others."""

from pathlib import Path
from random import Random

import pytest

from app.assets import SCHEMAS
from app.engine.proof.proof import Proof
from app.files.contract_gathering import gather_file
from app.files.contract_storing import store
from app.transport.contract import read_contract
from tests.support.contracts import element, schema, written
from tests.support.proving import Agreement, agreement, cases_of, contract_of, frames_of

CONTRACTS = Path(__file__).parents[1] / "contracts"
WSDLS = {
    "nested": "BehandlingService.wsdl",
    "documented": "Registrering.wsdl",
    "many": "Flera.wsdl",
    "split": "Perioperativ.wsdl",
    "english": "CaseService.wsdl",
}


def checked(xsd: Path, request: str, count: int, seed: int = 5) -> Agreement:
    rnd = Random(seed)
    made = contract_of(xsd, request, rnd)
    frames = frames_of(made, cases_of(made, count, rnd))
    return agreement(made, Proof(made.profile).doubtful(frames), frames)


@pytest.mark.parametrize("xsd", ["registration.xsd", "registration-r2.xsd"])
def test_of_five_thousand_documents_of_each_reading_none_is_proved_that_is_not_valid(xsd):
    found = checked(SCHEMAS / "spor-4.1" / xsd, "postRegistrationRequest", 2_500)
    assert found.wrong == ()
    assert 0.2 * found.documents < found.valid < 0.9 * found.documents
    assert found.proved > 0.97 * found.valid


@pytest.mark.parametrize("name", WSDLS)
def test_of_a_thousand_documents_of_each_foreign_contract_none_is_proved_wrongly(tmp_path, name):
    stored = store(gather_file(CONTRACTS / name / WSDLS[name]), tmp_path)
    found = checked(stored.xsd, read_contract(stored.wsdl).request, 1_000)
    assert found.wrong == ()
    assert 0.1 * found.documents < found.valid
    assert found.proved > 0.9 * found.valid


def _one(name: str, more: str = "", kind: str = "x:string") -> str:
    return f'<x:element name="{name}" type="{kind}" {more}/>'


A, B, C, D = map(_one, "abcd")
OPTIONAL = 'minOccurs="0"'
MANY = 'minOccurs="0" maxOccurs="unbounded"'


def _part(name: str, content: str, more: str = "") -> str:
    return element(name, content).replace("<x:element", f"<x:element {more}", 1)


CONTENTS = {
    "optional part": D + _part("e", A + _one("b", OPTIONAL), OPTIONAL),
    "demanded part": D + element("e", A + B),
    "choice": f"<x:choice>{A}{B}</x:choice>{_one('c', OPTIONAL)}",
    "choice of sequences": f"<x:choice><x:sequence>{A}{B}</x:sequence>{C}</x:choice>{D}",
    "optional choice": f"{A}<x:choice {OPTIONAL}>{B}{_one('c', MANY)}</x:choice>",
    "choice again and again": f"{A}<x:choice {MANY}>{B}{C}</x:choice>",
    "choice twice": f'<x:choice minOccurs="2" maxOccurs="2">{A}{B}</x:choice>',
    "optional sequence": f"{A}<x:sequence {OPTIONAL}>{B}{_one('c', OPTIONAL)}{D}</x:sequence>",
    "sequence again": f'<x:sequence maxOccurs="3">{A}{_one("b", OPTIONAL)}</x:sequence>',
    "two or three": _one("a", 'minOccurs="2" maxOccurs="3"') + _one("b", 'maxOccurs="2"'),
    "a part in a repeated one": _part("e", A + _part("f", B + _one("c", OPTIONAL), MANY), MANY),
    "one element again": '<x:sequence maxOccurs="unbounded">'
    + _one("a", 'maxOccurs="2"') + "</x:sequence>",
    "everything in any order": '<x:element name="e"><x:complexType><x:all>'
    + A + _one("b", OPTIONAL) + C + "</x:all></x:complexType></x:element>",
    "fixed": _one("a", 'fixed="x"') + B + element("e", _one("c", 'fixed="&lt;"') + D),
    "fixed twice": _one("a", 'fixed="x" minOccurs="2" maxOccurs="2"') + B,
    "fixed and optional": _one("a", f'fixed="x" {OPTIONAL}') + B,
    "default": _one("a", 'default="x"') + _one("b", OPTIONAL),
    "the same name twice": A + B + _one("a", OPTIONAL),
    "wildcard": A + f'<x:any namespace="##other" processContents="lax" {OPTIONAL}/>',
    "a list": A + _one("b", OPTIONAL, "x:NMTOKENS"),
    "an abstract head": '<x:element ref="t:head"/>' + B,
    "a demanded attribute": A + _one("b", OPTIONAL, "t:attributed"),
    "a union": A + _one("b", OPTIONAL, "t:either"),
    "a value with an attribute": A + _one("b", OPTIONAL, "t:measured"),
    "nillable": _one("a", 'nillable="true"', "x:date") + _one("b", OPTIONAL),
}  # fmt: skip
GLOBALS = """
<x:element name="head" type="x:string" abstract="true"/>
<x:element name="other" type="x:string" substitutionGroup="t:head"/>
<x:complexType name="attributed"><x:simpleContent><x:extension base="x:string">
  <x:attribute name="unit" use="required"/></x:extension></x:simpleContent></x:complexType>
<x:complexType name="measured"><x:simpleContent><x:extension base="x:decimal">
  <x:attribute name="unit"/></x:extension></x:simpleContent></x:complexType>
<x:simpleType name="either"><x:union memberTypes="x:date x:int"/></x:simpleType>
"""


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_contents_of_every_shape_prove_nothing_that_is_not_valid(tmp_path, content):
    xsd = written(tmp_path, {"made.xsd": schema(element("request", content) + GLOBALS)})
    found = checked(xsd, "request", 300)
    assert found.wrong == ()
    assert found.valid > 10
