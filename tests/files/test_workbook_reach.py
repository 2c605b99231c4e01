"""A workbook that would take all memory is refused before it is read."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from app.core.errors import ExportError
from app.core.mapping import Source
from app.core.progress import silent
from app.files import workbook_reach, workbook_scan
from app.files.losses import Losses
from app.files.workbook import read_sheet


def book(*places: str) -> bytes:
    """Return a workbook with a text in these cells."""
    made = Workbook()
    sheet = made.worksheets[0]
    for place in places:
        sheet[place] = f"text in {place}"
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def refused(data: bytes) -> bool:
    try:
        read_sheet(data, Source("bok", "bok.xlsx", ""), Losses("bok.xlsx"), silent)
    except ExportError as error:
        return error.code == "workbook-too-large"
    return False


@pytest.mark.parametrize("last", ["XFD1048576", "AZZ20000", "SF40001"])
def test_a_stray_cell_far_away_is_refused(last):
    assert refused(book("A1", "A2", last))


@pytest.mark.parametrize("last", ["A100000", "XFD2", "ZZ99"])
def test_a_long_or_a_wide_table_is_read(last):
    assert not refused(book("A1", "A2", last))


def test_a_cell_is_found_wherever_the_pieces_are_cut(monkeypatch):
    data = book("A1", *(f"B{row}" for row in range(2, 40)), "XFD1048576")
    for size in range(20, 60):
        monkeypatch.setattr(workbook_scan, "_CHUNK", size)
        assert refused(data)


def test_an_archive_that_unpacks_to_far_more_is_refused(monkeypatch):
    monkeypatch.setattr(workbook_reach, "MOST_BYTES", 100_000)
    stream = BytesIO(book("A1", "A2"))
    assert not refused(stream.getvalue())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/much.bin", bytes(1_000_000))
    assert refused(stream.getvalue())


def area(*chunks: bytes) -> tuple[int, int]:
    facts = workbook_scan.SheetFacts()
    for chunk in chunks:
        workbook_scan._reach(chunk, facts)
    return facts.rows, facts.columns


@given(st.lists(st.lists(st.tuples(st.integers(1, 16_384), st.integers(1, 1_048_576)), max_size=6)))
def test_the_area_is_found_also_of_cells_out_of_order(rows):
    chunks = [
        b"".join(f'<c r="{workbook_scan.column_letters(c)}{r}"/></row>'.encode() for c, r in cells)
        + b"".join(
            f'<c r="{workbook_scan.column_letters(c)}{r}"/>'.encode() for c, r in cells[::-1]
        )
        for cells in rows
    ]
    every = [cell for cells in rows for cell in cells]
    expected = (max((r for _, r in every), default=0), max((c for c, _ in every), default=0))
    assert area(*chunks) == expected


@given(st.integers(1, 16_384))
def test_columns_have_letters_and_numbers(number):
    assert workbook_scan.column_number(workbook_scan.column_letters(number).encode()) == number
