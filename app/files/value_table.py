"""Value maps as files that people work on: rows of text in a CSV file or a workbook."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from pathlib import Path

from app.core.errors import ExportError
from app.files.disk import failure, read_bytes, write_atomically
from app.files.plain_cells import plain, restored

_WORKBOOKS = {".xlsx", ".xlsm"}
_DELIMITER = ";"
_DELIMITERS = "\t;,|"
_MOST = 5_000_000  # bytes of a text file; no list of codes is longer
_HEAD = 65_536
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no such signs
_REPLACED = "\ufffd"


def read_rows(path: Path) -> list[list[str]]:
    """Return a file's rows; of a workbook those of its first sheet."""
    from app.files.encodings import decode, guess_encodings
    from app.files.workbook import is_workbook, sheet_names, text_rows

    data = read_bytes(path)
    if is_workbook(data):
        sheet = sheet_names(data, path.name)[0]
        rows = text_rows(data, sheet, path.name)
    else:
        if len(data) > _MOST:
            raise ExportError("file-kind", name=path.name)
        encoding = guess_encodings(data[:_HEAD])[0][0]
        rows = rows_of_text(decode(data, encoding, path.name).removeprefix("\ufeff"))
    return [[restored(cell) for cell in row] for row in rows]


def rows_of_text(text: str) -> list[list[str]]:
    """Return the rows of a text by the delimiter that its lines have.

    Where a quote is never closed and no cell could be so long, each line stands by itself.
    """
    lines = text.splitlines()
    counts = {sign: sum(sign in line for line in lines) for sign in _DELIMITERS}
    sign = max(_DELIMITERS, key=lambda one: counts[one])
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=sign))
    except csv.Error:
        return [line.split(sign) for line in lines]


def write_rows(path: Path, rows: Iterable[Sequence[str | int]]) -> None:
    """Write rows by the file's suffix; nothing in them is run by a spreadsheet."""
    safe = [[plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    data = _workbook(safe) if path.suffix.lower() in _WORKBOOKS else _text(safe)
    try:
        write_atomically(path, data)
    except OSError as problem:
        raise failure(problem, path.name) from None


def _text(rows: list[list[str | int]]) -> bytes:
    written = StringIO(newline="")
    csv.writer(
        written, delimiter=_DELIMITER, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC
    ).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def _workbook(rows: list[list[str | int]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    page = book.create_sheet()
    for row in rows:
        page.append(
            [_UNWRITABLE.sub(_REPLACED, one) if isinstance(one, str) else one for one in row]
        )
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()
