"""Contracts in a few words: WSDLs and schemas written into a folder, and what judges them."""

import subprocess
from pathlib import Path
from shutil import which

from lxml import etree

from app.files.contract_gathering import gather_file
from app.files.contract_schema import ContractSchema, read_contract_schema
from app.files.contract_storing import StoredContract, store
from app.safexml import parse
from app.transport.contract import Contract, read_contract

TNS = "urn:test"
PORT = """
  <w:message name="In"><w:part name="p" element="{request}"/></w:message>
  <w:message name="Out"><w:part name="p" element="{response}"/></w:message>
  <w:portType name="Port"><w:operation name="send">
    <w:input message="t:In"/><w:output message="t:Out"/></w:operation></w:portType>
  <w:binding name="Binding" type="t:Port">
    <s:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <w:operation name="send"><s:operation soapAction="urn:send"/>
      <w:input><s:body use="literal"/></w:input><w:output><s:body use="literal"/></w:output>
    </w:operation></w:binding>
  <w:service name="Service"><w:port name="Port" binding="t:Binding">
    <s:address location="https://register.invalid/ws"/></w:port></w:service>
"""


def wsdl(
    types: str, *, request: str = "t:request", response: str = "t:answer", more: str = ""
) -> str:
    """Return a WSDL with one operation; `types` is what stands in its types."""
    return (
        '<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/"'
        ' xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/"'
        f' xmlns:x="http://www.w3.org/2001/XMLSchema" xmlns:t="{TNS}" targetNamespace="{TNS}">'
        f"{more}<w:types>{types}</w:types>{PORT.format(request=request, response=response)}"
        "</w:definitions>"
    )


def schema(
    content: str, namespace: str = TNS, extra: str = 'elementFormDefault="qualified"'
) -> str:
    """Return a schema; its own namespace has the prefix t, that of schemas x."""
    own = f'targetNamespace="{namespace}" xmlns:t="{namespace}"' if namespace else ""
    return (
        f'<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema" {own} {extra}>{content}</x:schema>'
    )


def element(name: str, content: str) -> str:
    """Return a global element whose content is a sequence."""
    inner = f"<x:complexType><x:sequence>{content}</x:sequence></x:complexType>"
    return f'<x:element name="{name}">{inner}</x:element>'


LEAF = '<x:element name="{}" type="x:string"/>'
ANSWER = element("answer", LEAF.format("code"))


def importing(location: str, namespace: str = TNS) -> str:
    """Return the types of a WSDL that only import a schema."""
    return (
        '<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema">'
        f'<x:import namespace="{namespace}" schemaLocation="{location}"/></x:schema>'
    )


def written(folder: Path, files: dict[str, str]) -> Path:
    """Write files into a folder and return the first."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / next(iter(files))


class Stored:
    """A contract as it lies stored, read by everything that has to read it."""

    def __init__(self, contract: StoredContract) -> None:
        self.files = contract
        self.contract: Contract = read_contract(contract.wsdl)
        request, response = self.contract.request, self.contract.response
        self.schema: ContractSchema = read_contract_schema(contract.xsd, request, response)
        root = parse(contract.xsd.read_bytes())
        root.getroottree().docinfo.URL = str(contract.xsd)
        self.compiled = etree.XMLSchema(root)

    @property
    def paths(self) -> dict[str, tuple[int, int | None]]:
        """How often each element may occur, by its path."""
        found: dict[str, tuple[int, int | None]] = {}
        waiting = [("", self.schema.root)]
        while waiting:
            path, element = waiting.pop(0)
            for child in element.children:
                place = f"{path}/{child.name}".strip("/")
                found[place] = child.minimum, child.maximum
                waiting.append((place, child))
        return found

    def judge(self, document: str) -> bool:
        """Whether a document is valid; lxml and xmllint must agree."""
        root = parse(document.encode())
        is_valid = bool(self.compiled.validate(root))
        if which("xmllint") is None:
            return is_valid
        file = self.files.xsd.with_name("document.xml")
        file.write_text(document, "utf-8")
        done = subprocess.run(
            ["xmllint", "--nonet", "--noout", "--schema", self.files.xsd, file],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode == 0) is is_valid, done.stderr
        return is_valid


def stored(folder: Path, files: dict[str, str], *beside: str) -> Stored:
    """Write files, gather the first with all it refers to, store it elsewhere and read it."""
    start = written(folder / "received", files)
    target = folder / "stored"
    target.mkdir()
    more = tuple(folder / "received" / name for name in beside)
    return Stored(store(gather_file(start, more), target))
