"""The first rows of an XLSX, without reading the rest of it."""

import re
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zipfile import ZipFile

from app.files.workbook_cells import Cell
from app.files.workbook_parts import DATE, Book, filled_in, strings
from app.files.workbook_scan import column_number
from app.safexml import stream

if TYPE_CHECKING:
    from lxml import etree

_STRINGS = "xl/sharedStrings.xml"
_MOST_STRINGS = 200_000  # that are looked through for the texts of the first rows
_MOST_COLUMNS = 16_384
_WHOLE = re.compile(r"\d+(?:\.0+)?")
_EPOCH = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001 - of no zone
_UNKNOWN = "…"


def first_rows(
    archive: ZipFile, book: Book, sheet: str, count: int
) -> list[tuple[int, list[Cell]]]:
    """Return the first rows of a sheet by their numbers, all of them equally long."""
    rows: list[tuple[int, dict[int, etree._Element]]] = []
    with archive.open(sheet) as part:
        for row in stream(part, ("{*}row",)):  # type: ignore[arg-type]
            said = row.get("r", "")
            number = int(said) if said.isdecimal() else (rows[-1][0] + 1 if rows else 1)
            if number > count:
                break
            rows.append((number, dict(_placed(row))))
            if len(rows) >= count:
                break
    texts = _texts(archive, [cell for _, cells in rows for cell in cells.values()])
    width = max((max(cells, default=0) for _, cells in rows), default=0)
    return [
        (number, [_value(cells.get(place), book, texts) for place in range(1, width + 1)])
        for number, cells in rows
    ]


def _placed(row: "etree._Element") -> Iterator[tuple[int, "etree._Element"]]:
    """Yield a row's cells by the number of their column."""
    place = 0
    for cell in row.iterfind("{*}c"):
        letters = re.match("[A-Z]{1,3}", cell.get("r", ""))
        place = column_number(letters[0].encode()) if letters else place + 1
        if place <= _MOST_COLUMNS:
            yield place, cell


def _texts(archive: ZipFile, cells: "list[etree._Element]") -> list[str]:
    """Return the shared strings as far as these cells need them."""
    wanted = [int(_raw(cell)) for cell in cells if cell.get("t") == "s" and _raw(cell).isdecimal()]
    if not wanted or _STRINGS not in archive.namelist():
        return []
    with archive.open(_STRINGS) as part:
        items = strings(stream(part, ("{*}si",)))  # type: ignore[arg-type]
        return list(islice(items, min(max(wanted) + 1, _MOST_STRINGS)))


def _raw(cell: "etree._Element") -> str:
    return cell.findtext("{*}v") or ""


def _value(cell: "etree._Element | None", book: Book, texts: list[str]) -> Cell:
    """Return a cell as it is shown."""
    if cell is None:
        return ""
    raw, kind = _raw(cell), cell.get("t", "n")
    if kind == "s":
        place = int(raw) if raw.isdecimal() else -1
        return texts[place] if 0 <= place < len(texts) else _UNKNOWN
    if kind == "inlineStr":
        return "".join(one.text or "" for one in cell.iter("{*}t"))
    if kind == "b":
        return raw == "1"
    if kind != "n" or not raw:
        return raw
    return _number(raw, cell.get("s", "0"), book)


def _number(raw: str, style: str, book: Book) -> Cell:
    place = int(style) if style.isdecimal() else 0
    form = book.formats[place] if place < len(book.formats) else ""
    if form.startswith("0") and _WHOLE.fullmatch(raw):
        return filled_in(raw.partition(".")[0], form)
    try:
        number = float(raw)
    except ValueError:
        return raw
    return _moment(number, early=book.early) if form == DATE else number


def _moment(serial: float, *, early: bool) -> Cell:
    """Return the day or time that a number stands for, to the second."""
    try:
        moment = _EPOCH[early] + timedelta(seconds=round(serial * 86_400))
    except OverflowError:
        return serial
    if 0 <= serial < 1:
        return time(moment.hour, moment.minute, moment.second)
    return moment.date() if serial.is_integer() else moment
