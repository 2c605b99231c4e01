"""How far a workbook reaches, found out before it is read: a stray cell costs all those before."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812 - the name says what it is

from app.core.errors import ExportError

MOST_BYTES = 1 << 29  # unpacked
MOST_CELLS = 20_000_000  # rows times columns, empty ones included: the reader makes them all

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_CHUNK = 1 << 20
_LONGEST = 16  # of a cell's name with what stands around it


def demand_reach(data: bytes, name: str) -> None:
    """Raise ExportError for a workbook that would take all memory to read."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_BYTES:
                raise ExportError("workbook-too-large", name=name)
            sheets = [part.filename for part in parts if _SHEET.fullmatch(part.filename)]
            if any(_cells(archive, sheet) > MOST_CELLS for sheet in sheets):
                raise ExportError("workbook-too-large", name=name)
    except (BadZipFile, RuntimeError, NotImplementedError, EOFError, ZlibError):
        return  # no such archive: the reader says what is wrong with it


def _cells(archive: ZipFile, sheet: str) -> int:
    """Return rows times columns of the area from the first cell to the last one."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    for chunk in _chunks(archive, sheet):
        found = _CELL.findall(chunk)
        columns.update(column for column, _ in found)
        rows.update(row for _, row in found)
    return max(map(int, rows), default=0) * max(map(_number, columns), default=0)


def _chunks(archive: ZipFile, sheet: str) -> Iterator[bytes]:
    """Yield a part piece by piece, each with the end of the former so that no name is cut."""
    with archive.open(sheet) as stream:
        former = b""
        while piece := stream.read(_CHUNK):
            yield former + piece
            former = piece[-_LONGEST:]


def _number(column: bytes) -> int:
    """Return the number of a column from its letters, A being 1."""
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number
