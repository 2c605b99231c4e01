"""A foreign contract of these tests' own: English names, many cases at once, other spellings."""

from pathlib import Path

from tests.support.contracts import wsdl

SCHEMA = """
<x:schema targetNamespace="urn:test" elementFormDefault="unqualified">
 <x:element name="request"><x:complexType><x:sequence>
  <x:element name="SenderSystem" type="x:string"/>
  <x:element name="Case" maxOccurs="{most}"><x:complexType><x:sequence>
   <x:element name="CaseNumber" type="x:string"/>
   <x:element name="PatientId" type="x:string"/>
   <x:element name="RequestedAt" type="x:dateTime"/>
   <x:element name="Urgency"><x:simpleType><x:restriction base="x:string">
    <x:enumeration value="ACUTE"/><x:enumeration value="ELECTIVE"/></x:restriction></x:simpleType>
   </x:element>
   <x:element name="Planning" minOccurs="0" maxOccurs="unbounded"><x:complexType><x:sequence>
    <x:element name="SurgeryStart" type="x:dateTime" minOccurs="0"/>
    <x:element name="Cancellation" minOccurs="0"><x:complexType><x:sequence>
     <x:element name="CancelledAt" type="x:dateTime"/>
     <x:element name="RemovedFromWaitingList" type="x:boolean"/>
    </x:sequence></x:complexType></x:element>
   </x:sequence></x:complexType></x:element>
   <x:element name="Surgery" minOccurs="0"><x:complexType><x:sequence>
    <x:element name="Start" type="x:dateTime" minOccurs="0"/>
    <x:element name="End" type="x:dateTime" minOccurs="0"/>
    <x:element name="ProcedureCode" type="x:string" minOccurs="0" maxOccurs="unbounded"/>
    <x:element name="Ward" type="x:string" minOccurs="0"/>
   </x:sequence></x:complexType></x:element>
   {more}
  </x:sequence></x:complexType></x:element>
 </x:sequence></x:complexType></x:element>
 <x:element name="answer"><x:complexType><x:sequence>
  <x:element name="Outcome" maxOccurs="unbounded"><x:complexType><x:sequence>
   <x:element name="Status"><x:simpleType><x:restriction base="x:string">
    {statuses}</x:restriction></x:simpleType></x:element>
   <x:element name="Message" type="x:string"/>
  </x:sequence></x:complexType></x:element>
 </x:sequence></x:complexType></x:element>
</x:schema>
"""
UNDERSTOOD = '<x:enumeration value="ok"/><x:enumeration value="error"/>'
STRANGE = '<x:enumeration value="green"/><x:enumeration value="red"/>'
# What its elements are, as a person would say.
TRUTH = {
    "SenderSystem": "SystemId",
    "Case/CaseNumber": "behandlingsnummer",
    "Case/PatientId": "patientId",
    "Case/RequestedAt": "V310",
    "Case/Urgency": "V320",
    "Case/Planning/SurgeryStart": "V420",
    "Case/Planning/Cancellation/CancelledAt": "V440",
    "Case/Planning/Cancellation/RemovedFromWaitingList": "V450",
    "Case/Surgery/Start": "V565",
    "Case/Surgery/End": "V570",
    "Case/Surgery/ProcedureCode": "operationskod",
}


def english(
    folder: Path, *, most: str = "unbounded", more: str = "", statuses: str = UNDERSTOOD
) -> Path:
    """Write the contract into a folder and return its WSDL."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "english.wsdl"
    path.write_text(wsdl(SCHEMA.format(most=most, more=more, statuses=statuses)), "utf-8")
    return path
