"""The stage words schema errors as Xerces does; CASES is what OpenJDK 17.0.15 said of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from app import safexml
from app.core.register import Element
from app.core.xerces import WORDINGS
from app.stage.strictness import Strictness
from tests.support.stage import NAMESPACE, request

SCHEMA = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns="urn:t"
 targetNamespace="urn:t" elementFormDefault="qualified">
<xsd:simpleType name="kvakod"><xsd:restriction base="xsd:string">
 <xsd:pattern value="(\\w\\w\\d\\d\\d)|(\\w\\w\\w\\d\\d)"/></xsd:restriction></xsd:simpleType>
<xsd:simpleType name="grad"><xsd:restriction base="xsd:int">
 <xsd:minInclusive value="1"/><xsd:maxInclusive value="6"/></xsd:restriction></xsd:simpleType>
<xsd:simpleType name="mellan"><xsd:restriction base="xsd:decimal">
 <xsd:minExclusive value="0"/><xsd:maxExclusive value="7"/></xsd:restriction></xsd:simpleType>
<xsd:simpleType name="temp"><xsd:restriction base="xsd:decimal">
 <xsd:totalDigits value="3"/></xsd:restriction></xsd:simpleType>
<xsd:simpleType name="vikt"><xsd:restriction base="xsd:decimal">
 <xsd:fractionDigits value="1"/></xsd:restriction></xsd:simpleType>
<xsd:simpleType name="val"><xsd:restriction base="xsd:string">
 <xsd:enumeration value="akut"/><xsd:enumeration value="elektiv"/></xsd:restriction>
</xsd:simpleType>
<xsd:simpleType name="namn"><xsd:restriction base="xsd:string">
 <xsd:minLength value="2"/><xsd:maxLength value="3"/></xsd:restriction></xsd:simpleType>
<xsd:simpleType name="fast"><xsd:restriction base="xsd:string">
 <xsd:length value="3"/></xsd:restriction></xsd:simpleType>
<xsd:simpleType name="date"><xsd:restriction base="xsd:date"/></xsd:simpleType>
<xsd:simpleType name="lista"><xsd:list itemType="xsd:int"/></xsd:simpleType>
<xsd:simpleType name="endera"><xsd:union memberTypes="xsd:int xsd:date"/></xsd:simpleType>
<xsd:complexType name="tom"><xsd:attribute name="maste" use="required"/></xsd:complexType>
<xsd:element name="r"><xsd:complexType><xsd:sequence>
 <xsd:element name="kod" type="kvakod" minOccurs="0" maxOccurs="2"/>
 <xsd:element name="grad" type="grad" minOccurs="0"/>
 <xsd:element name="mellan" type="mellan" minOccurs="0"/>
 <xsd:element name="temp" type="temp" minOccurs="0"/>
 <xsd:element name="vikt" type="vikt" minOccurs="0"/>
 <xsd:element name="val" type="val"/>
 <xsd:element name="namn" type="namn" minOccurs="0"/>
 <xsd:element name="fast" type="fast" minOccurs="0"/>
 <xsd:element name="dag" type="date" minOccurs="0"/>
 <xsd:element name="tid" type="xsd:dateTime" minOccurs="0"/>
 <xsd:element name="lista" type="lista" minOccurs="0"/>
 <xsd:element name="endera" type="endera" minOccurs="0"/>
 <xsd:element name="tom" type="tom" minOccurs="0"/>
 <xsd:element name="egen" minOccurs="0"><xsd:simpleType><xsd:restriction base="xsd:decimal">
  <xsd:minInclusive value="1.5"/></xsd:restriction></xsd:simpleType></xsd:element>
</xsd:sequence></xsd:complexType></xsd:element></xsd:schema>"""
_SAME = ("grad", "mellan", "temp", "vikt", "val", "namn", "fast", "lista", "endera", "tom")
TYPES = {
    **{name: name for name in _SAME},
    "kod": "kvakod",
    "dag": "date",
    "tid": "dateTime",
    "egen": "",
}
OK = "<val>akut</val>"
AFTER_VAL = ("namn", "fast", "dag", "tid", "lista", "endera", "tom", "egen")


