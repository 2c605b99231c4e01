"""Files of every kind become the same table, and are guessed from their heads."""

import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.core.errors import ExportError
from app.core.mapping import NO_HEADING, Source, SourceKind
from app.files.export import ROW, guess_encodings, guess_sources, preview, read_table
from tests.support.files import HEADER, ROWS, source, write_csv, write_xlsx, zipped

XML = """<?xml version="1.0" encoding="iso-8859-1"?>
<ex:Export xmlns:ex="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <ex:Skapad>2024</ex:Skapad>
  <ex:Operation nr="7"><ex:Patient><ex:Namn>Åsa</ex:Namn></ex:Patient>
    <ex:Kod xsi:nil="true"/>
    <ex:Atgarder><ex:Atgard sida="H"><ex:Text>a</ex:Text></ex:Atgard>
      <ex:Atgard><ex:Text>b</ex:Text></ex:Atgard></ex:Atgarder></ex:Operation>
  <ex:Operation nr="8"><ex:Patient><ex:Namn>Bo</ex:Namn></ex:Patient><ex:Kod>K</ex:Kod>
    <ex:Atgarder/></ex:Operation>
</ex:Export>
"""


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def read(one: Source, folder: Path) -> tuple[list[str], list[tuple[object, ...]]]:
    table = read_table(one, folder).table.drop(ROW)
    return table.columns, table.rows()


def test_an_xml_file_has_a_table_for_every_repeated_element(tmp_path):
    path = write(tmp_path / "ex.xml", XML, "iso-8859-1")
    operations, measures = guess_sources(path)
    assert (operations.name, operations.record) == ("Operation", "Export/Operation")
    assert (operations.kind, operations.key) == (SourceKind.XML, "@nr")
    assert read(operations, tmp_path) == (
        ["@nr", "Patient/Namn", "Kod", "Atgarder"],
        [("7", "Åsa", "", ""), ("8", "Bo", "K", "")],
    ) or read(operations, tmp_path) == (
        ["@nr", "Patient/Namn", "Kod"],
        [("7", "Åsa", ""), ("8", "Bo", "K")],
    )
    columns, rows = read(measures, tmp_path)
    assert measures.record == "Export/Operation/Atgarder/Atgard"
    assert [(row[columns.index("../@nr")], row[columns.index("Text")]) for row in rows] == [
        ("7", "a"),
        ("7", "b"),
    ]
    assert rows[0][columns.index("@sida")] == "H"


def test_a_field_that_occurs_several_times_keeps_all_its_values(tmp_path):
    head = "<a>" + "<r><k>1</k><v>x</v></r><r><k>2</k><v>y</v></r>"
    filler = "<r><k>3</k><v>z</v></r>" * 40_000  # so that the repetition stands after the head
    path = write(tmp_path / "ex.xml", head + filler + "<r><k>9</k><v>p</v><v>q</v></r></a>")
    (one,) = guess_sources(path)
    found = read_table(one, tmp_path)
    assert found.table.row(-1)[:2] == ("9", "p|q")
    assert [note.code for note in found.notes] == ["values-joined"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('<!DOCTYPE a [<!ENTITY x "ha">]><a><r>&x;</r><r/></a>', "xml-unsafe"),
        ('<!DOCTYPE a SYSTEM "file:///etc/hostname"><a><r/><r/></a>', "xml-unsafe"),
        ("<a><r>1</r><r>2</r>", "xml-broken"),
    ],
)
def test_hostile_and_broken_xml_is_refused(tmp_path, text, code):
    path = write(tmp_path / "ex.xml", text)
    with pytest.raises(ExportError) as guessed:
        guess_sources(path)
    assert guessed.value.code == code
    with pytest.raises(ExportError) as caught:
        read_table(Source("x", "ex.xml", "r", kind=SourceKind.XML, record="a/r"), tmp_path)
    assert caught.value.code == code


def test_an_element_that_is_not_there_is_told(tmp_path):
    path = write(tmp_path / "ex.xml", XML, "iso-8859-1")
    other = Source("x", path.name, "r", kind=SourceKind.XML, record="Export/Besok")
    with pytest.raises(ExportError) as caught:
        read_table(other, tmp_path)
    assert (caught.value.code, caught.value.values["record"]) == ("record-missing", "Export/Besok")


def visits(cases, codes):
    """Return an XML text with so many cases, and so many codes in each."""
    inner = "".join(f"<op><kod>{at}</kod></op>" for at in range(codes))
    every = (f"<c><nr>{at}</nr><ops>{inner}</ops></c>" for at in range(cases))
    return f"<r>{''.join(every)}</r>"


