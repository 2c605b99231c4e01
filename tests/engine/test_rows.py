"""Cases and the rows that belong to them: several key columns, duplicates, picks, lost rows."""

import json
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import ExportError
from app.core.finding import Tier
from app.core.mapping import Blocking, Duplicates, GroupLink, Keep, Link, Pick, Step
from app.core.ordering import ordered, passing, picked
from app.engine import rows
from app.engine.analysis import Analysis, analyse
from app.engine.export import FILE, LINES, ROW, Export, Lost, numbered
from app.engine.findings import findings_of
from app.engine.ordering import let_through, sort_rows
from app.engine.results import link_results
from app.engine.rows import number_cases
from app.engine.trial import try_row
from tests.support.analysed import every_value
from tests.support.engine import (
    PLAN,
    compiled_schema,
    export,
    link,
    project,
    small_profile,
    table,
)

CASES = ("NR;DEL;VIKT;ÄNDRAD", "1;A;70;2026-01-02", "2;A;60;2026-01-01", "1;A;71;2026-01-03")
STAYS = ("NR;RUM;IN", "1;op;09:00", "1;vak;10:00", "1;vak;08:00", "2;vak;", "1;avd;")
PROFILE = small_profile()


def run(tables: Export, *links: Link, **changes) -> Analysis:
    made = replace(project(link("number", "cases.NR"), *links), **changes)
    return analyse(tables, made, PROFILE, compiled_schema())


def value(analysis: Analysis, variable: str) -> dict[str, str | None]:
    frame = every_value(analysis)[""]
    return dict(zip(frame["case"], frame[variable], strict=True))


def codes(analysis: Analysis, case: str) -> list[tuple[str, Tier, int]]:
    return [(one.code, one.tier, one.row) for one in findings_of(analysis, case)]


def weighed(keep: Keep, column: str = "") -> Analysis:
    tables = export(cases=CASES)
    return run(tables, link("N1", "cases.VIKT"), duplicates=Duplicates(keep, column))


def test_a_second_row_of_a_case_holds_it_back_until_someone_says_otherwise():
    assert ("duplicate-case", Tier.BLOCKS, 4) in codes(weighed(Keep.STOP), "1")


@pytest.mark.parametrize(
    ("keep", "column", "weight", "left_out", "stands"),
    [
        (Keep.FIRST, "", "70", 4, "2"),
        (Keep.LAST, "", "71", 2, "4"),
        (Keep.FIRST, "VIKT", "70", 4, "2"),
        (Keep.LAST, "ÄNDRAD", "71", 2, "4"),
    ],
)
def test_the_chosen_row_stands_and_the_others_are_told_of(keep, column, weight, left_out, stands):
    analysis = weighed(keep, column)
    assert value(analysis, "N1") == {"1": weight, "2": "60"} or value(analysis, "N1") == {
        "2": "60",
        "1": weight,
    }
    found = next(one for one in findings_of(analysis, "1") if one.code == "duplicate-left-out")
    assert (found.tier, found.row, found.values) == (Tier.NOTE, left_out, (("first", stands),))


def test_a_row_without_a_time_does_not_win_over_one_that_has_it():
    cases = ("NR;VIKT;ÄNDRAD", "1;70;02.01.2026", "1;71;", "1;72;31.12.2025")
    analysis = run(
        export(cases=cases),
        link("N1", "cases.VIKT"),
        duplicates=Duplicates(Keep.LAST, "ÄNDRAD"),
    )
    assert value(analysis, "N1") == {"1": "70"}


@pytest.mark.parametrize("keep", list(Keep))
def test_a_patient_who_has_declined_on_any_row_of_the_case_is_not_sent(keep):
    declined = Blocking("ÄNDRAD", "nej")
    for said in ("1;A;70;nej\n1;A;71;", "1;A;70;\n1;A;71;nej"):
        tables = export(cases=(CASES[0], *said.split("\n"), "2;A;60;"))
        made = run(tables, duplicates=Duplicates(keep), blocking=declined)
        assert made.cases["blocked"].to_list() == [True, False]


@pytest.mark.parametrize("keep", list(Keep))
def test_rows_of_a_case_are_its_own_by_whichever_of_its_keys(keep):
    tables = export(cases=("NR;VIKT", "a1;70", "A1;71"), stays=("NR;RUM", "a1;op", "A1;vak", "b;x"))
    number = link("number", "cases.NR", Step("upper"))
    groups = (GroupLink("tag", "stays"),)
    made = run(tables, number, link("tag", "stays.RUM"), duplicates=Duplicates(keep), groups=groups)
    assert every_value(made)["tag"]["tag"].to_list() == ["op", "vak"]
    orphans = made.findings.filter(pl.col("code") == "orphan-row")
    assert orphans["case"].to_list() == ["b"]


