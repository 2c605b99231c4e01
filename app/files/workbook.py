"""A sheet of a workbook (XLSX, XLS, ODS) as columns of text, as the user sees it."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from app.core.errors import ExportError
from app.core.mapping import NO_HEADING, Source
from app.core.progress import Progress, silent
from app.files.headings import column_names, numbered
from app.files.leading_zeros import Cell, with_shown_zeros
from app.files.losses import Losses
from app.files.parts import Part, whole
from app.files.reading import ROW
from app.files.workbook_reach import demand_reach

HEAD_ROWS = 200

_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip, and the older compound file


def is_workbook(data: bytes) -> bool:
    """Whether a file's first bytes are those of a workbook."""
    return data.startswith(_MARKS)


def sheet_names(data: bytes, name: str) -> list[str]:
    """Return the names of a workbook's sheets, in its order."""
    return list(_open(data, name).sheet_names)


def read_sheet(data: bytes, source: Source, losses: Losses, progress: Progress) -> pl.DataFrame:
    """Return one sheet, the first when the source names none, with row numbers in `__row__`."""
    progress(0, 1, "reading")
    rows = with_shown_zeros(data, source.sheet, _cells(data, source.sheet, losses.name))
    progress(1, 2, "reading")
    return table_of_rows(rows, source.header, losses)


def table_of_rows(rows: list[list[Cell]], header: int, losses: Losses) -> pl.DataFrame:
    """Return the rows of a sheet as a table, its heading found."""
    start = header - 1 if header > 0 else 0
    start = next((at for at in range(start, len(rows)) if any(map(_is_filled, rows[at]))), -1)
    if start < 0:
        raise ExportError("file-empty", name=losses.name)
    names = column_names([_text(cell) for cell in rows[start]], losses)
    if header == NO_HEADING:
        names, start = numbered(len(names)), start - 1
    losses.header = start + 1 if header != NO_HEADING else 0
    body = [
        (number, row)
        for number, row in enumerate(rows[start + 1 :], start=start + 2)
        if any(map(_is_filled, row))
    ]
    columns = {
        one: pl.Series(one, _column([row[place] for _, row in body]), pl.String)
        for place, one in enumerate(names)
    }
    lines = pl.Series(ROW, [number for number, _ in body], pl.UInt32)
    return pl.DataFrame(columns).with_columns(lines)


def head_rows(part: Part, sheet: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the number and the cells of a sheet's first rows."""
    data = whole(part, silent)
    rows = text_rows(data, sheet, part.name)[:HEAD_ROWS]
    return [(number, tuple(row)) for number, row in enumerate(rows, start=1)]


def head_sheet(part: Part, source: Source, losses: Losses) -> pl.DataFrame:
    """Return the first rows of a sheet as a table."""
    data = whole(part, silent)
    cells = _cells(data, source.sheet, losses.name)[:HEAD_ROWS]
    return table_of_rows(cells, source.header, losses)


def text_rows(data: bytes, sheet: str, name: str) -> list[list[str]]:
    """Return every cell of a sheet as text, row by row; no row is taken for a heading."""
    return [[_text(cell) for cell in row] for row in _cells(data, sheet, name)]


def _open(data: bytes, name: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError:
        raise ExportError("file-password", name=name) from None
    except (CalamineError, XmlError, ZipError, OSError):
        raise ExportError("file-kind", name=name) from None


def _cells(data: bytes, sheet: str, name: str) -> list[list[Cell]]:
    demand_reach(data, name)
    workbook = _open(data, name)
    try:
        found = workbook.get_sheet_by_name(sheet) if sheet else workbook.get_sheet_by_index(0)
        return found.to_python(skip_empty_area=False)
    except WorksheetNotFound:
        raise ExportError("sheet-missing", name=name, sheet=sheet) from None
    except (CalamineError, XmlError, ZipError):
        raise ExportError("file-kind", name=name) from None


def _is_filled(cell: Cell) -> bool:
    return cell != "" if isinstance(cell, str) else True


def _column(cells: list[Cell]) -> list[str]:
    """Return one column as text; in a column of moments midnight keeps its time."""
    moments = any(isinstance(cell, datetime) for cell in cells)
    if moments:
        cells = [_at_midnight(cell) for cell in cells]
    return [_text(cell) for cell in cells]


def _at_midnight(cell: Cell) -> Cell:
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    return cell


def _text(cell: Cell) -> str:
    """Return a cell as text: whole numbers without a fraction, ISO dates, HH:MM times."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool | int | float):
        whole = float(cell).is_integer()
        return str(int(cell)) if whole else f"{cell:.15g}"
    if isinstance(cell, timedelta):
        return _duration(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", _precision(cell))
    return cell.isoformat(_precision(cell)) if isinstance(cell, time) else cell.isoformat()


def _precision(moment: datetime | time) -> str:
    """Return how precisely a time is shown: with seconds only where it has any."""
    return "seconds" if moment.second else "minutes"


def _duration(span: timedelta) -> str:
    """Return a duration as hours and minutes."""
    minutes, seconds = divmod(round(span.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds else "")
