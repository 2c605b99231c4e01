"""A stored contract is read by libxml2, xmllint, xmlschema and zeep, whatever it came as."""

from hashlib import sha256
from pathlib import Path

import pytest

from app.core.contract import leaves
from app.core.errors import ProfileError
from app.files.contract_gathering import disk_loader, gather, gather_file
from app.files.contract_storing import store
from app.files.profile import load_shipped
from app.language.sentences import error_sentence
from app.safexml import parse
from tests.support.contracts import (
    ANSWER,
    LEAF,
    TNS,
    Stored,
    element,
    importing,
    schema,
    stored,
    written,
    wsdl,
)

A, B = "urn:a", "urn:b"


def included(*names: str) -> str:
    return "".join(f'<x:include schemaLocation="{name}"/>' for name in names)


def imported(location: str, namespace: str) -> str:
    place = f' schemaLocation="{location}"' if location else ""
    return f'<x:import namespace="{namespace}"{place}/>'


def simple(name: str, *values: str) -> str:
    listed = "".join(f'<x:enumeration value="{one}"/>' for one in values)
    return (
        f'<x:simpleType name="{name}"><x:restriction base="x:string">{listed}</x:restriction>'
        "</x:simpleType>"
    )


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_plain_contract_keeps_its_bytes(tmp_path):
    files = {
        "service.wsdl": wsdl(importing("types.xsd")),
        "types.xsd": schema(element("request", LEAF.format("a")) + ANSWER),
    }
    found = stored(tmp_path, files)
    digests = {name: sha256(text.encode()).hexdigest() for name, text in files.items()}
    assert found.files.digests == digests
    assert found.files.stored.items() >= found.files.digests.items()
    assert found.files.stored.keys() == {*files, "request.xsd"} == names(tmp_path / "stored")
    assert found.paths == {"a": (1, 1)}
    assert found.judge(f'<request xmlns="{TNS}"><a/></request>')
    assert not found.judge(f'<request xmlns="{TNS}"><b/></request>')
    assert found.judge(f'<answer xmlns="{TNS}"><code/></answer>')


def test_the_shipped_contract_is_stored_as_it_is(tmp_path):
    profile = load_shipped("spor-4.1")
    found = Stored(store(gather_file(Path(profile.wsdl)), tmp_path))
    assert found.files.stored.items() >= found.files.digests.items()
    assert {one.path for one in leaves(found.schema.root)} == {
        one.path for one in leaves(profile.root)
    }


def test_schemas_inside_the_wsdl_become_files_with_the_prefixes_in_scope(tmp_path):
    # Two schemas that use each other without a location, with prefixes of the WSDL itself.
    first = schema(
        imported("", B) + element("request", '<x:element name="p" type="b:P"/>') + ANSWER,
        TNS,
        f'xmlns:b="{B}"',
    )
    second = (
        f'<x:schema targetNamespace="{B}">{imported("", TNS)}'
        '<x:complexType name="P"><x:sequence><x:element name="s" type="t:S"/></x:sequence>'
        f"</x:complexType></x:schema>"
    )
    third = f'<x:schema targetNamespace="{TNS}">{simple("S", "1")}</x:schema>'
    found = stored(tmp_path, {"service.wsdl": wsdl(first + second + third)})
    assert found.paths == {"p": (1, 1), "p/s": (1, 1)}
    good = '<t:request xmlns:t="urn:test"><p><s>1</s></p></t:request>'
    assert found.judge(good)
    assert not found.judge(good.replace("1", "2"))
    types = parse(found.files.wsdl.read_bytes()).find("{*}types")
    assert types is not None
    assert [one.get("namespace") for one in types.iter("{*}import")] == [TNS, B]
    assert types.find(".//{*}element") is None  # nothing is defined in two places