def test_cases_that_share_a_key_are_held_back_where_other_tables_have_rows_of_it():
    tables = export(cases=("PATIENT;NR", "p;1", "p;2", "q;3"), stays=("NR;RUM", "p;op", "q;vak"))
    keyed = project(link("number", "cases.NR"), link("K1", "stays.RUM"))
    cases = replace(keyed.sources[0], key="PATIENT")
    made = analyse(tables, keyed.with_source(cases), PROFILE, compiled_schema())
    shared = made.findings.filter(pl.col("code") == "key-shared")
    assert shared["case"].to_list() == ["1", "2"]
    assert set(shared["tier"]) == {"blocks"}
    alone = keyed.with_source(cases).without_link("K1")
    other = analyse(tables, alone, PROFILE, compiled_schema())
    assert "key-shared" not in other.findings["code"]


def test_a_column_for_duplicates_that_has_vanished_is_named():
    with pytest.raises(ExportError) as caught:
        weighed(Keep.LAST, "BORTA")
    assert caught.value.values["column"] == "BORTA"


def keyed_by_two(tables: Export, *links: Link) -> Analysis:
    made = project(*links)
    sources = tuple(replace(one, key="KLINIK", key_more=("NR",)) for one in made.sources)
    return analyse(tables, replace(made, sources=sources), PROFILE, compiled_schema())


def test_several_columns_tell_cases_apart_together():
    cases = ("KLINIK;NR;VIKT", "A;1;70", "B;1;80", "A;2;90", ";3;99")
    stays = ("NR;KLINIK;RUM", " 1 ;A;op", "1;B;vak", "2;B;ingen")
    analysis = keyed_by_two(
        export(cases=cases, stays=stays), link("N1", "cases.VIKT"), link("K1", "stays.RUM")
    )
    assert value(analysis, "N1") == {"A-1": "70", "B-1": "80", "A-2": "90"}
    assert value(analysis, "K1") == {"A-1": "op", "B-1": "vak", "A-2": None}
    lone = {(one["code"], one["case"]) for one in analysis.findings.iter_rows(named=True)}
    assert ("orphan-row", "B-2") in lone
    assert ("key-empty", "") in lone


def test_values_that_run_together_are_still_different_keys():
    cases = ("KLINIK;NR;VIKT", "A;11;70", "A1;1;80")
    analysis = keyed_by_two(export(cases=cases), link("N1", "cases.VIKT"))
    assert value(analysis, "N1") == {"A-11": "70", "A1-1": "80"}


@pytest.mark.parametrize(
    ("pick", "room"),
    [
        (Pick(order_column="IN", nth=1), "vak"),
        (Pick(order_column="IN", nth=-1), "vak"),
        (Pick(order_column="IN", nth=2), "op"),
        (Pick("RUM", "op|avd", nth=2), "avd"),
        (Pick("RUM", "op"), "op"),
        (Pick(nth=9), None),
    ],
)
def test_one_row_of_a_child_table_gives_the_value(pick, room):
    picking = replace(link("K1", "stays.RUM"), pick=pick)
    analysis = run(export(cases=("NR", "1"), stays=STAYS[:4] + STAYS[5:]), picking)
    assert value(analysis, "K1") == {"1": room}
    assert "several-rows" not in {code for code, _, _ in codes(analysis, "1")}


def test_several_rows_where_the_only_one_is_wanted_hold_the_case_back():
    picking = replace(link("K1", "stays.RUM"), pick=Pick("RUM", "vak"))
    analysis = run(export(cases=("NR", "1"), stays=STAYS), picking)
    assert ("several-rows", Tier.BLOCKS, 4) in codes(analysis, "1")


def test_links_may_pick_different_rows_of_one_table():
    first = replace(link("T1", "stays.RUM"), pick=Pick(order_column="IN", nth=1))
    last = replace(link("K1", "stays.RUM"), pick=Pick(nth=-1))
    plain = replace(link("N1", "stays.IN"), pick=Pick("RUM", "op"))
    analysis = run(export(cases=("NR", "1"), stays=STAYS), first, last, plain)
    assert value(analysis, "T1") == {"1": "vak"}
    assert value(analysis, "K1") == {"1": "avd"}
    assert value(analysis, "N1") == {"1": "09:00"}


