"""Nine hostile files: each says in a sentence what is wrong and where, and keeps what it can."""

import errno
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from app.core.errors import ExportError
from app.files import parts
from app.files.export import ReadFile, guess_source, preview, read_table
from app.files.parts import chunks
from app.language import text
from app.language.sentences import error_sentence
from tests.support.files import source


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = text.current()
    text.use("en")
    yield
    text.use(before)


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, **options: Any) -> ReadFile:
    return read_table(source(path, key="NR", **options), path.parent)


def told(found: ReadFile) -> list[str]:
    """Return the sentences of the rows left out, and of what is to be known."""
    left_out = [error_sentence(one) for one in found.troubles]
    return left_out + [error_sentence(one) for one in found.notes]


def refused(path: Path, **options: Any) -> str:
    with pytest.raises(ExportError) as caught:
        read(path, **options)
    return error_sentence(caught.value)


# 1 Ragged rows


def test_ragged_rows_are_left_out_and_the_others_kept(tmp_path):
    path = write(tmp_path / "op.csv", "NR;A;B\n1;x;y\n2;x\n3;x;y;z\n4;x;y\n")
    found = read(path)
    assert found.table["NR"].to_list() == ["1", "4"]
    assert told(found) == [
        "Line 3 of op.csv has 2 cells, but the heading has 3, and the row is left out. "
        "Correct the delimiter or the line break in the export.",
        "Line 4 of op.csv has 4 cells, but the heading has 3, and the row is left out. "
        "Correct the delimiter or the line break in the export.",
    ]
    assert [one.key for one in found.troubles] == ["2", "3"]


def test_a_file_where_most_rows_are_ragged_is_read_wrongly(tmp_path):
    path = write(tmp_path / "op.csv", "NR;A\n" + "1;x;y\n" * 200 + "2;x\n")
    assert refused(path) == (
        "Line 2 of op.csv has 3 cells, but the header has 2. "
        "Check the delimiter, and line breaks inside the cells."
    )


def test_every_one_of_very_many_lost_rows_is_told_with_its_case(tmp_path):
    path = write(tmp_path / "op.csv", "NR;A\n" + ("1;x\n" * 30 + "2\n") * 1_500)
    found = read(path)
    assert (found.table.height, len(found.troubles), found.trouble_count) == (45_000, 1_500, 1_500)
    assert (found.troubles[0].line, found.troubles[-1].line) == (32, 46_501)
    assert {one.key for one in found.troubles} == {"2"}


# 2 A NUL byte


def test_a_nul_byte_costs_only_its_own_row(tmp_path):
    path = write(tmp_path / "op.csv", b"NR;A\n1;x\n2;y\0z\n3;x\n")
    found = read(path)
    assert found.table["NR"].to_list() == ["1", "3"]
    assert told(found) == [
        "Line 3 of op.csv holds a sign that is no text (NUL), and the row is left out. "
        "Correct it in the export."
    ]
    assert found.troubles[0].key == "2"
    assert guess_source(path).encoding == "utf-8"


def test_a_tail_of_nul_bytes_as_a_crash_leaves_costs_one_row(tmp_path):
    path = write(tmp_path / "op.csv", b"NR;A\n1;x\n2;x\n" + bytes(100_000))
    found = read(path)
    assert found.table["NR"].to_list() == ["1", "2"]
    assert [(one.line, one.key) for one in found.troubles] == [(4, "")]


# 3 A line of 10 MB


def test_a_line_without_end_is_left_out(tmp_path):
    long = b"2;" + b"x" * 10_000_000
    path = write(tmp_path / "op.csv", b"NR;A\n1;x\n" + long + b"\n3;x\n")
    found = read(path)
    assert found.table.rows() == [("1", "x", 2), ("3", "x", 4)]
    assert told(found) == [
        "Line 3 of op.csv is far too long for a row, and it is left out. Correct it in the export."
    ]
    assert found.troubles[0].key == "2"
    assert preview(source(path, key="NR"), tmp_path).rows == (("1", "x"),)


