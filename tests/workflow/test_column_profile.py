"""One column in full."""

import pytest

from app.core.errors import ExportError
from app.workflow.column_profile import column_profile
from app.workflow.load import read_tables
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.workflow import make_desk

PERSON, OTHER = "19770101-2382", "19780101-2381"


def profile(folder, *texts, shared=False):
    rows = (("NR", "X"), *((str(at), text) for at, text in enumerate(texts)))
    project = project_of(source(write_csv(folder / "op.csv", rows), "NR"))
    desk = make_desk(folder / "d")
    read_tables(desk, project, str(folder))
    return column_profile(desk, project, "op", "X", shared)


def test_a_column_is_counted(tmp_path):
    found = profile(tmp_path, "A", "B", "A", "", " ")
    assert (found.total, found.filled, found.distinct, found.hidden) == (5, 3, 2, 0)
    assert found.common == (("A", 2), ("B", 1))
    assert found.looks_like == "code"


@pytest.mark.parametrize(
    ("texts", "ends"),
    [
        (("10", "9", "11"), ("9", "11")),
        (("31.12.2025", "01.01.2026"), ("31.12.2025", "01.01.2026")),
        (("b", "c", "a"), ("a", "c")),
        (("", ""), ("", "")),
    ],
)
def test_least_and_greatest_are_by_what_the_values_are(tmp_path, texts, ends):
    found = profile(tmp_path, *texts)
    assert (found.least, found.greatest) == ends


def test_shapes_are_counted_by_rows(tmp_path):
    found = profile(tmp_path, "JAB30", "JKA21", "12-03-04", "åäö 1", "x" * 30)
    assert dict(found.shapes) == {"AAA99": 2, "99-99-99": 1, "aaa 9": 1, "a" * 24 + "…": 1}
    assert found.shapes[0] == ("AAA99", 2)


def test_person_ids_are_masked(tmp_path):
    found = profile(tmp_path, PERSON, OTHER, PERSON)
    assert found.common == (("19770101-****", 2), ("19780101-****", 1))
    assert (found.least, found.greatest) == ("19770101-****", "19780101-****")


def test_what_is_shared_leaves_out_rare_values_and_all_person_ids(tmp_path):
    found = profile(tmp_path, *(["J"] * 5), *(["N"] * 4), "A", shared=True)
    assert (found.common, found.hidden) == ((("J", 5),), 2)
    assert (found.least, found.greatest) == ("J", "J")
    persons = profile(tmp_path, *([PERSON] * 6), shared=True)
    assert (persons.common, persons.least, persons.greatest, persons.hidden) == ((), "", "", 1)


def test_a_column_that_is_not_there_says_so(tmp_path):
    project = project_of(source(write_csv(tmp_path / "op.csv"), "ÄRENDE"))
    desk = make_desk(tmp_path / "d")
    read_tables(desk, project, str(tmp_path))
    with pytest.raises(ExportError) as caught:
        column_profile(desk, project, "op", "BORTA")
    assert caught.value.values["column"] == "BORTA"
