"""Conversions of whole columns mean the same as the conversions of one value."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.conversion import Converted, convert
from app.core.mapping import Project, Step, ValueMap
from app.engine.columns import CHANGES, convert_columns

TEXT = st.text(st.characters(max_codepoint=0x17F), max_size=12)
DATES = st.dates().map(str)
SMALL = st.integers(0, 61).map(lambda number: f"{number:02}")
TIMES = st.builds("{}:{}".format, SMALL, SMALL)
NUMBERS = st.from_regex(r"[+-]?[0-9]{1,14}([.,][0-9]{0,8})?", fullmatch=True)
ODD = st.sampled_from(
    ["", " ", "9", "99", "1", "x", "0", "-0.04", "a\x0bb", "a\x01", "2024-02-29", "2023-02-29"]
)
LEVELS = st.sampled_from(["1ai", "10b2", "7a", "12", "  x", "11C Platsbrist"])
HOURS = st.sampled_from(["2026-03-29 02:30", "2026-10-25 02:30", "2026-10-25 02:59:59"])
PEOPLE = st.sampled_from(["19770101-2382", "197701012382", "770101-2382"])
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat(" ", "minutes"))
CELLS = st.one_of(TEXT, DATES, TIMES, NUMBERS, ODD, HOURS, PEOPLE, MOMENTS, LEVELS)

PROJECT = Project(
    "Test",
    "p",
    value_maps=(
        ValueMap("strict", (("1", "I"), ("x", ""), ("0", "noll"))),
        ValueMap("keep", (("1", "I"), ("x", "")), "keep"),
        ValueMap("omit", (("1", "I"),), "omit"),
    ),
)
FORMATS = st.sampled_from(
    [
        "%Y-%m-%d",
        "%Y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M[:%S]",
        "%d/%m %Y",
        "%Y%m%d",
        "%Y%m%d%H%M",
        "%Y-%m-%dT%H:%M",
        "%H:%M[:%S] %d/%m %Y",
        "%y-%m",
        "%Y-%m-%dT%H",
    ]
)
OPTIONS = {
    "constant": st.fixed_dictionaries({"value": TEXT}),
    "replace": st.fixed_dictionaries({"find": st.sampled_from(["", "-", "1", "."]), "with": TEXT}),
    "missing_when": st.fixed_dictionaries({"values": st.sampled_from(["", "9|1", "x"])}),
    "number": st.fixed_dictionaries(
        {"decimals": st.sampled_from(["", "0", "1", "2", "6", "7", "a"])}
    ),
    "date": st.fixed_dictionaries({}, optional={"format": FORMATS}),
    "datetime": st.fixed_dictionaries(
        {"ambiguous": st.sampled_from(["error", "first", "second", ""])},
        optional={"format": FORMATS, "time_missing": st.sampled_from(["omit", "error"])},
    ),
    "fold_up": st.fixed_dictionaries(
        {
            "form": st.sampled_from(
                [
                    "",
                    "(",
                    "1",
                    "([0-9])",
                    "((?:1[01]|[1-9])[A-Za-z]).*",
                    "(a)?.*",
                    "(.*) .*",
                    "( *)x",
                ]
            )
        }
    ),
    "value_map": st.fixed_dictionaries(
        {"name": st.sampled_from(["strict", "keep", "omit", "none"])}
    ),
}


@st.composite
def steps(draw):
    kind = draw(st.sampled_from([*CHANGES, "hocus"]))
    return Step(kind, tuple(draw(OPTIONS.get(kind, st.just({}))).items()))


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8),
    st.lists(steps(), max_size=3),
    st.booleans(),
)
def test_a_column_is_converted_as_each_of_its_values(rows, chain, both):
    width = 2 if both else 1
    parts = [pl.Series(str(at), [row[at] for row in rows], dtype=pl.String) for at in range(width)]
    column = convert_columns(parts, tuple(chain), PROJECT)
    expected = [convert(tuple(chain), row[:width], PROJECT) for row in rows]
    found = zip(column.values.to_list(), column.problems.to_list(), strict=True)
    assert [Converted(value or "", problem or "") for value, problem in found] == expected
    assert "" not in column.values.to_list()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.datetimes(), min_size=1), st.sampled_from(["first", "second", "error"]))
def test_stockholms_offset_is_the_same_in_columns(moments, ambiguous):
    texts = [moment.isoformat(" ", "minutes") for moment in moments]
    chain = (Step("datetime", (("ambiguous", ambiguous),)),)
    column = convert_columns([pl.Series(texts)], chain, PROJECT)
    expected = [convert(chain, (text,), PROJECT) for text in texts]
    assert [value or "" for value in column.values] == [one.value for one in expected]
    assert [code or "" for code in column.problems] == [one.problem for one in expected]


def test_every_kind_of_step_has_its_columns():
    from app.core.conversion import KINDS

    assert set(CHANGES) == set(KINDS)