def test_a_file_that_is_one_long_line_is_refused(tmp_path):
    path = write(tmp_path / "op.csv", b"x" * 30_000_000)
    assert refused(path) == (
        "Line 1 of op.csv is far too long for a row. Choose another file, or export it again."
    )


# 4 Mixed encodings


def test_lines_of_another_encoding_are_left_out(tmp_path):
    lines = ["NR;A", *(f"{number};åäö" for number in range(1, 60))]
    data = b"\n".join(one.encode("cp1252" if one[:2] == "7;" else "utf-8") for one in lines)
    path = write(tmp_path / "op.csv", data)
    assert guess_source(path).encoding == "utf-8"
    found = read(path)
    assert found.table.height == 58
    assert told(found) == [
        "Line 8 of op.csv cannot be read as utf-8, and the row is left out. "
        "Choose another encoding, or correct the row in the export."
    ]
    assert found.troubles[0].key == "7"


def test_lines_that_were_encoded_twice_are_told(tmp_path):
    text_twice = "åäö".encode().decode("cp1252")
    path = write(tmp_path / "op.csv", f"NR;A\n1;åäö\n2;{text_twice}\n".encode("cp1252"))
    found = read(path, encoding="cp1252")
    assert found.table.height == 2
    assert told(found) == [
        "Line 3 of op.csv seems to be written in another encoding than the rest. Check its letters."
    ]


def test_a_file_in_another_encoding_altogether_is_refused(tmp_path):
    path = write(tmp_path / "op.csv", ("NR;A\n" + "1;å\n" * 300).encode("cp1252"))
    assert refused(path) == "Line 2 of op.csv cannot be read as utf-8. Choose another encoding."


# 5 Workbooks: a bomb, macros, formulas, merged headings


def workbook(path: Path) -> Path:
    book = Workbook()
    page = book.worksheets[0]
    for row in (["NR", "A", "B"], ["1", "x", "=1+1"], ["2", "y", None]):
        page.append(row)
    page.merge_cells("B1:C1")
    book.save(path)
    return path