def _any_of(*names: str) -> str:
    return "{" + ", ".join(f'"urn:t":{name}' for name in names) + "}"


CASES = {
    "<kod>H-CAR</kod>": r"cvc-pattern-valid: Value 'H-CAR' is not facet-valid with respect to "
    r"pattern '(\w\w\d\d\d)|(\w\w\w\d\d)' for type 'kvakod'.",
    "<kod>it's</kod>": r"cvc-pattern-valid: Value 'it's' is not facet-valid with respect to "
    r"pattern '(\w\w\d\d\d)|(\w\w\w\d\d)' for type 'kvakod'.",
    "<grad>0</grad>": "cvc-minInclusive-valid: Value '0' is not facet-valid with respect to "
    "minInclusive '1' for type 'grad'.",
    "<grad>7</grad>": "cvc-maxInclusive-valid: Value '7' is not facet-valid with respect to "
    "maxInclusive '6' for type 'grad'.",
    "<grad>x</grad>": "cvc-datatype-valid.1.2.1: 'x' is not a valid value for 'integer'.",
    "<mellan>0</mellan>": "cvc-minExclusive-valid: Value '0' is not facet-valid with respect to "
    "minExclusive '0.0' for type 'mellan'.",
    "<mellan>7</mellan>": "cvc-maxExclusive-valid: Value '7' is not facet-valid with respect to "
    "maxExclusive '7.0' for type 'mellan'.",
    "<temp>36.75</temp>": "cvc-totalDigits-valid: Value '36.75' has 4 total digits, but the number "
    "of total digits has been limited to 3.",
    "<vikt>-80.55</vikt>": "cvc-fractionDigits-valid: Value '-80.55' has 2 fraction digits, but "
    "the number of fraction digits has been limited to 1.",
    "<val>snart</val>": "cvc-enumeration-valid: Value 'snart' is not facet-valid with respect to "
    "enumeration '[akut, elektiv]'. It must be a value from the enumeration.",
    OK + "<namn/>": "cvc-minLength-valid: Value '' with length = '0' is not facet-valid with "
    "respect to minLength '2' for type 'namn'.",
    OK + "<namn>abcd</namn>": "cvc-maxLength-valid: Value 'abcd' with length = '4' is not "
    "facet-valid with respect to maxLength '3' for type 'namn'.",
    OK + "<fast>ab</fast>": "cvc-length-valid: Value 'ab' with length = '2' is not facet-valid "
    "with respect to length '3' for type 'fast'.",
    OK + "<dag>i dag</dag>": "cvc-datatype-valid.1.2.1: 'i dag' is not a valid value for 'date'.",
    OK + "<tid/>": "cvc-datatype-valid.1.2.1: '' is not a valid value for 'dateTime'.",
    OK + "<lista>1 x</lista>": "cvc-datatype-valid.1.2.1: 'x' is not a valid value for 'integer'.",
    OK + "<endera>x</endera>": "cvc-datatype-valid.1.2.3: 'x' is not a valid value of union type "
    "'endera'.",
    OK + "<egen>1</egen>": "cvc-minInclusive-valid: Value '1' is not facet-valid with respect to "
    "minInclusive '1.5' for type '#AnonType_egenr'.",
    OK + "<egen>x</egen>": "cvc-datatype-valid.1.2.1: 'x' is not a valid value for 'decimal'.",
    OK + "<p:zz xmlns:p='urn:t'/>": "cvc-complex-type.2.4.a: Invalid content was found starting "
    f"with element '{{\"urn:t\":zz}}'. One of '{_any_of(*AFTER_VAL)}' is expected.",
    "<temp>1</temp>": "cvc-complex-type.2.4.b: The content of element 'r' is not complete. "
    f"One of '{_any_of('vikt', 'val')}' is expected.",
    OK + "<egen>2</egen><egen>2</egen>": "cvc-complex-type.2.4.d: Invalid content was found "
    "starting with element 'egen'. No child element is expected at this point.",
    OK + "text": "cvc-complex-type.2.3: Element 'r' cannot have character [children], because the "
    "type's content type is element-only.",
    OK + "<tom maste='1'>x</tom>": "cvc-complex-type.2.1: Element 'tom' must have no character or "
    "element information item [children], because the type's content type is empty.",
    OK + "<tom/>": "cvc-complex-type.4: Attribute 'maste' must appear on element 'tom'.",
    OK + "<tom maste='1' mer='2'/>": "cvc-complex-type.3.2.2: Attribute 'mer' is not allowed to "
    "appear in element 'tom'.",
    "<val><inuti/></val>": "cvc-type.3.1.2: Element 'val' is a simple type, so it must have no "
    "element information item [children].",
}