def test_a_file_with_one_case_or_one_code_in_each_is_read_as_the_others(tmp_path):
    path = write(tmp_path / "op.xml", visits(3, 2))
    (inner,) = (one for one in guess_sources(path) if one.record == "r/c/ops/op")
    assert inner.key == "../nr"
    for cases, codes in ((3, 2), (1, 2), (3, 1), (1, 1)):
        write(path, visits(cases, codes))
        table = read_table(replace(inner, path="op.xml"), tmp_path).table
        assert table.columns == ["../nr", "kod", ROW]
        assert table.drop(ROW).rows() == [
            (str(case), str(code)) for case in range(cases) for code in range(codes)
        ]


def test_json_lines_are_flattened_and_a_broken_line_is_left_out(tmp_path):
    lines = (
        '{"nr": "007", "pat": {"kon": 1}, "koder": ["a", "b"], "akut": true}',
        "no json",
        "",
        '{"nr": "8", "vikt": 71.50, "rader": [{"t": "x"}, {"t": "y"}], "pat": null}',
        "[1]",
    )
    path = write(tmp_path / "op.jsonl", "\n".join(lines))
    (one,) = guess_sources(path)
    found = read_table(one, tmp_path)
    assert one.kind is SourceKind.JSON_LINES
    assert one.key == "nr"
    assert found.table.to_dicts() == [
        {"nr": "007", "pat.kon": "1", "koder": "a|b", "akut": "true", "vikt": "",
         "rader.1.t": "", "rader.2.t": "", "pat": "", ROW: 1},
        {"nr": "8", "pat.kon": "", "koder": "", "akut": "", "vikt": "71.50",
         "rader.1.t": "x", "rader.2.t": "y", "pat": "", ROW: 4},
    ]  # fmt: skip
    assert [(one.code, one.line) for one in found.troubles] == [
        ("left-out-json", 2),
        ("left-out-json", 5),
    ]


FIXED = (
    "NR    NAMN        TID\n"
    "0001  Åsa Ek      08:15\n"
    "0002  Bo          \n"
    "\n"
    "0003  Eva Långnamn09:00 och mer\n"
)


def test_fixed_widths_are_guessed_and_read(tmp_path):
    path = write(tmp_path / "op.txt", FIXED.replace("Långnamn", "L"), "cp1252")
    (one,) = guess_sources(path)
    assert (one.kind, one.encoding) == (SourceKind.FIXED, "cp1252")
    assert one.widths[0] == 6
    assert read(one, tmp_path)[0][0] == "NR"


def test_a_value_that_runs_into_the_next_column_is_told(tmp_path):
    lines = [f"{at:<6}{'Anna':<8}{'A1':<4}08:15" for at in range(1000, 1300)]
    lines[270] = "1270  MargaretaA1  08:15"
    path = write(tmp_path / "op.txt", "NR    NAMN    KOD TID\n" + "\n".join(lines))
    (one,) = guess_sources(path)
    (note,) = read_table(one, tmp_path).notes
    assert (note.code, dict(note.values)["line"]) == ("columns-run-together", "272")
    packed = "".join(f"{at}{'Annabell':<8}A1\n" for at in range(1000, 1300))
    write(tmp_path / "packed.txt", packed)
    known = Source("op", "packed.txt", "#1", kind=SourceKind.FIXED, widths=(4, 8, 2), header=-1)
    assert read_table(known, tmp_path).notes == ()


def test_a_heading_of_several_words_is_one_column_where_its_values_are_short(tmp_path):
    heads = ("Ärende nr  ", "Anmäld kl  ", "Op start kl tid  ", "Tom  ", "Vikt (kg)")
    rows = [("2600000", "21:40", "22:20", "", "54,4"), ("2600001", "03:40", "04:20", "", "105,8")]
    widths = [len(head) for head in heads]
    lines = [heads, *rows]
    text = "\n".join("".join(map(str.ljust, line, widths)) for line in lines)
    path = write(tmp_path / "op.txt", text, "cp850")
    one = guess_sources(path)[0]
    assert (one.kind, one.widths[:-1]) == (SourceKind.FIXED, tuple(widths[:-1]))
    assert read(one, tmp_path) == ([head.strip() for head in heads], rows)


