"""How a source seems to be read: its encoding, its sheet, its key."""

import pytest

from app.core.mapping import Source
from app.files.export import (
    guess_encodings,
    guess_source,
)
from tests.support.files import write_csv, write_xlsx


def test_plain_letters_tell_nothing_apart(tmp_path):
    path = write_csv(tmp_path / "op.csv", [("ID", "A"), ("1", "x")])
    assert {doubtful for _, _, doubtful in guess_encodings(path)} == {False}


def test_workbooks_have_no_encoding_to_guess(tmp_path):
    assert guess_encodings(write_xlsx(tmp_path / "op.xlsx", [["A"], ["1"]])) == []


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_source_is_guessed_from_the_file(tmp_path, delimiter):
    rows = (("PAT", "NR", "VIKT"), ("A", "1", "7"), ("A", "2", "7"))
    path = write_csv(tmp_path / "op.csv", rows, encoding="cp1252", delimiter=delimiter)
    assert guess_source(path) == Source("op", path.as_posix(), "NR", "utf-8", delimiter)


def test_decimal_comma_does_not_pass_for_a_delimiter(tmp_path):
    path = write_csv(tmp_path / "op.csv", [("NR", "A,B"), ("1", "7,5"), ("2", "8,5")])
    assert guess_source(path).delimiter == ";"


def test_workbook_source_names_its_sheet_and_a_key(tmp_path):
    path = write_xlsx(tmp_path / "op.xlsx", [["PAT", "X"], ["1", "a"], ["1", "a"]], sheet="Ark")
    assert (guess_source(path).sheet, guess_source(path).key) == ("Ark", "PAT")
