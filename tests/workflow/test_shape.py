"""A mapping moves along when the columns of its source are called something else."""

from dataclasses import replace

import pytest

from app.core.mapping import (
    Blocking,
    Duplicates,
    GroupLink,
    Keep,
    Link,
    Pick,
    Project,
    Source,
    Step,
)
from app.workflow.content import Content
from app.workflow.shape import change_of, columns_used, repointed, with_files, with_shape
from app.workflow.source_views import FileChange, Renaming, ShapeChange
from app.workflow.views import ColumnView, Problem, TableView

WHEN = Step("only_when", (("column", "TYP"), ("test", "is"), ("value", "TYP")))
ROOM = Step("lookup", (("table", "rum"), ("key", "KOD"), ("column", "NAMN")))
PROJECT = Project(
    "P",
    "spor-4.1",
    (
        Source("op", "op.csv", "NR", key_more=("DEL",)),
        Source("kod", "kod.csv", "NR"),
        Source("rum", "rum.csv", "KOD"),
    ),
    "op",
    groups=(GroupLink("g", "kod", "TYP", "TYP", "LNR"),),
    links=(
        Link("A", "op", ("NR", "TYP"), (WHEN,)),
        Link("B", "kod", ("NAMN",), (WHEN,), pick=Pick("TYP", "TYP", "LNR")),
        Link("C", "op", ("RUM",), (ROOM,)),
    ),
    blocking=Blocking("NEJ", "J"),
    duplicates=Duplicates(Keep.LAST, "ÄNDRAD"),
)


def renamed(table: str, **names: str) -> Project:
    pairs = tuple(Renaming(before, after, 90) for before, after in names.items())
    return repointed(PROJECT, table, pairs)


def test_every_place_in_the_case_table_follows():
    moved = renamed("op", NR="NUMMER", DEL="D", NEJ="AVBÖJT", ÄNDRAD="SENAST", TYP="SORT")
    assert moved.sources[0].keys == ("NUMMER", "D")
    assert moved.links[0].columns == ("NUMMER", "SORT")
    assert dict(moved.links[0].steps[0].options) == {"column": "SORT", "test": "is", "value": "TYP"}
    assert moved.blocking == Blocking("AVBÖJT", "J")
    assert moved.duplicates == Duplicates(Keep.LAST, "SENAST")
    assert (moved.sources[1:], moved.groups, moved.links[1]) == (
        PROJECT.sources[1:],
        PROJECT.groups,
        PROJECT.links[1],
    )


def test_every_place_in_a_child_table_follows():
    moved = renamed("kod", TYP="SORT", LNR="RAD", NAMN="N", NR="NUMMER")
    assert moved.groups == (GroupLink("g", "kod", "SORT", "TYP", "RAD"),)
    assert moved.links[1].pick == Pick("SORT", "TYP", "RAD")
    assert moved.links[1].columns == ("N",)
    assert moved.sources[1].key == "NUMMER"
    assert (moved.links[0], moved.blocking) == (PROJECT.links[0], PROJECT.blocking)


def test_the_condition_of_a_constant_follows_the_case_table():
    sent = Link("D", "", (), (Step("constant", (("value", "x"),)), WHEN))
    moved = repointed(PROJECT.with_link(sent), "op", (Renaming("TYP", "SORT", 90),))
    link = moved.link_of("D")
    assert link is not None
    assert link.steps[1].option("column") == "SORT"


def test_a_lookup_follows_the_table_that_it_looks_in():
    assert renamed("rum", KOD="ID", NAMN="TEXT").links[2].steps[0].options == (
        ("table", "rum"),
        ("key", "ID"),
        ("column", "TEXT"),
    )
    assert renamed("op", KOD="ID", NAMN="TEXT").links[2] == PROJECT.links[2]


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("op", {"NR", "DEL", "TYP", "RUM", "NEJ", "ÄNDRAD"}),
        ("kod", {"NR", "TYP", "LNR", "NAMN"}),
        ("rum", {"KOD", "NAMN"}),
    ],
)
def test_columns_that_the_mapping_needs_are_known(table, columns):
    assert columns_used(PROJECT, table) == columns


def content(*values: str, kind: str = "text", distinct: int = 0) -> Content:
    common = tuple((value, 1) for value in values)
    return Content(max(len(values), 1), distinct or len(values), common, kind)


CODES = content("J", "N", kind="code")
TIMES = content("2026-01-01 08:00", kind="datetime", distinct=900)


def test_added_missing_and_renamed_columns_are_told_apart():
    before = {"NR": content("1"), "KNIVSTART": TIMES, "GAMMAL": CODES}
    now = {"NR": content("2"), "KNIVSTART_TID": TIMES, "HELT_ANNAT": content("x")}
    found = change_of(tuple(before), before, now, {"KNIVSTART", "NR"})
    assert [(one.before, one.after) for one in found.renamed] == [("KNIVSTART", "KNIVSTART_TID")]
    assert (found.added, found.missing) == (("HELT_ANNAT",), ("GAMMAL",))
    assert found.used == ("KNIVSTART",)


def test_names_alone_are_enough_where_the_old_file_is_gone():
    found = change_of(("OPSTART", "X"), {}, {"OP_START": TIMES, "Y": CODES})
    assert [(one.before, one.after) for one in found.renamed] == [("OPSTART", "OP_START")]


def test_a_column_of_another_kind_is_not_the_same_under_another_name():
    before, now = {"OPTID": TIMES}, {"OPTYP": CODES}
    assert change_of(("OPTID",), before, now).renamed == ()


def test_each_new_column_takes_the_place_of_one():
    now = {"START_1": TIMES}
    found = change_of(("START", "START1"), {}, now)
    assert [(one.before, one.after) for one in found.renamed] == [("START1", "START_1")]
    assert found.missing == ("START",)


def test_columns_as_they_are_become_the_ones_to_expect():
    column = ColumnView("NR", 1, 1, (), "number")
    views = (
        TableView(PROJECT.sources[0], 1, (column,)),
        TableView(PROJECT.sources[1], problem=Problem("file-missing")),
    )
    shaped = with_shape(PROJECT, views)
    assert [one.shape for one in shaped.sources] == [("NR",), (), ()]


def test_other_files_and_their_renamed_columns_are_taken_in_one_step():
    source = replace(PROJECT.sources[1], path="kod-feb.csv")
    found = FileChange(source, ShapeChange(), ("NUMMER", "NAMN"))
    moved = with_files(PROJECT, found, (Renaming("NR", "NUMMER", 90),))
    expected = replace(source, key="NUMMER", shape=("NUMMER", "NAMN"))
    assert moved.source_of("kod") == expected
    assert moved.links[1].columns == ("NAMN",)
