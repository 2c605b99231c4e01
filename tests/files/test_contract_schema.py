"""What a contract's schema says about the request, whatever its schema is written like."""

import pytest

from app.core.contract import leaves
from app.core.errors import ProfileError
from app.core.register import Element
from app.files.contract_schema import ContractSchema, read_contract_schema
from app.language.sentences import error_sentence
from tests.support.contracts import LEAF, TNS, element, schema, written

TIME = '<x:element name="{}" type="x:dateTime"/>'


def read(folder, content: str, request: str = "request", **more: str) -> ContractSchema:
    """Read a schema whose further files are named by keyword."""
    files = {"a.xsd": schema(content)} | {f"{name}.xsd": text for name, text in more.items()}
    return read_contract_schema(written(folder, files), request)


def tree(root: Element) -> dict[str, tuple[int, int | None]]:
    """Return how often each element may occur, by its path."""
    found = {}
    waiting = [("", child) for child in root.children]
    while waiting:
        above, one = waiting.pop(0)
        path = f"{above}/{one.name}".strip("/")
        found[path] = (one.minimum, one.maximum)
        waiting = [(path, child) for child in one.children] + waiting
    return found


def only_leaf(read: ContractSchema) -> Element:
    (leaf,) = leaves(read.root)
    return leaf.element


def test_named_and_anonymous_types_are_read_alike(tmp_path):
    anonymous = element(
        "request",
        element("part", TIME.format("at")).replace(
            '<x:element name="part">', '<x:element name="part" minOccurs="0">'
        ),
    )
    named = (
        '<x:element name="request" type="t:R"/><x:complexType name="R"><x:sequence>'
        '<x:element name="part" minOccurs="0" type="t:P"/></x:sequence></x:complexType>'
        f'<x:complexType name="P"><x:sequence>{TIME.format("at")}</x:sequence></x:complexType>'
    )
    first, second = read(tmp_path, anonymous), read(tmp_path, named)
    assert tree(first.root) == tree(second.root) == {"part": (0, 1), "part/at": (1, 1)}
    assert [one.type_name for one in (first.root, second.root)] == ["", "R"]
    assert only_leaf(first).base == only_leaf(second).base == "dateTime"


def test_an_extension_adds_and_a_restriction_takes_away(tmp_path):
    base = (
        '<x:complexType name="Base"><x:sequence><x:element name="a" type="x:string"/>'
        '<x:element name="b" type="x:string" minOccurs="0" maxOccurs="unbounded"/></x:sequence>'
        "</x:complexType>"
    )
    more = (
        '<x:complexType name="More"><x:complexContent><x:extension base="t:Base"><x:choice>'
        f"{LEAF.format('c')}{LEAF.format('d')}</x:choice></x:extension></x:complexContent>"
        "</x:complexType>"
    )
    less = (
        '<x:complexType name="Less"><x:complexContent><x:restriction base="t:Base"><x:sequence>'
        '<x:element name="a" type="x:string"/><x:element name="b" type="x:string" minOccurs="0"/>'
        "</x:sequence></x:restriction></x:complexContent></x:complexType>"
    )
    request = element(
        "request", '<x:element name="m" type="t:More"/><x:element name="l" type="t:Less"/>'
    )
    assert tree(read(tmp_path, base + more + less + request).root) == {
        "m": (1, 1),
        "m/a": (1, 1),
        "m/b": (0, None),
        "m/c": (0, 1),
        "m/d": (0, 1),
        "l": (1, 1),
        "l/a": (1, 1),
        "l/b": (0, 1),
    }


