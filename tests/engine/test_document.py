"""Documents hold every value exactly as it is, in the schema's order, and no empty element."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.document import documents
from app.safexml import parse
from tests.support.engine import PLAN, small_profile

PROFILE = small_profile()
SPECIAL = st.text(st.sampled_from("&<>\"'\r\n\t ]]>åäö𝄞;#x"), min_size=1, max_size=8)
LEGAL = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff")
TEXT = st.one_of(SPECIAL, st.text(LEGAL, min_size=1, max_size=8), st.none())
OWN = ("number", "patient", "unit", "T1", "K1")
INSIDE = ("P1", "P2")


def written(own, plans, tags=()) -> list[str]:
    """Return the documents of cases numbered from 0, given rows of (case, value...)."""
    frames = {"": (OWN, own), PLAN: (INSIDE, plans), "tag": (("tag",), tags)}
    values = {
        group: pl.DataFrame(
            list(rows), {"index": pl.UInt32, **dict.fromkeys(names, pl.String)}, orient="row"
        )
        for group, (names, rows) in frames.items()
    }
    return documents(PROFILE, values).to_list()


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