def test_decimal_commas_do_not_hide_fixed_widths(tmp_path):
    lines = [f"{n:04}      {n},5       Ja   {n},25" for n in range(10, 40)]
    path = write(tmp_path / "op.txt", "NR        VIKT       A    B\n" + "\n".join(lines))
    (one,) = guess_sources(path)
    assert (one.kind, one.widths) == (SourceKind.FIXED, (10, 11, 5, 5))
    assert read(one, tmp_path)[1][0] == ("0010", "10,5", "Ja", "10,25")


def test_fixed_widths_that_are_given_hold(tmp_path):
    write(tmp_path / "op.txt", FIXED)
    one = Source("op", "op.txt", "NR", kind=SourceKind.FIXED, widths=(6, 12, 5))
    found = read_table(one, tmp_path)
    assert found.table.rows() == [
        ("0001", "Åsa Ek", "08:15", 2),
        ("0002", "Bo", "", 3),
        ("0003", "Eva Långnamn", "09:00 och mer", 5),
    ]
    assert preview(one, tmp_path).columns == ("NR", "NAMN", "TID")
    with pytest.raises(ExportError, match="widths-missing"):
        read_table(Source("op", "op.txt", "NR", kind=SourceKind.FIXED), tmp_path)


def test_every_table_in_an_archive_is_found_and_read(tmp_path):
    write_csv(tmp_path / "a.csv")
    write_xlsx(tmp_path / "b.xlsx", [HEADER, *ROWS])
    inner = {"mapp__a_csv": (tmp_path / "a.csv").read_bytes(),
             "b_xlsx": (tmp_path / "b.xlsx").read_bytes(),
             "bild_png": b"\x89PNG\r\n", ".dold": b"x"}  # fmt: skip
    path = zipped(tmp_path / "ex.zip", **inner)
    found = guess_sources(path)
    assert [(one.name, one.member, one.kind) for one in found] == [
        ("a", "mapp/a.csv", SourceKind.TEXT),
        ("b", "b.xlsx", SourceKind.WORKBOOK),
    ]
    for one in found:
        assert read(one, tmp_path) == (list(HEADER), list(ROWS))
        assert preview(one, tmp_path).rows == ROWS


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    zipped(tmp_path / "ex.zip", a_csv=b"NR;A\n" + b"0" * 90_000_000)
    with pytest.raises(ExportError, match="archive-too-large"):
        read_table(Source("a", "ex.zip", "NR", member="a.csv"), tmp_path)


def test_a_broken_archive_and_a_missing_member_are_told(tmp_path):
    path = zipped(tmp_path / "ex.zip", a_csv=b"NR;A\n1;2\n", b_csv=b"NR;A\n1;2\n")
    with pytest.raises(ExportError, match="member-missing"):
        read_table(Source("a", "ex.zip", "NR", member="c.csv"), tmp_path)
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(ExportError) as caught:
        read_table(Source("a", "ex.zip", "NR", member="a.csv"), tmp_path)
    assert caught.value.code == "file-broken"


def test_what_is_no_whole_file_of_rows_is_told_by_what_it_is(tmp_path):
    with zipfile.ZipFile(tmp_path / "tom.zip", "w"):
        pass
    locked = zipped(tmp_path / "hemlig.zip", a_csv=b"NR;A\n1;2\n")
    data = bytearray(locked.read_bytes())
    for sign, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.find(sign) + flags] |= 1  # what says that it is encrypted
    locked.write_bytes(data)
    (tmp_path / "lista.json").write_text('[\n {"NR": 1},\n {"NR": 2}\n]')
    (tmp_path / "half.xlsx").write_bytes(b"PK\3\4 and then nothing")
    wanted = {
        "tom.zip": "archive-empty",
        "hemlig.zip": "archive-password",
        "lista.json": "json-list",
        "half.xlsx": "file-broken",
    }
    for name, code in wanted.items():
        with pytest.raises(ExportError) as caught:
            guess_sources(tmp_path / name)
        assert caught.value.code == code, name


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes have names here")
def test_a_pipe_is_refused_and_never_waited_for(tmp_path):
    os.mkfifo(tmp_path / "ror.csv")
    for deed in (guess_sources, guess_encodings):
        with pytest.raises(ExportError, match="file-special"):
            deed(tmp_path / "ror.csv")
    for reading in (read_table, preview):
        with pytest.raises(ExportError, match="file-special"):
            reading(Source("a", "ror.csv", "NR"), tmp_path)


def test_a_name_that_stands_twice_in_an_object_keeps_both_values(tmp_path):
    path = write(tmp_path / "op.jsonl", '{"nr": "1", "kod": "a", "kod": "b"}\n')
    found = read_table(guess_sources(path)[0], tmp_path)
    assert found.table["kod"].to_list() == ["a|b"]
    assert [one.code for one in found.notes] == ["values-joined"]


