import csv
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from python_calamine import PasswordError

from app.core.errors import Cancelled, ExportError
from app.core.mapping import FIRST_FILLED
from app.files.delimited import Form, read_delimited
from app.files.export import (
    ROW,
    guess_encodings,
    preview,
    read_table,
    sheets,
)
from app.files.losses import Losses
from tests.support.files import HEADER, ROWS, source, write_csv, write_xlsx

EVERY_ENCODING = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "iso-8859-1", "iso-8859-15", "cp850")


def read(path: Path, **options: str) -> list[tuple[object, ...]]:
    return read_table(source(path, **options), path.parent).table.drop(ROW).rows()


def refusal(path: Path, **options: str) -> ExportError:
    with pytest.raises(ExportError) as caught:
        read_table(source(path, **options), path.parent)
    return caught.value


@pytest.mark.parametrize("encoding", EVERY_ENCODING)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_encoding_and_delimiter_gives_the_same_text(tmp_path, encoding, delimiter):
    path = write_csv(tmp_path / "op.csv", encoding=encoding, delimiter=delimiter)
    table = read_table(source(path, encoding=encoding, delimiter=delimiter), tmp_path).table
    assert table.columns == [*HEADER, ROW]
    assert table.drop(ROW).rows() == list(ROWS)
    assert table[ROW].to_list() == [2, 3]


def test_text_stays_text(tmp_path):
    rows = (("ÄRENDE", "KOD"), ("0001", "1e5"), ("0002", "NULL"), ("0003", " 07,50 "))
    path = write_csv(tmp_path / "op.csv", rows)
    assert read(path) == [("0001", "1e5"), ("0002", "NULL"), ("0003", " 07,50 ")]


def test_signature_is_no_part_of_the_first_name(tmp_path):
    path = write_csv(tmp_path / "op.csv", encoding="utf-8-sig")
    assert read(path, encoding="utf-8") == list(ROWS)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_understood(tmp_path, newline):
    path = write_csv(tmp_path / "op.csv", newline=newline)
    assert read(path) == list(ROWS)


def test_row_numbers_count_lines_inside_quotes_and_blank_lines(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text(
        'ÄRENDE;ANM\r\n1;"två\r\nrader"\r\n\r\n2;"a;b ""c"""\r\n;\r\n3;\r\n', newline=""
    )
    table = read_table(source(path), tmp_path).table
    assert table.rows() == [("1", "två\r\nrader", 2), ("2", 'a;b "c"', 5), ("3", "", 7)]


def test_row_numbers_with_a_header_of_two_lines(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text('ÄRENDE;"ANM\näldre;yngre"\n1;"x\ny"\n2;z\n')
    table = read_table(source(path), tmp_path).table
    assert table.columns == ["ÄRENDE", "ANM\näldre;yngre", ROW]
    assert table[ROW].to_list() == [3, 5]


def test_lines_before_the_header_may_be_blank(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text("\n\nÄRENDE;A\n1;2\n")
    assert read_table(source(path), tmp_path).table.rows() == [("1", "2", 4)]


def test_delimiter_after_the_last_column_is_no_column(tmp_path):
    path = write_csv(tmp_path / "op.csv", [(*row, "") for row in (HEADER, *ROWS)])
    assert read(path) == list(ROWS)


def test_column_without_a_name_that_holds_values_is_kept_by_number(tmp_path):
    path = write_csv(tmp_path / "op.csv", [("ÄRENDE", ""), ("1", "x")])
    assert read_table(source(path), tmp_path).table.columns == ["ÄRENDE", "#2", ROW]


cells = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r\ufdd0", exclude_categories=["Cs"]),
    max_size=6,
)


@given(st.lists(st.tuples(st.text("abc;\n", min_size=1), cells, cells), min_size=1, max_size=6))
def test_reads_what_pythons_own_writer_wrote(rows: list[Sequence[str]]):
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(("k", "a", "b"))
    lines = []
    for row in rows:
        lines.append(text.getvalue().count("\n") + 1)
        writer.writerow(row)
    losses = Losses("op.csv")
    table = read_delimited([text.getvalue().encode()], Form(), FIRST_FILLED, losses)
    assert losses.count == 0
    assert table.drop(ROW).rows() == [tuple(row) for row in rows]
    assert table[ROW].to_list() == lines


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "iso-8859-1"])
def test_wrong_encoding_names_the_line(tmp_path, encoding):
    path = tmp_path / "op.csv"
    wrong = b"\x81" if encoding != "utf-8" else b"\xe5"
    path.write_bytes("ÄRENDE;A\n".encode(encoding) + b"1;x" + wrong + b"\n2;" + wrong + b"\n")
    error = refusal(path, encoding=encoding)
    assert error.code == "file-encoding"
    assert error.values == {"name": "op.csv", "encoding": encoding, "line": "2"}


