"""A sheet of a workbook (XLSX, XLS, ODS) as columns of text, as the user sees it."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice

import polars as pl
from python_calamine import (
    CalamineError,
    CalamineSheet,
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
from app.files.losses import Losses
from app.files.parts import Part, opened, whole
from app.files.workbook_cells import Cell, Texts, is_filled, text_of
from app.files.workbook_head import first_rows
from app.files.workbook_parts import BROKEN, Book, is_torn, open_archive, read_book
from app.files.workbook_reach import demand_size
from app.files.workbook_scan import SheetFacts, scan

HEAD_ROWS = 200

_MARKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # zip, and the older compound file
_BLOCK = 5_000  # rows that are made text at a time


def is_workbook(data: bytes) -> bool:
    """Whether a file's first bytes are those of a workbook."""
    return data.startswith(_MARKS)


def sheet_names(data: bytes, name: str) -> list[str]:
    """Return the names of a workbook's sheets, in its order."""
    return list(_open(data, name).sheet_names)


def part_sheets(part: Part) -> list[str]:
    """Return the names of the sheets of a file, read from its table of contents if it has one."""
    book = _book(part)
    return (
        [name for name, _ in book.sheets] if book else sheet_names(whole(part, silent), part.name)
    )


def read_sheet(data: bytes, source: Source, losses: Losses, progress: Progress) -> pl.DataFrame:
    """Return one sheet, the first when the source names none, with row numbers in `__row__`."""
    facts = _facts(data, source.sheet, losses, progress)
    page = _page(data, source.sheet, losses.name)
    progress(2, 3, "reading")
    rows = _shown(page, facts)
    table = table_of_rows(rows, source.header, losses, page.total_height, progress)
    _note_merged(facts, losses)
    return table


def table_of_rows(
    rows: Iterable[tuple[int, list[Cell]]],
    header: int,
    losses: Losses,
    count: int = 0,
    progress: Progress = silent,
) -> pl.DataFrame:
    """Return numbered rows as a table, its heading found."""
    left = iter(rows)
    for number, cells in left:
        if number >= header and any(map(is_filled, cells)):
            break
    else:
        raise ExportError("file-empty", name=losses.name)
    names = column_names([text_of(cell) for cell in cells], losses)
    losses.header = number
    texts = Texts(len(names))
    if header == NO_HEADING:
        names, losses.header = numbered(len(names), losses), 0
        texts.add([(number, cells)])
    while block := list(islice(left, _BLOCK)):
        texts.add(block)
        progress(2 * count + block[-1][0], 3 * max(count, block[-1][0]), "reading")
    if texts.beyond:
        losses.note("cells-cut", line=texts.beyond)
    for place, line in texts.person_columns().items():
        losses.note("column-number-format", column=names[place], line=line)
    return texts.frame(names)


def text_rows(data: bytes, sheet: str, name: str) -> list[list[str]]:
    """Return every cell of a sheet as text, row by row; no row is taken for a heading."""
    _facts(data, sheet, Losses(name), silent)
    page = _page(data, sheet, name)
    return [[text_of(cell) for cell in row] for row in page.to_python(skip_empty_area=False)]


def head_rows(part: Part, sheet: str) -> list[tuple[int, tuple[str, ...]]]:
    """Return the number and the cells of a sheet's first rows."""
    return [(number, tuple(map(text_of, cells))) for number, cells in _head(part, sheet)]


def head_sheet(part: Part, source: Source, losses: Losses) -> pl.DataFrame:
    """Return the first rows of a sheet as a table."""
    return table_of_rows(_head(part, source.sheet), source.header, losses)


def _head(part: Part, sheet: str) -> list[tuple[int, list[Cell]]]:
    """Return a sheet's first rows; of an XLSX no more is read than they take."""
    with opened(part) as (stream, _):
        try:
            with open_archive(stream) as archive:
                demand_size(archive, part.name)
                book = read_book(archive)
                if book is not None:
                    return first_rows(
                        archive, book, _demand_sheet(book, sheet, part.name), HEAD_ROWS
                    )
        except BROKEN:
            pass  # the reader says what is wrong with it
    page = _page(whole(part, silent), sheet, part.name)
    rows = page.to_python(skip_empty_area=False)[:HEAD_ROWS]
    return list(enumerate(rows, start=1))


def _demand_sheet(book: Book, sheet: str, name: str) -> str:
    try:
        return book.part(sheet)
    except KeyError:
        raise ExportError("sheet-missing", name=name, sheet=sheet) from None


def _book(part: Part) -> Book | None:
    with opened(part) as (stream, _):
        try:
            with open_archive(stream) as archive:
                return read_book(archive)
        except BROKEN:
            return None


def _facts(data: bytes, sheet: str, losses: Losses, progress: Progress) -> SheetFacts:
    """Return what an XLSX holds besides values, noted; nothing is known of other workbooks."""
    try:
        with open_archive(data) as archive:
            demand_size(archive, losses.name)
            book = read_book(archive)
            if book is None:
                return SheetFacts()
            part = _demand_sheet(book, sheet, losses.name)
            facts = scan(archive, part, book, losses.name, progress)
    except BROKEN:
        return SheetFacts()  # the reader says what is wrong with it
    if book.macros:
        losses.note("macros-ignored")
    if facts.formulas:
        losses.note("formulas-read", cell=facts.formulas)
    if facts.empty_formula:
        losses.note("formula-empty", cell=facts.empty_formula)
    if facts.error:
        losses.note("cells-error", cell=facts.error)
    return facts


def _note_merged(facts: SheetFacts, losses: Losses) -> None:
    line = losses.header
    area = next((area for area, top, bottom in facts.merged if top <= line <= bottom), "")
    if area:
        losses.note("heading-merged", cell=area)


def _open(data: bytes, name: str) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(BytesIO(data))
    except PasswordError:
        raise ExportError("file-password", name=name) from None
    except (CalamineError, XmlError, ZipError, OSError):
        raise ExportError("file-broken" if is_torn(data) else "file-kind", name=name) from None


def _page(data: bytes, sheet: str, name: str) -> CalamineSheet:
    workbook = _open(data, name)
    try:
        return workbook.get_sheet_by_name(sheet) if sheet else workbook.get_sheet_by_index(0)
    except WorksheetNotFound:
        raise ExportError("sheet-missing", name=name, sheet=sheet) from None
    except (CalamineError, XmlError, ZipError):
        raise ExportError("file-kind", name=name) from None


def _shown(page: CalamineSheet, facts: SheetFacts) -> Iterator[tuple[int, list[Cell]]]:
    """Yield rows with their numbers, numbers in a format such as 000000 with all their digits."""
    zeros: dict[int, list[tuple[int, str]]] = {}
    for (row, column), shown in facts.zeros.items():
        zeros.setdefault(row, []).append((column, shown))
    before: list[Cell] = [""] * (page.start[1] if page.start else 0)  # its rows begin further on
    for number, found in enumerate(page.iter_rows(), start=1):
        cells: list[Cell] = [*before, *found] if before else found
        for column, shown in zeros.get(number, ()):
            cells[column - 1] = shown
        yield number, cells