def test_choices_groups_and_all_say_how_often_an_element_occurs(tmp_path):
    group = (
        f'<x:group name="G"><x:sequence>{LEAF.format("g")}{LEAF.format("h")}</x:sequence></x:group>'
    )
    content = (
        '<x:group ref="t:G" minOccurs="0" maxOccurs="3"/>'
        f'<x:choice maxOccurs="unbounded">{LEAF.format("a")}<x:sequence>{LEAF.format("b")}'
        f'<x:element name="c" type="x:string" maxOccurs="2"/></x:sequence></x:choice>'
        f"<x:choice><x:sequence>{LEAF.format('e')}{LEAF.format('d')}</x:sequence>"
        f"<x:sequence>{LEAF.format('f')}{LEAF.format('d')}</x:sequence></x:choice>"
        '<x:element name="gone" type="x:string" minOccurs="0" maxOccurs="0"/>'
        '<x:any namespace="##other" processContents="lax" minOccurs="0"/>'
    )
    every = (
        '<x:element name="every"><x:complexType><x:all><x:element name="k" type="x:string"/>'
        '<x:element name="l" type="x:string" minOccurs="0"/></x:all></x:complexType></x:element>'
    )
    found = tree(read(tmp_path, group + element("request", content + every)).root)
    assert list(found)[5:8] == ["e", "f", "d"]
    assert found == {
        "g": (0, 3),
        "h": (0, 3),
        "a": (0, None),
        "b": (0, None),
        "c": (0, None),
        "e": (0, 1),
        "f": (0, 1),
        "d": (1, 1),  # every alternative has it, at its end
        "every": (1, 1),
        "every/k": (1, 1),
        "every/l": (0, 1),
    }


def test_each_element_is_in_the_namespace_that_documents_must_give_it(tmp_path):
    other = schema(
        '<x:element name="shared" type="x:string"/>'
        '<x:complexType name="P"><x:sequence><x:element name="plain" type="x:string"/>'
        '<x:element name="marked" type="x:string" form="qualified"/></x:sequence></x:complexType>',
        "urn:other",
        "",
    )
    content = '<x:import namespace="urn:other" schemaLocation="other.xsd"/>' + element(
        "request",
        '<x:element name="own" type="x:string"/>'
        '<x:element name="bare" type="x:string" form="unqualified"/>'
        '<x:element ref="o:shared" xmlns:o="urn:other"/>'
        '<x:element name="part" type="o:P" xmlns:o="urn:other"/>',
    )
    root = read(tmp_path, content, other=other).root
    found = {one.name: one.namespace for one in (root, *root.children, *root.children[3].children)}
    assert found == {
        "request": TNS,
        "own": TNS,
        "bare": "",
        "shared": "urn:other",
        "part": TNS,
        "plain": "",
        "marked": "urn:other",
    }


@pytest.mark.parametrize(
    ("simple", "base", "facets"),
    [
        (
            '<x:restriction base="x:int"><x:maxInclusive value="9"/></x:restriction>',
            "decimal",
            {"maxInclusive": ["9"], "minInclusive": ["-2147483648"], "fractionDigits": ["0"]},
        ),
        (
            '<x:restriction base="t:Code"><x:pattern value="[A-C]"/></x:restriction>',
            "string",
            {"enumeration": ["A", "B"], "pattern": ["[A-C]", "[A-Z]"]},
        ),
        ('<x:union memberTypes="t:Code t:More"/>', "string", {"enumeration": ["A", "B", "X"]}),
        ('<x:union memberTypes="t:Code x:date"/>', "string", {}),
        ('<x:union memberTypes="x:date t:Day"/>', "date", {}),
        ('<x:list itemType="x:decimal"/>', "string", {}),
        (
            '<x:restriction base="x:token"><x:length value="4"/></x:restriction>',
            "string",
            {"length": ["4"]},
        ),
    ],
)
def test_a_simple_type_tells_its_primitive_and_its_facets(tmp_path, simple, base, facets):
    types = (
        '<x:simpleType name="Code"><x:restriction base="x:string"><x:pattern value="[A-Z]"/>'
        '<x:enumeration value="A"/><x:enumeration value="B"/></x:restriction></x:simpleType>'
        '<x:simpleType name="More"><x:restriction base="x:string"><x:enumeration value="X"/>'
        '</x:restriction></x:simpleType><x:simpleType name="Day"><x:restriction base="x:date"/>'
        f'</x:simpleType><x:simpleType name="Mine">{simple}</x:simpleType>'
    )
    leaf = only_leaf(
        read(tmp_path, types + element("request", '<x:element name="a" type="t:Mine"/>'))
    )
    found: dict[str, list[str]] = {}
    for name, value in leaf.facets:
        found.setdefault(name, []).append(value)
    assert (leaf.base, found) == (base, facets)