@pytest.mark.parametrize(("written", "read_as"), [("utf-16", "cp1252"), ("utf-8-sig", "cp1252")])
def test_encoding_against_the_files_own_signature_is_refused(tmp_path, written, read_as):
    path = write_csv(tmp_path / "op.csv", encoding=written)
    assert refusal(path, encoding=read_as).code == "file-encoding"


def test_files_that_are_no_tables_are_refused_by_kind(tmp_path):
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b" \r\n\r\n")
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"MZ\x90\0\3\0\0")
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(b"PK\x03\x04 and then nothing")
    codes = [refusal(path).code for path in (empty, binary, torn, tmp_path, tmp_path / "no.csv")]
    assert codes == ["file-empty", "file-kind", "file-broken", "file-folder", "file-missing"]


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (PermissionError(13, "x"), "file-locked"),
        (OSError(5, "I/O error"), "file-gone"),
        (OSError(22, "Invalid argument"), "file-unreadable"),
    ],
)
def test_file_that_cannot_be_read_is_told_apart(tmp_path, monkeypatch, problem, code):
    path = write_csv(tmp_path / "op.csv")

    def fail(self: Path, mode: str) -> bytes:
        raise problem

    monkeypatch.setattr(Path, "open", fail)
    assert refusal(path).code == code


@pytest.mark.parametrize(
    ("text", "code", "values"),
    [
        ("A;B\n1;2\n", "key-missing", {"column": "ÄRENDE"}),
        ("ÄRENDE;B\n3\n", "row-ragged", {"line": "2", "cells": "1", "columns": "2"}),
        ("ÄRENDE;B\n1;2;3\n", "row-ragged", {"line": "2", "cells": "3", "columns": "2"}),
        ('ÄRENDE;B\n3;"4\n', "quote-unbalanced", {"line": "2"}),
        ('"ÄRENDE;B\n3;4\n', "quote-unbalanced", {"line": "1"}),
    ],
)
def test_crooked_tables_are_refused_with_their_place(tmp_path, text, code, values):
    path = tmp_path / "op.csv"
    path.write_text(text)
    error = refusal(path)
    assert error.code == code
    assert error.values == {"name": "op.csv", **values}


