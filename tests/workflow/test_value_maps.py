"""Value maps: filled by text, pasted, read and saved, counted and shared."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from app.core.mapping import Link, LinkState, Step, ValueMap
from app.workflow import value_maps as maps
from app.workflow.load import read_tables
from tests.support.files import source, write_csv, write_xlsx
from tests.support.loaded import project_of
from tests.support.profile import shipped
from tests.support.workflow import make_desk

KINDS = ["A"] * 7 + ["elektiv"] * 2 + ["-1", "19770101-2382", "=1+1", "okänd"]
ROWS = (("NR", "AE"), *((str(at), kind) for at, kind in enumerate(KINDS)))
ACUTE = Link(
    "V320",
    "op",
    ("AE",),
    (Step("value_map", (("name", "ae"),)),),
    LinkState.APPROVED,
    decided_by="Eva",
    decided_on="2026-01-01",
)
MAP = ValueMap("ae", (("A", "akut"), ("okänd", "")))


@pytest.fixture
def loaded(tmp_path):
    path = write_csv(tmp_path / "op.csv", ROWS)
    project = project_of(source(path, "NR"), links=(ACUTE,), value_maps=(MAP,))
    desk = make_desk(tmp_path / "d")
    read_tables(desk, project, str(tmp_path))
    return desk, project


def project():
    return project_of(source_of(), links=(ACUTE,), value_maps=(MAP,))


def source_of():
    from app.core.mapping import Source

    return Source("op", "op.csv", "NR")


def test_open_codes_are_filled_by_what_they_are_called(loaded):
    desk, known = loaded
    found = {one.local: (one.code, one.score) for one in maps.fill_value_map(desk, known, "V320")}
    assert found["elektiv"][0] == "elektiv"
    assert found["elektiv"][1] >= 95
    assert not {"A", "okänd", "19770101-2382"} & set(found)


@pytest.mark.parametrize(
    "text", ["A\takut\nE\telektiv\n", "A;akut\r\nE;elektiv", "A,akut\nE,elektiv\n"]
)
def test_two_pasted_columns_become_pairs(text):
    assert maps.read_pasted(text).pairs == (("A", "akut"), ("E", "elektiv"))


def test_a_persons_number_is_no_code_and_is_left_out():
    read = maps.read_pasted("A\takut\n19770101-2382\tJ\nringde 197701012382\tN\nB\t770101-2382\n")
    assert read.pairs == (("A", "akut"),)
    assert [(one.code, dict(one.values)["row"]) for one in read.problems] == [
        ("pair-person", "2"),
        ("pair-person", "3"),
        ("pair-person", "4"),
    ]


@pytest.mark.parametrize("garbage", ["x" * 200_000, '"' + "A\tB\n" * 50_000, '"\n"'])
def test_what_no_cell_can_hold_is_pasted_line_by_line(garbage):
    read = maps.read_pasted("A\takut\n" + garbage)
    assert read.pairs[0] == ("A", "akut")


def test_what_is_pasted_half_or_twice_is_told_with_its_row():
    read = maps.read_pasted("A\takut\nB\nA\telektiv\n\nC\t–\nD\t\n")
    assert read.pairs == (("A", "akut"), ("C", ""))
    assert [(one.code, dict(one.values)["row"]) for one in read.problems] == [
        ("pair-incomplete", "2"),
        ("pair-doubled", "3"),
    ]


@pytest.mark.parametrize("name", ["karta.csv", "karta.xlsx"])
def test_a_map_that_is_saved_and_read_is_the_same(loaded, tmp_path, name):
    desk, known = loaded
    assert maps.write_value_map(desk, known, "V320", str(tmp_path / name)) == 5
    read = maps.read_value_map(desk, str(tmp_path / name))
    assert (dict(read.pairs), read.problems) == (dict(MAP.entries), ())


def test_a_saved_map_hides_people_and_small_counts_and_runs_no_formula(loaded, tmp_path):
    desk, known = loaded
    maps.write_value_map(desk, known, "V320", str(tmp_path / "karta.xlsx"))
    page = load_workbook(tmp_path / "karta.xlsx").active
    assert page is not None
    rows = {str(row[0]): row for row in page.iter_rows(min_row=2, values_only=True)}
    assert rows["A"][1] == 7
    assert rows["elektiv"][1] == "<5"
    assert "'=1+1" in rows
    assert not any("2382" in str(cell) for row in rows.values() for cell in row)


def test_a_file_of_two_columns_without_a_heading_is_read(loaded, tmp_path):
    path = write_xlsx(tmp_path / "egen.xlsx", (("A", "akut"), ("E", "elektiv")))
    read = maps.read_value_map(loaded[0], str(path))
    assert read.pairs == (("A", "akut"), ("E", "elektiv"))


def test_a_changed_code_makes_its_links_wait_for_approval():
    changed = maps.with_value(project(), "ae", "E", "elektiv")
    link = changed.link_of("V320")
    assert link is not None
    assert (link.state, link.decided_by) == (LinkState.SUGGESTED, "")
    assert dict(changed.value_maps[0].entries)["E"] == "elektiv"


def test_the_same_again_changes_nothing():
    assert maps.with_value(project(), "ae", "A", "akut") == project()


def test_a_code_can_be_sent_as_nothing_or_be_open_again():
    emptied = maps.with_value(project(), "ae", "A", "")
    assert dict(emptied.value_maps[0].entries)["A"] == ""
    opened = maps.with_value(emptied, "ae", "A", None)
    assert "A" not in dict(opened.value_maps[0].entries)


def test_pairs_go_over_what_was_there():
    changed = maps.with_pairs(project(), "ae", (("A", "x"), ("B", "y")))
    assert dict(changed.value_maps[0].entries) == {"A": "x", "B": "y", "okänd": ""}


def test_what_the_map_lacks_goes_by_choice():
    assert maps.with_unmapped(project(), "ae", "keep").value_maps[0].unmapped == "keep"


def test_variables_of_one_list_share_a_map_by_default():
    profile = shipped()
    lists = [one.code_list for one in profile.variables if one.code_list]
    shared = next(one for one in profile.variables if lists.count(one.code_list) > 1)
    alone = next(one for one in profile.variables if lists.count(one.code_list) == 1)
    empty = project_of(source_of())
    assert maps.map_name_for(empty, profile, shared.id) == shared.code_list
    assert maps.map_name_for(empty, profile, alone.id) == alone.id
    assert maps.map_name_for(project(), profile, "V320") == "ae"


def test_a_shared_map_can_be_parted():
    other = replace(ACUTE, variable="V325")
    both = project().with_link(other)
    assert maps.used_by(both, "ae") == ("V320", "V325")
    parted, own = maps.own_map(both, "V325")
    assert own == replace(MAP, name="V325")
    assert maps.used_by(parted, "ae") == ("V320",)
    assert maps.used_by(parted, "V325") == ("V325",)
    assert maps.own_map(parted, "V325") == (parted, None)
