"""Conversions of whole columns mean the same as the conversions of one value."""

from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.conversion import KINDS, Converted, Surroundings, convert
from app.core.mapping import Project, Step, ValueMap
from app.engine import columns
from app.engine.columns import CHANGES, COMBINES, convert_columns
from app.engine.conversions.lookup import lookups_of

TEXT = st.text(st.characters(max_codepoint=0x17F), max_size=12)
DATES = st.dates().map(str)
SMALL = st.integers(0, 61).map(lambda number: f"{number:02}")
TIMES = st.builds("{}:{}".format, SMALL, SMALL)
NUMBERS = st.from_regex(r"[+-]?[0-9]{1,14}([.,][0-9]{0,8})?", fullmatch=True)
ODD = st.sampled_from(
    ["", " ", "9", "99", "1", "x", "0", "-0.04", "a\x0bb", "a\x01", "2024-02-29", "2023-02-29"]
)
LEVELS = st.sampled_from(["1ai", "10b2", "7a", "12", "  x", "11C Platsbrist"])
HOURS = st.sampled_from(
    ["2026-03-29 02:30", "2026-10-25 02:30", "2026-10-25 02:59:59", "26-03-29 02:30"]
)
PEOPLE = st.sampled_from(
    ["19770101-2382", "197701012382", "770101-2382", "770101+2382", "2601012382", "270101-2382"]
)
COUNTED = st.sampled_from(
    [
        "44664",
        "44664.0",
        "44664,579166667",
        "44664 0.5",
        "44664 0",
        "44664 5",
        "46110.104166666666",
        "60",
        "44664.99999999",
    ]
)
CODES = st.sampled_from(
    [
        "i84.1",
        "I84.1+",
        " I841* ",
        "I84-1",
        "jke 00",
        "AF-012",
        "XS9111",
        "se2321000016-a1",
        "Ja",
        "N",
    ]
)
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat(" ", "minutes"))
CELLS = st.one_of(TEXT, DATES, TIMES, NUMBERS, ODD, HOURS, PEOPLE, MOMENTS, LEVELS, COUNTED, CODES)

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
        "%y-%m-%d",
        "%y-%m-%d|%Y-%m-%d|excel",
        "%y-%m-%d %H:%M",
        "%Y-%m-%d %H:%M|excel",
        "excel",
        "%Y-%m-%d|%Y-%m-%d %H:%M",
        "%Y-%m-%dT%H",
    ]
)
PIVOTS = st.sampled_from(["", "25", "99", "00", "x"])
OTHERWISE = st.sampled_from(["", "keep", "omit"])
PATTERNS = st.sampled_from(
    ["", "(", "1", "([0-9])", "([a-zA-Z]+)[0-9]*", "(a)?b|(1)", "^(.)", "( *)x"]
)
TESTS = ["is", "is_not", "one_of", "filled", "empty", "matches", "before", "after", "odd"]
# How options beside those of the kind itself are filled in.
SAID = {
    "value": TEXT,
    "find": st.sampled_from(["", "-", "1", ".", "[0-9]+", "([a-z])(1)?", "a*"]),
    "with": st.sampled_from(["", "x", "$1", "$2-", "a$b", "$$1"]),
    "values": st.sampled_from(["", "9|1", "x"]),
    "decimals": st.sampled_from(["", "0", "1", "2", "6", "7", "a"]),
    "times": st.sampled_from(["", "100", "0,01", "2.54", "0", "x"]),
    "format": FORMATS,
    "pivot": PIVOTS,
    "ambiguous": st.sampled_from(["error", "first", "second", "omit", ""]),
    "missing_hour": st.sampled_from(["", "forward", "omit"]),
    "time_missing": st.sampled_from(["", "omit", "midnight", "error"]),
    "name": st.sampled_from(["strict", "keep", "omit", "none"]),
    "otherwise": OTHERWISE,
    "at": st.sampled_from(["", "-", ".", "1"]),
    "nth": st.sampled_from(["", "1", "2", "-1", "-2", "0", "x"]),
    "sign": st.sampled_from(["", "-", ", "]),
    "yes": st.sampled_from(["", "ja|1", "X"]),
    "no": st.sampled_from(["", "nej|0"]),
    "yes_sends": st.sampled_from(["", "J"]),
    "no_sends": st.sampled_from(["", "N"]),
    "latest": st.sampled_from(["", "today", "2026", "1999", "x"]),
    "dot": st.sampled_from(["", "with"]),
    "mark": st.sampled_from(["", "keep"]),
}
FOLDS = st.sampled_from(
    ["", "(", "1", "([0-9])", "((?:1[01]|[1-9])[A-Za-z]).*", "(a)?.*", "(.*) .*", "( *)x"]
)
OF_KIND = {
    "extract": {"form": PATTERNS},
    "fold_up": {"form": FOLDS},
    "lookup": {
        "table": st.sampled_from(["rooms", "nowhere"]),
        "key": st.just("key"),
        "column": st.just("value"),
    },
    "only_when": {
        "column": st.sampled_from(["1", "1", "1", "nowhere"]),
        "test": st.sampled_from(TESTS),
        "value": st.one_of(CELLS, st.sampled_from(["1|9|x", "[0-9]+", "5", "2024-02-29"])),
        "format": st.sampled_from(["", "", "%Y-%m-%d", "%Y-%m-%d %H:%M"]),
    },
}
ROOMS = {"1": "Sal 1", "9": "", "99": "Sal 9", "x": "a", "0": "b"}
TWICE = ("x", "b")
LOOKUP = ("rooms", "key", "value")
NEEDED = {"value", "values", "name", "form", "table", "key", "column"}