def test_headings_that_occur_twice_are_numbered_and_told(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text(f"ÄRENDE;A;A;A 2;;{ROW}\n1;2;3;4;5;6\n")
    read_file = read_table(source(path), tmp_path)
    columns = ["ÄRENDE", "A", "A 3", "A 2", "#5", f"{ROW} 2", ROW]
    assert read_file.table.columns == columns
    assert [(one.code, dict(one.values)["called"]) for one in read_file.notes[:2]] == [
        ("column-twice", "A 3"),
        ("column-twice", f"{ROW} 2"),
    ]
    assert read_file.notes[2].code == "column-unnamed"


def left_out(path: Path, **options: str) -> list[tuple[str, int, str]]:
    found = read_table(source(path, **options), path.parent).troubles
    return [(one.code, one.line, one.key) for one in found]


def test_a_row_of_other_length_is_left_out_and_the_others_are_kept(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text("ÄRENDE;B\n1;2\n3\n4;5\n6;7;8\n")
    assert read(path) == [("1", "2"), ("4", "5")]
    assert left_out(path) == [("left-out-ragged", 3, "3"), ("left-out-ragged", 5, "6")]


def test_a_quote_that_is_not_closed_costs_only_its_own_row(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text('ÄRENDE;B\n1;2\n3;"4\n5;6\n7;"x"y\n8;"9\n10"\n')
    assert read(path) == [("1", "2"), ("5", "6"), ("8", "9\n10")]
    assert left_out(path) == [("left-out-quote", 3, "3"), ("left-out-quote", 5, "7")]


def test_the_key_of_a_broken_row_may_be_of_several_columns(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text("ENHET;NR;A\nX;10;2\nY;11\nZ;;\nZ;\n")
    found = read_table(source(path, key="ENHET", key_more=("NR",)), tmp_path)
    assert [one.key for one in found.troubles] == ["Y\x1f11", ""]


def test_reading_can_be_stopped_at_every_piece(tmp_path, monkeypatch):
    monkeypatch.setattr("app.files.parts._CHUNK", 100)
    path = write_csv(tmp_path / "op.csv", [HEADER, *(ROWS * 20)])
    told: list[tuple[int, int]] = []

    def stop_at_the_third(done: int, total: int, step: str = "") -> None:
        told.append((done, total))
        if len(told) == 3:
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        read_table(source(path), tmp_path, stop_at_the_third)
    assert [done for done, _ in told] == [100, 200, 300]
    book = write_xlsx(tmp_path / "op.xlsx", [HEADER, *(ROWS * 20)])
    told.clear()
    with pytest.raises(Cancelled):
        read_table(source(book), tmp_path, stop_at_the_third)


def test_a_key_that_does_not_look_like_one_is_not_told(tmp_path):
    path = tmp_path / "op.csv"
    path.write_text("PAT;ÄRENDE;B\nA;10;2\nrest of a text;more;\nB;11\nfri text;12\n")
    assert left_out(path) == [("left-out-ragged", 4, "11"), ("left-out-ragged", 5, "")]


def test_reading_options_that_do_not_exist_are_refused(tmp_path):
    path = write_csv(tmp_path / "op.csv")
    assert refusal(path, encoding="latin-7").code == "encoding-unknown"
    assert refusal(path, delimiter="x").code == "delimiter-unknown"


def test_workbook_is_read_as_the_user_sees_it(tmp_path):
    rows: list[list[object]] = [
        ["ÄRENDE", "NR", "VIKT", "DAG", "NÄR", "TID", "LÄNGE", "JA"],
        [
            "007",
            193606099999,
            0.1 + 0.2,
            date(2024, 1, 2),
            datetime.fromisoformat("2024-01-02 03:04"),
            time(8, 5),
        ],
        [
            "008",
            12,
            71.0,
            None,
            datetime.fromisoformat("2024-01-02"),
            time(8, 5, 30),
            timedelta(hours=30),
            True,
        ],
    ]
    path = write_xlsx(tmp_path / "op.xlsx", rows)
    assert read(path) == [
        ("007", "193606099999", "0.3", "2024-01-02", "2024-01-02 03:04", "08:05", "", ""),
        ("008", "12", "71", "", "2024-01-02 00:00", "08:05:30", "30:00", "1"),
    ]


def test_workbook_numbers_keep_the_zeros_that_are_shown(tmp_path):
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (["ÄRENDE", "ANTAL"], [42, 7], ["x", None]):
        page.append(row)
    page["A2"].number_format = "000000"
    book.save(tmp_path / "op.xlsx")
    assert read(tmp_path / "op.xlsx") == [("000042", "7"), ("x", "")]
    assert read(tmp_path / "op.xlsx", sheet="Sheet") == [("000042", "7"), ("x", "")]


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        ("000000-0000", 9099999, "000909-9999"),
        ('000000"-"0000', 3606099999, "360609-9999"),
        ("00\\ 00", 7, "00 07"),
        ("0", 7, "7"),
        ("0.00", 7, "7"),
        ("0000", 123456, "123456"),
    ],
)
def test_workbook_numbers_are_filled_in_as_they_are_shown(tmp_path, form, number, shown):
    book = Workbook()
    page = book.worksheets[0]
    page["A1"], page["A2"], page["B1"], page["B2"] = "ÄRENDE", number, "A", "x"
    page["A2"].number_format = form
    book.save(tmp_path / "op.xlsx")
    assert read(tmp_path / "op.xlsx") == [(shown, "x")]
    assert preview(source(tmp_path / "op.xlsx"), tmp_path).rows == ((shown, "x"),)


def test_a_table_in_the_middle_of_a_sheet_is_read_where_it_stands(tmp_path):
    book = Workbook()
    page = book.worksheets[0]
    for row in range(3, 6):
        page[f"C{row}"], page[f"D{row}"] = ("ÄRENDE", "B") if row == 3 else (row, "x")
    page["C5"].number_format = "0000"
    book.save(tmp_path / "op.xlsx")
    read_file = read_table(source(tmp_path / "op.xlsx"), tmp_path)
    assert read_file.table.rows() == [("4", "x", 4), ("0005", "x", 5)]
    assert preview(source(tmp_path / "op.xlsx"), tmp_path).rows == (("4", "x"), ("0005", "x"))


def test_workbook_with_a_password_says_so(tmp_path, monkeypatch):
    path = write_xlsx(tmp_path / "op.xlsx", [["ÄRENDE"], ["1"]])

    def refuse(data: object) -> None:
        raise PasswordError

    monkeypatch.setattr("app.files.workbook.CalamineWorkbook.from_filelike", refuse, raising=True)
    assert refusal(path).code == "file-password"


def test_workbook_rows_keep_their_numbers_past_blank_ones(tmp_path):
    path = write_xlsx(tmp_path / "op.xlsx", [[], ["ÄRENDE", "A"], ["1", "x"], [], ["2", "y"]])
    assert read_table(source(path), tmp_path).table[ROW].to_list() == [3, 5]


def test_workbook_sheets_are_found_by_name(tmp_path):
    path = write_xlsx(tmp_path / "op.xlsx", [["ÄRENDE"], ["1"]], sheet="Operationer")
    assert sheets(path) == ["Operationer"]
    assert read(path, sheet="Operationer") == [("1",)]
    assert refusal(path, sheet="Blad9").code == "sheet-missing"
    assert sheets(write_csv(tmp_path / "op.csv")) == []


def test_workbook_without_a_filled_cell_is_empty(tmp_path):
    assert refusal(write_xlsx(tmp_path / "op.xlsx", [])).code == "file-empty"


@pytest.mark.parametrize("encoding", EVERY_ENCODING)
def test_right_encoding_is_guessed_first(tmp_path, encoding):
    path = write_csv(tmp_path / "op.csv", encoding=encoding)
    best, line, doubtful = guess_encodings(path)[0]
    same = {"iso-8859-1": "cp1252", "iso-8859-15": "cp1252"}  # å, ä and ö lie where they do there
    assert best == same.get(encoding, encoding)
    assert "ÄRENDE" in line or "Blåsa och ändtarm" in line
    assert not doubtful


def test_wrong_encodings_are_shown_as_doubtful_with_the_same_line(tmp_path):
    path = write_csv(tmp_path / "op.csv", encoding="cp1252")
    guesses = {encoding: (line, doubtful) for encoding, line, doubtful in guess_encodings(path)}
    assert guesses["cp1252"][1] is False
    assert guesses["utf-8"][1] is True
    assert guesses["cp850"][1] is True
    assert guesses["cp850"][0] != guesses["cp1252"][0]


def test_telling_line_is_found_far_down_and_masked(tmp_path):
    rows = [("ID", "TEXT")] + [("1", "plain")] * 5000 + [("19360609-9999", "Ögon")]
    path = write_csv(tmp_path / "op.csv", rows, encoding="cp1252")
    assert guess_encodings(path)[0][:2] == ("cp1252", "19360609-****;Ögon")


def test_the_mark_that_old_systems_end_a_file_with_is_no_row(tmp_path):
    path = tmp_path / "op.csv"
    path.write_bytes("ÄRENDE;KOD\r\n1;å\r\n\x1a".encode("cp850"))
    assert read(path, encoding="cp850") == [("1", "å")]
