"""Whatever bytes a file holds, reading it ends in a table or in an error of ours."""

import zipfile
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.core.errors import ExportError
from app.core.mapping import Source, SourceKind
from app.files.export import guess_encodings, guess_sources, preview, read_table

STARTS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"<a>", b'{"a":', b"\xff\xfe", b"\xef\xbb\xbf"]
PARTS = [
    b";",
    b"\n",
    b'"',
    b"<r>",
    b"</r>",
    b"1",
    b"a",
    b"\0",
    b"\xe5",
    b"{}",
    b"\r",
    b" ",
    b"\x1a",
]
contents = st.builds(
    lambda start, parts: start + b"".join(parts),
    st.sampled_from(STARTS),
    st.lists(st.sampled_from(PARTS) | st.binary(max_size=4), max_size=60),
)


def book() -> bytes:
    made = Workbook()
    for row in (["NR", "A"], [1, "x"], [2, "y"]):
        made.worksheets[0].append(row)
    made.worksheets[0]["A2"].number_format = "0000"
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


BOOK = book()


def read_every_way(path: Path) -> None:
    with suppress(ExportError):
        guess_encodings(path)
    sources: list[Source] = []
    with suppress(ExportError):
        sources = guess_sources(path)
    kinds = [Source("x", path.name, "", kind=kind, widths=(2, 3)) for kind in SourceKind]
    for one in (*sources, *kinds):
        with suppress(ExportError):
            preview(one, path.parent)
        with suppress(ExportError):
            read_table(one, path.parent)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents)
@example(b"<a><r/><r/></a>")
@example(b"{}")
def test_any_bytes_end_in_a_table_or_in_an_error_of_ours(tmp_path, data):
    path = tmp_path / "x.bin"
    path.write_bytes(data)
    read_every_way(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_workbook_ends_in_a_table_or_in_an_error_of_ours(tmp_path, place, noise):
    path = tmp_path / "x.xlsx"
    path.write_bytes(BOOK[:place] + noise + BOOK[place + len(noise) :])
    read_every_way(path)


def test_a_part_of_a_newer_kind_of_archive_ends_in_an_error_of_ours(tmp_path):
    at = BOOK.index(b"PK\x01\x02") + 6  # the version that it takes to unpack
    path = tmp_path / "x.xlsx"
    path.write_bytes(BOOK[:at] + b"\x93" + BOOK[at + 1 :])
    read_every_way(path)
    with pytest.raises(ExportError) as caught:
        guess_sources(path)
    assert caught.value.code == "file-broken"


@pytest.mark.parametrize("place", range(12, 20))  # of the directory's size and offset
def test_a_directory_that_points_before_the_file_ends_in_an_error_of_ours(tmp_path, place):
    at = BOOK.rindex(b"PK\x05\x06") + place
    path = tmp_path / "x.xlsx"
    for byte in (0, 1, 0x7F, 0xFF):
        path.write_bytes(BOOK[:at] + bytes([byte]) + BOOK[at + 1 :])
        read_every_way(path)


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
@pytest.mark.parametrize("content", [b"", b"<a/>", b"<!DOCTYPE a><a/>", b"\0", b'<row r="x"/>'])
def test_a_workbook_with_a_strange_part_ends_in_a_table_or_an_error_of_ours(
    tmp_path, name, content
):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(BytesIO(BOOK)) as old, zipfile.ZipFile(path, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    read_every_way(path)
