"""Value maps as files: read from what people save, written so that nothing runs."""

import csv

import pytest

from app.core.errors import ExportError
from app.files.value_table import read_rows, write_rows
from tests.support.files import write_csv, write_xlsx

ROWS = (("A", "akut"), ("Å", "=1+1"), ("-1", "x"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_text_is_read_in_any_encoding_by_its_own_delimiter(tmp_path, encoding, delimiter):
    path = write_csv(tmp_path / "karta.csv", (("Å", "akut"), ("Ö", "el ek")), encoding, delimiter)
    assert read_rows(path) == [["Å", "akut"], ["Ö", "el ek"]]


def test_a_workbook_is_read_with_its_leading_zeros(tmp_path):
    path = write_xlsx(tmp_path / "karta.xlsx", (("007", "akut"), (8, "x")))
    assert read_rows(path) == [["007", "akut"], ["8", "x"]]


@pytest.mark.parametrize("name", ["karta.csv", "karta.xlsx"])
def test_what_is_written_is_read_again_and_runs_nowhere(tmp_path, name):
    path = tmp_path / name
    write_rows(path, [*ROWS, ("n", 7)])
    assert read_rows(path) == [list(row) for row in ROWS] + [["n", "7"]]
    assert b";=1" not in path.read_bytes()


def test_signs_that_a_workbook_cannot_hold_are_replaced_in_it(tmp_path):
    path = tmp_path / "karta.xlsx"
    write_rows(path, [("a\x0bb\uffff", "akut")])
    assert read_rows(path) == [["a\ufffdb\ufffd", "akut"]]


def test_nothing_runs_where_a_spreadsheet_takes_another_delimiter(tmp_path):
    path = tmp_path / "karta.csv"
    write_rows(path, [("x,=1+1", "akut"), ("y\t=2", 7)])
    text = path.read_text("utf-8-sig")
    for delimiter in ",\t":
        cells = [cell for row in csv.reader(text.splitlines(), delimiter=delimiter) for cell in row]
        assert not [cell for cell in cells if cell.startswith("=")]
    assert read_rows(path) == [["x,=1+1", "akut"], ["y\t=2", "7"]]


def test_a_file_that_cannot_be_written_is_told_by_its_name(tmp_path):
    with pytest.raises(ExportError) as caught:
        write_rows(tmp_path / "borta" / "karta.csv", ROWS)
    assert caught.value.values["name"] == "karta.csv"


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ExportError) as caught:
        read_rows(tmp_path / "borta.csv")
    assert caught.value.code == "file-missing"
