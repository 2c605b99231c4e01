"""A new project finds its case table and the keys that hold its tables together."""

from app.workflow.projects import new_project
from tests.support.files import write_csv
from tests.support.workflow import make_desk

CASES = (("F1", "F2", "F3"), *((str(at), "a", "b") for at in range(40)))


def begun(folder, **files):
    paths = tuple(str(write_csv(folder / f"{name}.csv", rows)) for name, rows in files.items())
    return new_project(make_desk(folder / "d"), str(folder / "Ny"), paths).project


def test_keys_without_a_telling_name_are_found_by_their_values(tmp_path):
    rows = (("RAD", "F9"), *((str(at + 1000), str(at % 40)) for at in range(80)))
    project = begun(tmp_path, kod=rows, op=CASES)
    assert project.case_table == "op"
    assert {one.name: one.keys for one in project.sources} == {"kod": ("F9",), "op": ("F1",)}


def test_a_case_that_stands_twice_does_not_hide_the_case_table(tmp_path):
    cases = (
        ("OPNR", "A", "B", "C"),
        *((str(at), "a", "b", "c") for at in range(99)),
    )
    cases = (*cases, ("1", "a", "b", "c"))
    once = (("OPNR", "X"), *((str(at), "x") for at in range(99)))
    assert begun(tmp_path, preop=once, op=cases).case_table == "op"


def test_a_key_of_two_columns_is_found_where_one_is_not_enough(tmp_path):
    cases = (
        ("ENHET", "LNR", "X", "Y"),
        *(("AB"[at % 2], str(at // 2), "", "") for at in range(40)),
    )
    rows = (
        ("KOD", "LOPNUMMER", "KLIN"),
        *((str(at), str(at // 2), "AB"[at % 2]) for at in range(40)),
    )
    project = begun(tmp_path, op=cases, kod=rows[:30])
    keys = {one.name: set(one.keys) for one in project.sources}
    assert keys == {"op": {"ENHET", "LNR"}, "kod": {"LOPNUMMER", "KLIN"}}


def test_the_columns_of_a_new_project_are_the_ones_to_expect(tmp_path):
    (source,) = begun(tmp_path, op=CASES).sources
    assert source.shape == ("F1", "F2", "F3")
