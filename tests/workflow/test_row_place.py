"""Where a row stands among those of its table."""

from dataclasses import replace

import pytest

from app.core.errors import ExportError
from app.workflow.load import read_tables, rows_page
from app.workflow.row_place import row_place
from tests.support.files import source, write_csv
from tests.support.loaded import project_of
from tests.support.workflow import make_desk

JANUARY = (("NR", "KOD"), ("1", "A"), ("2", "B"))
TABLE = "jan"
FEBRUARY = (("NR", "KOD"), ("3", "C"), ("4", "D"))


@pytest.fixture
def desk(tmp_path):
    first = source(write_csv(tmp_path / "jan.csv", JANUARY), "NR")
    write_csv(tmp_path / "feb.csv", FEBRUARY)
    table = replace(first, more=("feb.csv",))
    desk = make_desk(tmp_path / "d")
    read_tables(desk, project_of(table), str(tmp_path))
    return desk


def row_at(desk, table, place):
    return rows_page(desk, table, place, 1).rows[0]


def test_a_row_is_found_by_its_line_in_its_own_file(desk):
    assert row_at(desk, TABLE, row_place(desk, TABLE, 3, "jan.csv")) == ("2", "B")
    assert row_at(desk, TABLE, row_place(desk, TABLE, 3, "feb.csv")) == ("4", "D")


def test_a_line_without_a_row_is_nowhere(desk):
    assert row_place(desk, TABLE, 99, "jan.csv") == -1


def test_a_table_that_is_not_there_is_told(desk):
    with pytest.raises(ExportError):
        row_place(desk, "finns inte", 2)