def test_a_picking_link_is_tried_on_the_rows_that_it_picks():
    tables = export(cases=("NR", "1", "2"), stays=STAYS)
    last = replace(link("K1", "stays.RUM"), pick=Pick("RUM", "op|vak", "IN", nth=-1))
    (found,) = link_results(tables, project(last), PROFILE, ["K1"])
    assert (found.total, found.filled, found.sample_out) == (2, 2, "vak")
    assert row_of(tables, last, 0) == (3, "1", "vak")
    assert row_of(tables, last, 1) == (5, "2", "vak")


def row_of(tables: Export, picking: Link, row: int) -> tuple[int, str, str] | None:
    tried = try_row(tables, project(picking), PROFILE, picking, row)
    return (tried.line, tried.case, tried.raw[0]) if tried else None


def test_a_finding_on_a_picked_value_points_to_its_row():
    picking = replace(link("N1", "stays.RUM", Step("number")), pick=Pick(nth=2))
    analysis = run(export(cases=("NR", "1"), stays=STAYS), picking)
    assert ("number-unreadable", Tier.BLOCKS, 3) in codes(analysis, "1")


def test_a_group_may_take_several_kinds_of_rows_latest_first():
    tables = export(cases=("NR", "1"), stays=STAYS)
    group = GroupLink(PLAN, "stays", "RUM", "op | vak", "IN", descending=True)
    analysis = run(tables, link("P2", "stays.IN"), groups=(group,))
    assert every_value(analysis)[PLAN]["P2"].to_list() == ["10:00", "09:00", "08:00"]


def test_a_row_that_could_not_be_read_stops_its_case():
    tables = replace(
        export(cases=("NR", "1", "2"), stays=STAYS),
        lost={
            "stays": (
                Lost("left-out-ragged", 7, " 1", (("line", "7"), ("name", "vistelser.csv"))),
                Lost("left-out-ragged", 8, ""),
                Lost("left-out-nul", 9, "77"),
            )
        },
        lost_count={"stays": 1005},
    )
    picking = replace(link("K1", "stays.RUM"), pick=Pick(nth=1))
    analysis = run(tables, picking)
    found = next(one for one in findings_of(analysis, "1") if one.code == "left-out-ragged")
    assert (found.tier, found.row, dict(found.values)["name"]) == (Tier.BLOCKS, 7, "vistelser.csv")
    assert codes(analysis, "2") == codes(run(replace(tables, lost={}), picking), "2")
    lone = analysis.findings.filter(~pl.col("case").is_in(["1", "2"]))
    told = {(one["code"], one["case"], one["tier"]) for one in lone.iter_rows(named=True)}
    assert {("left-out-ragged", "", "note"), ("left-out-nul", "77", "note")} <= told
    more = lone.filter(pl.col("code") == "rows-left-out")["values"].to_list()
    assert [json.loads(one) for one in more] == [{"count": "1002"}]


def test_a_row_of_several_files_is_told_by_its_line_and_its_file():
    read = table("NR;VIKT", "1;70", "2;x", "3;80", "2;60").with_columns(
        pl.Series(FILE, [0, 0, 1, 1], pl.UInt16), pl.Series(ROW, [2, 3, 2, 3], pl.UInt32)
    )
    tables = Export({"cases": numbered(read)}, files={"cases": ("jan.csv", "feb.csv")})
    analysis = run(tables, link("N1", "cases.VIKT"))
    assert FILE not in tables.tables["cases"].columns
    assert tables.tables["cases"][ROW].to_list() == [2, 3, LINES + 2, LINES + 3]
    assert value(analysis, "N1") == {"1": "70", "2": "x", "3": "80"}
    found = next(one for one in findings_of(analysis, "2") if one.code == "duplicate-case")
    assert (found.row, found.file, found.values) == (3, "feb.csv", (("first", "3 (jan.csv)"),))


TEXTS = st.one_of(
    st.sampled_from(["", " ", "9", "10", "1,5", "-2.50", "+3", "007", "a", "B", "å", "A "]),
    st.sampled_from(["9:05", "10:00", "1/4/2026", "2026-1-5", "2026-01-05 9:05", "x 9:05:1"]),
    st.sampled_from(["01.02.2026", "31/12/2025", "2026-01-01 08:00", "1e5", "nan", "\ufeff7"]),
    st.text(max_size=4),
)


