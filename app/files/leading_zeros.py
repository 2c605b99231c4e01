"""Numbers that a workbook shows with leading zeros: kept as the user sees them."""

import re
from datetime import date, datetime, time, timedelta
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - the name says what it is

Cell = str | int | float | bool | date | datetime | time | timedelta

_STYLES = "xl/styles.xml"
_PADDED = re.compile(rb'formatCode="0{2,}"')
_ZEROS = re.compile("0{2,}")


def with_shown_zeros(data: bytes, sheet: str, rows: list[list[Cell]]) -> list[list[Cell]]:
    """Return the rows, numbers in a format such as 000000 written with all its digits."""
    if not _has_padded_format(data):
        return rows
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    try:
        page = book[sheet] if sheet else book.worksheets[0]
        for cells in page.iter_rows():
            for cell in cells:
                if isinstance(cell.value, int) and _ZEROS.fullmatch(cell.number_format):
                    width = len(cell.number_format)
                    rows[cell.row - 1][cell.column - 1] = str(cell.value).zfill(width)
    finally:
        book.close()
    return rows


def _has_padded_format(data: bytes) -> bool:
    """Whether any style of the workbook pads numbers; most do not, and need no second reading."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return bool(_PADDED.search(archive.read(_STYLES)))
    except (BadZipFile, KeyError, ZlibError):
        return False
