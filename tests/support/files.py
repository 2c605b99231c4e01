"""Files of many kinds for tests: delimited text in any encoding, and workbooks."""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from app.core.mapping import Source

HEADER = ("ÄRENDE", "PATIENT", "SJUKDOM", "TID")
ROWS = (
    ("0007", "193606099999", "Blåsa och ändtarm", "08:15"),
    ("0008", "193606099999", "Öga", ""),
)


def write_csv(
    path: Path,
    rows: Iterable[Iterable[str]] = (HEADER, *ROWS),
    encoding: str = "utf-8",
    delimiter: str = ";",
    newline: str = "\r\n",
) -> Path:
    """Write rows as they are, without quoting anything."""
    text = "".join(delimiter.join(row) + newline for row in rows)
    path.write_bytes(text.encode(encoding))
    return path


def write_xlsx(path: Path, rows: Iterable[Iterable[object]], sheet: str = "Blad1") -> Path:
    """Write a workbook with one sheet."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def source(path: Path, key: str = "ÄRENDE", **options: Any) -> Source:
    """Return how a file in its own folder is read."""
    return Source(name=path.stem, path=path.name, key=key, **options)


def zipped(path: Path, **files: bytes) -> Path:
    """Write an archive; in a name __ stands for a slash and _ for a dot."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return path