@pytest.mark.parametrize(
    ("early", "late"),
    [
        ("9:05", "10:00"),
        ("2026-01-05 8:59", "2026-01-05 10:00"),
        ("9.1.2026", "10.1.2026"),
        ("31/3/2026", "1/12/2026 7:30"),
        ("2026-2-9", "2026-10-1"),
    ],
)
def test_days_and_times_of_one_digit_come_in_their_order(early, late):
    rows = [{"T": late}, {"T": early}]
    assert picked(rows, Pick(order_column="T", nth=-1)) == {"T": late}
    tables = export(cases=("NR;T;VIKT", f"1;{late};70", f"1;{early};71"))
    kept = run(tables, link("N1", "cases.VIKT"), duplicates=Duplicates(Keep.LAST, "T"))
    assert value(kept, "N1") == {"1": "70"}


@given(
    st.lists(TEXTS, max_size=8),
    st.booleans(),
    st.integers(-3, 3),
    st.booleans(),
    st.sampled_from(["", "a|9", "B| 10"]),
)
def test_rows_are_ordered_and_picked_in_tables_as_one_by_one(texts, by, nth, descending, wanted):
    pick = Pick("T" if wanted else "", wanted, "T" if by else "", descending, nth)
    rows = [{"R": str(at), "T": text} for at, text in enumerate(texts)]
    frame = pl.DataFrame(
        {
            "index": pl.Series([0] * len(texts), dtype=pl.UInt32),
            ROW: pl.Series(range(len(texts)), dtype=pl.UInt32),
            "T": pl.Series(texts, dtype=pl.String),
        }
    )
    group = GroupLink("", "t", pick.filter_column, wanted, pick.order_column, descending)
    left = let_through(frame, group)
    there = passing(rows, pick.filter_column, wanted)
    assert left[ROW].to_list() == [int(one["R"]) for one in there]
    inside = sort_rows(left, group, ROW, backwards=False)[ROW].to_list()
    assert inside == [
        int(one["R"]) for one in ordered(there, pick.order_column, descending=descending)
    ]
    chosen = picked(rows, pick)
    counted = sort_rows(left, group, ROW, backwards=nth < 0)[ROW].to_list()
    place = abs(nth or 1) - 1
    assert (counted[place] if place < len(counted) else None) == (
        int(chosen["R"]) if chosen else None
    )


@given(
    st.lists(st.tuples(st.sampled_from([" 1", "1", "2", "3", ""]), TEXTS), max_size=9),
    st.sampled_from([Keep.FIRST, Keep.LAST]),
    st.booleans(),
)
def test_the_row_that_stands_for_a_case_is_the_one_that_would_be_picked(rows, keep, by):
    frame = pl.DataFrame(rows, {"NR": pl.String, "T": pl.String}, orient="row").with_row_index(
        ROW, 2
    )
    column = "T" if by else ""
    made = replace(project(), duplicates=Duplicates(keep, column))
    cases = number_cases(Export({"cases": frame}), made, None)
    pick = Pick(order_column=column, nth=1 if keep is Keep.FIRST else -1)
    expected = {}
    for key in dict.fromkeys(key.strip() for key, _ in rows if key.strip()):
        own = [
            {"R": str(at), "T": text}
            for at, (one, text) in enumerate(rows, start=2)
            if one.strip() == key
        ]
        standing = picked(own, pick)
        expected[key] = int(standing["R"]) if standing else 0
    assert dict(zip(cases.frame["case"], cases.frame["row"], strict=True)) == expected
    assert cases.frame["row"].to_list() == sorted(expected.values())
    left_out = cases.findings.filter(pl.col("code") == "duplicate-left-out").height
    assert left_out == sum(bool(key.strip()) for key, _ in rows) - len(expected)


@pytest.mark.parametrize("near", [0, 1_000])
def test_rows_that_lie_all_over_a_table_come_to_their_case(monkeypatch, near):
    monkeypatch.setattr(rows, "_NEAR", near)
    stays = ("NR;RUM", "3;c", "1;a", "9;x", "2;b", "1;d", "3;e")
    tables = export(cases=("NR", "1", "2", "3"), stays=stays)
    made = run(tables, link("tag", "stays.RUM"), groups=(GroupLink("tag", "stays"),))
    tags = every_value(made)["tag"]
    assert tags["case"].to_list() == ["1", "1", "2", "3", "3"]
    assert tags["tag"].to_list() == ["a", "d", "b", "c", "e"]
    assert tags["row"].to_list() == [3, 6, 5, 2, 7]