def test_folders_become_one_folder_and_names_of_two_files_stay_apart(tmp_path):
    files = {
        "service.wsdl": wsdl(importing("head/types.xsd") + importing("parts/Types.xsd", A)),
        "head/types.xsd": schema(
            imported("../parts/Types.xsd", A)
            + element("request", f'<x:element ref="a:part" xmlns:a="{A}"/>')
            + ANSWER
        ),
        "parts/Types.xsd": schema(
            included("../shared/del 2 åäö.xsd", "con.xsd") + '<x:element name="part" type="t:P"/>',
            A,
        ),
        "shared/del 2 åäö.xsd": schema(simple("Q", "1"), A),
        "parts/con.xsd": schema(
            included("../shared/del 2 åäö.xsd")
            + '<x:complexType name="P"><x:sequence><x:element name="q" type="t:Q"/></x:sequence>'
            "</x:complexType>",
            A,
        ),
    }
    found = stored(tmp_path, files)
    assert names(tmp_path / "stored") == {
        *("service.wsdl", "types.xsd", "Types-2.xsd", "del-2.xsd", "part-con.xsd", "request.xsd")
    }
    document = f'<request xmlns="{TNS}"><part xmlns="{A}"><q>1</q></part></request>'
    assert found.judge(document)
    assert not found.judge(document.replace("1", "2"))


def test_namespaces_that_import_each_other_in_a_circle(tmp_path):
    files = {
        "service.wsdl": wsdl(
            importing("a.xsd", A), request="a:request", response="b:answer"
        ).replace("xmlns:t=", f'xmlns:a="{A}" xmlns:b="{B}" xmlns:t='),
        "a.xsd": schema(
            imported("b.xsd", B)
            + element("request", '<x:element ref="b:part"/>')
            + simple("S", "1"),
            A,
            f'elementFormDefault="qualified" xmlns:b="{B}"',
        ),
        "b.xsd": schema(
            imported("a.xsd", A) + element("part", '<x:element name="s" type="a:S"/>') + ANSWER,
            B,
            f'xmlns:a="{A}"',
        ),
    }
    found = stored(tmp_path, files)
    document = f'<request xmlns="{A}"><b:part xmlns:b="{B}"><s xmlns="">1</s></b:part></request>'
    assert found.judge(document)
    assert not found.judge(document.replace("1", "2"))
    assert not found.judge(document.replace('<s xmlns="">', "<s>"))


def test_one_namespace_in_files_that_do_not_know_each_other(tmp_path):
    # libxml2 would read only the first of them.
    files = {
        "service.wsdl": wsdl(importing("one.xsd") + importing("two.xsd")),
        "one.xsd": schema(
            imported("x.xsd", A) + element("request", '<x:element ref="a:x"/>'),
            extra=f'xmlns:a="{A}"',
        ),
        "two.xsd": schema(imported("y.xsd", A) + ANSWER),
        "x.xsd": schema(included("common.xsd") + '<x:element name="x" type="t:X"/>', A),
        "y.xsd": schema(included("common.xsd", "x.xsd") + simple("Y", "2"), A),
        "common.xsd": schema(simple("X", "1"), A),
    }
    found = stored(tmp_path, files)
    assert {"namespace.xsd"} <= names(tmp_path / "stored")  # for TNS; y.xsd has all of A
    document = f'<t:request xmlns:t="{TNS}"><x xmlns="{A}">1</x></t:request>'
    assert found.judge(document)
    assert found.judge(f'<t:answer xmlns:t="{TNS}"><t:code/></t:answer>')
    assert not found.judge(document.replace("1", "2"))


