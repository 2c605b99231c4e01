"""A rule means the same for a block of cases as for each one of them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.case import CaseValues
from app.core.condition import holds, parse, read
from app.core.condition_types import check
from app.core.identity import birth_date, hsa_id_problem, person_id_problem
from app.core.register import Text, ValueType
from app.engine.condition_columns import Rows
from app.engine.identity_columns import birth_dates, valid_hsa_ids, valid_person_ids
from tests.support.engine import PLAN, small_profile

# Parts that hold values of the case alone, of a group alone, and of both.
PARTS = {"T1": "own", "K1": "own", "D1": "both", "P2": "both", "P1": "rows", "tag": "unlinked"}
PROFILE = replace(
    small_profile(),
    variables=tuple(
        replace(one, section=PARTS.get(one.id, "")) for one in small_profile().variables
    ),
    sections={name: Text(name, name) for name in PARTS.values()},
)

MOMENTS = st.sampled_from(
    [
        "2026-03-29T01:59:00+01:00",
        "2026-03-29T03:01:00+02:00",
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:10:00+01:00",
        "2026-10-25T00:30:00Z",
        "2026-12-31T23:30:00+01:00",
        "2026-12-31T23:30:00.5+00:00",
        "2026-04-01T00:30:00+02:00",
        "2025-01-14T08:00:00+01:00",
        "2026-01-14T08:00:00",
        "2026-13-14T08:00:00+01:00",
        "2026-01-14T24:00:00+01:00",
        "2026-01-14T08:00:00+24:00",
        "x",
    ]
)
NUMBERS = st.sampled_from(["1", "+36.6", "-0.5", "36.60", "1e3", "x", "007", ".5"])
CODES = st.sampled_from(
    ["Ja", "Nej", "11C", "11c", "7a", "7.a", "7a*", "11C+†", "12", "Å", "ı1", "A0"]
)
DATES = st.sampled_from(["2026-03-29", "2026-12-31", "0000-01-01", "2026-02-30", "2027-01-01"])
PEOPLE = st.sampled_from(
    ["197701012382", "197701612385", "197701012383", "20260329000x", "199900002384", "x"]
)
UNITS = st.sampled_from(["SE123-A", "SE-A", "S_1-a", "åä1-", "SE1-" + "x" * 61])
VALUES = {
    "T1": MOMENTS,
    "T2": MOMENTS,
    "N1": NUMBERS,
    "D1": DATES,
    "K1": CODES,
    "patient": PEOPLE,
    "unit": UNITS,
}
ROW = {"P1": MOMENTS, "P2": CODES, "P3": NUMBERS}

PLAIN = st.sampled_from(
    """T1 < T2|T1 >= T2|T1 == T2|T1 != T2|T2 - T1 > days(14)|T2 - T1 <= hours(0.5)
    N1 > 1|N1 == 36.6|N1 * 2 - 1 > N1 + 0.5|K1 == 'Ja'|K1 != 'Ja'|present(T1)|missing(K1)
    in_list(K1, reasons)|matches(K1, '[0-9]+[a-z]')|date(T1) == D1|date(T1) >= date('2027-01-01')
    in_register(K1, national, T1)|in_grace(K1, national, T1)|in_register(K1, national, D1)
    in_grace(K1, national, D1)|valid_code(K1, dated, T1)|valid_code(K1, dated, D1)
    in_register(K1, national, '2026-02-01')|valid_code(K1, dated, '2026-02-01')
    D1 < date('2026-06-01')|valid_person_id(patient)|valid_hsa_id(unit)|True|False
    T1 > at(T2, -1, '17:00')|T1 == at(D1, 0, '02:30')|at(T1, 1, '02:30') <= T2
    at(D1, -36600, '00:00') < T1|at('2026-03-30', -1, '02:10:30') < T1|at(T1, 0, '00:00') == T1
    has(own)|has(rows)|has(both)|has(unlinked)
    birth_date(patient) < D1|birth_date(patient) == date('1977-01-01')""".replace("\n", "|").split(
        "|"
    )
).map(str.strip)
IN_ROW = st.sampled_from(
    """P1 < T1|present(P1)|missing(P2)|P2 == K1|in_list(P2, reasons)|P3 > N1|P3 == 1
    in_register(P2, national, T1)|in_grace(P2, national, P1)|valid_code(P2, dated, T1)
    P1 > at(T1, -1, '17:00')|T1 < at(P1, 0, '23:59:59')
    date(P1) == D1|matches(P2, 'N.*')|True""".replace("\n", "|").split("|")
).map(str.strip)


def _joined(parts):
    return st.one_of(
        parts.map("not ({})".format),
        st.builds("({}) and ({})".format, parts, parts),
        st.builds("({}) or ({})".format, parts, parts),
    )


ROW_CONDITIONS = st.recursive(IN_ROW, _joined, max_leaves=4)
OVER_ROWS = st.one_of(
    st.builds("any(plan, {})".format, ROW_CONDITIONS),
    st.builds("every(plan, {})".format, ROW_CONDITIONS),
    st.builds(
        "count(plan, {}) {}".format, ROW_CONDITIONS, st.sampled_from(["> 1", "== 0", "< N1"])
    ),
)
CONDITIONS = st.recursive(st.one_of(PLAIN, OVER_ROWS), _joined, max_leaves=6)


def _values(of):
    return st.fixed_dictionaries({}, optional=of)


CASES = st.lists(
    st.tuples(_values(VALUES), st.lists(_values(ROW), max_size=3)), min_size=1, max_size=6
)


def rows_of(cases, first=7) -> Rows:
    """Return the cases as a block whose first case has the number `first`."""
    own = [{"index": first + at, "row": 2 + at, **values} for at, (values, _) in enumerate(cases)]
    plans = [
        {"index": first + at, "row": 2, **row} for at, (_, rows) in enumerate(cases) for row in rows
    ]
    numbers = {"index": pl.UInt32, "row": pl.UInt32}
    return Rows(
        PROFILE,
        {
            "": pl.DataFrame(own, {**numbers, **dict.fromkeys(VALUES, pl.String)}),
            PLAN: pl.DataFrame(plans, {**numbers, **dict.fromkeys(ROW, pl.String)}),
        },
    )


def only_mapped(block: Rows) -> Rows:
    """Return a block as a mapping leaves it that has no link for what no case has."""
    frames = {
        group: frame.select(
            name
            for name in frame.columns
            if name in {"index", "row"} or frame[name].null_count() < frame.height
        )
        for group, frame in block.frames.items()
        if frame.height or not group
    }
    return Rows(PROFILE, frames)


@settings(max_examples=500, deadline=None)
@given(CASES, st.lists(CONDITIONS, min_size=1, max_size=3))
def test_a_block_is_judged_as_each_of_its_cases(cases, texts):
    blocks = rows_of(cases), only_mapped(rows_of(cases))
    for text in texts:
        condition = parse(text)
        each = [
            holds(condition, CaseValues("1", values, {PLAN: tuple(rows)}), PROFILE)
            for values, rows in cases
        ]
        for block in blocks:
            assert block.truths(condition).to_list() == each, text


@pytest.mark.parametrize(
    "text", ["100 > N1", "at('2026-03-30', -1, '02:10:30') < T1", "date('2026-03-30') < D1"]
)
def test_a_literal_before_a_variable_that_nobody_has_mapped_is_unknown_in_every_case(text):
    block = Rows(PROFILE, {"": rows_of([({}, [])] * 2).frames[""].select("index", "row")})
    assert block.truths(parse(text)).to_list() == [False, False]


_CLOCKS = (
    r"[012][0-9]{3}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,3})?"
    r"(\+0[0123]:[03]0|-01:00|Z|)"
)


@settings(max_examples=300)
@given(st.lists(st.from_regex(_CLOCKS, fullmatch=True), min_size=1, max_size=20))
def test_moments_are_read_alike(texts):
    frame = pl.DataFrame({"index": range(len(texts)), "T1": texts}, {"index": pl.UInt32, "T1": str})
    block = Rows(PROFILE, {"": frame})
    block.truths(parse("T1 < T1"))
    expected = [read(text, ValueType.DATETIME) for text in texts]
    assert block.frames[""]["T1:typed"].to_list() == expected


@given(
    st.one_of(
        st.dates(date(1980, 1, 1), date(2037, 12, 31)),
        st.dates(date(2026, 3, 28), date(2026, 3, 30)),
        st.dates(date(2026, 10, 24), date(2026, 10, 26)),
        st.sampled_from([date.min, date.max, date(1, 1, 2), date(9999, 12, 30)]),
    ),
    st.integers(-2, 2),
    st.times().map(lambda clock: clock.replace(microsecond=0, hour=clock.hour % 4).isoformat()),
    st.timedeltas(timedelta(hours=-2), timedelta(hours=2)),
)
def test_the_clock_of_a_day_shows_the_same_moment(day, days, clock, off):
    wall = datetime.combine(day, datetime.min.time(), UTC)
    near = [wall + off] if date(1980, 1, 1) <= day <= date(2037, 12, 31) else [wall]
    for moment in near:
        case = {"D1": day.isoformat(), "T1": moment.isoformat()}
        for sign in ("<", "==", ">"):
            condition = parse(f"at(D1, {days}, '{clock}') {sign} T1")
            check(condition, PROFILE)
            alone = holds(condition, CaseValues("1", case, {}), PROFILE)
            assert rows_of([(case, [])]).truths(condition).to_list() == [alone]


@given(
    st.lists(st.one_of(PEOPLE, st.from_regex("[0-9]{12}", fullmatch=True), st.text()), min_size=1)
)
def test_person_ids_are_judged_alike(texts):
    frame = pl.DataFrame({"id": texts}, {"id": pl.String})
    found = frame.select(valid_person_ids(pl.col("id")).alias("valid"), birth_dates(pl.col("id")))
    assert found["valid"].to_list() == [person_id_problem(text) is None for text in texts]
    assert found["id"].to_list() == [birth_date(text) for text in texts]


@given(st.dates().map(lambda day: day.strftime("%Y%m%d")), st.integers(0, 9999), st.booleans())
def test_numbers_with_a_real_day_are_judged_alike(day, rest, coordinated):
    text = f"{int(day) + 60 * coordinated:08}{rest:04}"
    found = pl.select(valid_person_ids(pl.lit(text)).alias("valid"), birth_dates(pl.lit(text)))
    assert found.row(0) == (person_id_problem(text) is None, birth_date(text))


@given(
    st.lists(st.one_of(UNITS, st.from_regex(r"\w\w[0-9]+-.*"), st.text(max_size=70)), min_size=1)
)
def test_hsa_ids_are_judged_alike(texts):
    frame = pl.DataFrame({"id": texts}, {"id": pl.String})
    found = frame.select(valid_hsa_ids(pl.col("id")))["id"]
    assert found.to_list() == [hsa_id_problem(text) is None for text in texts]


def test_a_group_that_the_mapping_does_not_fill_has_no_rows():
    block = Rows(PROFILE, {"": pl.DataFrame({"index": [0], "row": [2]})})
    assert block.truths(parse("every(plan, P2 == 'Ja') and not any(plan, True)")).to_list() == [
        True
    ]


def test_the_row_that_breaks_a_rule_is_pointed_out():
    block = rows_of([({}, [{"P2": "Nej"}, {"P2": "Ja"}]), ({}, [{"P2": "Nej"}])])
    condition = parse("any(plan, P2 == 'Ja')")
    block.truths(condition)
    group, rows = block.witnesses(condition)
    assert (group, rows["index"].to_list(), rows["P2"].to_list()) == (PLAN, [7], ["Ja"])


@pytest.mark.parametrize("text", ["T1 < T2", "any(plan, P1 < T1)"])
def test_an_unlinked_variable_is_unknown(text):
    block = Rows(PROFILE, {"": pl.DataFrame({"index": [0], "row": [2]})})
    assert block.truths(parse(text)).to_list() == [False]