def test_simple_content_is_a_value_and_its_mandatory_attribute_is_told(tmp_path):
    content = (
        '<x:attributeGroup name="A"><x:attribute name="unit" use="required"/></x:attributeGroup>'
        '<x:complexType name="Measured"><x:simpleContent><x:extension base="x:decimal">'
        '<x:attributeGroup ref="t:A"/></x:extension></x:simpleContent></x:complexType>'
        '<x:complexType name="Small"><x:simpleContent><x:restriction base="t:Measured">'
        '<x:maxInclusive value="5"/></x:restriction></x:simpleContent></x:complexType>'
    )
    read_one = read(tmp_path, content + element("request", '<x:element name="a" type="t:Small"/>'))
    leaf = only_leaf(read_one)
    assert (leaf.base, leaf.type_name) == ("decimal", "Small")
    assert ("maxInclusive", "5") in leaf.facets
    assert read_one.attributes == (("a",),)


def test_an_element_without_a_type_holds_a_value(tmp_path):
    found = read(
        tmp_path,
        element(
            "request", '<x:element name="a"/><x:element name="b" type="x:string" fixed="4.1"/>'
        ),
    )
    assert [one.base for one in found.root.children] == ["anyType", "string"]
    assert found.root.children[1].facets == (("fixed", "4.1"),)


NOTE = "<x:annotation><x:documentation>{}</x:documentation></x:annotation>"


def test_what_the_schema_says_is_kept(tmp_path):
    content = (
        f'<x:simpleType name="Urgency">{NOTE.format("How soon.")}<x:restriction base="x:string">'
        f'<x:enumeration value="1">{NOTE.format("at   once")}</x:enumeration>'
        '<x:enumeration value="2"/></x:restriction></x:simpleType>'
        '<x:element name="request"><x:complexType><x:sequence>'
        '<x:element name="a" type="t:Urgency" m:number="V9" xmlns:m="urn:mine"><x:annotation>'
        "<x:documentation>The <b>urgency</b>.</x:documentation>"
        '<x:appinfo><m:variable id="V325">planned</m:variable></x:appinfo></x:annotation>'
        "</x:element>"
        '<x:element name="b" type="x:string"/>'
        '<x:element name="c"><x:simpleType><x:restriction base="t:Urgency"/></x:simpleType>'
        "</x:element>"
        "</x:sequence></x:complexType></x:element>"
    )
    found = read(tmp_path, content)
    first, second, third = found.root.children
    assert first.documentation == "The urgency. How soon. V9 V325 planned"
    assert (second.documentation, third.documentation) == ("", "How soon.")
    assert found.appinfo == {("a",): "V9 V325 planned"}
    assert found.code_texts == {("a",): {"1": "at once"}, ("c",): {"1": "at once"}}


def test_an_abstract_element_gives_way_to_those_that_may_stand_for_it(tmp_path):
    content = (
        '<x:element name="head" type="x:string" abstract="true"/>'
        '<x:element name="one" type="x:string" substitutionGroup="t:head"/>'
        '<x:element name="two" type="x:string" substitutionGroup="t:head"/>'
        '<x:element name="plain" type="x:string"/>'
        '<x:element name="instead" type="x:string" substitutionGroup="t:plain"/>'
        + element("request", '<x:element ref="t:head"/><x:element ref="t:plain"/>')
    )
    assert tree(read(tmp_path, content).root) == {"one": (0, 1), "two": (0, 1), "plain": (1, 1)}