def test_titles_before_the_heading_are_passed_over(tmp_path):
    text = "Operationer 2024;;\n\nUtskrivet;2024-05-01;\nNR;A;TID\n1;x;08:15\n2;y;09:15\n"
    path = write(tmp_path / "op.csv", text)
    (one,) = guess_sources(path)
    assert one.header == 4
    assert read(one, tmp_path) == (["NR", "A", "TID"], [("1", "x", "08:15"), ("2", "y", "09:15")])
    shown = preview(one, tmp_path)
    assert (shown.header, shown.numbers) == (4, (5, 6))


def test_an_empty_row_of_a_sheet_keeps_its_number_among_the_first_lines(tmp_path):
    book = Workbook()
    for row in (["Koder 2024"], [], ["NR", "KOD"], ["1", "K"]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "op.xlsx")
    (one,) = guess_sources(tmp_path / "op.xlsx")
    shown = preview(one, tmp_path)
    assert shown.lines == ("Koder 2024", "", "NR\tKOD", "1\tK")
    assert shown.lines[shown.header - 1] == "NR\tKOD"


def test_a_file_without_a_heading_is_seen(tmp_path):
    path = write(tmp_path / "op.csv", "1;2024-01-01;Ja\n2;2024-01-02;Nej\n3;2024-01-03;Ja\n")
    (one,) = guess_sources(path)
    assert one.header == NO_HEADING
    assert read(one, tmp_path)[0] == ["#1", "#2", "#3"]
    assert preview(one, tmp_path).header == 0


def test_every_sheet_with_rows_is_a_source(tmp_path):
    book = Workbook()
    book.worksheets[0].append(["NR", "A"])
    book.worksheets[0].append(["1", "x"])
    other = book.create_sheet("Koder")
    for row in (["Koder 2024"], [], ["NR", "KOD"], ["1", "K"]):
        other.append(row)
    book.create_sheet("Tom")
    book.save(tmp_path / "op.xlsx")
    found = guess_sources(tmp_path / "op.xlsx")
    assert [(one.name, one.sheet, one.header) for one in found] == [
        ("Sheet", "Sheet", 0),
        ("Koder", "Koder", 3),
    ]
    assert read(found[1], tmp_path) == (["NR", "KOD"], [("1", "K")])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ('NR;A\n1;"x;y"\n2;"z"\n', '"'),
        ("NR;A\n1;'x;y'\n2;'z'\n3;'z'\n", "'"),
        ('NR;A\n1;5" rör\n2;x\n', '"'),
        ('NR;A\n1;"fot" i "byxa"\n2;"x\n3;y\n', ""),
    ],
)
def test_quotes_are_guessed(tmp_path, text, quote):
    (one,) = guess_sources(write(tmp_path / "op.csv", text))
    assert one.quote == quote


def test_a_file_without_quotes_keeps_them_as_signs(tmp_path):
    write(tmp_path / "op.csv", 'NR;A\n1;"x\n2;5" rör\n')
    assert read(Source("op", "op.csv", "NR", quote=""), tmp_path)[1] == [
        ("1", '"x'),
        ("2", '5" rör'),
    ]


def test_the_preview_shows_masked_lines_and_says_what_hinders_a_table(tmp_path):
    path = write_csv(tmp_path / "op.csv", [("NR", "PNR"), ("1", "19360609-9999")])
    shown = preview(source(path, key="NR"), tmp_path)
    assert shown.lines == ("NR;PNR", "1;19360609-****", "")
    assert shown.rows == (("1", "19360609-9999"),)
    wrong = preview(source(path, key="NR", encoding="utf-16"), tmp_path)
    assert wrong.problem == "file-encoding"
    assert len(wrong.lines) > 0


def test_the_preview_reads_no_more_than_the_head(tmp_path):
    path = tmp_path / "op.csv"
    with path.open("wb") as file:
        file.write(b"NR;A\n1;x\n")
        file.truncate(200_000_000_000)  # a hole that takes no room
    assert preview(source(path, key="NR"), tmp_path).columns == ("NR", "A")


def test_a_file_that_the_key_is_not_in_is_read_when_no_key_is_asked_for(tmp_path):
    path = write_csv(tmp_path / "op.csv", [("A",), ("1",)])
    assert read_table(source(path, key=""), tmp_path).table.height == 1