@pytest.fixture(scope="module")
def strictness(profile, tmp_path_factory) -> Strictness:
    xsd: Path = tmp_path_factory.mktemp("xsd") / "test.xsd"
    xsd.write_text(SCHEMA, "utf-8")
    parts = tuple(Element(name, 0, 1, type_name) for name, type_name in TYPES.items())
    return Strictness(replace(profile, xsd=str(xsd), root=Element("r", 1, 1, children=parts)))


@pytest.mark.parametrize("content", CASES)
def test_the_first_error_is_worded_as_xerces_does(strictness, content):
    root = safexml.parse(f"<r xmlns='urn:t'>{content}</r>".encode())
    assert strictness.complaint(root) == CASES[content]


def test_a_simple_type_takes_no_attribute(strictness):
    root = safexml.parse(b"<r xmlns='urn:t'><val lang='sv'>akut</val></r>")
    said = strictness.complaint(root)
    assert said.startswith("cvc-type.3.1.1: Element 'val' is a simple type")
    assert said.endswith("However, the attribute, 'lang' was found.")


def test_a_valid_request_gives_no_complaint(strictness, profile):
    assert strictness.complaint(safexml.parse(f"<r xmlns='urn:t'>{OK}</r>".encode())) == ""
    assert Strictness(profile).complaint(safexml.parse(request())) == ""


def test_an_error_deep_in_an_envelope_is_located(profile):
    document = request(start="2026-03-02 08:00")
    inside = safexml.parse(b"<e xmlns:x='urn:x'><b><x:c/>" + document + b"</b></e>")
    found = inside.find(f".//{{{NAMESPACE}}}postRegistrationRequest")
    assert found is not None
    said = Strictness(profile).complaint(found)
    assert said.startswith("cvc-pattern-valid: Value '2026-03-02 08:00' is not facet-valid with")


def test_types_of_one_name_in_two_namespaces_are_told_without_end(profile, tmp_path):
    kinds = {
        "t": ('<x:import namespace="urn:u" schemaLocation="u.xsd"/>', "x:decimal"),
        "u": ('<x:import namespace="urn:t" schemaLocation="t.xsd"/>', "t:code"),
    }
    for name, (imported, base) in kinds.items():
        text = (
            '<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" xmlns:u="urn:u"'
            f' targetNamespace="urn:{name}">{imported}<x:simpleType name="code">'
            f'<x:restriction base="{base}"/></x:simpleType>'
            '<x:element name="r" type="u:code"/></x:schema>'
        )
        (tmp_path / f"{name}.xsd").write_text(text, "utf-8")
    root = Element("r", 1, 1, "code", namespace="urn:t", base="decimal")
    strictness = Strictness(replace(profile, xsd=str(tmp_path / "t.xsd"), root=root))
    assert "'x' is not a valid value for" in strictness.complaint(
        safexml.parse(b"<r xmlns='urn:t'>x</r>")
    )


def test_every_wording_names_what_its_pattern_tells():
    for wording in WORDINGS:
        assert wording.sentence.startswith("cvc-")
        assert not set(wording.tells.groupindex) - {
            *("value", "limit", "set", "length", "atomic", "expected", "attribute")
        }
