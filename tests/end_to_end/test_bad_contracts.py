"""A contract that cannot be used: one sentence of its own, and the old profile stays as it was."""

from hashlib import sha256
from pathlib import Path
from shutil import copytree

import pytest

from app.cli.program import FAILED
from tests.support.command_line import CommandLine

CONTRACTS = Path(__file__).parents[1] / "contracts"
LOGIN_PAGE = (
    "<!DOCTYPE html>\n<html><head><title>Logga in</title></head><body><p>&nbsp;</body></html>"
)


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    return CommandLine(capsys, monkeypatch, tmp_path / "data")


@pytest.fixture
def wsdl(tmp_path) -> Path:
    """Return a good contract in one file, in a folder of its own."""
    return Path(copytree(CONTRACTS / "documented", tmp_path / "contract")) / "Registrering.wsdl"


def be_a_login_page(wsdl: Path) -> None:
    wsdl.write_text(LOGIN_PAGE, "utf-8")


def be_empty(wsdl: Path) -> None:
    wsdl.write_bytes(b"")


def be_cut_off(wsdl: Path) -> None:
    wsdl.write_bytes(wsdl.read_bytes()[:9000])


def be_rpc(wsdl: Path) -> None:
    replace(wsdl, 'style="document"', 'style="rpc"')


def be_encoded(wsdl: Path) -> None:
    replace(wsdl, 'use="literal"', 'use="encoded"')


def have_a_dtd(wsdl: Path) -> None:
    declare(wsdl, "<!DOCTYPE definitions [<!ELEMENT definitions ANY>]>")


def have_entities(wsdl: Path) -> None:
    declare(wsdl, '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>')
    replace(wsdl, "Behandlingsnummer, ärendets nyckel.", "&b;")


def be_too_large(wsdl: Path) -> None:
    wsdl.write_bytes(wsdl.read_bytes() + b"<!--" + b"x" * (20 * 1024 * 1024) + b"-->")


def lack_a_part(wsdl: Path) -> None:
    replace(
        wsdl, "<wsdl:types>", '<wsdl:import namespace="urn:a" location="borta.wsdl"/><wsdl:types>'
    )


def lack_a_schema(wsdl: Path) -> None:
    to_two_files(wsdl)
    (wsdl.parent / "delar.xsd").unlink()


def point_elsewhere(wsdl: Path) -> None:
    to_two_files(wsdl)
    replace(wsdl, 'schemaLocation="delar.xsd"', 'schemaLocation="https://localhost:9/annat.xsd"')


def point_at_the_disk(wsdl: Path) -> None:
    to_two_files(wsdl)
    replace(wsdl, 'schemaLocation="delar.xsd"', 'schemaLocation="file:///etc/passwd"')


def contain_itself(wsdl: Path) -> None:
    text = wsdl.read_text("utf-8")
    start = text.index('<xsd:element name="delB"')
    within = '<xsd:element name="delB" type="d:runt" minOccurs="0" maxOccurs="unbounded"/>'
    rest = text[
        text.index("</xsd:element>", text.index("</xsd:complexType>", text.index("falt022"))) :
    ]
    around = (
        '<xsd:complexType name="runt"><xsd:sequence><xsd:element name="varv" type="d:runt" '
        'minOccurs="0"/></xsd:sequence></xsd:complexType></xsd:schema>'
    )
    rest = rest[rest.index('<xsd:element name="delC"') :]
    wsdl.write_text(text[:start] + within + rest.replace("</xsd:schema>", around, 1), "utf-8")


def import_itself(wsdl: Path) -> None:
    around = '<wsdl:import namespace="urn:a" location="andra.wsdl"/><wsdl:types>'
    replace(wsdl, "<wsdl:types>", around)
    (wsdl.parent / "andra.wsdl").write_text(
        '<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" targetNamespace="urn:a">'
        f'<import namespace="urn:exempel:dokumenterad:1" location="{wsdl.name}"/></definitions>',
        "utf-8",
    )


def have_two_services(wsdl: Path) -> None:
    text = wsdl.read_text("utf-8")
    service = text[text.index("<wsdl:service") : text.index("</wsdl:definitions>")]
    other = service.replace('name="Registrering"', 'name="Borttagning"', 1)
    wsdl.write_text(text.replace("</wsdl:definitions>", other + "</wsdl:definitions>"), "utf-8")


def have_no_service(wsdl: Path) -> None:
    text = wsdl.read_text("utf-8")
    start, end = text.index("<wsdl:service"), text.index("</wsdl:definitions>")
    wsdl.write_text(text[:start] + text[end:], "utf-8")


def speak_soap_12_only(wsdl: Path) -> None:
    replace(
        wsdl, "http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/"
    )


def break_the_schema(wsdl: Path) -> None:
    replace(wsdl, 'type="d:pnr"', 'type="d:finnsInte"')


def vanish(wsdl: Path) -> None:
    wsdl.unlink()


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def declare(wsdl: Path, doctype: str) -> None:
    replace(wsdl, '<?xml version="1.0" encoding="UTF-8"?>', f'<?xml version="1.0"?>{doctype}')


def to_two_files(wsdl: Path) -> None:
    """Move the schema to a file of its own."""
    text = wsdl.read_text("utf-8")
    start, end = text.index("<xsd:schema"), text.index("</wsdl:types>")
    (wsdl.parent / "delar.xsd").write_text(text[start:end], "utf-8")
    imported = (
        '<xs:schema><xs:import namespace="urn:exempel:dokumenterad:1" '
        'schemaLocation="delar.xsd"/></xs:schema>'
    )
    wsdl.write_text(text[:start] + imported + text[end:], "utf-8")


SPOILED = {
    be_a_login_page: "contract-html",
    be_empty: "contract-empty",
    be_cut_off: "contract-cut",
    be_rpc: "contract-rpc",
    be_encoded: "contract-encoded",
    have_a_dtd: "contract-dtd",
    have_entities: "contract-entities",
    be_too_large: "contract-too-large",
    lack_a_part: "contract-import-missing",
    lack_a_schema: "contract-import-missing",
    point_elsewhere: "contract-import-missing",
    point_at_the_disk: "contract-import-missing",
    contain_itself: "contract-recursive",
    import_itself: "contract-circular",
    have_two_services: "contract-services",
    have_no_service: "contract-no-service",
    speak_soap_12_only: "contract-soap-12",
    break_the_schema: "contract-schema-wrong",
    vanish: "contract-missing",
}


def contents(folder: Path) -> dict[str, str]:
    """Return every file below a folder with its digest."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("spoil", SPOILED, ids=lambda one: one.__name__)
def test_a_bad_contract_is_one_sentence_and_leaves_the_old_profile_alone(call, wsdl, spoil):
    assert call("profile", "import", wsdl, "--name", "sjukhuset").code == 0
    profiles = call.folder / "profiles"
    before = contents(profiles)
    assert before
    spoil(wsdl)
    for language in ("sv", "en"):
        said = call("--lang", language, "profile", "import", wsdl, "--name", "sjukhuset")
        assert said.code == FAILED
        assert said.err.count("\n") == 1
        assert said.err.endswith(f"[{SPOILED[spoil]}]\n")
        assert "–" not in said.err  # every value is there
        assert contents(profiles) == before


def test_one_of_two_services_can_be_chosen(call, wsdl):
    have_two_services(wsdl)
    said = call("profile", "import", wsdl, "--name", "vald", "--service", "Registrering")
    assert said.code == 0, said.err
