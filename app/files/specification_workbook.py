"""A workbook of plain tables to read, filter and print; no cell of it is ever run."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from app.files.plain_cells import plain

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_FORBIDDEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_LONGEST = 32_767  # signs in a cell, by the format
_LONGEST_TITLE = 31  # of a sheet, by the format
_GROUND = "FFE6EEF0"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its head, its rows, and how wide its columns are in signs.

    `numbers` are the places of columns whose whole numbers are numbers; all else is text.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numbers: frozenset[int] = frozenset()


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with these sheets."""
    from openpyxl import Workbook

    book = Workbook()
    for former in book.worksheets:
        book.remove(former)
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title[:_LONGEST_TITLE]), sheet)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(made: "Worksheet", sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for row in (sheet.head, *sheet.rows):
        made.append([_cell(text, at in sheet.numbers) for at, text in enumerate(row)])
    for row_of_cells in made.iter_rows():
        for cell in row_of_cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for cell in made[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_GROUND)
    for place, width in enumerate(sheet.widths, start=1):
        made.column_dimensions[get_column_letter(place)].width = width
    made.freeze_panes = f"{get_column_letter(1)}2"
    made.print_title_rows = "1:1"
    made.page_setup.orientation = "landscape"
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _cell(text: str, is_number: bool) -> str | int:
    if is_number and text.isascii() and text.isdigit():
        return int(text)
    return plain(text.translate(_FORBIDDEN)[: _LONGEST - 1])
