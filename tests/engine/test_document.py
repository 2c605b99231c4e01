"""Documents hold every value exactly as it is, in the schema's order, and no empty element."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.contract import demanded
from app.core.register import Element
from app.engine.document import documents
from app.safexml import parse
from tests.support.engine import NAMESPACE, PLAN, in_namespaces, small_profile

PROFILE = small_profile()
SPECIAL = st.text(st.sampled_from("&<>\"'\r\n\t ]]>åäö𝄞;#x"), min_size=1, max_size=8)
LEGAL = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT = st.one_of(SPECIAL, st.text(LEGAL, min_size=1, max_size=8), st.none())
OWN = ("number", "patient", "unit", "T1", "K1")
INSIDE = ("P1", "P2")


def written(own, plans, tags=(), profile=PROFILE) -> list[str]:
    """Return the documents of cases numbered from 0, given rows of (case, value...)."""
    frames = {"": (OWN, own), PLAN: (INSIDE, plans), "tag": (("tag",), tags)}
    values = {
        group: pl.DataFrame(
            list(rows), {"index": pl.UInt32, **dict.fromkeys(names, pl.String)}, orient="row"
        )
        for group, (names, rows) in frames.items()
    }
    return documents(profile, values).to_list()


@settings(max_examples=200, deadline=None)
@given(
    st.tuples(st.just(0), *[TEXT] * len(OWN)),
    st.lists(st.tuples(st.just(0), *[TEXT] * len(INSIDE)), max_size=3),
    st.lists(st.tuples(st.just(0), TEXT), max_size=3),
)
def test_what_is_read_back_is_what_was_written(own, plans, tags):
    (text,) = written([own], plans, tags)
    if all(value is None for _, *values in (own, *plans, *tags) for value in values):
        return
    leaves = [one for one in parse(text.encode()).iter() if len(one) == 0]
    number, patient, *care = own[1:]
    groups = [value for _, *values in plans for value in values] + [value for _, value in tags]
    expected = [value for value in (number, patient, *care, *groups) if value is not None]
    assert [leaf.text for leaf in leaves] == expected


@settings(max_examples=100, deadline=None)
@given(st.tuples(*[st.sampled_from(["x", None])] * len(OWN)))
def test_no_element_is_empty(own):
    (text,) = written([(0, "1", *own[1:])], [(0, None, None)], [(0, None)])
    assert all(len(one) or one.text for one in parse(text.encode()).iter())
    assert "<plan>" not in text
    assert ("<care>" in text) == any(own[2:])


def test_every_case_has_its_own_groups_in_order():
    texts = written(
        [(0, "1", None, None, None, None), (1, "2", None, None, None, None)],
        [(1, "a", None), (1, "b", None)],
        [(0, "x"), (1, "y")],
    )
    assert "<time>" not in texts[0]
    assert texts[1].index("<time>a</time>") < texts[1].index("<time>b</time>")
    assert [text.count("<tag>") for text in texts] == [1, 1]


def test_lines_are_indented_and_end_the_document():
    (text,) = written([(0, "1", None, None, None, None)], [])
    assert text.endswith("  <case>\n    <number>1</number>\n  </case>\n</request>\n")


def test_cases_with_nothing_to_say_still_have_a_document_each():
    frames = {"": pl.DataFrame({"index": [0, 1]}, {"index": pl.UInt32})}
    made = documents(PROFILE, frames).to_list()
    assert len(made) == 2
    assert all(len(parse(document.encode())) == 0 for document in made)


def spelled(namespace: str, **others: str) -> str:
    """Return the document of one small case whose elements lie in these namespaces."""
    root = replace(in_namespaces(PROFILE.root, namespace, **others), namespace=NAMESPACE)
    rows = [(0, "1", None, "u", None, None)], [(0, "a", None)], [(0, "x")]
    (text,) = written(*rows, profile=replace(PROFILE, root=root))
    return text


def test_one_namespace_is_the_default_and_needs_no_prefix():
    assert f'<request xmlns="{NAMESPACE}">\n  <case>\n    <number>1<' in spelled(NAMESPACE)


def test_unqualified_elements_have_no_prefix_and_the_request_has_one():
    text = spelled("")
    assert f'<ns1:request xmlns:ns1="{NAMESPACE}">\n  <case>\n    <number>1<' in text
    assert text.endswith("    <tag>x</tag>\n  </case>\n</ns1:request>\n")
    assert parse(text.encode()).find("case/care/unit") is not None


def test_each_element_lies_in_its_own_namespace():
    text = spelled(NAMESPACE, care="urn:care", unit="urn:care", tag="")
    assert text.count("xmlns") == 2
    root = parse(text.encode())
    names = {"a": NAMESPACE, "b": "urn:care"}
    assert root.findtext("a:case/b:care/b:unit", namespaces=names) == "u"
    assert root.findtext("a:case/a:plan/a:time", namespaces=names) == "a"
    assert root.findtext("a:case/tag", namespaces=names) == "x"


def test_a_register_without_a_namespace_declares_none():
    bare = replace(PROFILE, root=in_namespaces(PROFILE.root, ""))
    (text,) = written([(0, "1", None, None, None, None)], [], profile=bare)
    assert "xmlns" not in text


@pytest.mark.parametrize(
    ("plans", "times"), [((), []), (((0, "a", None), (0, "b", None)), ["a", "b"])]
)
def test_a_group_within_a_group_goes_into_the_first_row_of_it(plans, times):
    case = PROFILE.root.children[0]
    (tag,) = (one for one in case.children if one.name == "tag")
    parts = tuple(
        replace(one, children=(*one.children, tag)) if one.name == "plan" else one
        for one in case.children
        if one is not tag
    )
    nested = replace(PROFILE.root, children=(replace(case, children=parts),))
    own = [(0, "1", None, None, None, None), (1, "2", None, None, None, None)]
    tags, profile = [(0, "x"), (0, "y")], replace(PROFILE, root=nested)
    first, second = (parse(one.encode()) for one in written(own, plans, tags, profile))
    rows = first.findall("{*}case/{*}plan")
    assert [one.text for one in rows[0].findall("{*}tag")] == ["x", "y"]
    assert [one.text for row in rows for one in row.findall("{*}time")] == times
    assert all(not row.findall("{*}tag") for row in rows[1:])
    assert second.find("{*}case/{*}plan") is None


def test_an_element_that_nothing_is_bound_to_is_left_out():
    case = PROFILE.root.children[0]
    parts = tuple(replace(one, variable="") for one in case.children)
    unbound = replace(PROFILE.root, children=(replace(case, children=parts),))
    (text,) = written(
        [(0, "1", "2", "u", None, None)], [(0, None, None)], profile=replace(PROFILE, root=unbound)
    )
    assert "<number>" not in text
    assert "<patient>" not in text
    assert "<unit>u</unit>" in text


def fixed(name: str, value: str, minimum: int = 1) -> Element:
    return Element(name, minimum, 1, base="string", facets=(("fixed", value),))


def test_what_the_contract_demands_and_fixes_is_written_wherever_its_part_is():
    case = PROFILE.root.children[0]
    head = Element("head", 1, 1, children=(fixed("made", "<&>"), fixed("note", "x", minimum=0)))
    parts = {"plan": fixed("kind", "plan"), "care": fixed("level", "")}
    children = tuple(
        replace(one, children=(parts[one.name], *one.children)) if one.name in parts else one
        for one in case.children
    )
    root = replace(PROFILE.root, children=(head, replace(case, children=children)))
    profile = replace(PROFILE, root=in_namespaces(root, NAMESPACE))
    assert [one.path for one in demanded(profile)] == [one.path for one in demanded(PROFILE)]
    own = [(0, "1", None, "u", None, None), (1, "2", None, None, None, None)]
    plans = [(0, "a", None), (0, "b", None), (1, None, None)]
    first, second = (parse(one.encode()) for one in written(own, plans, profile=profile))
    for one in (first, second):
        assert one[0].tag == f"{{{NAMESPACE}}}head"
        assert [leaf.text for leaf in one[0]] == ["<&>"]
    assert [leaf.text for leaf in first.findall("{*}case/{*}plan/{*}kind")] == ["plan"] * 2
    assert [leaf.text for leaf in first.findall("{*}case/{*}care/*")] == [None, "u"]
    assert second.find("{*}case/{*}plan") is None
    assert second.find("{*}case/{*}care") is None


def test_a_variable_with_a_fixed_value_comes_before_the_contracts():
    case = PROFILE.root.children[0]
    number = replace(case.children[0], facets=(("fixed", "7"),))
    root = replace(PROFILE.root, children=(replace(case, children=(number, *case.children[1:])),))
    own = [(0, "1", "2", *[None] * 3), (1, None, "2", *[None] * 3)]
    texts = written(own, [], profile=replace(PROFILE, root=root))
    assert ["<number>1<" in texts[0], "<number>7<" in texts[1]] == [True, True]


def test_a_part_repeated_within_a_row_of_a_group_stands_there_once():
    case = PROFILE.root.children[0]
    parts = tuple(
        replace(one, children=tuple(replace(leaf, maximum=None) for leaf in one.children))
        for one in case.children
    )
    many = replace(PROFILE.root, children=(replace(case, children=parts),))
    own, plans = [(0, "1", *[None] * 4)], [(0, "a", "Ja"), (0, "b", None)]
    profile = replace(PROFILE, root=many)
    assert written(own, plans, profile=profile) == written(own, plans)
