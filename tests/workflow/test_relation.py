"""How tables belong together, and which columns could be their keys."""

from dataclasses import replace

import pytest

from app.core.errors import ExportError
from app.workflow.load import read_tables
from app.workflow.relation import key_proposals
from app.workflow.source_views import MANY, NO_RELATION, ONE, Relation
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.workflow import make_desk

CASES = (("NR", "KLINIK", "X"), ("1", "A", "a"), ("2", "A", "a"), ("1", "B", "a"), ("", "B", "a"))


def desk_with(folder, *tables, keys=("NR",)):
    """Return a desk with tables read, and their project; the first is the case table."""
    key, *more = keys
    sources = []
    for at, rows in enumerate(tables):
        described = source(write_csv(folder / f"t{at}.csv", rows), key)
        sources.append(replace(described, key_more=tuple(more)))
    desk, project = make_desk(folder / "d"), project_of(*sources)
    return desk, project, read_tables(desk, project, str(folder))


def relation(folder, rows, keys=("NR",), cases=CASES):
    *_, views = desk_with(folder, cases, rows, keys=keys)
    return views[1].relation


def test_rows_are_counted_both_ways(tmp_path):
    rows = (("NR", "KOD"), (" 1 ", "x"), ("1", "y"), ("1", "z"), ("7", "x"), ("", "x"))
    assert relation(tmp_path, rows) == Relation(MANY, 3, 1, 2, 1, 2)


def test_one_row_per_case_is_told_apart_from_several(tmp_path):
    found = relation(tmp_path, (("NR", "KOD"), ("2", "x"), ("1", "y")))
    assert (found.kind, found.most, found.with_row, found.without) == (ONE, 1, 2, 0)


def test_tables_that_have_nothing_in_common_say_so(tmp_path):
    found = relation(tmp_path, (("NR", "KOD"), ("8", "x"), ("9", "x")))
    assert found == Relation(NO_RELATION, 0, 0, 2, 2, 2)


def test_several_columns_join_together(tmp_path):
    rows = (("KLINIK", "NR"), ("A", "1"), ("B", "1"), ("B", "2"))
    found = relation(tmp_path, rows, ("NR", "KLINIK"))
    assert found == Relation(ONE, 1, 2, 1, 1, 3)


def test_duplicates_of_the_cases_are_counted_by_the_whole_key(tmp_path):
    _, project, (cases,) = desk_with(tmp_path, CASES)
    assert (cases.duplicates, cases.relation) == (1, None)
    _, by_two, (cases,) = desk_with(tmp_path, CASES, keys=("NR", "KLINIK"))
    assert cases.duplicates == 0
    assert project.sources[0].key == by_two.sources[0].key


def test_a_key_that_the_table_lacks_leaves_its_columns_to_choose_from(tmp_path):
    desk, project, _ = desk_with(tmp_path, CASES, (("ID", "KOD"), ("1", "x")))
    _, view = read_tables(desk, project, str(tmp_path))
    assert view.problem is not None
    assert view.problem.code == "key-missing"
    assert ([one.name for one in view.columns], view.rows) == (["ID", "KOD"], 1)
    assert view.relation is None


def test_keys_are_proposed_by_the_values_they_share(tmp_path):
    cases = (("OPNR", "PNR"), *((str(at), f"p{at // 2}") for at in range(40)))
    rows = (("RAD", "ARENDE", "KOD"), *((str(at + 500), str(at % 30), "x") for at in range(60)))
    desk, project, _ = desk_with(tmp_path, cases, rows, keys=("OPNR",))
    best, *others = key_proposals(desk, project, "t1")
    assert (best.columns, best.matched, best.share) == (("ARENDE",), 60, 1.0)
    assert others == []


def test_key_of_the_case_table_is_one_that_no_other_row_has(tmp_path):
    cases = (("RUM", "OPNR", "TEXT"), *(("1", str(at), f"t{at // 3}") for at in range(40)))
    desk, project, _ = desk_with(tmp_path, cases, keys=("RUM",))
    assert [one.columns for one in key_proposals(desk, project, "t0")] == [("OPNR",)]


def test_pairs_are_proposed_where_no_column_tells_cases_apart(tmp_path):
    cases = (("KLINIK", "LNR", "X"), *(("AB"[at % 2], str(at // 2), "x") for at in range(40)))
    rows = (("NUMMER", "ENHET"), *((str(at // 2), "AB"[at % 2]) for at in range(40)))
    desk, project, _ = desk_with(tmp_path, cases, rows, keys=("KLINIK",))
    best = key_proposals(desk, project, "t0")[0]
    assert (set(best.columns), best.share) == ({"KLINIK", "LNR"}, 1.0)
    keyed = replace(project.sources[0], key="KLINIK", key_more=("LNR",))
    found = key_proposals(desk, project.with_source(keyed), "t1")
    assert found[0].columns == ("ENHET", "NUMMER")


def test_a_table_that_was_not_read_has_no_keys_to_propose(tmp_path):
    desk, project, _ = desk_with(tmp_path, CASES)
    with pytest.raises(ExportError):
        key_proposals(desk, project, "t9")
