"""libxml2's errors get the standard's codes and the place in the profile."""

from dataclasses import replace

import pytest
from lxml import etree

from app.engine.schema_check import Broken, judge
from app.engine.schema_words import VALUE
from app.safexml import parse
from tests.support.engine import NAMESPACE, PLAN, XSD, compiled_schema, small_profile


def judged(*bodies: str) -> tuple[Broken, ...]:
    texts = [f'<request xmlns="{NAMESPACE}">{body}</request>'.encode() for body in bodies]
    return judge(texts, compiled_schema(), small_profile()).broken


def case(inner: str, person: str = "197701012382") -> str:
    return f"<case><number>1</number><patient>{person}</patient>{inner}</case>"


def test_a_valid_document_is_silent():
    assert judged(case("<plan><code>Ja</code></plan>")) == ()


def test_a_document_that_is_refused_without_a_word_is_not_taken_for_a_right_one():
    class Mute:
        error_log = ()

        def validate(self, _root):
            return False

    (found,) = judge([b"<x/>"], Mute(), small_profile()).broken  # type: ignore[arg-type]
    assert found.code == "document-unreadable"


def test_a_wrong_value_is_found_in_the_right_row():
    (found,) = judged(case("<plan><code>Ja</code></plan><plan><code>J</code></plan>"))
    said = found.said
    assert found == Broken(0, "cvc-enumeration-valid", "P2", "code", PLAN, 1, "J", said=said)
    assert said.startswith(f"cvc-enumeration-valid: Value '{VALUE}' is not facet-valid")


def test_a_value_of_the_wrong_kind():
    (found,) = judged(case("<care><weight>tung</weight></care>"))
    assert (found.code, found.variable) == ("cvc-datatype-valid.1.2.1", "N1")


def test_a_missing_element_at_the_end():
    (found,) = judged(case("<plan><time>2026-01-01T00:00:00+01:00</time></plan>"))
    assert (found.code, found.variable, found.expected) == (
        "cvc-complex-type.2.4.b",
        "P2",
        "code",
    )


def test_a_missing_element_before_another():
    (found,) = judged("<case><number>1</number></case>", case(""))
    assert (found.document, found.code, found.variable) == (0, "cvc-complex-type.2.4.b", "patient")
    (found,) = judged("<case><patient>197701012382</patient></case>")
    assert (found.code, found.variable, found.value) == ("cvc-complex-type.2.4.a", "number", "")


def test_an_optional_part_may_be_wanted_too():
    (found,) = judged(case("<strange>x</strange>"))
    assert (found.code, found.element, found.variable) == ("cvc-complex-type.2.4.a", "care", "unit")


def test_an_element_too_many_is_named_itself_though_others_could_follow():
    (found,) = judged(case("<patient>197701012382</patient>"))
    assert (found.code, found.surplus) == ("cvc-complex-type.2.4.a", True)
    assert (found.element, found.variable) == ("patient", "patient")


def test_an_element_too_many_is_named_though_the_profile_does_not_know_it():
    (found,) = judged(case("<tag>a</tag>") + "<more/>")
    assert (found.code, found.element, found.variable) == ("cvc-complex-type.2.4.d", "more", "")


def test_a_missing_wrapper_is_named_by_what_it_must_hold():
    (found,) = judged("")
    assert (found.code, found.element, found.variable) == (
        "cvc-complex-type.2.4.b",
        "case",
        "number",
    )


def test_what_is_no_xml_at_all_is_found_and_the_next_is_judged():
    done = judge([b"<request", b"<x/>"], compiled_schema(), small_profile())
    assert [one.code for one in done.broken] == ["document-unreadable", "cvc-elt.1"]
    assert len(done.digests) == 2


def test_the_rest_is_left_unjudged_once_the_user_has_stopped():
    asked = iter([False, False, True])
    done = judge([b"<x/>"] * 9, compiled_schema(), small_profile(), lambda: next(asked))
    assert len(done.digests) == 2


def test_a_register_without_a_namespace_is_judged_too():
    bare = XSD.replace(f'xmlns="{NAMESPACE}"', "").replace(f'targetNamespace="{NAMESPACE}"', "")
    schema = etree.XMLSchema(parse(bare.encode()))
    text = f"<request>{case('<plan><code>Ja</code></plan><plan><code>J</code></plan>')}</request>"
    (found,) = judge([text.encode()], schema, replace(small_profile(), namespace="")).broken
    said = found.said
    assert found == Broken(0, "cvc-enumeration-valid", "P2", "code", PLAN, 1, "J", said=said)
    assert said.startswith(f"cvc-enumeration-valid: Value '{VALUE}' is not facet-valid")


MIXED = XSD.replace('elementFormDefault="qualified"', 'elementFormDefault="unqualified"').replace(
    '<xs:element name="patient"', '<xs:element name="patient" form="qualified"'
)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            "<plan><code>Ja</code></plan><plan><code>J</code></plan>",
            Broken(0, "cvc-enumeration-valid", "P2", "code", PLAN, 1, "J"),
        ),
        (
            "<care><weight>tung</weight></care>",
            Broken(0, "cvc-datatype-valid.1.2.1", "N1", "weight", value="tung"),
        ),
    ],
)
def test_elements_with_and_without_a_namespace_are_found_alike(inner, expected):
    text = (
        f'<n:request xmlns:n="{NAMESPACE}"><case><number>1</number>'
        f"<n:patient>197701012382</n:patient>{inner}</case></n:request>"
    )
    (found,) = judge(
        [text.encode()], etree.XMLSchema(parse(MIXED.encode())), small_profile()
    ).broken
    assert replace(found, said="") == expected


def test_a_wrong_value_of_an_element_with_a_prefix():
    text = (
        f'<n:request xmlns:n="{NAMESPACE}"><case><number>1</number>'
        "<n:patient>Q</n:patient></case></n:request>"
    )
    (found,) = judge(
        [text.encode()], etree.XMLSchema(parse(MIXED.encode())), small_profile()
    ).broken
    assert (found.variable, found.value) == ("patient", "Q")