def with_part(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return path


def test_a_workbook_that_unpacks_to_far_more_is_not_opened(tmp_path):
    path = with_part(workbook(tmp_path / "op.xlsx"), "xl/media/x.bin", bytes(600_000_000))
    assert path.stat().st_size < 1_000_000
    assert refused(path) == (
        "The workbook op.xlsx is too large, or a cell stands alone far down or to the right. "
        "Remove that cell, or save the table as a text file (CSV)."
    )


def test_macros_formulas_and_merged_headings_are_told_and_the_rest_is_kept(tmp_path):
    path = with_part(workbook(tmp_path / "op.xlsm"), "xl/vbaProject.bin", b"macro")
    found = read(path)
    assert found.table.rows() == [("1", "x", "", 2), ("2", "y", "", 3)] or (
        found.table.drop("__row__").rows() == [("1", "x"), ("2", "y")]
    )
    assert told(found) == [
        "The workbook op.xlsm has macros. They are not run.",
        "The workbook op.xlsm has formulas, the first in C2. "
        "Their stored values are read; nothing is computed.",
        "The formula in C2 of op.xlsm has no stored value, and is read as empty. "
        "Open the workbook, compute it and save it.",
        "The heading of op.xlsm has merged cells (B1:C1). "
        "Columns after the first one have no name.",
    ]


# 6 Five thousand columns


def test_five_thousand_columns_are_read(tmp_path):
    names = ["NR", *(f"K{place}" for place in range(2, 5_001))]
    rows = "".join(f"{number};" + ";".join(["x"] * 4_999) + "\n" for number in range(20))
    path = write(tmp_path / "op.csv", ";".join(names) + "\n" + rows)
    assert read(path).table.shape == (20, 5_001)
    assert len(preview(source(path, key="NR"), tmp_path).columns) == 5_000


def test_more_columns_than_any_table_has_are_refused(tmp_path):
    path = write(tmp_path / "op.csv", ";".join(map(str, range(30_000))) + "\n1;2\n")
    assert refused(path) == (
        "The file op.csv has 30000 columns, and at most 20000 can be read. Check the delimiter."
    )


# 7 A file that is being written


class Growing:
    """A file that somebody writes to whenever it is read."""

    def __init__(self, path: Path, times: int) -> None:
        self.path = path
        self.left = times

    def __call__(self, *arguments: Any) -> Iterator[bytes]:
        yield from chunks(*arguments)
        if self.left:
            self.left -= 1
            with self.path.open("a") as file:
                file.write("9;x\n")


def test_a_file_that_grew_while_it_was_read_is_read_anew(tmp_path, monkeypatch):
    path = write(tmp_path / "op.csv", "NR;A\n1;x\n")
    monkeypatch.setattr("app.files.tables.chunks", Growing(path, 1))
    found = read(path)
    assert found.table.height == 2
    assert told(found) == ["op.csv changed while it was read. It was read anew."]


def test_a_file_that_grows_all_the_time_is_refused(tmp_path, monkeypatch):
    path = write(tmp_path / "op.csv", "NR;A\n1;x\n")
    monkeypatch.setattr("app.files.tables.chunks", Growing(path, 99))
    assert refused(path) == (
        "The file op.csv changes while it is read. Wait until the export is done, and load again."
    )


# 8 A network drive that goes away


class Gone:
    """A stream on a drive that goes away after the first piece."""

    def __init__(self, number: int, pieces: int) -> None:
        self.problem = OSError(number, os.strerror(number))
        self.left = pieces

    def read(self, size: int) -> bytes:
        if not self.left:
            raise self.problem
        self.left -= 1
        return b"NR;A\n" + b"1;x\n" * 100


@pytest.mark.parametrize("number", [errno.EIO, errno.ESTALE, errno.ENOTCONN])
def test_a_drive_that_goes_away_says_how_far_it_came(tmp_path, monkeypatch, number):
    path = write(tmp_path / "op.csv", "NR;A\n1;x\n")
    gone: Any = Gone(number, 1)

    def broken(part: parts.Part, _: object, *rest: Any) -> Iterator[bytes]:
        return chunks(part, gone, *rest)

    monkeypatch.setattr("app.files.tables.chunks", broken)
    assert refused(path) == (
        f"The file op.csv could not be reached any more after line 101: {os.strerror(number)}. "
        "Check the network drive, and load again."
    )


def test_a_drive_that_is_gone_before_reading_is_told(tmp_path, monkeypatch):
    path = write(tmp_path / "op.csv", "NR;A\n1;x\n")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ESTALE, "Stale file handle")

    monkeypatch.setattr(Path, "open", fail)
    assert refused(path) == (
        "The file op.csv could not be reached any more: Stale file handle. "
        "Check the network drive, and load again."
    )


# 9 A column that is written otherwise half-way


def test_a_column_that_changes_half_way_is_told_with_its_row(tmp_path):
    first = "".join(f"{number};2024-01-{number:02};Ja\n" for number in range(1, 29))
    then = "".join(f"{number};{number:02}/02/2024;Ja\n" for number in range(1, 29))
    found = read(write(tmp_path / "op.csv", "NR;DAG;A\n" + first + then))
    assert found.table.height == 56
    assert told(found) == [
        "Column DAG of op.csv is written in another way from line 30 on. "
        "Check that both ways are understood."
    ]


def test_a_cell_with_an_error_is_told(tmp_path):
    book = Workbook()
    sheet = book["Sheet"]
    sheet.append(["NR", "KOD"])
    sheet.append(["1", "#N/A"])
    book.save(tmp_path / "op.xlsx")
    found = read(tmp_path / "op.xlsx")
    assert found.table["KOD"].to_list() == [""]
    assert [(one.code, dict(one.values)["cell"]) for one in found.notes] == [("cells-error", "B2")]


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_utf_8_that_is_read_as_another_encoding_is_told(tmp_path, encoding):
    found = read(write(tmp_path / "op.csv", "NR;KLINIK\n1;Ögon\n"), encoding=encoding)
    assert [one.code for one in found.notes] == ["encoding-mixed"]