def test_a_schema_without_a_namespace_takes_that_of_each_file_that_includes_it(tmp_path):
    common = schema(
        simple("S", "1")
        + '<x:complexType name="P"><x:sequence><x:element name="s" type="S"/></x:sequence>'
        "</x:complexType>",
        "",
    )
    part = '<x:element name="{}" type="t:P"/>'
    files = {
        "service.wsdl": wsdl(importing("a.xsd") + importing("b.xsd", B)),
        "a.xsd": schema(
            included("common.xsd")
            + imported("b.xsd", B)
            + element("request", part.format("own") + '<x:element ref="b:other"/>')
            + ANSWER,
            extra=f'elementFormDefault="qualified" xmlns:b="{B}"',
        ),
        "b.xsd": schema(included("common.xsd") + part.format("other"), B),
        "common.xsd": common,
    }
    found = stored(tmp_path, files)
    (own, other) = found.schema.root.children
    assert (own.children[0].namespace, other.children[0].namespace) == (TNS, B)
    document = (
        f'<request xmlns="{TNS}"><own><s>1</s></own><other xmlns="{B}"><s>1</s></other></request>'
    )
    assert found.judge(document)
    assert not found.judge(document.replace(f'<other xmlns="{B}">', f'<other xmlns="{B}x">'))
    assert not found.judge(document.replace("<own><s>1", "<own><s>2"))


def test_schemas_without_any_namespace(tmp_path):
    files = {
        "service.wsdl": wsdl(
            '<x:schema><x:include schemaLocation="a.xsd"/></x:schema>',
            request="request",
            response="answer",
        ),
        "a.xsd": schema(element("request", LEAF.format("a")) + ANSWER, "", ""),
    }
    found = stored(tmp_path, files)
    assert (found.contract.request, found.contract.namespace) == ("request", "")
    assert found.judge("<request><a/></request>")


def test_a_circle_of_includes_and_a_redefinition(tmp_path):
    files = {
        "service.wsdl": wsdl(importing("a.xsd")),
        "a.xsd": schema(
            included("b.xsd") + element("request", '<x:element name="s" type="t:S"/>') + ANSWER
        ),
        "b.xsd": schema(
            included("a.xsd", "b.xsd")
            + '<x:redefine schemaLocation="c.xsd"><x:simpleType name="S"><x:restriction base="t:S">'
            '<x:enumeration value="1"/></x:restriction></x:simpleType></x:redefine>'
        ),
        "c.xsd": schema(simple("S", "1", "2")),
    }
    found = stored(tmp_path, files)
    document = f'<request xmlns="{TNS}"><s>1</s></request>'
    assert found.judge(document)
    assert not found.judge(document.replace("1", "2"))


def test_an_import_that_nobody_wrote_is_added(tmp_path):
    first = schema(
        element("request", '<x:element name="s" type="b:S"/>') + ANSWER, extra=f'xmlns:b="{B}"'
    )
    found = stored(tmp_path, {"service.wsdl": wsdl(first + schema(simple("S", "1"), B))})
    assert found.judge(f'<t:request xmlns:t="{TNS}"><s>1</s></t:request>')


def test_a_schema_given_beside_the_wsdl_is_part_of_the_contract(tmp_path):
    files = {
        "service.wsdl": wsdl(""),
        "types.xsd": schema(element("request", LEAF.format("a")) + ANSWER),
    }
    found = stored(tmp_path, files, "types.xsd")
    assert found.judge(f'<request xmlns="{TNS}"><a/></request>')
    assert found.files.digests.keys() == files.keys()


def test_a_wsdl_in_several_files_and_with_schemas_in_the_imported_one(tmp_path):
    whole = wsdl(schema(element("request", LEAF.format("a")) + ANSWER))
    head, _, rest = whole.partition("<w:types>")
    types, _, rest = rest.partition("</w:types>")
    cut = rest.index("<w:binding")
    location = '<w:import namespace="urn:test" location="{}"/>'
    files = {
        "service.wsdl": head + location.format("parts/abstract.wsdl") + rest[cut:],
        "parts/abstract.wsdl": head
        + location.format("more.xsd")
        + f"<w:types>{types}</w:types>"
        + rest[:cut]
        + "</w:definitions>",
        "parts/more.xsd": schema(element("extra", LEAF.format("b")), B),
    }
    found = stored(tmp_path, files)
    assert found.contract.service == "Service"
    assert found.judge(f'<request xmlns="{TNS}"><a/></request>')
    assert found.judge(f'<extra xmlns="{B}"><b/></extra>')