@st.composite
def steps(draw, kinds=(*KINDS, "hocus")):
    kind = draw(st.sampled_from(kinds))
    chosen = {}
    for option in KINDS[kind].options if kind in KINDS else ():
        values = {**SAID, **OF_KIND.get(kind, {})}[option]
        if option in NEEDED or draw(st.booleans()):
            chosen[option] = draw(values)
    return Step(kind, tuple(chosen.items()))


def in_columns(rows, chain, width):
    """Return what the columns make of rows; every step may see the other columns and a list."""
    parts = [pl.Series(str(at), [row[at] for row in rows], dtype=pl.String) for at in range(width)]
    listed = pl.DataFrame({"key": [*ROOMS, TWICE[0]], "value": [*ROOMS.values(), TWICE[1]]})
    beside = pl.DataFrame({"1": [row[1] for row in rows]}, schema={"1": pl.String})
    lookups = lookups_of({"rooms": listed}, (LOOKUP,))
    around = columns.Surroundings(PROJECT, beside, lookups, 2026)
    column = columns.convert_columns(parts, chain, around)
    found = zip(column.values.to_list(), column.problems.to_list(), strict=True)
    assert "" not in column.values.to_list()
    return [Converted(value or "", problem or "") for value, problem in found]


def one_by_one(rows, chain, width):
    """Return what the core makes of the same rows."""
    known = {key: frozenset({value}) for key, value in ROOMS.items()}
    known[TWICE[0]] |= {TWICE[1]}
    return [
        convert(chain, row[:width], Surroundings(PROJECT, {"1": row[1]}, {LOOKUP: known}, 2026))
        for row in rows
    ]


@settings(max_examples=600, deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8),
    st.lists(steps(), max_size=3).map(tuple),
    st.booleans(),
)
def test_a_column_is_converted_as_each_of_its_values(rows, chain, both):
    width = 2 if both else 1
    assert in_columns(rows, chain, width) == one_by_one(rows, chain, width)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_every_kind_does_the_same_to_columns(kind, data):
    rows = data.draw(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=12))
    step = data.draw(steps((kind,)))
    assert in_columns(rows, (step,), 2) == one_by_one(rows, (step,), 2)
    assert in_columns(rows, (step,), 1) == one_by_one(rows, (step,), 1)


NIGHTS = st.sampled_from(
    ["2026-03-29 01:59", "2026-03-29 02:30", "2026-10-25 02:00", "1950-01-01 00:00",
     "2099-12-31 23:59", "2026-10-25 03:00", "x", ""]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.one_of(MOMENTS, NIGHTS, DATES), min_size=1),
    st.sampled_from(["first", "second", "omit", ""]),
    st.sampled_from(["forward", "omit", ""]),
    st.sampled_from(["midnight", "omit", ""]),
)
def test_the_moments_beside_a_column_are_those_that_its_texts_say(texts, ambiguous, missing, time):
    options = (("ambiguous", ambiguous), ("missing_hour", missing), ("time_missing", time))
    done = convert_columns([pl.Series(texts)], (Step("datetime", options),), PROJECT)
    assert done.moments is not None
    said = [datetime.fromisoformat(one).astimezone(UTC) if one else None for one in done.values]
    assert done.moments.to_list() == said


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
    assert {*CHANGES, *COMBINES} == set(KINDS)
    assert set(COMBINES) == {name for name, kind in KINDS.items() if kind.combine}
