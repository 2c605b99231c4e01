"""A profile made from the shipped one whose contract is unlike it: two namespaces, unqualified
elements, many registrations per request with the system in each, and another answer.
"""

from pathlib import Path
from shutil import copytree

from app.assets import SCHEMAS
from app.core.register import Profile
from app.files.profile import load_profile

NAME = "foreign"
PERSON = "urn:person"
LARGEST = 3  # registrations per request

_QUALIFIED = ('elementFormDefault="qualified"', 'elementFormDefault="unqualified"')
_PERSON_XSD = f"""<?xml version="1.0" encoding="UTF-8"?>
<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:p="{PERSON}"
          targetNamespace="{PERSON}" elementFormDefault="qualified">
  <x:element name="patient"><x:complexType><x:sequence>
    <x:element name="patientId" type="p:personId"/>
  </x:sequence></x:complexType></x:element>
  <x:simpleType name="personId"><x:restriction base="x:string">
    <x:pattern value="[0-9]{{12}}"/></x:restriction></x:simpleType>
</x:schema>
"""
_ANSWER = """<xsd:element name="received" type="xsd:dateTime"/>
        <xsd:element name="serial"><xsd:simpleType><xsd:restriction base="xsd:string">
          <xsd:pattern value="[0-9a-f\\-]{36}"/></xsd:restriction></xsd:simpleType></xsd:element>
        <xsd:element name="version" type="xsd:int"/>
        <xsd:element name="note" type="xsd:string" minOccurs="0"/>
        <xsd:element name="results"><xsd:complexType><xsd:sequence>
          <xsd:element name="result" maxOccurs="unbounded"><xsd:complexType><xsd:sequence>
            <xsd:element name="number" type="behandlingsnummer"/>
            <xsd:element name="status"><xsd:complexType><xsd:sequence>
              <xsd:element name="code" type="resultCode"/>
            </xsd:sequence></xsd:complexType></xsd:element>
            <xsd:element name="information" minOccurs="0"><xsd:simpleType>
              <xsd:restriction base="xsd:string"><xsd:maxLength value="60"/></xsd:restriction>
            </xsd:simpleType></xsd:element>
          </xsd:sequence></xsd:complexType></xsd:element>
        </xsd:sequence></xsd:complexType></xsd:element>"""
_CHANGES = {
    "registration.xsd": (_QUALIFIED,),
    "registration-r2.xsd": (_QUALIFIED,),
    "registration-common.xsd": (
        _QUALIFIED,
        ('<xsd:element name="systemId" type="hsaId"/>', ""),
        ('type="registrering"/>', 'type="registrering" maxOccurs="unbounded"/>'),
        (
            '<xsd:element name="behandlingsnummer" type="behandlingsnummer"/>',
            '<xsd:element name="systemId" type="hsaId"/>'
            '<xsd:element name="behandlingsnummer" type="behandlingsnummer"/>',
        ),
        (
            '<xsd:element name="patient" type="patient"/>',
            f'<xsd:element xmlns:p="{PERSON}" ref="p:patient"/>',
        ),
        (
            "<!-- The name is stated. -->",
            f'<xsd:import namespace="{PERSON}" schemaLocation="person.xsd"/>',
        ),
        (
            '<xsd:element name="registrationResult" type="registrationResult"'
            ' maxOccurs="unbounded"/>',
            _ANSWER,
        ),
        ('<xsd:enumeration value="OK"/>', '<xsd:enumeration value="tagen"/>'),
        ('<xsd:enumeration value="ERROR"/>', '<xsd:enumeration value="ej tagen"/>'),
    ),
    "variables.toml": (('path = "systemId"', 'path = "registrering/systemId"'),),
    "profile.toml": (
        ('id = "spor-4.1"', f'id = "{NAME}"'),
        ('result = "registrationResult"', 'result = "results/result"'),
        ('code = "resultCode"', 'code = "status/code"'),
        ('text = "resultText"', 'text = "information"'),
        ('accepted = "OK"', 'accepted = "tagen"'),
        ('rejected = "ERROR"', 'rejected = "ej tagen"'),
        ("report_deadline =", f'batch_size = "{LARGEST}"\nreport_deadline ='),
    ),
}


def foreign_folder(folder: Path) -> Path:
    """Return the folder of the foreign profile, made in this folder."""
    made = Path(copytree(SCHEMAS / "spor-4.1", folder / NAME))
    (made / "person.xsd").write_text(_PERSON_XSD, "utf-8")
    for name, changes in _CHANGES.items():
        text = (made / name).read_text("utf-8")
        for old, new in changes:
            assert old in text, (name, old)
            text = text.replace(old, new, 1)
        (made / name).write_text(text, "utf-8")
    return made


def foreign_profile(folder: Path) -> Profile:
    """Return the foreign profile, made in this folder."""
    return load_profile(foreign_folder(folder))