def test_attributes_of_xml_itself_are_known(tmp_path):
    xml = "http://www.w3.org/XML/1998/namespace"
    request = (
        '<x:element name="request"><x:complexType><x:attribute ref="xml:lang"/></x:complexType>'
        "</x:element>"
    )
    content = imported("http://www.w3.org/2001/xml.xsd", xml) + request + ANSWER
    found = stored(tmp_path, {"service.wsdl": wsdl(schema(content))})
    assert found.judge(f'<request xmlns="{TNS}" xml:lang="sv"/>')
    assert not found.judge(f'<request xmlns="{TNS}" lang="sv"/>')


def test_imports_that_lead_nowhere_are_left_out(tmp_path):
    known = "".join(
        imported("http://localhost:9/never", namespace)
        for namespace in (
            "http://www.w3.org/2001/XMLSchema",
            "http://schemas.xmlsoap.org/soap/encoding/",
            "http://schemas.xmlsoap.org/wsdl/",
        )
    )
    known += imported("", "urn:nowhere") + imported("", TNS)
    content = known + element("request", LEAF.format("a")) + ANSWER
    found = stored(tmp_path, {"service.wsdl": wsdl(schema(content))})
    assert found.judge(f'<request xmlns="{TNS}"><a/></request>')
    for file in (tmp_path / "stored").glob("*.*d*"):
        assert "localhost" not in file.read_text("utf-8")
        assert "urn:nowhere" not in file.read_text("utf-8")


def test_files_of_a_server_get_the_names_they_would_be_saved_under(tmp_path):
    host = "https://register.invalid/spor/ws/RegistrationService"
    request = schema(included("?xsd=del%20två.xsd") + element("request", LEAF.format("a")) + ANSWER)
    files = {
        f"{host}?wsdl": wsdl(importing("?xsd=1")),
        f"{host}?xsd=1": request,
        f"{host}?xsd=del%20två.xsd": schema(simple("S", "1")),
    }
    gathered = gather(f"{host}?wsdl", lambda location: files[location].encode())
    found = Stored(store(gathered, tmp_path))
    assert found.files.wsdl.name == "RegistrationService.wsdl"
    assert found.files.digests.keys() == {"RegistrationService.wsdl", "1.xsd", "del-tv.xsd"}
    assert found.judge(f'<request xmlns="{TNS}"><a/></request>')


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (element("request", '<x:element name="a" type="t:Nowhere"/>'), "Nowhere"),
        (element("request", "<x:what/>"), "sequence"),
        (element("request", LEAF.format("a")) * 2, "request"),
    ],
)
def test_schemas_that_do_not_fit_together_are_told(tmp_path, content, reason):
    start = written(tmp_path / "in", {"service.wsdl": wsdl(schema(content + ANSWER))})
    (tmp_path / "out").mkdir()
    with pytest.raises(ProfileError, match="contract-schema-wrong") as caught:
        store(gather_file(start), tmp_path / "out")
    assert reason in error_sentence(caught.value)
    assert str(tmp_path) not in error_sentence(caught.value)
    assert caught.value.values["file"] == "service.wsdl"


def test_what_is_stored_can_be_gathered_and_stored_again_unchanged(tmp_path):
    files = {
        "service.wsdl": wsdl(schema(included("sub/a.xsd") + ANSWER) + importing("b.xsd", B)),
        "sub/a.xsd": schema(element("request", LEAF.format("a"))),
        "b.xsd": schema(simple("S", "1"), B),
    }
    first = stored(tmp_path, files).files
    again = tmp_path / "again"
    again.mkdir()
    second = store(gather(first.wsdl.name, disk_loader(first.wsdl.parent)), again)
    assert dict(second.stored) == dict(first.stored)