def test_the_request_may_be_in_an_imported_schema_and_is_found_by_its_whole_name(tmp_path):
    files = {
        "a.xsd": schema(
            '<x:import namespace="urn:b" schemaLocation="b.xsd"/>'
            '<x:import namespace="urn:c" schemaLocation="c.xsd"/>',
            "",
            "",
        ),
        "b.xsd": schema(element("request", LEAF.format("b")), "urn:b"),
        "c.xsd": schema(element("request", LEAF.format("c")), "urn:c"),
    }
    xsd = written(tmp_path, files)
    for name in ("b", "c"):
        found = read_contract_schema(xsd, f"{{urn:{name}}}request", f"{{urn:{name}}}request")
        assert found.namespace == f"urn:{name}"
        assert [one.name for one in found.root.children] == [name]
        assert found.response == found.root
    with pytest.raises(ProfileError, match="profile-request-missing"):
        read_contract_schema(xsd, "{urn:d}request")


def nested(depth: int, width: int) -> str:
    """Return types of which each holds several of the next: few types, endless elements."""
    types = [
        f'<x:complexType name="T{level}"><x:sequence>'
        + "".join(f'<x:element name="e{n}" type="t:T{level + 1}"/>' for n in range(width))
        + "</x:sequence></x:complexType>"
        for level in range(depth)
    ]
    last = f'<x:complexType name="T{depth}"><x:sequence>{LEAF.format("z")}</x:sequence>'
    last += "</x:complexType>"
    return "".join(types) + last + '<x:element name="request" type="t:T0"/>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            '<x:element name="request" type="t:T"/><x:complexType name="T"><x:sequence>'
            '<x:element name="deeper" minOccurs="0"><x:complexType><x:sequence>'
            '<x:element name="again" type="t:T"/></x:sequence></x:complexType></x:element>'
            "</x:sequence></x:complexType>",
            "contract-recursive",
        ),
        (element("request", '<x:element ref="t:request" minOccurs="0"/>'), "contract-recursive"),
        (nested(8, 10), "contract-too-many"),
        (nested(80, 1), "contract-too-many"),
        (
            '<x:element name="a" type="x:string"/>'
            + element(
                "request",
                LEAF.format("a").replace("/>", ' form="unqualified"/>') + '<x:element ref="t:a"/>',
            ),
            "contract-name-twice",
        ),
    ],
    ids=["in itself", "by reference", "endless", "bottomless", "two of a name"],
)
def test_a_request_that_no_document_can_follow_is_refused(tmp_path, content, code):
    with pytest.raises(ProfileError) as caught:
        read(tmp_path, content)
    assert caught.value.code == code
    assert "–" not in error_sentence(caught.value)


def test_an_answer_that_can_contain_itself_is_read_once_round(tmp_path):
    fault = '<x:element name="fault" minOccurs="0" type="t:F"/>'
    content = (
        f'<x:complexType name="F"><x:sequence>{LEAF.format("text")}{fault}</x:sequence>'
        f"</x:complexType>{element('request', LEAF.format('a'))}{element('answer', fault)}"
    )
    xsd = written(tmp_path, {"a.xsd": schema(content)})
    answer = read_contract_schema(xsd, "request", "answer").response
    assert answer is not None
    assert list(tree(answer)) == ["fault", "fault/text", "fault/fault"]


def test_a_restriction_that_adds_is_read_as_long_as_libxml2_takes_it(tmp_path):
    content = (
        f'<x:complexType name="B"><x:sequence>{LEAF.format("a")}</x:sequence></x:complexType>'
        '<x:complexType name="R"><x:complexContent><x:restriction base="t:B"><x:sequence>'
        f"{LEAF.format('b')}</x:sequence></x:restriction></x:complexContent></x:complexType>"
        '<x:element name="request" type="t:R"/>'
    )
    assert list(tree(read(tmp_path, content).root)) == ["b"]
    with pytest.raises(ProfileError, match="contract-schema-wrong"):
        read(tmp_path, content.replace("x:string", "x:nowhere"))


def test_a_type_used_in_two_places_is_no_circle(tmp_path):
    content = (
        f'<x:complexType name="P"><x:sequence>{LEAF.format("z")}</x:sequence></x:complexType>'
        + element("request", '<x:element name="a" type="t:P"/><x:element name="b" type="t:P"/>')
    )
    assert list(tree(read(tmp_path, content).root)) == ["a", "a/z", "b", "b/z"]
