"""Several files or members of an archive, read as one table."""

from pathlib import Path

import pytest

from app.core.errors import ExportError
from app.core.mapping import Source
from app.files.export import FILE, ROW, read_table
from tests.support.files import write_csv, zipped


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def test_files_of_every_month_are_one_table(tmp_path):
    write_csv(tmp_path / "jan.csv", [("NR", "A"), ("1", "x")])
    write_csv(tmp_path / "feb.csv", [("A", "NR", "NY"), ("y", "2", "z"), ("y",)])
    write_csv(tmp_path / "mar.csv", [("NR",), ("3",)])
    found = read_table(Source("op", "jan.csv", "NR", more=("feb.csv", "mar.csv")), tmp_path)
    assert found.files == ("jan.csv", "feb.csv", "mar.csv")
    assert found.table.rows() == [("1", "x", "", 2, 0), ("2", "y", "z", 2, 1), ("3", "", "", 2, 2)]
    assert found.table.columns == ["NR", "A", "NY", ROW, FILE]
    assert [(one.file, dict(one.values)["columns"]) for one in found.notes] == [
        ("jan.csv", "NY"),
        ("mar.csv", "A, NY"),
    ]
    assert [(one.file, one.line) for one in found.troubles] == [("feb.csv", 3)]


def test_a_month_that_an_archive_lacks_is_not_passed_over(tmp_path):
    zipped(tmp_path / "ar.zip", jan_csv=b"NR\n1\n", kod_csv=b"NR\n2\n")
    with pytest.raises(ExportError) as caught:
        read_table(Source("op", "ar.zip", "NR", member="jan.csv|feb.csv"), tmp_path)
    assert (caught.value.code, caught.value.values["member"]) == ("member-missing", "feb.csv")


def test_files_of_the_same_name_are_told_apart_by_their_folders(tmp_path):
    for month in ("jan", "feb"):
        (tmp_path / month).mkdir()
        write(tmp_path / month / "op.csv", "NR\n1\n2;x\n")
    found = read_table(Source("op", "jan/op.csv", "NR", more=("feb/op.csv",)), tmp_path)
    assert found.files == ("jan/op.csv", "feb/op.csv")
    assert [one.file for one in found.troubles] == ["jan/op.csv", "feb/op.csv"]


def test_members_of_one_archive_can_be_one_table(tmp_path):
    zipped(tmp_path / "ar.zip", jan_csv=b"NR\n1\n", feb_csv=b"NR\n2\n")
    found = read_table(Source("op", "ar.zip", "NR", member="jan.csv|feb.csv"), tmp_path)
    assert found.table.rows() == [("1", 2, 0), ("2", 2, 1)]
    assert found.files == ("ar.zip/jan.csv", "ar.zip/feb.csv")
